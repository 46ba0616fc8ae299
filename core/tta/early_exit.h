// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tta/predictor.h"
#include "core/tta/vote.h"

#include <vector>

namespace augury {

/// What predictDecisions() found, one decision an image.
struct Decisions {
    std::vector<Decision> baseline; ///< empty unless it was wanted
    std::vector<Decision> merged;
    std::int64_t forwardPasses = 0; ///< spent
    std::int64_t passesSaved = 0; ///< that a full vote would have spent on top
    std::int64_t distinctVariants = 0; ///< among the copies, over all images
};

/// Whether the rule's winner can be certain before all votes are known: Mean and Majority, with
/// any option.
bool allowsEarlyExit(VoteRule rule);

/// The decisions that mergeVotes() would make on the table that predictVotes() would fill, every
/// one identical, ties included, with fewer passes: an image's variants are predicted in the order
/// of how many votes each has, and no further once no remaining vote can change the winner. With
/// `baseline` every original is predicted first, since its decision is wanted too.
/// Throws Error for other rules, and as those two do.
Decisions predictDecisions(Classifier& classifier, const Split& split,
    const PredictOptions& options, const VoteOptions& vote, bool baseline = true,
    const Job& job = {});

} // namespace augury
