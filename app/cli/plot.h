// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/copies_curve.h"
#include "core/experiment/repeats.h"
#include "core/report/report_html.h"
#include "core/tta/contact_sheet.h"
#include "core/tune/tune_spec.h"
#include "ui/charts/plot_size.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace augury::cli {

/// Draws the window's charts and contact sheets into a file, without a display. Made before the
/// work, so that what is missing is missed at once: throws Error in a build without Qt, and for an
/// extension that it cannot write. One at a time, made and used on the main thread.
class Plotter {
public:
    enum class Picture {
        Chart, ///< .png, .svg or .pdf
        ContactSheet, ///< .png
    };

    static bool isAvailable(); ///< in this build

    /// Without a path it draws charts for reports alone.
    explicit Plotter(const std::filesystem::path& path, Picture picture = Picture::Chart,
        const PlotSize& size = {});
    ~Plotter();
    Plotter(const Plotter&) = delete;
    Plotter& operator=(const Plotter&) = delete;

    void repeats(std::span<const RepeatResult> repeats, const std::string& title) const;
    void learning(std::span<const EpochMetrics> history, const std::string& title) const;
    void comparison(const Comparison& comparison, const std::string& title) const;
    void copiesCurve(const CopiesCurve& curve, const std::string& title) const;
    void contactSheet(const ContactSheet& sheet) const;

    void search(const TuneSpec& spec, std::span<const Trial> trials,
        std::optional<double> costLimit, const std::string& title) const;

    /// A chart of a run by its name; the first that there is when `name` is empty.
    void run(const RunRecord& record, const std::string& name) const;
    static void checkChart(const std::string& name); ///< throws Error for another name
    static std::string chartNames();
    /// Into the parts of a report; what cannot be drawn becomes a note.
    void addCharts(const RunRecord& record, ReportParts& parts) const;

private:
    struct Application;
    std::filesystem::path m_path;
    PlotSize m_size;
    std::unique_ptr<Application> m_application;
};

} // namespace augury::cli
