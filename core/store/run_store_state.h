// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/run_documents.h"
#include "core/store/run_lock.h"
#include "core/store/run_store.h"
#include "core/store/run_store_schema.h"
#include "core/store/search_figures.h"

#include <chrono>
#include <map>

/// What the files of RunStore share; nobody else includes it.
namespace augury {

/// What of a run has rows of its own.
struct RunRows {
    std::vector<RepeatResult> repeats;
    std::vector<Trial> trials;
};
/// Those of a whole document. Throws Error, naming `where`.
RunRows rowsOf(const nlohmann::json& document, const std::string& kind, const std::string& where);

struct RunStore::State {
    /// A run that this object is at.
    struct Claim {
        RunLock lock;
        std::int64_t place = 0; ///< of the lock
        std::string data; ///< the data set's name
        double seconds = 0; ///< of work before
        std::vector<RepeatResult> repeats;
        std::optional<SearchFigures> search = {};
        std::chrono::steady_clock::time_point start = std::chrono::steady_clock::now();

        double secondsNow() const
        {
            return seconds
                + std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        }
    };

    std::filesystem::path path;
    std::unique_ptr<SQLite::Database> database;
    std::map<std::int64_t, Claim> claims;

    std::filesystem::path lockFile() const { return path.string() + "-running"; }
    Claim& claimOf(std::int64_t id); ///< throws Error when this object is not at it
    /// Throws RunTakenOver when somebody else is at the run by now: the file of the locks was
    /// deleted, so that nothing told them. For inside of a transaction.
    void requireOwn(std::int64_t id, const Claim& claim) const;

    /// Turns SQLite's failures into Errors.
    template <class Action> auto guarded(Action action) const -> decltype(action())
    {
        try {
            return action();
        } catch (const SQLite::Exception& problem) {
            throwStoreError(path, problem);
        }
    }
    /// The same in one transaction.
    template <class Action> void write(Action action)
    {
        guarded([&] {
            WriteTransaction transaction(*database);
            action();
            transaction.commit();
        });
    }

    [[noreturn]] void throwNoRun(std::int64_t id) const;
    /// One column of one run. Throws Error when there is no such run.
    void update(std::int64_t id, const char* column, const std::string& value);

    /// What a list shows of a run under way.
    void tell(std::int64_t id, const Claim& claim, const std::string& title, int done,
        const RunFigures& figures);
    RunRecord read(std::int64_t id) const;
    bool isAlive(std::int64_t id) const; ///< somebody is at it
    void insertRepeat(std::int64_t id, const RepeatResult& repeat, const std::string& date);
    void putTrials(std::int64_t id, std::span<const Trial> trials, const std::string& date);
    void insertRows(std::int64_t id, const RunRows& rows, const std::string& date);
    /// Everything of a run's row that follows from its document and rows. The document is kept
    /// without these.
    void store(
        std::int64_t id, nlohmann::json document, const std::string& kind, const RunRows& rows);
    std::int64_t insertRun(const std::string& kind);
    void erase(std::int64_t id);
};

/// JSON as text; bytes that are not UTF-8 (names of folders) are replaced.
std::string storedText(const nlohmann::json& value);
std::string utcNow();
bool isStopped(const nlohmann::json& document);
void markEnded(SQLite::Database& database, std::int64_t id, bool stopped, const std::string& date);
/// A place for a lock that no other run has.
std::int64_t randomPlace();

} // namespace augury
