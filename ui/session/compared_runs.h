// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/run_history.h"

#include <QObject>

#include <memory>
#include <optional>
#include <vector>

namespace augury {

class Session;

/// The runs on the Compare page: those shown beside each other, and the one in front, whose
/// repeats, images and curve are shown in full. A run that the session begins comes to the front;
/// it grows as its repeats end; so does one that another program is at. Lives on the window's
/// thread.
class ComparedRuns : public QObject {
    Q_OBJECT

public:
    ComparedRuns(Session& session, RunHistory& history, QObject* parent = nullptr);

    /// In the order in which they were added; the pointers of those that grow are replaced.
    const std::vector<std::shared_ptr<const RepeatsRun>>& runs() const { return m_runs; }
    std::shared_ptr<const RepeatsRun> front() const; ///< null: none

    /// In points, 0 or more: lifts that do not matter. Kept by the page in QSettings.
    double negligible() const { return m_negligible; }
    void setNegligible(double points);

    void open(std::int64_t id); ///< alone and in front; reads it where it is not shown yet
    void add(const std::vector<std::int64_t>& ids); ///< beside those that are shown
    void bringToFront(std::int64_t id);
    void remove(std::int64_t id); ///< from the page; the history keeps it
    void removeOthers(); ///< all but the one in front

    /// Two-sided Wilcoxon p of each run's lift, Holm-adjusted over the runs shown; NaN: not known.
    std::vector<double> adjustedPs() const;

Q_SIGNALS:
    void runsChanged(); ///< which there are, which is in front, or their names
    void grew(std::int64_t id); ///< a repeat more, or over
    void negligibleChanged(double points);
    void failed(const QString& message);
    void opened(); ///< a user's open() or add() has arrived: show the page

private:
    using Runs = std::vector<std::shared_ptr<const RepeatsRun>>;

    Runs::const_iterator find(std::int64_t id) const;
    std::shared_ptr<const RepeatsRun> sessionsRun() const; ///< as it is now
    /// The session's, or one that is shown; null: neither.
    std::shared_ptr<const RepeatsRun> inHand(std::int64_t id) const;
    /// The same; null also where the history has more of it, and it must be read.
    std::shared_ptr<const RepeatsRun> known(std::int64_t id) const;
    /// What is in hand, or the record where that has more; the session learns of it.
    std::shared_ptr<const RepeatsRun> newest(const RunRecord& record);
    void put(std::shared_ptr<const RepeatsRun> run, bool alone);
    void take(const RunRecords& records, bool alone); ///< for open() and add()
    void follow(bool begun); ///< the session's run
    void catchUp(); ///< with what the history says of those that are shown

    Session& m_session;
    RunHistory& m_history;
    Runs m_runs;
    std::optional<std::int64_t> m_front;
    int m_opening = 0; ///< runs that are being read, to be alone on the page
    std::int64_t m_live = 0; ///< what the session's run was called when it was last looked at
    double m_negligible = 0.2;
};

} // namespace augury
