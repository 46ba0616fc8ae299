// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/worker.h"

#include "core/support/error.h"

#include <new>

#ifdef __linux__
#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>
#endif

namespace augury {

namespace {

// On Linux a nice value belongs to a thread, and the threads that it starts (OpenMP's, a parallel
// fit's) inherit it: with every core training, the window still comes first.
void lowerThisThreadsPriority()
{
#ifdef __linux__
    // Lower than the program's own, which may have been started with nice.
    const auto thread = static_cast<id_t>(gettid());
    setpriority(PRIO_PROCESS, thread, getpriority(PRIO_PROCESS, thread) + 5);
#endif
}

void nameThisThread([[maybe_unused]] const char* name)
{
#ifdef __linux__
    pthread_setname_np(pthread_self(), name);
#endif
}

} // namespace

Worker::Worker(Priority priority, QObject* parent)
    : QObject(parent)
    , m_priority(priority)
    , m_thread([this] { threadMain(); })
{
}

Worker::~Worker()
{
    {
        const std::lock_guard lock(m_mutex);
        m_quit = true;
        m_queue.clear();
        if (m_running)
            m_running->request_stop();
    }
    m_wake.notify_one();
    m_thread.join();
}

quint64 Worker::start(JobRequest request)
{
    Entry entry{++m_lastId, m_generation, std::move(request), {}};
    const auto id = entry.id;
    ++m_unfinished;
    {
        const std::lock_guard lock(m_mutex);
        m_queue.push_back(std::move(entry));
    }
    m_wake.notify_one();
    return id;
}

void Worker::stop()
{
    std::deque<Entry> dropped;
    bool any = false;
    {
        const std::lock_guard lock(m_mutex);
        dropped.swap(m_queue);
        if (m_running)
            any = m_running->request_stop();
    }
    if (any || !dropped.empty())
        Q_EMIT stopping();
    for (auto& entry : dropped) {
        toWindow([this, id = entry.id, ended = std::move(entry.request.ended)] {
            finish(id, JobEnd::Stopped, {}, ended);
        });
    }
}

void Worker::beginGeneration()
{
    ++m_generation;
    stop();
}

void Worker::threadMain()
{
    nameThisThread(m_priority == Priority::Below ? "augury-worker" : "augury-look");
    if (m_priority == Priority::Below)
        lowerThisThreadsPriority();
    while (true) {
        Entry entry;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_quit || !m_queue.empty(); });
            if (m_quit)
                return;
            entry = std::move(m_queue.front());
            m_queue.pop_front();
            m_running = entry.stop;
        }
        run(entry);
    }
}

void Worker::run(Entry& entry)
{
    const auto id = entry.id;
    const auto post = [this, generation = entry.generation](std::function<void()> function) {
        toWindow([this, generation, function = std::move(function)] {
            if (generation == m_generation)
                function();
        });
    };
    toWindow([this, id, name = entry.request.name] { Q_EMIT started(id, name); });

    JobContext context(entry.stop.get_token(), post,
        [this, id](const JobProgress& progress) { Q_EMIT progressed(id, progress); });
    auto end = JobEnd::Failed;
    QString message;
    std::function<void()> deliver;
    try {
        deliver = entry.request.work(context);
        end = context.stopped() ? JobEnd::Stopped : JobEnd::Succeeded;
    } catch (const Cancelled&) {
        end = JobEnd::Stopped;
    } catch (const Error& error) {
        message = QString::fromUtf8(error.what());
    } catch (const std::bad_alloc&) {
        message = tr("There is not enough memory for this. Choose smaller subsets or a smaller "
                     "batch size, or close other programs.");
    } catch (const std::exception& error) {
        message = tr("%1 failed for a reason that the program did not expect: %2")
                      .arg(entry.request.name, QString::fromUtf8(error.what()));
    } catch (...) {
        message = tr("%1 failed for an unknown reason.").arg(entry.request.name);
    }
    context.flush();
    // No stop must reach this job any more: it has ended.
    {
        const std::lock_guard lock(m_mutex);
        m_running.reset();
    }
    if (deliver)
        post(std::move(deliver));
    toWindow([this, id, end, message, ended = std::move(entry.request.ended)] {
        finish(id, end, message, ended);
    });
}

void Worker::finish(quint64 id, JobEnd end, const QString& message,
    const std::function<void(JobEnd, const QString&)>& ended)
{
    --m_unfinished;
    if (ended)
        ended(end, message);
    Q_EMIT finished(id, end, message);
    if (isIdle())
        Q_EMIT idle();
}

void Worker::toWindow(std::function<void()> function)
{
    QMetaObject::invokeMethod(this, std::move(function), Qt::QueuedConnection);
}

} // namespace augury
