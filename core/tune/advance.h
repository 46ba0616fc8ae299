// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tune/methods.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace augury {

/// Places in a search's trials.
using TrialPlaces = std::vector<std::size_t>;

/// How far a search has come, in views looked at; only for progress.
struct Effort {
    std::int64_t done = 0;
    std::int64_t total = 0;
};

/// The views that a search looks at to bring trials of one policy on to its first `images` images.
std::int64_t viewsOf(const Search& search, const TrialPlaces& places, std::size_t images);

/// Brings Waiting trials of one policy on to the first `images` images of the search's order, with
/// one look at each view; those on all of them are then Finished. Tells of them. A stop throws
/// Cancelled and leaves each as it was, or through.
void advance(Search& search, const TrialPlaces& places, std::size_t images, Effort& effort);

/// The Waiting among the trials, a list for each policy, in the plan's order.
std::vector<TrialPlaces> waitingByPolicy(const Search& search);

/// Copies and sensitivity: one policy after another, on all images.
void advanceEach(Search& search);

} // namespace augury
