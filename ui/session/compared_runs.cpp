// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/compared_runs.h"

#include "core/support/error.h"
#include "ui/session/run_history.h"
#include "ui/session/session.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace augury {

namespace {

/// Whether the history knows more of a run, which another program went on with.
bool isNewer(const RunInfo& info, const RepeatsRun& run)
{
    const auto repeats = static_cast<int>(run.outcome.repeats.size());
    return info.repeatsDone > repeats || (info.status == RunStatus::Running) != run.running
        || (info.status == RunStatus::Finished && run.outcome.stopped
            && info.repeatsDone == repeats);
}

} // namespace

ComparedRuns::ComparedRuns(Session& session, RunHistory& history, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_history(history)
{
    connect(&session, &Session::runStarted, this, [this] { follow(true); });
    connect(&session, &Session::repeatFinished, this, [this] { follow(false); });
    connect(&session, &Session::runEnded, this, [this] { follow(false); });
    connect(&session, &Session::runKept, this, [this] {
        follow(false);
        m_history.refresh();
    });
    connect(&session, &Session::repeatFinished, &history, &RunHistory::refresh);
    connect(&session, &Session::runEnded, &history, &RunHistory::refresh);
    connect(&session, &Session::runRestored, this, [this] {
        if (!m_runs.empty())
            return; // a user was quicker
        m_live = m_session.run()->id;
        put(sessionsRun(), true);
        catchUp(); // another program may be at it
    });
    connect(&history, &RunHistory::listed, this, &ComparedRuns::catchUp);
    connect(&history, &RunHistory::idle, this, [this] { m_opening = 0; }); // one may have failed
    if (session.run())
        follow(true);
}

std::shared_ptr<const RepeatsRun> ComparedRuns::front() const
{
    const auto at = m_front ? find(*m_front) : m_runs.end();
    return at == m_runs.end() ? nullptr : *at;
}

ComparedRuns::Runs::const_iterator ComparedRuns::find(std::int64_t id) const
{
    return std::ranges::find(m_runs, id, [](const auto& run) { return run->id; });
}

void ComparedRuns::setNegligible(double points)
{
    if (!(points >= 0) || !std::isfinite(points) || points == m_negligible)
        return;
    m_negligible = points;
    Q_EMIT negligibleChanged(points);
}

void ComparedRuns::put(std::shared_ptr<const RepeatsRun> run, bool alone)
{
    const auto id = run->id;
    m_front = id;
    const auto at = std::ranges::find(m_runs, id, [](const auto& each) { return each->id; });
    if (at != m_runs.end())
        *at = run;
    else if (!alone)
        m_runs.push_back(run);
    if (alone)
        m_runs = {run};
    Q_EMIT runsChanged();
}

std::shared_ptr<const RepeatsRun> ComparedRuns::sessionsRun() const
{
    auto run = std::make_shared<RepeatsRun>(*m_session.run());
    if (const auto row = m_history.model().rowOf(run->id)) // renamed meanwhile
        run->name = QString::fromStdString(m_history.model().run(*row).name);
    return run;
}

void ComparedRuns::follow(bool begun)
{
    auto run = sessionsRun();
    if (begun) {
        m_live = run->id;
        // Beside runs that somebody compares; else in the place of the one before.
        put(run, m_runs.size() <= 1);
        return;
    }
    const auto live = std::exchange(m_live, run->id); // it may have got its number just now
    const auto at = std::ranges::find(m_runs, live, [](const auto& each) { return each->id; });
    if (at == m_runs.end())
        return; // taken off the page
    const bool sameName = live == run->id && (*at)->name == run->name;
    const auto id = run->id;
    *at = std::move(run);
    if (m_front == live)
        m_front = id;
    if (!sameName)
        Q_EMIT runsChanged();
    Q_EMIT grew(id);
}

void ComparedRuns::catchUp()
{
    std::vector<std::int64_t> behind;
    bool renamed = false;
    for (auto& shown : m_runs) {
        const auto row = m_history.model().rowOf(shown->id);
        if (!row)
            continue;
        const auto& info = m_history.model().run(*row);
        if (const auto name = QString::fromStdString(info.name); name != shown->name) {
            auto run = std::make_shared<RepeatsRun>(*shown);
            run->name = name;
            shown = std::move(run);
            renamed = true;
        }
        // What another program goes on with; the session tells of what it is at itself.
        if (!m_session.isAt(shown->id) && isNewer(info, *shown))
            behind.push_back(shown->id);
    }
    if (renamed)
        Q_EMIT runsChanged();
    m_history.load(behind, this, [this](const RunRecords& records) {
        for (const auto& record : records) {
            const auto at =
                std::ranges::find(m_runs, record->info.id, [](const auto& run) { return run->id; });
            if (at == m_runs.end() || m_session.isAt(record->info.id))
                continue;
            try {
                *at = newest(*record);
                Q_EMIT grew(record->info.id);
            } catch (const Error& error) {
                Q_EMIT failed(QString::fromUtf8(error.what()));
            }
        }
    });
}

std::shared_ptr<const RepeatsRun> ComparedRuns::known(std::int64_t id) const
{
    auto run = inHand(id);
    const auto row = m_history.model().rowOf(id);
    if (run && row && !m_session.isAt(id) && isNewer(m_history.model().run(*row), *run))
        return nullptr;
    return run;
}

std::shared_ptr<const RepeatsRun> ComparedRuns::inHand(std::int64_t id) const
{
    if (m_session.run() && m_session.run()->id == id)
        return sessionsRun(); // with its data and networks
    const auto at = find(id);
    return at == m_runs.end() ? nullptr : *at;
}

std::shared_ptr<const RepeatsRun> ComparedRuns::newest(const RunRecord& record)
{
    auto before = inHand(record.info.id);
    if (before && (m_session.isAt(before->id) || !isNewer(record.info, *before)))
        return before;
    auto run = std::make_shared<RepeatsRun>(*repeatsRun(record));
    if (before) { // the data and networks are the same ones
        run->dataset = before->dataset;
        run->models = before->models;
    }
    m_session.catchUp(*run);
    return run;
}

void ComparedRuns::open(std::int64_t id)
{
    if (auto run = known(id)) {
        if (m_session.run() && m_session.run()->id == id)
            m_live = id;
        put(std::move(run), true);
        Q_EMIT opened();
        return;
    }
    ++m_opening;
    m_history.load({id}, this, [this](const RunRecords& records) {
        m_opening = std::max(0, m_opening - 1);
        take(records, true);
    });
}

void ComparedRuns::add(const std::vector<std::int64_t>& ids)
{
    std::vector<std::int64_t> unread;
    bool any = false;
    for (const auto id : ids) {
        // What is shown now goes when the opened run comes; read after that one, it comes back.
        auto run = m_opening > 0 ? nullptr : known(id);
        if (!run) {
            unread.push_back(id);
            continue;
        }
        any = true;
        if (find(id) == m_runs.end()) {
            m_live = id; // the only one that is known and not shown
            put(std::move(run), false);
        } else {
            bringToFront(id);
        }
    }
    if (unread.empty() && any)
        Q_EMIT opened();
    m_history.load(unread, this, [this](const RunRecords& records) { take(records, false); });
}

void ComparedRuns::take(const RunRecords& records, bool alone)
{
    bool any = false;
    for (const auto& record : records) {
        try {
            const auto id = record->info.id;
            if (m_session.run() && m_session.run()->id == id)
                m_live = id;
            auto run = newest(*record);
            if (run->outcome.repeats.empty())
                throw Error("Run " + std::to_string(run->id)
                    + " has no finished repeat yet, so there is nothing to show of it.");
            put(std::move(run), alone);
            any = true;
        } catch (const Error& error) {
            Q_EMIT failed(QString::fromUtf8(error.what()));
        }
    }
    if (any)
        Q_EMIT opened();
}

void ComparedRuns::bringToFront(std::int64_t id)
{
    if (m_front == id || find(id) == m_runs.end())
        return;
    m_front = id;
    Q_EMIT runsChanged();
}

void ComparedRuns::remove(std::int64_t id)
{
    const auto at = find(id);
    if (at == m_runs.end())
        return;
    m_runs.erase(at);
    if (m_front == id)
        m_front = m_runs.empty() ? std::nullopt : std::optional(m_runs.back()->id);
    Q_EMIT runsChanged();
}

void ComparedRuns::removeOthers()
{
    const auto run = front();
    if (!run || m_runs.size() == 1)
        return;
    m_runs = {run};
    Q_EMIT runsChanged();
}

std::vector<double> ComparedRuns::adjustedPs() const
{
    std::vector<double> ps;
    for (const auto& run : m_runs)
        ps.push_back(run->outcome.repeats.size() < 2 ? std::numeric_limits<double>::quiet_NaN()
                                                     : summarise(run->outcome.repeats).pValue);
    return holmAdjusted(ps);
}

} // namespace augury
