// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/jobs.h"

#include <QObject>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>

namespace augury {

/// One thread, alive as long as the window, and a queue of jobs for it (OpenMP keeps a pool of
/// threads for each calling thread, so LibTorch is called from long-lived threads alone). All
/// members are for the thread that made it; every signal and callback comes there, queued, in the
/// order in which the job caused them.
///
/// A job ends exactly once: succeeded, failed (with a sentence) or stopped; nothing it throws gets
/// past the thread's edge. Each job carries the generation it was started in: once that is over,
/// its progress, its posts and its result are dropped, and only its end is told.
class Worker : public QObject {
    Q_OBJECT

public:
    enum class Priority {
        Below, ///< lower than the window's: long jobs
        Window ///< the window's own: quick work that a hand waits for
    };
    explicit Worker(Priority priority = Priority::Below, QObject* parent = nullptr);
    /// Stops everything and waits for the thread: a window lets it get idle first.
    ~Worker() override;

    quint64 start(JobRequest request); ///< returns the job's id
    void stop(); ///< asks the running job to stop; queued ones end as stopped
    /// From now on nothing of the jobs started before is delivered; stops them, too.
    void beginGeneration();

    bool isIdle() const { return m_unfinished == 0; }

Q_SIGNALS:
    void started(quint64 job, const QString& name);
    void progressed(quint64 job, const augury::JobProgress& progress);
    void stopping(); ///< a running or queued job has been asked to stop
    void finished(quint64 job, augury::JobEnd end, const QString& message);
    void idle(); ///< after the last job's `finished`

private:
    struct Entry {
        quint64 id = 0;
        quint64 generation = 0;
        JobRequest request;
        std::stop_source stop;
    };

    void threadMain();
    void run(Entry& entry);
    void finish(quint64 id, JobEnd end, const QString& message,
        const std::function<void(JobEnd, const QString&)>& ended);
    void toWindow(std::function<void()> function);

    const Priority m_priority;

    // The window's thread alone.
    quint64 m_lastId = 0;
    quint64 m_generation = 0;
    int m_unfinished = 0;

    // Both threads, under the mutex.
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Entry> m_queue;
    std::optional<std::stop_source> m_running;
    bool m_quit = false;

    std::thread m_thread; // last: it uses all of the above
};

} // namespace augury
