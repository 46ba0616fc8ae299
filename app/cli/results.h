// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/console.h"
#include "app/cli/options.h"
#include "app/cli/plot.h"
#include "core/report/run_pictures.h"

#include <nlohmann/json_fwd.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace augury::cli {

/// Null unless --plot was given, or --report in a build that draws. Throws at once when there could
/// be no picture.
std::unique_ptr<Plotter> makePlotter(const Options& options);

/// Opens the data set of the options, with progress. Throws Error, Cancelled.
Dataset openData(const Options& options, Console& console, std::stop_token stop);

/// What a command found, and what draws it.
struct Findings {
    const nlohmann::json& document;
    const std::string& csv;
    const Dataset& dataset;
    const Plotter* plotter = nullptr; ///< of makePlotter()
    std::function<void()> draw; ///< the picture of --plot
    std::optional<std::int64_t> run = {}; ///< its number in the history
};

/// Hands it out: the document on stdout with --json, then the files that were asked for. One that
/// fails does not keep the others from being written; an Error with all their messages is thrown at
/// the end.
void deliver(const Options& options, Console& console, const Findings& findings);

/// For a command that came to nothing: no files of results.
void dropFiles(Options& options);

/// Writes a report. Without a plotter it says that it has no charts.
void writeReport(const RunRecord& record, RunPictures pictures, const Plotter* plotter,
    const std::filesystem::path& path);

/// Writes the settings into the project file that --save-project names, if it does.
void saveProject(const Options& options, Console& console);

/// Adds a run to the history and returns its number there. A history that cannot be written is a
/// warning, no failure.
std::optional<std::int64_t> remember(const Options& options, Console& console,
    const nlohmann::json& document, const std::string& kind);

} // namespace augury::cli
