// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/support/job.h"

#include <cstddef>
#include <functional>
#include <string_view>

namespace augury {

/// Calls each(0) … each(n − 1), in ascending order of their starts, on up to `threads` threads
/// (0: all cores), the calling one included; only that one reports progress, in steps of 1 %.
/// Throws Cancelled soon after a stop. When calls throw, no new ones start, and the exception of
/// the lowest index is thrown on: the same one at any number of threads.
void forEachInParallel(std::size_t n, int threads, const Job& job, std::string_view phase,
    const std::function<void(std::size_t)>& each);

} // namespace augury
