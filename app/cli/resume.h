// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/console.h"
#include "app/cli/options.h"
#include "core/store/run_recorder.h"

namespace augury::cli {

/// A run of the history that is gone on with.
struct Resumed {
    RunStore store; ///< is at the run
    RunRecord record;
};

/// --resume: takes the run up, and makes `options` those that it was begun with. Instead of
/// settle(). Throws Error, naming it, for an option that says something else.
Resumed takeUp(Options& options);

/// What tells that the history misses a run, or some of it.
RunRecorder::Warn historyWarning(Console& console);

/// The run of a kind that a user means by its number, or by "last" the newest that can be gone on
/// with. Throws Error, also for a run of another kind.
std::int64_t unfinishedRun(const std::string& text, const std::string& kind, const RunStore& store);

/// The images as the run was begun on them: how they were opened, and the folder, unless --data
/// says where it is now.
void takeOpening(const RunRecord& record, Options& options);

/// Throws Error unless it is the data set that the run was begun on.
void requireSameData(const RunRecord& record, const Dataset& dataset, const Options& options);

/// A hint where numbers may differ in their last bits from those that are there.
void noteOtherVersions(const RunRecord& record, Console& console);

/// How the data set was opened, into the "data" of a document: what a resumption needs and the
/// experiment's settings do not have.
void addOpening(nlohmann::json& document, const Options& options);

} // namespace augury::cli
