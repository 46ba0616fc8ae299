// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/repeats.h"

#include <filesystem>
#include <memory>
#include <string>

namespace augury::cli {

/// Draws the window's charts into a file, without a display. Made before the work, so that what
/// is missing is missed at once: throws Error in a build without Qt, and for an extension that
/// it cannot write. Made and used on the main thread.
class Plotter {
public:
    explicit Plotter(const std::filesystem::path& path);
    ~Plotter();
    Plotter(const Plotter&) = delete;
    Plotter& operator=(const Plotter&) = delete;

    void repeats(std::span<const RepeatResult> repeats, const std::string& title) const;
    void learning(std::span<const EpochMetrics> history, const std::string& title) const;
    void comparison(const Comparison& comparison, const std::string& title) const;

private:
    struct Application;
    std::filesystem::path m_path;
    std::unique_ptr<Application> m_application;
};

} // namespace augury::cli
