// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/copies_curve.h"
#include "core/experiment/repeats.h"
#include "core/tta/contact_sheet.h"

#include <filesystem>
#include <memory>
#include <string>

namespace augury::cli {

/// Draws the window's charts and contact sheets into a file, without a display. Made before the
/// work, so that what is missing is missed at once: throws Error in a build without Qt, and for an
/// extension that it cannot write. Made and used on the main thread.
class Plotter {
public:
    enum class Picture {
        Chart, ///< .png, .svg or .pdf
        ContactSheet, ///< .png
    };

    explicit Plotter(const std::filesystem::path& path, Picture picture = Picture::Chart);
    ~Plotter();
    Plotter(const Plotter&) = delete;
    Plotter& operator=(const Plotter&) = delete;

    void repeats(std::span<const RepeatResult> repeats, const std::string& title) const;
    void learning(std::span<const EpochMetrics> history, const std::string& title) const;
    void comparison(const Comparison& comparison, const std::string& title) const;
    void copiesCurve(const CopiesCurve& curve, const std::string& title) const;
    void contactSheet(const ContactSheet& sheet) const;

private:
    struct Application;
    std::filesystem::path m_path;
    std::unique_ptr<Application> m_application;
};

} // namespace augury::cli
