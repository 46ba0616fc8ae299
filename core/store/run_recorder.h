// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/run_writer.h"

#include <cstddef>
#include <vector>

namespace augury {

/// Writes a run of repeats to the history as it goes, each repeat as it ends.
class RunRecorder : public RunWriter {
public:
    /// Keeps nothing.
    RunRecorder() = default;
    /// Begins a run in `file`. `document`: repeatDocument() without repeats.
    RunRecorder(std::filesystem::path file, nlohmann::json document, Warn warn);
    /// Goes on with a run that `store.resume(id)` has taken up.
    RunRecorder(RunStore store, std::int64_t id, Warn warn);

    void add(const RepeatResult& repeat);

private:
    std::vector<RepeatResult> m_repeats; ///< all there are
    std::size_t m_written = 0; ///< of them, in the run of this id
};

} // namespace augury
