// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>

#include <functional>

namespace augury::cli {

enum ExitCode { done = 0, badInput = 2, cancelled = 3 };

/// Runs a subcommand whose options have been parsed. Throws Error (then nothing half-written is
/// left) or Cancelled.
using Command = std::function<ExitCode()>;

/// Each adds its subcommand, and returns what runs it.
Command addTrainCommand(CLI::App& app);
Command addEvaluateCommand(CLI::App& app);
Command addRepeatCommand(CLI::App& app);
Command addRunCommand(CLI::App& app);
Command addRunsCommand(CLI::App& app);
Command addPoliciesCommand(CLI::App& app);
Command addPreviewCommand(CLI::App& app);
Command addTuneCommand(CLI::App& app);

} // namespace augury::cli
