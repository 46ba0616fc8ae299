// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/augment_policy.h"
#include "core/tta/vote.h"

#include <string>

namespace augury {

/// One way to do TTA: what tuning tries.
struct Configuration {
    AugmentPolicy policy;
    int copies = 7; ///< 1…mostCopies(policy)
    VoteOptions vote; ///< of a learned rule: with its weights

    bool operator==(const Configuration&) const = default;
};

/// "tutorial × 7, mean"; "rotation ±10° × 5, majority with the original"; "hflip × 2, mean, β
/// 0.25". Presets by their names.
std::string describe(const Configuration& configuration);

/// The policy alone, as short: a preset's name, or in words.
std::string shortName(const AugmentPolicy& policy);

/// The tutorial's: seven random horizontal flips, mean.
Configuration tutorialConfiguration();

} // namespace augury
