// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/support/job.h"
#include "core/tune/trial.h"
#include "core/tune/tune_spec.h"
#include "core/tune/vote_cache.h"

#include <functional>
#include <span>
#include <stop_token>
#include <vector>

namespace augury {

/// Called one at a time, on the thread that does the work. Any may be empty.
struct TuneObserver {
    /// Trials that are new or have changed; one replaces that of its index.
    std::function<void(std::span<const Trial>)> onTrials;
    std::function<void(const Progress&)> onProgress;
};

struct TuneOutcome {
    std::vector<Trial> trials; ///< by index; those not begun are left out
    std::int64_t tried = 0; ///< configurations looked at so far; see configurationsOf()
    std::int64_t passes = 0; ///< network passes spent
    double seconds = 0;
    bool stopped = false; ///< a stop ended it early
};

/// Tries what `spec` asks for on the images of the cache's split, which must be the validation
/// split. Deterministic but for seconds. `begun`: trials of an earlier, stopped run of the same
/// spec and images, which are taken as they are; only what is missing is done. Throws Error for a
/// spec that does not validate, or does not fit the images, and as VoteCache::votes() does.
TuneOutcome tune(VoteCache& cache, const TuneSpec& spec, const TuneObserver& observer = {},
    std::stop_token stop = {}, std::span<const Trial> begun = {});

/// The search's images in its order, as places in `split`: a seeded choice of spec.images, of which
/// every beginning is a fair sample.
std::vector<std::uint32_t> searchOrder(const Split& split, const TuneSpec& spec);

/// All that the plan names, not yet tried: what tune() will hand out. Of Weights: without weights;
/// of Greedy: without views.
std::vector<Trial> plannedTrials(const TuneSpec& spec);

/// Merges the votes of `table`, whose images are `positions` of the search's order from `first` on,
/// and adds the outcome to `trial`.
void addVotes(Trial& trial, const VoteTable& table, std::size_t first);

} // namespace augury
