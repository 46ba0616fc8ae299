// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace augury {

namespace {

struct Shared {
    std::atomic<std::size_t> next = 0;
    std::atomic<std::size_t> done = 0;
    std::atomic<bool> abandon = false;
    std::mutex mutex;
    std::size_t failedIndex = 0;
    std::exception_ptr failure; ///< of the lowest index
};

/// One worker's share. Indices are handed out in ascending order, so when one fails, every lower
/// one is done or under way and will still be heard.
void work(Shared& shared, std::size_t n, const std::stop_token& stop,
    const std::function<void(std::size_t)>& each, const std::function<void()>& afterEach)
{
    while (!shared.abandon && !stop.stop_requested()) {
        const std::size_t i = shared.next++;
        if (i >= n)
            return;
        try {
            each(i);
        } catch (...) {
            const std::lock_guard lock(shared.mutex);
            shared.abandon = true;
            if (!shared.failure || i < shared.failedIndex) {
                shared.failure = std::current_exception();
                shared.failedIndex = i;
            }
        }
        ++shared.done;
        afterEach();
    }
}

} // namespace

void forEachInParallel(std::size_t n, int threads, const Job& job, std::string_view phase,
    const std::function<void(std::size_t)>& each)
{
    const auto cores = std::max(1U, std::thread::hardware_concurrency());
    const std::size_t wanted =
        std::min({threads > 0 ? static_cast<std::size_t>(threads) : cores, n, std::size_t(256)});
    Shared shared;
    {
        std::vector<std::jthread> helpers; // joined at the end of this block, come what may
        struct Abandon {
            std::atomic<bool>& flag;
            ~Abandon()
            {
                if (std::uncaught_exceptions() > 0) // onProgress threw: let the helpers go home
                    flag = true;
            }
        } const onThrow{shared.abandon};
        try {
            while (helpers.size() + 1 < wanted)
                helpers.emplace_back([&] { work(shared, n, job.stop, each, [] {}); });
        } catch (const std::system_error&) {
            // No more threads to be had: those that run will do.
        }
        std::size_t percent = 0;
        job.report(phase, 0, static_cast<std::int64_t>(n));
        work(shared, n, job.stop, each, [&] {
            const std::size_t done = shared.done;
            if (done * 100 / n != percent) {
                percent = done * 100 / n;
                job.report(phase, static_cast<std::int64_t>(done), static_cast<std::int64_t>(n));
            }
        });
    }
    if (shared.failure)
        std::rethrow_exception(shared.failure);
    job.throwIfStopped();
    job.report(phase, static_cast<std::int64_t>(n), static_cast<std::int64_t>(n));
}

} // namespace augury
