// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/latest_job.h"

#include <QPointer>

#include <utility>

namespace augury {

LatestJob::LatestJob(Worker& worker, QObject* parent)
    : QObject(parent)
    , m_worker(worker)
{
}

void LatestJob::start(JobRequest request)
{
    if (m_running)
        m_waiting = std::move(request);
    else
        run(std::move(request));
}

void LatestJob::run(JobRequest request)
{
    m_running = true;
    request.ended = [self = QPointer<LatestJob>(this), ended = std::move(request.ended)](
                        JobEnd end, const QString& message) {
        if (self) {
            self->m_running = false;
            if (auto next = std::exchange(self->m_waiting, std::nullopt))
                self->run(std::move(*next));
        }
        // Last, so that it sees what isBusy() says from now on, and may start another.
        if (ended)
            ended(end, message);
    };
    m_worker.start(std::move(request));
}

} // namespace augury
