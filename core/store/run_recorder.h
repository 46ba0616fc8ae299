// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/run_store.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace augury {

/// Writes a run of repeats to the history as it goes. A history that cannot be used costs a
/// message and never the run: what could not be written is tried again with the next repeat and
/// at the end. Where the file was deleted or replaced meanwhile, or the run was taken over by
/// another program, all of it is written anew, as a run with another id. Calls come one at a time,
/// from any thread.
class RunRecorder {
public:
    /// How much of the run the history has when a message comes.
    enum class Kept { Nothing, Part, All };
    struct Message {
        std::string text;
        Kept kept = Kept::Nothing;
        operator const std::string&() const { return text; } ///< where the text is enough
    };
    using Warn = std::function<void(const Message&)>;

    /// Keeps nothing.
    RunRecorder() = default;
    /// Begins a run in `file`. `document`: repeatDocument() without repeats.
    RunRecorder(std::filesystem::path file, nlohmann::json document, Warn warn);
    /// Goes on with a run that `store.resume(id)` has taken up.
    RunRecorder(RunStore store, std::int64_t id, Warn warn);

    std::optional<std::int64_t> id() const { return m_id; } ///< may change with every call

    void add(const RepeatResult& repeat);
    /// Without a run of its own yet (begin failed), adds the whole of it.
    void finish(const nlohmann::json& document);
    /// Failed before anything was done: drops the run.
    void discard();

private:
    template <class Action> bool attempt(Action action);
    void begin();
    template <class Action> bool writeInPlace(Action action);
    void leave(const std::string& why);
    void tellOfMove();

    std::filesystem::path m_file; ///< empty: keeps nothing
    nlohmann::json m_document; ///< as it was begun
    std::vector<RepeatResult> m_repeats; ///< all there are
    std::size_t m_written = 0; ///< of them, in the run of this id
    Warn m_warn;
    std::optional<RunStore> m_store;
    std::optional<std::int64_t> m_id;
    std::string m_left; ///< why the run that was begun was left; empty when it was not
    bool m_warned = false; ///< of a failure that lasts
};

} // namespace augury
