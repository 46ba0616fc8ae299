// SPDX-License-Identifier: GPL-3.0-or-later
// A run as it goes: begun, a repeat at a time, finished, taken up again.
#include "core/experiment/report.h"
#include "core/store/run_store_state.h"
#include "core/support/error.h"
#include "core/tune/tune_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace augury {

using nlohmann::json;

namespace {

RunLock lockSomePlace(const std::filesystem::path& file, std::int64_t& place)
{
    for (;;) {
        place = randomPlace();
        if (auto lock = RunLock::take(file, place))
            return std::move(*lock);
    }
}

void markRunning(SQLite::Database& database, std::int64_t id, std::int64_t place)
{
    SQLite::Statement update(
        database, "UPDATE runs SET status = 'running', finished = '', claim = ? WHERE id = ?");
    update.bind(1, place);
    update.bind(2, id);
    update.exec();
}

bool holds(std::span<const RepeatResult> repeats, int index)
{
    return std::ranges::find(repeats, index, &RepeatResult::index) != repeats.end();
}

} // namespace

void markEnded(SQLite::Database& database, std::int64_t id, bool stopped, const std::string& date)
{
    SQLite::Statement update(
        database, "UPDATE runs SET status = ?, finished = ?, claim = NULL WHERE id = ?");
    update.bind(1, toString(stopped ? RunStatus::Stopped : RunStatus::Finished));
    update.bind(2, date);
    update.bind(3, id);
    update.exec();
}

bool isStopped(const json& document)
{
    const auto& stopped = part(document, "stopped");
    return stopped.is_boolean() && stopped.get<bool>();
}

void RunStore::State::requireOwn(std::int64_t id, const Claim& claim) const
{
    SQLite::Statement query(*database, "SELECT claim FROM runs WHERE id = ?");
    query.bind(1, id);
    if (!query.executeStep())
        throw RunTakenOver(
            fmt::format("Run {} was taken out of the run history {} while it was under way.", id,
                path.string()));
    const auto stored = query.getColumn(0);
    if (stored.isNull() || stored.getInt64() != claim.place)
        throw RunTakenOver(
            fmt::format("Run {} of the run history {} is being written by another program as well.",
                id, path.string()));
}

void RunStore::State::tell(std::int64_t id, const Claim& claim, const std::string& title, int done,
    const RunFigures& figures)
{
    SQLite::Statement update(*database,
        "UPDATE runs SET title = ?, seconds = ?, done = ?, baseline = ?, tta = ?, lift = ?,"
        " lift_low = ?, lift_high = ?, fixed = ?, broken = ? WHERE id = ?");
    int at = 0;
    update.bind(++at, title);
    update.bind(++at, claim.secondsNow());
    update.bind(++at, done);
    for (const auto& value :
        {figures.baseline, figures.tta, figures.lift, figures.liftLow, figures.liftHigh}) {
        ++at;
        if (value)
            update.bind(at, *value);
    }
    update.bind(++at, figures.fixed);
    update.bind(++at, figures.broken);
    update.bind(++at, id);
    if (update.exec() != 1)
        throwNoRun(id);
}

std::int64_t RunStore::begin(const json& document, const std::string& kind)
{
    std::int64_t id = 0;
    std::int64_t place = 0;
    RunLock lock = lockSomePlace(m_state->lockFile(), place);
    m_state->write([&] {
        id = m_state->insertRun(kind);
        m_state->store(id, document, kind, {});
        markRunning(*m_state->database, id, place);
    });
    State::Claim claim{std::move(lock), place, textAt(part(document, "data"), "name"), 0, {}};
    if (kind == tuneKind)
        claim.search.emplace(specFromDocument(document, "The search"));
    m_state->claims.emplace(id, std::move(claim));
    return id;
}

void RunStore::addRepeat(std::int64_t id, const RepeatResult& repeat)
{
    auto& claim = m_state->claimOf(id);
    if (holds(claim.repeats, repeat.index))
        throw Error(fmt::format("Run {} of the run history {} has repeat {} already.", id,
            m_state->path.string(), repeat.index + 1));
    auto repeats = claim.repeats;
    repeats.push_back(repeat);
    std::ranges::sort(repeats, {}, &RepeatResult::index);
    m_state->write([&] {
        m_state->requireOwn(id, claim);
        const auto figures = figuresOf(repeats);
        m_state->tell(id, claim, titleOf(claim.data, repeats.size(), figures),
            static_cast<int>(repeats.size()), figures);
        m_state->insertRepeat(id, repeat, utcNow());
    });
    claim.repeats = std::move(repeats);
}

void RunStore::setTrials(std::int64_t id, std::span<const Trial> trials)
{
    auto& claim = m_state->claimOf(id);
    if (!claim.search)
        throw Error(
            fmt::format("Run {} of the run history {} is no search.", id, m_state->path.string()));
    auto search = *claim.search;
    search.add(trials);
    // There may be hundreds a second: a commit outlives the end of the program, and the next one
    // that is waited for makes all of them outlive a power cut.
    m_state->guarded([&] { m_state->database->exec("PRAGMA synchronous = NORMAL"); });
    try {
        m_state->write([&] {
            m_state->requireOwn(id, claim);
            m_state->tell(id, claim, search.title(claim.data), search.done(), search.figures());
            m_state->putTrials(id, trials, utcNow());
        });
    } catch (...) {
        m_state->database->tryExec("PRAGMA synchronous = FULL");
        throw;
    }
    m_state->guarded([&] { m_state->database->exec("PRAGMA synchronous = FULL"); });
    claim.search = std::move(search);
}

void RunStore::finish(std::int64_t id, const json& document)
{
    auto& claim = m_state->claimOf(id);
    m_state->write([&] {
        m_state->requireOwn(id, claim);
        SQLite::Statement query(*m_state->database, "SELECT kind FROM runs WHERE id = ?");
        query.bind(1, id);
        if (!query.executeStep())
            m_state->throwNoRun(id);
        const std::string kind = query.getColumn(0).getString();
        const auto date = utcNow();
        auto rows = rowsOf(document, kind, "The result");
        for (const auto& repeat : rows.repeats) {
            if (!holds(claim.repeats, repeat.index))
                m_state->insertRepeat(id, repeat, date);
        }
        for (const auto& repeat : claim.repeats) {
            if (!holds(rows.repeats, repeat.index))
                rows.repeats.push_back(repeat);
        }
        std::ranges::sort(rows.repeats, {}, &RepeatResult::index);
        m_state->putTrials(id, rows.trials, date);
        m_state->store(id, document, kind, rows);
        markEnded(*m_state->database, id, isStopped(document), date);
    });
    m_state->claims.erase(id);
}

void RunStore::discard(std::int64_t id)
{
    const auto& claim = m_state->claimOf(id);
    m_state->write([&] {
        m_state->requireOwn(id, claim);
        m_state->erase(id);
    });
    m_state->claims.erase(id);
}

RunRecord RunStore::resume(std::int64_t id)
{
    RunRecord record;
    std::int64_t place = 0;
    RunLock lock = lockSomePlace(m_state->lockFile(), place);
    // In one transaction, so that of two that ask at once one is told of the other.
    m_state->write([&] {
        record = m_state->read(id);
        const auto refuse = [&](const std::string& why) {
            throw Error(fmt::format("Run {} cannot be gone on with: {}.", id, why));
        };
        const auto& info = record.info;
        if (info.kind != repeatKind && info.kind != tuneKind)
            refuse(fmt::format("it is a run of `{}`, not of `repeat` or `tune`", info.kind));
        if (info.removed)
            refuse("it is deleted; restore it first");
        if (info.status == RunStatus::Running)
            refuse("another program is at it");
        if (info.isComplete())
            refuse(fmt::format("all of its {} {} are done", info.repeatsWanted,
                info.kind == tuneKind ? "configurations" : "repeats"));
        markRunning(*m_state->database, id, place);
    });
    State::Claim claim{
        std::move(lock), place, record.info.data, record.info.seconds, record.repeats};
    if (record.info.kind == tuneKind) {
        claim.search.emplace(specFromDocument(record.document, fmt::format("Run {}", id)));
        claim.search->add(record.trials);
    }
    m_state->claims.insert_or_assign(id, std::move(claim));
    return record;
}

} // namespace augury
