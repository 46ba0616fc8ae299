// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tune/tune_spec.h"

#include <string>
#include <vector>

/// Lists on the command line of `tune`. Each throws Error, saying what is wrong.
namespace augury::cli {

std::vector<std::string> wordsIn(const std::string& text); ///< between commas; none empty

std::vector<int> countsIn(const std::string& text); ///< "1,3,5", "1-20"
std::vector<VoteRule> rulesIn(const std::string& text); ///< "mean,majority", "all": none learned
std::vector<OriginalPart> originalsIn(const std::string& text); ///< "none,included,0.25"
std::vector<AugmentPolicy> policiesIn(const std::string& text); ///< presets, files, "none"
/// "rotation_range=0,5,10", or "rotation_range=0..45/9": from 0 to 45 in 9 steps, so 10 strengths.
FieldRange fieldIn(const std::string& text);
/// The kinds of views that are on: "flips,rotations"; "none".
void readPool(const std::string& text, ViewPool& pool);
std::string poolKinds(); ///< "flips, vertical_flips, …"

} // namespace augury::cli
