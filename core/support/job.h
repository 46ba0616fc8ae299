// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/support/error.h"

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string_view>

namespace augury {

/// How far a long function has come. `done` of `total` units of the current phase; total 0:
/// unknown.
struct Progress {
    std::string_view phase; ///< a static string in plain words: "reading images", "evaluating"
    std::int64_t done = 0;
    std::int64_t total = 0;
};

/// What every long function takes. It is called on the thread that does the work, never two calls
/// at once. Long functions check the token at least once a batch and throw Cancelled.
struct Job {
    std::stop_token stop;
    std::function<void(const Progress&)> onProgress; ///< may be empty

    void report(std::string_view phase, std::int64_t done, std::int64_t total) const
    {
        if (onProgress)
            onProgress({phase, done, total});
    }
    void throwIfStopped() const
    {
        if (stop.stop_requested())
            throw Cancelled();
    }
};

} // namespace augury
