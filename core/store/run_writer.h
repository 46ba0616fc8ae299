// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/run_store.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace augury {

/// What those who write a run to the history as it goes have in common. A history that cannot be
/// used costs a message and never the run: what could not be written is tried again with the next
/// part and at the end. Where the file was deleted or replaced meanwhile, or the run was taken over
/// by another program, all of it is written anew, as a run with another id. Calls come one at a
/// time, from any thread.
class RunWriter {
public:
    /// How much of the run the history has when a message comes.
    enum class Kept { Nothing, Part, All };
    struct Message {
        std::string text;
        Kept kept = Kept::Nothing;
        operator const std::string&() const { return text; } ///< where the text is enough
    };
    using Warn = std::function<void(const Message&)>;

    std::optional<std::int64_t> id() const { return m_id; } ///< may change with every call

    /// Without a run of its own yet (begin failed), adds the whole of it.
    void finish(const nlohmann::json& document);
    /// It came to nothing: drops the run.
    void discard();

protected:
    /// Keeps nothing.
    RunWriter() = default;
    /// Begins a run of `kind` in `file`.
    RunWriter(std::filesystem::path file, nlohmann::json document, const char* kind, Warn warn);
    /// Goes on with a run that `store.resume(id)` has taken up; takeUp() comes next.
    RunWriter(RunStore store, std::int64_t id, const char* kind, Warn warn);

    /// `take` reads what there is of the run, and leaves in its document what it was begun with.
    void takeUp(const std::function<void(RunRecord&)>& take);

    bool isKeeping() const { return !m_file.empty(); }
    /// `action` writes what is new into the run `id`; all there is where it `isAnew`.
    void write(const std::function<void(RunStore& store, std::int64_t id, bool isAnew)>& action);

private:
    void attempt(const std::function<void()>& action);
    void begin();
    bool writeInPlace(const std::function<void()>& action);
    void leave(const std::string& why);
    void tellOfMove();

    std::filesystem::path m_file; ///< empty: keeps nothing
    nlohmann::json m_document; ///< as it was begun
    const char* m_kind = nullptr;
    Warn m_warn;
    std::optional<RunStore> m_store;
    std::optional<std::int64_t> m_id;
    std::string m_left; ///< why the run that was begun was left; empty when it was not
    bool m_warned = false; ///< of a failure that lasts
};

} // namespace augury
