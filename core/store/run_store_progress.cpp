// SPDX-License-Identifier: GPL-3.0-or-later
// A run as it goes: begun, a repeat at a time, finished, taken up again.
#include "core/experiment/report.h"
#include "core/store/run_store_state.h"
#include "core/support/error.h"

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

bool holds(std::span<const RepeatResult> repeats, int index)
{
    return std::ranges::find(repeats, index, &RepeatResult::index) != repeats.end();
}

} // namespace

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
    m_state->claims.emplace(
        id, State::Claim{std::move(lock), place, textAt(part(document, "data"), "name"), 0, {}});
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
        SQLite::Statement update(*m_state->database,
            "UPDATE runs SET title = ?, seconds = ?, done = ?, baseline = ?, tta = ?, lift = ?,"
            " lift_low = ?, lift_high = ?, fixed = ?, broken = ? WHERE id = ?");
        int at = 0;
        update.bind(++at, titleOf(claim.data, repeats.size(), figures));
        update.bind(++at, claim.secondsNow());
        update.bind(++at, static_cast<int>(repeats.size()));
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
            m_state->throwNoRun(id);
        m_state->insertRepeat(id, repeat, utcNow());
    });
    claim.repeats = std::move(repeats);
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
        auto repeats = claim.repeats;
        if (kind == repeatKind) {
            for (const auto& repeat : repeatsFromDocument(document, "The result").repeats) {
                if (holds(repeats, repeat.index))
                    continue;
                m_state->insertRepeat(id, repeat, date);
                repeats.push_back(repeat);
            }
            std::ranges::sort(repeats, {}, &RepeatResult::index);
        }
        m_state->store(id, document, kind, repeats);
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
        if (info.kind != repeatKind)
            refuse(fmt::format("it is a run of `{}`, not of `repeat`", info.kind));
        if (info.removed)
            refuse("it is deleted; restore it first");
        if (info.status == RunStatus::Running)
            refuse("another program is at it");
        if (info.isComplete())
            refuse(fmt::format("all of its {} repeats are done", info.repeatsWanted));
        markRunning(*m_state->database, id, place);
    });
    m_state->claims.insert_or_assign(id,
        State::Claim{
            std::move(lock), place, record.info.data, record.info.seconds, record.repeats});
    return record;
}

std::int64_t RunStore::add(const json& document, const std::string& kind, const std::string& date)
{
    std::vector<RepeatResult> repeats;
    if (kind == repeatKind)
        repeats = repeatsFromDocument(document, "The result").repeats;
    const auto ended = date.empty() ? utcNow() : date;
    std::int64_t id = 0;
    m_state->write([&] {
        id = m_state->insertRun(kind);
        for (const auto& repeat : repeats)
            m_state->insertRepeat(id, repeat, ended);
        m_state->store(id, document, kind, repeats);
        markEnded(*m_state->database, id, isStopped(document), ended);
        SQLite::Statement update(*m_state->database,
            "UPDATE runs SET started = coalesce(strftime('%Y-%m-%dT%H:%M:%SZ', finished,"
            " '-' || seconds || ' seconds'), finished) WHERE id = ?");
        update.bind(1, id);
        update.exec();
    });
    return id;
}

json RunStore::exportRun(std::int64_t id) const
{
    auto record = get(id);
    return withNotes(std::move(record.document), record.info);
}

std::int64_t RunStore::importRun(const json& document, const std::string& where)
{
    json own = document;
    const auto info = takeNotes(own, where);
    std::vector<RepeatResult> repeats;
    if (info.kind == repeatKind)
        repeats = repeatsFromDocument(own, where).repeats;
    const auto ended = info.finished.empty() ? utcNow() : info.finished;
    std::int64_t id = 0;
    m_state->write([&] {
        id = m_state->insertRun(info.kind);
        for (const auto& repeat : repeats)
            m_state->insertRepeat(id, repeat, ended);
        m_state->store(id, own, info.kind, repeats);
        markEnded(*m_state->database, id, isStopped(own), ended);
        m_state->update(id, "started", info.started.empty() ? ended : info.started);
        m_state->update(id, "name", info.name);
        m_state->update(id, "note", info.note);
        m_state->update(id, "tags", storedText(info.tags));
    });
    return id;
}

} // namespace augury
