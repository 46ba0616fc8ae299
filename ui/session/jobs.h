// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/support/job.h"
#include "ui/session/throttle.h"

#include <QString>

#include <functional>
#include <memory>
#include <stop_token>

namespace augury {

/// How a job ended. Every job ends exactly once.
enum class JobEnd { Succeeded, Failed, Stopped };

struct JobProgress {
    QString phase; ///< in plain words
    qint64 done = 0;
    qint64 total = 0; ///< 0: unknown
};

/// What a job sees of the outside, on the worker's thread.
class JobContext {
public:
    using Post = std::function<void(std::function<void()>)>;

    /// `post` runs a function on the window's thread; `onProgress` is called there.
    JobContext(std::stop_token stop, Post post, std::function<void(const JobProgress&)> onProgress);

    std::stop_token stop() const { return m_stop; }

    /// Throttled: at most ten a second leave this thread, the last one always does.
    void report(std::string_view phase, std::int64_t done, std::int64_t total);

    /// Runs `function` on the window's thread; dropped when the job's generation is over by then.
    void post(std::function<void()> function) const { m_post(std::move(function)); }

    /// The work ended early because of the stop, but has a result to hand out.
    void markStopped() { m_stopped = true; }
    bool stopped() const { return m_stopped; }

    /// The same as core's long functions take it. Must not outlive this context.
    Job coreJob();

    void flush() { m_progress.flush(); }

private:
    std::stop_token m_stop;
    Post m_post;
    Throttle<JobProgress> m_progress;
    bool m_stopped = false;
};

/// Work for the worker's thread.
struct JobRequest {
    QString name; ///< for the status bar: "Training"
    /// Runs on the worker's thread. Throws, or returns what hands the result over on the window's
    /// thread (may be empty).
    std::function<std::function<void()>(JobContext&)> work;
    /// Called once on the window's thread when the job has ended, also when its generation is over.
    std::function<void(JobEnd, const QString& message)> ended = {};
};

} // namespace augury
