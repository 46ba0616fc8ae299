// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace augury {

/// The history of finished runs, in one SQLite file. Several programs may use the file at once.
/// An object belongs to one thread at a time. Every function throws Error, naming the file, when
/// the file is damaged, locked for longer than a few seconds, not writable, or not ours.
class RunStore {
public:
    /// What a list shows of a run.
    struct Entry {
        std::int64_t id = 0;
        std::string kind; ///< "repeat", "evaluate", "train"
        std::string date; ///< UTC, "2024-05-01T12:34:56Z"
        std::string title; ///< one line: the data set and the outcome
    };

    /// Opens the file; creates it, with its folder, when there is none; brings an older one up to
    /// date. Throws Error for a file of a newer Augury, whose content it leaves alone.
    static RunStore open(const std::filesystem::path& path);

    /// $XDG_DATA_HOME/augury/runs.sqlite, or ~/.local/share/augury/runs.sqlite. Throws Error when
    /// neither variable is set.
    static std::filesystem::path defaultPath();

    RunStore(RunStore&&) noexcept;
    RunStore& operator=(RunStore&&) noexcept;
    ~RunStore();

    /// Keeps a document of core/experiment/report.h; returns its id (they grow). `date` is UTC as
    /// in Entry; empty: now.
    std::int64_t add(
        const nlohmann::json& document, const std::string& kind, const std::string& date = {});

    /// Newest first; at most `limit`.
    std::vector<Entry> list(int limit = 1000) const;

    nlohmann::json get(std::int64_t id) const; ///< throws Error when there is no such run
    std::optional<std::int64_t> latest(const std::string& kind) const;
    void remove(std::int64_t id); ///< nothing happens when there is no such run

private:
    struct State;
    explicit RunStore(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace augury
