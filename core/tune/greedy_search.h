// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/support/job.h"
#include "core/tta/vote_table.h"
#include "core/tune/tune_spec.h"

#include <functional>
#include <span>
#include <vector>

namespace augury {

/// The distinct transforms of a pool for images of this shape, the original first: each is one view
/// for every image. Quarter turns are left out where images are not square.
std::vector<Transform> poolViews(const ViewPool& pool, const Shape& shape, std::uint64_t seed);

/// One step of greedy policy search.
struct GreedyStep {
    int view = 0; ///< place in the pool
    double logLikelihood = 0; ///< mean an image, at `temperature`
    double temperature = 1; ///< T of softmax(log p̄ / T) that makes it highest, 0.05…20
};

/// Greedy policy search (Molchanov et al., "Greedy policy search: a simple baseline for learnable
/// test-time augmentation", UAI 2020): `steps` times the view is added, with replacement, that
/// makes the calibrated log-likelihood of the running mean highest, the temperature fitted anew for
/// each candidate; of equals (but for rounding, 1e-9) the first in the pool. A p̄ below 1e-12
/// counts as that. `table`: its copies are the pool's views, its images labelled. `begun`: steps
/// taken before. Goes on until a stop, and returns what it has. `onStep` hears of each new one.
/// Throws Error for a table without copies or labels.
std::vector<GreedyStep> greedySearch(const VoteTable& table, int steps, const Job& job = {},
    std::span<const GreedyStep> begun = {},
    const std::function<void(const GreedyStep&)>& onStep = {});

} // namespace augury
