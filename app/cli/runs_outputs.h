// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "core/store/run_store.h"

#include <CLI/CLI.hpp>

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace augury::cli {

/// The subcommands of `runs`, and what runs each.
using RunsActions = std::vector<std::pair<const CLI::App*, std::function<ExitCode(Console&)>>>;

/// What makes something else of runs: report, plot, csv and compare.
void addRunsOutputs(CLI::App& runs, RunsActions& actions);

/// The run that a user means by its number or "last". Throws Error.
std::int64_t runNamed(const std::string& text, const RunStore& store);

} // namespace augury::cli
