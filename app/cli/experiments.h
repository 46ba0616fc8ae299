// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/commands.h"
#include "app/cli/options.h"

#include <filesystem>

/// What `repeat` and `evaluate` do with their options, for `run` as well, which reads most of them
/// from a project.
namespace augury::cli {

struct EvaluateOptions : Options {
    bool curve = false;
    bool uncertainty = false;
    std::filesystem::path perImage;
    double memoryBudget = 4000; ///< MB
};

/// --curve, --uncertainty, --per-image, --memory-budget.
void addEvaluateOptions(CLI::App& command, EvaluateOptions& options);

/// Each settles the options, does the work and hands out what it found. Throws Error, Cancelled.
ExitCode runRepeatCommand(Options& options);
ExitCode runEvaluateCommand(EvaluateOptions& options);

} // namespace augury::cli
