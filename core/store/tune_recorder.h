// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/run_recorder.h"

namespace augury {

/// Writes a search to the history as it goes, as RunRecorder does with a run of repeats: a history
/// that cannot be used costs a message and never the search. Calls come one at a time, from any
/// thread.
class TuneRecorder {
public:
    using Warn = RunRecorder::Warn;

    /// Keeps nothing.
    TuneRecorder() = default;
    /// Begins a search in `file`. `document`: tuneDocument() without trials.
    TuneRecorder(std::filesystem::path file, nlohmann::json document, Warn warn);
    /// Goes on with a search that `store.resume(id)` has taken up.
    TuneRecorder(RunStore store, std::int64_t id, Warn warn);

    std::optional<std::int64_t> id() const { return m_id; } ///< may change with every call

    void add(std::span<const Trial> trials); ///< new ones, or changed
    void finish(const nlohmann::json& document);
    void discard(); ///< it came to nothing

private:
    std::optional<std::int64_t> m_id;
};

} // namespace augury
