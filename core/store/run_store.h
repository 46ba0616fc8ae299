// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/run_record.h"
#include "core/support/error.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace augury {

/// A run is no longer this object's: another program took it up, or took it out of the history.
class RunTakenOver : public Error {
public:
    using Error::Error;
};

/// The history of runs, in one SQLite file (WAL). Several programs may use the file at once. An
/// object belongs to one thread at a time. Every function throws Error, naming the file, when the
/// file is damaged, locked for longer than a few seconds, not writable, not ours, or the disk is
/// full: then nothing of that call is kept, everything that was kept before is, and the object
/// stays usable. "No such run" is an Error too, unless said otherwise.
///
/// A run that takes long is begun, gets its repeats as they end, and is finished. Until then the
/// object that began or resumed it holds a lock of the operating system on it, which ends with the
/// process however that ends: so a run is RunStatus::Running exactly while somebody is at it.
class RunStore {
public:
    /// Opens the file; creates it, with its folder, when there is none; brings an older one up to
    /// date. Throws Error for a file of a newer Augury, whose content it leaves alone.
    static RunStore open(const std::filesystem::path& path);

    /// The same to look at: a file that may not be written to can be read all the same, and none
    /// is created; what would change it throws.
    static RunStore openToRead(const std::filesystem::path& path);

    /// $XDG_DATA_HOME/augury/runs.sqlite, or ~/.local/share/augury/runs.sqlite. Throws Error when
    /// neither variable is set.
    static std::filesystem::path defaultPath();

    RunStore(RunStore&&) noexcept;
    RunStore& operator=(RunStore&&) noexcept;
    ~RunStore(); ///< runs that it was at, and did not finish, become stopped

    const std::filesystem::path& path() const;
    /// False once the file was deleted, moved away or replaced: what is written then is lost.
    bool isInPlace() const;

    // ---- a run as it goes

    /// Begins a run of `kind`; returns its id (they grow). `document` is that of
    /// core/experiment/report.h before anything is done: with settings, data and plan, and without
    /// repeats.
    std::int64_t begin(const nlohmann::json& document, const std::string& kind);

    /// Commits one repeat of a run that this object is at. Throws Error when it is there already,
    /// RunTakenOver when the run is another program's now.
    void addRepeat(std::int64_t id, const RepeatResult& repeat);

    /// Commits trials of a search that this object is at, each in place of the one of its index.
    /// Throws RunTakenOver when the run is another program's now.
    void setTrials(std::int64_t id, std::span<const Trial> trials);

    /// Ends a run with its document, whose repeats are added where addRepeat() was not called (or
    /// failed). Finished, or stopped when the document says "stopped". Throws RunTakenOver as
    /// addRepeat() does.
    void finish(std::int64_t id, const nlohmann::json& document);

    /// Drops a run that this object began and that came to nothing.
    void discard(std::int64_t id);

    /// Takes up a stopped run of repeats, or a stopped search: this object is then at it, as after
    /// begin(). Throws Error, saying why, when it is complete, removed, of another kind, or another
    /// process is at it.
    RunRecord resume(std::int64_t id);

    // ---- whole runs

    /// Keeps the document of a run that has ended. `date` is when, UTC; empty: now.
    std::int64_t add(
        const nlohmann::json& document, const std::string& kind, const std::string& date = {});

    /// The document of a run with what the store knows beyond it under "run": kind, name, note,
    /// tags, started, finished; of a search, its "confirmations" as well.
    nlohmann::json exportRun(std::int64_t id) const;

    /// Adds what exportRun() or `--json` gave; returns its id. Throws Error, naming `where`, for
    /// anything else. Long names, notes and tags are cut as by rename(), setNote() and setTags();
    /// impossible dates are dropped.
    /// Confirmations that come with a search stay with its document and are not counted here: it
    /// was another history's test images that they used.
    std::int64_t importRun(const nlohmann::json& document, const std::string& where);

    // ---- reading

    /// Newest first; at most `limit`. Removed ones only when asked for.
    std::vector<RunInfo> list(int limit = 1000, bool withRemoved = false) const;
    /// Runs of a kind that resume() takes, newest first.
    std::vector<RunInfo> unfinished(const std::string& kind = "repeat") const;
    RunRecord get(std::int64_t id) const; ///< removed ones too
    std::optional<std::int64_t> latest(const std::string& kind) const; ///< not removed

    /// Changes when another connection has written to the file: to look before reading anew.
    std::int64_t dataVersion() const;

    // ---- what the test images were asked

    /// Puts down that a configuration was confirmed on a test set (testSetKey()). It stays when its
    /// run (the search that it came from) is deleted: the test set was used all the same.
    std::int64_t addConfirmation(const std::string& testSet, std::optional<std::int64_t> run,
        const Confirmation& confirmation);
    /// Of one test set, the oldest first.
    std::vector<KeptConfirmation> confirmations(const std::string& testSet) const;
    /// Of one search, the oldest first.
    std::vector<KeptConfirmation> confirmationsOf(std::int64_t run) const;

    // ---- what a user does with runs

    // What is longer than mostNameCharacters and the like is cut there.
    void rename(std::int64_t id, const std::string& name); ///< trimmed; empty: no name
    void setNote(std::int64_t id, const std::string& note);
    void setTags(std::int64_t id, std::vector<std::string> tags); ///< trimmed, sorted, each once

    void remove(std::int64_t id); ///< marks it deleted
    void restore(std::int64_t id); ///< takes the mark away
    /// Deletes for good what was removed at least `days` ago; not what somebody is at. Returns how
    /// many.
    int purge(double days = 30);
    /// Deletes one removed run for good.
    void purgeRun(std::int64_t id);

    /// The file may not grow beyond so many pages while this object is open: to this object, a
    /// full disk. For tests.
    void limitPages(int pages);

private:
    struct State;
    explicit RunStore(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace augury
