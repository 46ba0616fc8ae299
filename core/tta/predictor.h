// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/augment_policy.h"
#include "core/model/classifier.h"
#include "core/support/job.h"
#include "core/tta/vote_table.h"

namespace augury {

struct PredictOptions {
    AugmentPolicy policy;
    int copies = 7; ///< 0…1000; 0: the baseline alone
    std::uint64_t seed = 1; ///< of the draws
    int threads = 0; ///< for rendering; 0: all cores
};

/// Fills a VoteTable for every image of `split`: draw, drop duplicates, render, predict, softmax.
/// A copy equal to the original or to another copy of its image costs no pass. Throws Error when
/// the images' shape or class count is not the classifier's.
VoteTable predictVotes(
    Classifier& classifier, const Split& split, const PredictOptions& options, const Job& job = {});

} // namespace augury
