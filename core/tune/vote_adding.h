// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tune/tune.h"

#include <span>

namespace augury {

/// addVotes() to several trials of one policy at once: those that differ in their copies alone
/// share one pass over the views, and `threads` threads (0: all cores) share what is left. A stop
/// throws Cancelled and leaves the trials as they were. Sums are added image by image, so that they
/// are the same in whichever parts the images come.
void addVotes(std::span<Trial* const> trials, const VoteTable& table, std::size_t first,
    int threads, const Job& job = {});

} // namespace augury
