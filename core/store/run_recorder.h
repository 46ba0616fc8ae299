// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/run_store.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace augury {

/// Writes a run of repeats to the history as it goes. A history that cannot be used costs a
/// message and never the run: what could not be written is tried again with the next repeat and
/// at the end. Calls come one at a time, from any thread.
class RunRecorder {
public:
    using Warn = std::function<void(const std::string& message)>;

    /// Keeps nothing.
    RunRecorder() = default;
    /// Begins a run in `file`. `document`: repeatDocument() without repeats.
    RunRecorder(const std::filesystem::path& file, const nlohmann::json& document, Warn warn);
    /// Goes on with a run that `store.resume(id)` has taken up.
    RunRecorder(RunStore store, std::int64_t id, Warn warn);

    std::optional<std::int64_t> id() const { return m_id; }

    void add(const RepeatResult& repeat);
    /// Without a run of its own yet (begin failed), adds the whole of it.
    void finish(const nlohmann::json& document);
    /// Failed before anything was done: drops the run.
    void discard();

private:
    template <class Action> bool attempt(Action action);

    std::filesystem::path m_file;
    Warn m_warn;
    std::optional<RunStore> m_store;
    std::optional<std::int64_t> m_id;
    std::vector<RepeatResult> m_pending;
    bool m_warned = false;
};

} // namespace augury
