// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/console.h"
#include "app/cli/options.h"
#include "app/cli/plot.h"

#include <nlohmann/json_fwd.hpp>

#include <functional>
#include <memory>
#include <string>

namespace augury::cli {

/// Null unless --plot was given. Throws at once when there could be no picture.
std::unique_ptr<Plotter> makePlotter(const Options& options);

/// Opens the data set of the options, with progress. Throws Error, Cancelled.
Dataset openData(const Options& options, Console& console, std::stop_token stop);

/// Hands out what was found: the document on stdout with --json, then the files that were asked
/// for. One that fails does not keep the others from being written; an Error with all their
/// messages is thrown at the end. `draw` draws the picture.
void deliver(const Options& options, Console& console, const nlohmann::json& document,
    const std::string& csv, const std::function<void()>& draw);

/// Writes the settings into the project file that --save-project names, if it does.
void saveProject(const Options& options, Console& console);

/// Adds a run to the history. A history that cannot be written is a warning, no failure.
void remember(const Options& options, Console& console, const nlohmann::json& document,
    const std::string& kind);

} // namespace augury::cli
