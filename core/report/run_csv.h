// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/table.h"
#include "core/store/run_record.h"

#include <string>
#include <vector>

namespace augury {

/// What of a run is a table.
enum class RunTable {
    Repeats, ///< one row a repeat; of an evaluation, its one
    Curve, ///< the first n copies, summed over the repeats
    Classes, ///< accuracy by class, summed over the repeats
    Confusion, ///< label × predicted, without and with TTA, summed over the repeats
    Changed, ///< every image that TTA changed, in every repeat
    Often, ///< images fixed or broken, by how often
    Epochs, ///< the history of every fit
    Trials, ///< of a search: every configuration that was tried
};
const char* toString(RunTable table); ///< "repeats", "curve", …
RunTable runTableFromString(const std::string& text); ///< throws Error naming all
std::string runTableNames(); ///< "repeats, curve, … or epochs"

/// Whether the run has it: scorecards, curve and changed images are missing after an early exit,
/// and what was not repeated has no repeats.
bool has(const RunRecord& record, RunTable table);
/// Column names are those of the JSON document; classes by index and by name. Throws Error, saying
/// why, for what the run does not have.
std::string runCsv(const RunRecord& record, RunTable table);

} // namespace augury
