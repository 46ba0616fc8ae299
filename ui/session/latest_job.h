// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/worker.h"

#include <QObject>

#include <optional>

namespace augury {

/// For work that follows a moving hand: one request runs, the newest one waits, those between are
/// dropped. What runs is let finish, so that something is shown while the hand keeps moving.
class LatestJob : public QObject {
    Q_OBJECT

public:
    explicit LatestJob(Worker& worker, QObject* parent = nullptr);

    /// Starts `request`, or lets it wait in place of the one that waits; of that one nothing is
    /// heard then, not even `ended`. When the running job ends, however it does, the waiting one is
    /// started before `ended` is called.
    void start(JobRequest request);
    bool isBusy() const { return m_running; }

private:
    void run(JobRequest request);

    Worker& m_worker;
    std::optional<JobRequest> m_waiting;
    bool m_running = false;
};

} // namespace augury
