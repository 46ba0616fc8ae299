// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/copies_curve.h"
#include "core/experiment/repeats.h"

#include <filesystem>
#include <span>
#include <string>

/// The charts of the window as files, for the command line and for exports. The extension decides:
/// .png (2400 × 1500 pixels), .svg or .pdf; always in the light style.
///
/// A QApplication must exist, and the caller must be on its thread; without a display start it on
/// the offscreen platform: `qputenv("QT_QPA_PLATFORM", "offscreen")` before its construction.
///
/// They throw Error: unknown extension, a file that cannot be written, no fonts on the machine.
namespace augury {

void plotRepeats(std::span<const RepeatResult> repeats, const std::string& title,
    const std::filesystem::path& path);
void plotLearning(std::span<const EpochMetrics> history, const std::string& title,
    const std::filesystem::path& path);
void plotComparison(
    const Comparison& comparison, const std::string& title, const std::filesystem::path& path);
void plotCopiesCurve(
    const CopiesCurve& curve, const std::string& title, const std::filesystem::path& path);

/// Throws the Error for an extension that is not .png, .svg or .pdf: to be asked before hours of
/// work whose result could then not be drawn.
void checkPlotExtension(const std::filesystem::path& path);

} // namespace augury
