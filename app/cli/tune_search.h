// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/plot.h"
#include "app/cli/tune_options.h"
#include "app/cli/tuned_data.h"
#include "core/store/run_store.h"

namespace augury::cli {

/// A search of the history that is gone on with.
struct ResumedSearch {
    RunStore store; ///< is at the run
    RunRecord record;
};

/// Who is told, who may stop it, and what draws: of makePlotter().
struct SearchSetting {
    Console& console;
    std::stop_token stop;
    const Plotter* plotter = nullptr;
};

/// Searches, or goes on, tells of it, keeps it and hands out what was found. Throws Error.
ExitCode search(TuneOptions& options, const SearchSetting& setting, const TunedData& tuned,
    std::optional<ResumedSearch> resumed = {});

/// `tune confirm` and `tune resume`.
Command addTuneConfirmCommand(CLI::App& tune);
Command addTuneResumeCommand(CLI::App& tune);

} // namespace augury::cli
