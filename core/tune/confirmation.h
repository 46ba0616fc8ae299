// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/repeats.h"
#include "core/model/classifier.h"
#include "core/support/job.h"
#include "core/tune/trial.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace augury {

/// What a configuration that was chosen on the validation images gives on the test images, with the
/// baseline, once.
struct Confirmation {
    Configuration configuration;
    std::uint64_t seed = 1; ///< of the draws
    Comparison test;
    NllSums nll;
    NllSums baselineNll;
    double seconds = 0;
    /// How it looked where it was chosen; none for one that was not (such as the tutorial's, for
    /// comparison).
    std::optional<Comparison> search;
    std::int64_t tried = 0; ///< configurations that it was chosen from
};

/// Evaluates them on the whole of `test`; passes that they share are spent once.
std::vector<Confirmation> confirmOnTest(Classifier& classifier, const Split& test,
    std::span<const Trial> chosen, std::int64_t tried, std::uint64_t seed, int threads = 0,
    const Job& job = {});

/// Tells test sets apart: the data's fingerprint and the images of the split.
std::string testSetKey(const Dataset& dataset, const Split& test);

/// Each one's McNemar p after Holm's correction over all of these: those of this test set, earlier
/// ones too.
std::vector<double> holmAdjusted(std::span<const Confirmation> ofOneTestSet);

/// In words: "On 10,000 test images TTA gained 1.21 points (95 % interval 0.81 to 1.59; McNemar p
/// 0.001, 0.004 after Holm's correction for 4 confirmations): 187 fixed, 66 broken, at 2.0× the
/// cost." And whether the validation gain carried over: "On 6,000 images of the validation split,
/// where it was chosen from 120 configurations, it had gained 2.10: 0.89 of that did not carry
/// over." `earlier`: how often this test set was used before, which is said; `together`: how many
/// are confirmed now, this one included.
std::string confirmationText(
    const Confirmation& confirmation, double adjustedP, int earlier, int together = 1);

/// The validation gain did not carry over: there was one, and the test interval holds nothing above
/// 0, or lies below it.
bool didNotCarryOver(const Confirmation& confirmation);

} // namespace augury
