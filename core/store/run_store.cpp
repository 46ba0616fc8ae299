// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_store.h"

#include "core/experiment/report.h"
#include "core/support/error.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <array>
#include <cstdlib>
#include <ctime>
#include <sqlite3.h>

namespace augury {

namespace {

namespace fs = std::filesystem;

constexpr int applicationId = 0x41554759; // "AUGY", so that another program's file is recognised
constexpr int busyMilliseconds = 5000;

/// Step i brings a file from user_version i to i + 1. Steps are added, never changed.
constexpr std::array migrations = {
    "CREATE TABLE runs (id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL,"
    " date TEXT NOT NULL, title TEXT NOT NULL, document TEXT NOT NULL);"
    "CREATE INDEX runs_by_kind ON runs (kind, id);",
};
constexpr int currentVersion = static_cast<int>(migrations.size());

[[noreturn]] void fail(const fs::path& path, const SQLite::Exception& problem)
{
    const std::string file = path.string();
    switch (problem.getErrorCode()) {
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
        throw Error(fmt::format("The run history {} is damaged ({}). Move the file away; a new one "
                                "is then begun.",
            file, problem.getErrorStr()));
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        throw Error(fmt::format(
            "The run history {} is in use by another program. Try again in a moment.", file));
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
        throw Error(fmt::format(
            "The run history {} could not be opened for writing ({}). Check its rights, or choose "
            "another place with XDG_DATA_HOME.",
            file, problem.getErrorStr()));
    case SQLITE_FULL:
        throw Error(fmt::format("The run history {} could not grow: the disk is full.", file));
    default:
        throw Error(fmt::format("The run history {} failed: {}.", file, problem.what()));
    }
}

std::string now()
{
    const std::time_t seconds = std::time(nullptr);
    std::tm utc{};
    ::gmtime_r(&seconds, &utc);
    std::array<char, 32> text{};
    std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &utc);
    return text.data();
}

/// Rolls back unless committed. IMMEDIATE: two programs that start at once wait for each other.
class WriteLock {
public:
    explicit WriteLock(SQLite::Database& database)
        : m_database(database)
    {
        m_database.exec("BEGIN IMMEDIATE");
    }
    ~WriteLock()
    {
        if (!m_committed)
            m_database.tryExec("ROLLBACK");
    }
    WriteLock(const WriteLock&) = delete;
    WriteLock& operator=(const WriteLock&) = delete;

    void commit()
    {
        m_database.exec("COMMIT");
        m_committed = true;
    }

private:
    SQLite::Database& m_database;
    bool m_committed = false;
};

int pragma(SQLite::Database& database, const char* name)
{
    return database.execAndGet(fmt::format("PRAGMA {}", name)).getInt();
}

/// Checks whose file it is and of which version, before anything is written to it.
int versionOf(SQLite::Database& database, const fs::path& path)
{
    const int version = pragma(database, "user_version");
    const bool empty = database.execAndGet("SELECT count(*) FROM sqlite_master").getInt() == 0;
    if (pragma(database, "application_id") != applicationId && !(empty && version == 0))
        throw Error(fmt::format("{} is another program's database, not a run history of Augury. "
                                "Choose another file.",
            path.string()));
    if (version > currentVersion)
        throw Error(fmt::format("The run history {} was written by a newer Augury (format {}; this "
                                "one knows up to {}). Use that one, or move the file away.",
            path.string(), version, currentVersion));
    if (version < 0)
        throw Error(fmt::format("The run history {} is damaged (format {}). Move the file away; a "
                                "new one is then begun.",
            path.string(), version));
    return version;
}

void migrate(SQLite::Database& database, const fs::path& path)
{
    if (versionOf(database, path) == currentVersion)
        return;
    WriteLock lock(database);
    for (int step = versionOf(database, path); step < currentVersion; ++step)
        database.exec(migrations.at(static_cast<std::size_t>(step)));
    database.exec(fmt::format("PRAGMA application_id = {}", applicationId));
    database.exec(fmt::format("PRAGMA user_version = {}", currentVersion));
    lock.commit();
}

} // namespace

struct RunStore::State {
    fs::path path;
    SQLite::Database database;

    explicit State(const fs::path& file)
        : path(file)
        , database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, busyMilliseconds)
    {
    }
};

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
    try {
        auto state = std::make_unique<State>(path);
        migrate(state->database, path);
        return RunStore(std::move(state));
    } catch (const SQLite::Exception& problem) {
        fail(path, problem);
    }
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

std::int64_t RunStore::add(
    const nlohmann::json& document, const std::string& kind, const std::string& date)
{
    try {
        SQLite::Statement insert(m_state->database,
            "INSERT INTO runs (kind, date, title, document) VALUES (?, ?, ?, ?)");
        insert.bind(1, kind);
        insert.bind(2, date.empty() ? now() : date);
        insert.bind(3, documentTitle(document));
        insert.bind(4, document.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
        insert.exec();
        return m_state->database.getLastInsertRowid();
    } catch (const SQLite::Exception& problem) {
        fail(m_state->path, problem);
    }
}

std::vector<RunStore::Entry> RunStore::list(int limit) const
{
    try {
        SQLite::Statement query(
            m_state->database, "SELECT id, kind, date, title FROM runs ORDER BY id DESC LIMIT ?");
        query.bind(1, limit);
        std::vector<Entry> entries;
        while (query.executeStep())
            entries.push_back({query.getColumn(0).getInt64(), query.getColumn(1).getString(),
                query.getColumn(2).getString(), query.getColumn(3).getString()});
        return entries;
    } catch (const SQLite::Exception& problem) {
        fail(m_state->path, problem);
    }
}

nlohmann::json RunStore::get(std::int64_t id) const
{
    try {
        SQLite::Statement query(m_state->database, "SELECT document FROM runs WHERE id = ?");
        query.bind(1, id);
        if (!query.executeStep())
            throw Error(
                fmt::format("The run history {} has no run {}.", m_state->path.string(), id));
        return nlohmann::json::parse(query.getColumn(0).getString());
    } catch (const SQLite::Exception& problem) {
        fail(m_state->path, problem);
    } catch (const nlohmann::json::exception& problem) {
        throw Error(fmt::format("Run {} in the run history {} is damaged ({}).", id,
            m_state->path.string(), problem.what()));
    }
}

std::optional<std::int64_t> RunStore::latest(const std::string& kind) const
{
    try {
        SQLite::Statement query(m_state->database, "SELECT max(id) FROM runs WHERE kind = ?");
        query.bind(1, kind);
        if (!query.executeStep() || query.getColumn(0).isNull())
            return std::nullopt;
        return query.getColumn(0).getInt64();
    } catch (const SQLite::Exception& problem) {
        fail(m_state->path, problem);
    }
}

void RunStore::remove(std::int64_t id)
{
    try {
        SQLite::Statement erase(m_state->database, "DELETE FROM runs WHERE id = ?");
        erase.bind(1, id);
        erase.exec();
    } catch (const SQLite::Exception& problem) {
        fail(m_state->path, problem);
    }
}

} // namespace augury
