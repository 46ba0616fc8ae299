// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/commands.h"
#include "app/cli/tune_options.h"
#include "app/cli/tuned_data.h"
#include "core/store/run_store.h"

namespace augury::cli {

/// A search of the history that is gone on with.
struct ResumedSearch {
    RunStore store; ///< is at the run
    RunRecord record;
};

/// Searches, or goes on, tells of it, keeps it and hands out what was found. Throws Error.
ExitCode search(TuneOptions& options, Console& console, const TunedData& tuned,
    const std::stop_token& stop, std::optional<ResumedSearch> resumed = {});

/// `tune confirm` and `tune resume`.
Command addTuneConfirmCommand(CLI::App& tune);
Command addTuneResumeCommand(CLI::App& tune);

} // namespace augury::cli
