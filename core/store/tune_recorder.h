// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/run_writer.h"

#include <map>
#include <set>
#include <span>

namespace augury {

/// Writes a search to the history as it goes, its trials as they change.
class TuneRecorder : public RunWriter {
public:
    /// Keeps nothing.
    TuneRecorder() = default;
    /// Begins a search in `file`. `document`: tuneDocument() without trials.
    TuneRecorder(std::filesystem::path file, nlohmann::json document, Warn warn);
    /// Goes on with a search that `store.resume(id)` has taken up.
    TuneRecorder(RunStore store, std::int64_t id, Warn warn);

    void add(std::span<const Trial> trials); ///< new ones, or changed

private:
    std::map<int, Trial> m_trials; ///< all there are, by index
    std::set<int> m_pending; ///< those that the run of this id does not have yet
};

} // namespace augury
