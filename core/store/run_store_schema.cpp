// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_store_schema.h"

#include "core/support/error.h"

#include <fmt/format.h>

#include <array>
#include <sqlite3.h>

namespace augury {

namespace {

namespace fs = std::filesystem;

constexpr int applicationId = 0x41554759; // "AUGY", so that another program's file is recognised
constexpr int busyMilliseconds = 5000;

/// Step i brings a file from user_version i to i + 1. Steps are added, never changed: they must go
/// on meaning what they meant when a file was written, so they use nothing of the program.
constexpr std::array migrations = {
    "CREATE TABLE runs (id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL,"
    " date TEXT NOT NULL, title TEXT NOT NULL, document TEXT NOT NULL);"
    "CREATE INDEX runs_by_kind ON runs (kind, id);",

    // Runs that go on, and what a list shows without reading documents. `claim` is the place of
    // the lock that whoever is at the run holds; `removed` the date of the deletion.
    "ALTER TABLE runs RENAME COLUMN date TO finished;"
    "ALTER TABLE runs ADD COLUMN started TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE runs ADD COLUMN status TEXT NOT NULL DEFAULT 'finished';"
    "ALTER TABLE runs ADD COLUMN claim INTEGER;"
    "ALTER TABLE runs ADD COLUMN removed TEXT;"
    "ALTER TABLE runs ADD COLUMN name TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE runs ADD COLUMN note TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE runs ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';"
    "ALTER TABLE runs ADD COLUMN settings TEXT;"
    "ALTER TABLE runs ADD COLUMN versions TEXT;"
    "ALTER TABLE runs ADD COLUMN data TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE runs ADD COLUMN seconds REAL NOT NULL DEFAULT 0;"
    "ALTER TABLE runs ADD COLUMN done INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE runs ADD COLUMN wanted INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE runs ADD COLUMN baseline REAL;"
    "ALTER TABLE runs ADD COLUMN tta REAL;"
    "ALTER TABLE runs ADD COLUMN lift REAL;"
    "ALTER TABLE runs ADD COLUMN lift_low REAL;"
    "ALTER TABLE runs ADD COLUMN lift_high REAL;"
    "ALTER TABLE runs ADD COLUMN fixed INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE runs ADD COLUMN broken INTEGER NOT NULL DEFAULT 0;"
    "CREATE TABLE repeats (run INTEGER NOT NULL REFERENCES runs (id), repeat INTEGER NOT NULL,"
    " seed INTEGER NOT NULL, finished TEXT NOT NULL, result TEXT NOT NULL, UNIQUE (run, repeat));"
    "INSERT OR IGNORE INTO repeats (run, repeat, seed, finished, result)"
    " SELECT runs.id, json_extract(each.value, '$.index'), json_extract(each.value, '$.seed'),"
    " runs.finished, each.value FROM runs, json_each(CASE WHEN json_valid(runs.document)"
    " THEN runs.document ELSE '{}' END, '$.repeats') AS each"
    " WHERE runs.kind = 'repeat' AND each.type = 'object';"
    "UPDATE runs SET started = finished WHERE NOT json_valid(document);"
    "UPDATE runs SET"
    " settings = json_extract(document, '$.settings'),"
    " versions = json_extract(document, '$.versions'),"
    " data = coalesce(json_extract(document, '$.data.name'), ''),"
    " status = CASE WHEN json_extract(document, '$.stopped') THEN 'stopped' ELSE 'finished' END,"
    " seconds = coalesce(json_extract(document, '$.run.seconds'),"
    "  json_extract(document, '$.seconds'), 0),"
    " started = coalesce(strftime('%Y-%m-%dT%H:%M:%SZ', finished, '-' ||"
    "  coalesce(json_extract(document, '$.run.seconds'), json_extract(document, '$.seconds'), 0)"
    "  || ' seconds'), finished),"
    " wanted = CASE kind WHEN 'repeat'"
    "  THEN coalesce(json_extract(document, '$.settings.repeats'), 0) ELSE 0 END,"
    " done = (SELECT count(*) FROM repeats WHERE run = runs.id),"
    " baseline = coalesce(json_extract(document, '$.summary.baseline.mean'),"
    "  json_extract(document, '$.baseline.accuracy')),"
    " tta = coalesce(json_extract(document, '$.summary.tta.mean'),"
    "  json_extract(document, '$.tta.accuracy')),"
    " lift = CASE kind WHEN 'repeat' THEN json_extract(document, '$.summary.lift.mean')"
    "  ELSE json_extract(document, '$.lift') END,"
    " lift_low = coalesce(json_extract(document, '$.summary.lift.ci95[0]'),"
    "  json_extract(document, '$.lift_ci95[0]')),"
    " lift_high = coalesce(json_extract(document, '$.summary.lift.ci95[1]'),"
    "  json_extract(document, '$.lift_ci95[1]')),"
    " fixed = coalesce((SELECT sum(json_extract(result, '$.fixed')) FROM repeats"
    "  WHERE run = runs.id), json_extract(document, '$.fixed'), 0),"
    " broken = coalesce((SELECT sum(json_extract(result, '$.broken')) FROM repeats"
    "  WHERE run = runs.id), json_extract(document, '$.broken'), 0)"
    " WHERE json_valid(document);",

    // Searches, and what the test images were asked: of which a test set's own count outlives its
    // runs.
    "CREATE TABLE trials (run INTEGER NOT NULL REFERENCES runs (id), trial INTEGER NOT NULL,"
    " finished TEXT NOT NULL, result TEXT NOT NULL, UNIQUE (run, trial));"
    "CREATE TABLE confirmations (id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " run INTEGER REFERENCES runs (id), test TEXT NOT NULL, date TEXT NOT NULL,"
    " result TEXT NOT NULL);"
    "CREATE INDEX confirmations_by_test ON confirmations (test, id);"
    "CREATE INDEX confirmations_by_run ON confirmations (run, id);",
};
constexpr int currentVersion = static_cast<int>(migrations.size());

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
    if (version < 0 || (version > 0 && empty))
        throw Error(fmt::format("The run history {} is damaged (format {}). Move the file away; a "
                                "new one is then begun.",
            path.string(), version));
    return version;
}

void migrate(SQLite::Database& database, const fs::path& path)
{
    if (versionOf(database, path) == currentVersion)
        return;
    WriteTransaction transaction(database);
    // Another program may have done it meanwhile.
    for (int step = versionOf(database, path); step < currentVersion; ++step)
        database.exec(migrations.at(static_cast<std::size_t>(step)));
    database.exec(fmt::format("PRAGMA application_id = {}", applicationId));
    database.exec(fmt::format("PRAGMA user_version = {}", currentVersion));
    transaction.commit();
}

[[noreturn]] void refuseToWrite(const fs::path& path)
{
    throw Error(fmt::format("The run history {} may not be written to. Check its rights and its "
                            "folder's, or choose another place with XDG_DATA_HOME.",
        path.string()));
}

/// As a file nobody changes: without the two files beside it that a writer keeps.
std::unique_ptr<SQLite::Database> openUnchanging(const fs::path& path)
{
    std::error_code error;
    if (const fs::path log = path.string() + "-wal";
        fs::exists(log, error) && fs::file_size(log, error) > 0)
        throw Error(fmt::format("The run history {} was not closed, and finishing that takes the "
                                "right to write to its folder.",
            path.string()));
    std::string uri = "file:";
    for (const char c : fs::absolute(path, error).string()) {
        const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')
            || (c >= 'a' && c <= 'z') || c == '/' || c == '.' || c == '-' || c == '_';
        uri += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return std::make_unique<SQLite::Database>(
        uri + "?immutable=1", SQLite::OPEN_READONLY | SQLite::OPEN_URI, busyMilliseconds);
}

std::unique_ptr<SQLite::Database> openToWrite(const fs::path& path, int flags)
{
    auto database = std::make_unique<SQLite::Database>(
        path.string(), SQLite::OPEN_READWRITE | flags, busyMilliseconds);
    if (sqlite3_db_readonly(database->getHandle(), "main") == 1)
        refuseToWrite(path);
    versionOf(*database, path);
    // Readers and one writer at once, and a commit is one append. Where it cannot be had now
    // (somebody else is at the file) it is asked for again the next time.
    if (database->execAndGet("PRAGMA journal_mode").getString() != "wal")
        database->tryExec("PRAGMA journal_mode = WAL");
    database->exec("PRAGMA synchronous = FULL"); // a commit outlives a power cut
    migrate(*database, path);
    return database;
}

bool isAboutRights(const SQLite::Exception& problem)
{
    const int code = problem.getErrorCode() & 0xff;
    return code == SQLITE_CANTOPEN || code == SQLITE_READONLY || code == SQLITE_PERM;
}

std::unique_ptr<SQLite::Database> openToRead(const fs::path& path)
{
    const auto checked = [&](std::unique_ptr<SQLite::Database> database) {
        if (versionOf(*database, path) != currentVersion)
            throw Error(fmt::format("The run history {} is of an older format, and bringing it up "
                                    "to date takes the right to write to it.",
                path.string()));
        return database;
    };
    try {
        auto database = std::make_unique<SQLite::Database>(
            path.string(), SQLite::OPEN_READWRITE, busyMilliseconds);
        if (sqlite3_db_readonly(database->getHandle(), "main") == 1)
            return checked(std::move(database));
        migrate(*database, path);
        return database;
    } catch (const SQLite::Exception& problem) {
        if (!isAboutRights(problem))
            throw;
        return checked(openUnchanging(path));
    }
}

} // namespace

void throwStoreError(const fs::path& path, const SQLite::Exception& problem)
{
    const std::string file = path.string();
    switch (problem.getErrorCode() & 0xff) {
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
        throw Error(fmt::format("The run history {} could not grow: the disk is full. What was "
                                "kept before is safe.",
            file));
    default:
        throw Error(fmt::format("The run history {} failed: {}.", file, problem.what()));
    }
}

std::unique_ptr<SQLite::Database> openStore(const fs::path& path, StoreAccess access)
{
    return access == StoreAccess::Read ? openToRead(path) : openToWrite(path, SQLite::OPEN_CREATE);
}

} // namespace augury
