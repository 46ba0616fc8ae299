// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/support/job.h"
#include "core/tta/vote.h"

#include <vector>

namespace augury {

/// What has a weight: a view, or a view and class.
enum class WeightsOf : std::uint8_t { Views, ViewsAndClasses };

/// θ of the learned vote rules: minimises the NLL of softmax(Σ_a θ_ak z_ak) over θ ≥ 0 that sum to
/// 1 over the views, for each class, on a table with logits and labels. Convex in θ; solved by
/// exponentiated gradient with backtracking until the loss is proven within 1e-9 of the least, or
/// twenty steps gain no more than 1e-9 of it. The same table gives the same weights, to the bit.
/// `table` must be of the validation split, never of the one that is reported on. Throws Error
/// without logits, labels or views.
struct LearnedWeights {
    /// In slot order, the original's first where it is included: one a view, or [views × K].
    std::vector<double> weights;
    double nll = 0; ///< with them
    double uniformNll = 0; ///< with equal weights
    int iterations = 0;
    WeightsOf of = WeightsOf::Views;
};
LearnedWeights learnWeights(const VoteTable& table, int copies, bool includeOriginal,
    WeightsOf of = WeightsOf::Views, const Job& job = {});

/// Both kinds at once, one a view and one a view and class, for less than apart: the second starts
/// from the first, and its NLL is never above it.
struct BothLearnedWeights {
    LearnedWeights views;
    LearnedWeights viewsAndClasses;
};
BothLearnedWeights learnBothWeights(
    const VoteTable& table, int copies, bool includeOriginal, const Job& job = {});

/// What the weights of a learned rule are of.
WeightsOf weightsOf(VoteRule rule);

} // namespace augury
