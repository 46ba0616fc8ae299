// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/augment_policy.h"
#include "core/model/classifier.h"
#include "core/support/job.h"
#include "core/tta/vote_table.h"

namespace augury {

struct PredictOptions {
    AugmentPolicy policy;
    int copies = 7; ///< 0…mostCopies(policy); 0: the baseline alone
    std::uint64_t seed = 1; ///< of the draws
    int threads = 0; ///< for rendering; 0: all cores
    std::uint64_t memoryBudget = std::uint64_t(4) << 30; ///< bytes that a VoteTable may take
    /// Of a classifier that does not know its own; Unknown: judged by the split's first images.
    OutputKind outputKind = OutputKind::Unknown;
};

/// Fills a VoteTable for every image of `split`: draw, drop duplicates, render, predict, softmax.
/// A copy equal to the original or to another copy of its image costs no pass. Throws Error when
/// the images' shape or class count is not the classifier's, and, with the figure, when the table
/// would not fit in the memory budget (evaluate() then works in parts).
VoteTable predictVotes(
    Classifier& classifier, const Split& split, const PredictOptions& options, const Job& job = {});

/// Adds copies to a table that predictVotes() filled with the same classifier and split, up to
/// `options.copies`, without predicting anything again: but for the order of its rows it is then
/// the table that predictVotes() gives for so many copies. Policy and seed must be the table's.
/// Throws as above and when `table` is of other images; it then stays as it was.
void growVotes(Classifier& classifier, const Split& split, VoteTable& table,
    const PredictOptions& options, const Job& job = {});

/// Bytes that the table of one image takes at most.
std::uint64_t tableBytesPerImage(int copies, int classes);

} // namespace augury
