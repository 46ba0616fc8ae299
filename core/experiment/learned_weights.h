// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/support/job.h"
#include "core/tta/vote.h"

#include <vector>

namespace augury {

/// θ of VoteRule::Learned: minimises the NLL of softmax(Σ θ_a z_a) over θ ≥ 0, Σ θ = 1, on a table
/// with logits and labels. Convex in θ; solved by exponentiated gradient with backtracking until
/// the loss is proven within 1e-9 of the least, or twenty steps gain no more than 1e-9 of it. The
/// same table gives the same weights, to the bit. `table` must be of the validation split, never of
/// the one that is reported on. Throws Error without logits, labels or views.
struct LearnedWeights {
    std::vector<double> weights; ///< in slot order, the original's first where it is included
    double nll = 0; ///< with them
    double uniformNll = 0; ///< with equal weights
    int iterations = 0;
};
LearnedWeights learnWeights(
    const VoteTable& table, int copies, bool includeOriginal, const Job& job = {});

} // namespace augury
