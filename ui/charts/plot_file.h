// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/copies_curve.h"
#include "core/experiment/repeats.h"
#include "core/tune/trial.h"
#include "core/tune/tune_spec.h"
#include "ui/charts/plot_size.h"

#include <filesystem>
#include <optional>
#include <span>
#include <string>

/// The charts of the window as files, for the command line and for exports. The extension decides:
/// .png, .svg or .pdf; always in the light style.
///
/// A QApplication must exist, and the caller must be on its thread; without a display start it on
/// the offscreen platform: `qputenv("QT_QPA_PLATFORM", "offscreen")` before its construction.
///
/// They throw Error: unknown extension, a file that cannot be written, no fonts on the machine.
namespace augury {

struct RunRecord;
enum class RunChart;

void plotRepeats(std::span<const RepeatResult> repeats, const std::string& title,
    const std::filesystem::path& path, const PlotSize& size = {});
void plotLearning(std::span<const EpochMetrics> history, const std::string& title,
    const std::filesystem::path& path, const PlotSize& size = {});
void plotComparison(const Comparison& comparison, const std::string& title,
    const std::filesystem::path& path, const PlotSize& size = {});
void plotCopiesCurve(const CopiesCurve& curve, const std::string& title,
    const std::filesystem::path& path, const PlotSize& size = {});

/// A search: the curve over the copies, the strength or the steps; of a sweep and of learned
/// weights lift against cost, with a line at `costLimit`.
void plotSearch(const TuneSpec& spec, std::span<const Trial> trials,
    std::optional<double> costLimit, const std::string& title, const std::filesystem::path& path,
    const PlotSize& size = {});

/// A chart of a kept run; see makeRunChart().
void plotRun(const RunRecord& record, RunChart chart, const std::filesystem::path& path,
    const PlotSize& size = {});

/// Throws the Error for an extension that is not .png, .svg or .pdf: to be asked before hours of
/// work whose result could then not be drawn.
void checkPlotExtension(const std::filesystem::path& path);

} // namespace augury
