// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QString>

#include <optional>

namespace augury {

/// How long a job will still take, from its pace so far. A new phase starts afresh.
class Eta {
public:
    void start(); ///< a new job
    void update(const QString& phase, qint64 done, qint64 total);

    /// Seconds left; nothing before there is a pace to go by, or for a phase of under ten seconds.
    std::optional<double> secondsLeft() const;

    /// The pace at work: seconds left after `done` of `total` in `seconds`.
    static std::optional<double> estimate(qint64 done, qint64 total, double seconds);

private:
    QString m_phase;
    qint64 m_first = 0;
    QElapsedTimer m_timer;
    std::optional<double> m_left;
};

/// "0:42", "12:05", "1:02:05".
QString clockText(double seconds);
/// In words: "40 seconds", "12 minutes", "2 hours".
QString roughTimeText(double seconds);

} // namespace augury
