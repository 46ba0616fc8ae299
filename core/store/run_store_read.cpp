// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/report.h"
#include "core/store/run_store_state.h"
#include "core/support/error.h"
#include "core/support/json_file.h"
#include "core/tune/tune_json.h"

#include <fmt/format.h>

#include <algorithm>

namespace augury {

using nlohmann::json;

namespace {

constexpr const char* infoColumns =
    "id, kind, name, title, note, tags, status, claim, started,"
    " CASE WHEN finished = '' THEN coalesce((SELECT max(repeats.finished) FROM repeats"
    "  WHERE run = runs.id), (SELECT max(trials.finished) FROM trials WHERE run = runs.id), '')"
    " ELSE finished END,"
    " seconds, removed IS NOT NULL, done, wanted, data, settings, baseline, tta, lift, lift_low,"
    " lift_high, fixed, broken";
constexpr int infoColumnCount = 23;

RunStatus statusOf(const std::string& status, bool held)
{
    if (status == "finished")
        return RunStatus::Finished;
    return status == "running" && held ? RunStatus::Running : RunStatus::Stopped;
}

/// Null where it is none: a list must show the run all the same.
json parsedOrNull(const std::string& text)
{
    try {
        return parseJson(text);
    } catch (const Error&) {
        return nullptr;
    }
}

std::vector<std::string> tagsOf(const std::string& text)
{
    const auto tags = parsedOrNull(text);
    std::vector<std::string> result;
    for (const auto& tag : tags.is_array() ? tags : json::array()) {
        if (tag.is_string())
            result.push_back(tag.get<std::string>());
    }
    return result;
}

/// A row of infoColumns.
RunInfo infoOf(SQLite::Statement& row, const std::filesystem::path& lockFile)
{
    int at = 0;
    const auto next = [&] { return row.getColumn(at++); };
    const auto number = [&]() -> std::optional<double> {
        const auto column = next();
        return column.isNull() ? std::nullopt : std::optional(column.getDouble());
    };
    RunInfo info;
    info.id = next().getInt64();
    info.kind = next().getString();
    info.name = next().getString();
    info.title = next().getString();
    info.note = next().getString();
    info.tags = tagsOf(next().getString());
    const auto status = next().getString();
    const auto claim = next();
    info.status = statusOf(status, !claim.isNull() && RunLock::isHeld(lockFile, claim.getInt64()));
    info.started = next().getString();
    info.finished = next().getString();
    if (info.status == RunStatus::Running)
        info.finished.clear();
    info.seconds = next().getDouble();
    info.removed = next().getInt() != 0;
    info.repeatsDone = next().getInt();
    info.repeatsWanted = next().getInt();
    info.data = next().getString();
    describeSettings(parsedOrNull(next().getString()), info);
    info.baseline = number();
    info.tta = number();
    info.lift = number();
    const auto low = number();
    const auto high = number();
    if (low && high)
        info.liftCi95 = Interval{*low, *high};
    info.fixed = next().getInt64();
    info.broken = next().getInt64();
    return info;
}

/// What follows from the trials, which are newer than the document.
void completeSearch(RunRecord& record)
{
    auto& document = record.document;
    const auto known = static_cast<std::int64_t>(numberAt(document, "tried"));
    const auto spec = specFromDocument(document, fmt::format("Run {}", record.info.id));
    setTrials(document, record.trials, std::max(known, triedOf(spec, record.trials)));
    document["stopped"] = record.info.status != RunStatus::Finished;
    document["seconds"] = record.info.seconds;
}

} // namespace

RunRecord RunStore::State::read(std::int64_t id) const
{
    try {
        RunRecord record;
        const auto parsed = [&](const SQLite::Column& column) {
            try {
                return parseJson(column.getString());
            } catch (const Error& problem) {
                throw Error(fmt::format("Run {} in the run history {} is damaged: {}.", id,
                    path.string(), problem.what()));
            }
        };
        SQLite::Statement query(
            *database, fmt::format("SELECT {}, document FROM runs WHERE id = ?", infoColumns));
        query.bind(1, id);
        if (!query.executeStep())
            throwNoRun(id);
        record.info = infoOf(query, lockFile());
        record.document = parsed(query.getColumn(infoColumnCount));
        SQLite::Statement rows(
            *database, "SELECT result FROM repeats WHERE run = ? ORDER BY repeat");
        rows.bind(1, id);
        while (rows.executeStep())
            record.repeats.push_back(repeatFromJson(parsed(rows.getColumn(0)),
                fmt::format("A repeat of run {} in the run history {}", id, path.string())));
        SQLite::Statement trials(
            *database, "SELECT result FROM trials WHERE run = ? ORDER BY trial");
        trials.bind(1, id);
        while (trials.executeStep())
            record.trials.push_back(trialFromJson(parsed(trials.getColumn(0)),
                fmt::format("A trial of run {} in the run history {}", id, path.string())));
        record.plan = planOf(record.document);
        if (record.info.kind == tuneKind && record.document.is_object())
            completeSearch(record);
        // Documents of the first format hold repeats of their own; rows are newer where there are
        // any.
        if (record.info.kind == repeatKind && record.document.is_object()
            && (!record.document.contains("repeats") || !record.repeats.empty())) {
            setRepeats(record.document, record.repeats);
            record.document["stopped"] = record.info.status != RunStatus::Finished;
            record.document["run"]["seconds"] = record.info.seconds;
        }
        return record;
    } catch (const json::exception& problem) {
        throw Error(fmt::format(
            "Run {} in the run history {} is damaged ({}).", id, path.string(), problem.what()));
    }
}

std::vector<RunInfo> RunStore::list(int limit, bool withRemoved) const
{
    return m_state->guarded([&] {
        SQLite::Statement query(*m_state->database,
            fmt::format("SELECT {} FROM runs WHERE ? OR removed IS NULL ORDER BY id DESC LIMIT ?",
                infoColumns));
        query.bind(1, withRemoved ? 1 : 0);
        query.bind(2, limit);
        std::vector<RunInfo> runs;
        while (query.executeStep())
            runs.push_back(infoOf(query, m_state->lockFile()));
        return runs;
    });
}

std::vector<RunInfo> RunStore::unfinished(const std::string& kind) const
{
    return m_state->guarded([&] {
        SQLite::Statement query(*m_state->database,
            fmt::format("SELECT {} FROM runs WHERE kind = ? AND status <> 'finished'"
                        " AND removed IS NULL AND done < wanted ORDER BY id DESC",
                infoColumns));
        query.bind(1, kind);
        std::vector<RunInfo> runs;
        while (query.executeStep())
            runs.push_back(infoOf(query, m_state->lockFile()));
        std::erase_if(runs, [](const RunInfo& run) { return run.status == RunStatus::Running; });
        return runs;
    });
}

RunRecord RunStore::get(std::int64_t id) const
{
    // In one transaction: a repeat that ends meanwhile is in all of it or in none.
    return m_state->guarded([&] {
        SQLite::Transaction snapshot(*m_state->database);
        return m_state->read(id);
    });
}

std::optional<std::int64_t> RunStore::latest(const std::string& kind) const
{
    return m_state->guarded([&]() -> std::optional<std::int64_t> {
        SQLite::Statement query(
            *m_state->database, "SELECT max(id) FROM runs WHERE kind = ? AND removed IS NULL");
        query.bind(1, kind);
        if (!query.executeStep() || query.getColumn(0).isNull())
            return std::nullopt;
        return query.getColumn(0).getInt64();
    });
}

} // namespace augury
