// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tune/tune.h"

#include <cstdint>
#include <span>
#include <vector>

/// What tune() is made of: one function a method.
namespace augury {

/// A search under way.
struct Search {
    VoteCache& cache;
    const TuneSpec& spec;
    const TuneObserver& observer;
    Job job; ///< its onProgress is the observer's
    std::vector<std::uint32_t> order; ///< searchOrder()
    std::vector<Trial> trials; ///< plannedTrials(), those that were begun in their places
    std::int64_t tried = 0;

    /// Tells the observer of trials that have changed.
    void tell(std::span<const Trial> changed) const;
};

// Each goes on where search.trials are Waiting, puts what it finds there and tells of it. Throws
// Cancelled when stopped, with what is done in place, and Error.
void tuneCopies(Search& search);
void tuneSweep(Search& search);
void tuneSensitivity(Search& search);
void tuneGreedy(Search& search);
void tuneWeights(Search& search);

} // namespace augury
