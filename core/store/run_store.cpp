// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_store.h"

#include "core/experiment/report.h"
#include "core/store/run_store_state.h"
#include "core/support/error.h"
#include "core/tune/tune_json.h"

#include <fmt/format.h>

#include <array>
#include <cstdlib>
#include <ctime>
#include <random>
#include <sqlite3.h>

namespace augury {

namespace fs = std::filesystem;
using nlohmann::json;

std::string storedText(const json& value)
{
    return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string utcNow()
{
    const std::time_t seconds = std::time(nullptr);
    std::tm utc{};
    ::gmtime_r(&seconds, &utc);
    std::array<char, 32> text{};
    std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &utc);
    return text.data();
}

std::int64_t randomPlace()
{
    std::random_device device; // offsets of locks are positive and 63 bits wide
    return ((static_cast<std::int64_t>(device()) << 32) | device()) & 0x3fffffffffffffff;
}

RunStore::RunStore(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}
RunStore::RunStore(RunStore&&) noexcept = default;
RunStore& RunStore::operator=(RunStore&&) noexcept = default;
RunStore::~RunStore() = default;

RunStore RunStore::open(const fs::path& path)
{
    std::error_code error;
    if (path.has_parent_path())
        fs::create_directories(path.parent_path(), error);
    if (error)
        throw Error(fmt::format("The folder {} for the run history could not be made ({}).",
            path.parent_path().string(), error.message()));
    if (fs::is_directory(path, error))
        throw Error(fmt::format(
            "The run history {} is a folder, not a file. Move it away.", path.string()));
    auto state = std::make_unique<State>();
    state->path = path;
    state->guarded([&] { state->database = openStore(path, StoreAccess::Write); });
    return RunStore(std::move(state));
}

RunStore RunStore::openToRead(const fs::path& path)
{
    std::error_code error;
    if (!fs::exists(path, error))
        throw Error(fmt::format("There is no run history {}.", path.string()));
    if (fs::is_directory(path, error))
        throw Error(fmt::format(
            "The run history {} is a folder, not a file. Move it away.", path.string()));
    auto state = std::make_unique<State>();
    state->path = path;
    state->guarded([&] { state->database = openStore(path, StoreAccess::Read); });
    return RunStore(std::move(state));
}

fs::path RunStore::defaultPath()
{
    const auto variable = [](const char* name) -> fs::path {
        const char* value = std::getenv(name); // NOLINT(concurrency-mt-unsafe): nobody sets it
        return value ? value : "";
    };
    const fs::path data = variable("XDG_DATA_HOME");
    if (data.is_absolute()) // the XDG specification: relative paths are to be ignored
        return data / "augury" / "runs.sqlite";
    const fs::path home = variable("HOME");
    if (home.empty())
        throw Error("There is no place for the run history: set HOME or XDG_DATA_HOME.");
    return home / ".local" / "share" / "augury" / "runs.sqlite";
}

const fs::path& RunStore::path() const
{
    return m_state->path;
}

bool RunStore::isInPlace() const
{
    int moved = 0;
    const int code = sqlite3_file_control(
        m_state->database->getHandle(), "main", SQLITE_FCNTL_HAS_MOVED, &moved);
    return code != SQLITE_OK || moved == 0;
}

std::int64_t RunStore::dataVersion() const
{
    return m_state->guarded(
        [&] { return m_state->database->execAndGet("PRAGMA data_version").getInt64(); });
}

void RunStore::limitPages(int pages)
{
    m_state->guarded(
        [&] { m_state->database->execAndGet(fmt::format("PRAGMA max_page_count = {}", pages)); });
}

// ---- what the files share

void RunStore::State::throwNoRun(std::int64_t id) const
{
    throw Error(fmt::format("The run history {} has no run {}.", path.string(), id));
}

RunStore::State::Claim& RunStore::State::claimOf(std::int64_t id)
{
    const auto found = claims.find(id);
    if (found == claims.end())
        throw Error(
            fmt::format("Run {} of the run history {} is not under way here.", id, path.string()));
    return found->second;
}

bool RunStore::State::isAlive(std::int64_t id) const
{
    SQLite::Statement query(
        *database, "SELECT claim FROM runs WHERE id = ? AND status = 'running'");
    query.bind(1, id);
    return query.executeStep() && !query.getColumn(0).isNull()
        && RunLock::isHeld(lockFile(), query.getColumn(0).getInt64());
}

std::int64_t RunStore::State::insertRun(const std::string& kind)
{
    SQLite::Statement insert(*database,
        "INSERT INTO runs (kind, started, finished, title, document) VALUES (?, ?, '', '', '{}')");
    insert.bind(1, kind);
    insert.bind(2, utcNow());
    insert.exec();
    return database->getLastInsertRowid();
}

void RunStore::State::insertRepeat(
    std::int64_t id, const RepeatResult& repeat, const std::string& date)
{
    SQLite::Statement insert(*database,
        "INSERT INTO repeats (run, repeat, seed, finished, result) VALUES (?, ?, ?, ?, ?)");
    insert.bind(1, id);
    insert.bind(2, repeat.index);
    insert.bind(3, static_cast<std::int64_t>(repeat.seed));
    insert.bind(4, date);
    insert.bind(5, storedText(toJson(repeat)));
    insert.exec();
}

void RunStore::State::putTrials(
    std::int64_t id, std::span<const Trial> trials, const std::string& date)
{
    SQLite::Statement insert(*database,
        "INSERT OR REPLACE INTO trials (run, trial, finished, result) VALUES (?, ?, ?, ?)");
    for (const auto& trial : trials) {
        insert.reset();
        insert.bind(1, id);
        insert.bind(2, trial.index);
        insert.bind(3, date);
        insert.bind(4, storedText(toJson(trial)));
        insert.exec();
    }
}

void RunStore::State::insertRows(std::int64_t id, const RunRows& rows, const std::string& date)
{
    for (const auto& repeat : rows.repeats)
        insertRepeat(id, repeat, date);
    putTrials(id, rows.trials, date);
}

RunRows rowsOf(const json& document, const std::string& kind, const std::string& where)
{
    RunRows rows;
    if (kind == repeatKind)
        rows.repeats = repeatsFromDocument(document, where).repeats;
    else if (kind == tuneKind)
        rows.trials = outcomeFromDocument(document, where).trials;
    return rows;
}

void RunStore::State::store(
    std::int64_t id, json document, const std::string& kind, const RunRows& rows)
{
    const bool isRepeat = kind == repeatKind;
    std::optional<SearchFigures> search;
    if (kind == tuneKind) {
        search.emplace(specFromDocument(document, "The search"));
        search->add(rows.trials);
    }
    const auto figures = isRepeat ? figuresOf(rows.repeats)
        : search                  ? search->figures()
                                  : figuresOf(document);
    const auto& settings = part(document, "settings");
    const auto data = textAt(part(document, "data"), "name");
    const auto title = isRepeat ? titleOf(data, rows.repeats.size(), figures)
        : search                ? search->title(data)
                                : documentTitle(document);
    const double inRun = numberAt(part(document, "run"), "seconds");
    const double seconds = inRun > 0 ? inRun : numberAt(document, "seconds");

    SQLite::Statement update(*database,
        "UPDATE runs SET title = ?, document = ?, settings = ?, versions = ?, data = ?,"
        " seconds = ?, done = ?, wanted = ?, baseline = ?, tta = ?, lift = ?, lift_low = ?,"
        " lift_high = ?, fixed = ?, broken = ? WHERE id = ?");
    int place = 0;
    const auto number = [&](const std::optional<double>& value) {
        ++place;
        if (value)
            update.bind(place, *value); // NULL otherwise
    };
    const auto object = [&](const json& value) {
        ++place;
        if (value.is_object())
            update.bind(place, storedText(value));
    };
    // JSON of its own before the document loses parts.
    const int wanted = isRepeat ? static_cast<int>(numberAt(settings, "repeats"))
        : search                ? search->planned()
                                : 0;
    const int finished = search ? search->done() : static_cast<int>(rows.repeats.size());
    const json versions = part(document, "versions");
    const json ownSettings = settings;
    if (isRepeat || search) {
        for (const char* derived : {"repeats", "summary", "trials", "best", "verdict"})
            document.erase(derived);
    }
    update.bind(++place, title);
    update.bind(++place, storedText(document));
    object(ownSettings);
    object(versions);
    update.bind(++place, data);
    update.bind(++place, seconds);
    update.bind(++place, finished);
    update.bind(++place, wanted);
    for (const auto& value :
        {figures.baseline, figures.tta, figures.lift, figures.liftLow, figures.liftHigh})
        number(value);
    update.bind(++place, figures.fixed);
    update.bind(++place, figures.broken);
    update.bind(++place, id);
    if (update.exec() != 1)
        throwNoRun(id);
}

} // namespace augury
