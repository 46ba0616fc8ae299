// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/table.h"
#include "core/store/run_record.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace augury {

/// A chart as ui/charts/report_charts.h draws it.
struct ReportChart {
    std::string title;
    std::string summary; ///< the data in one sentence, for whom the picture cannot be seen
    std::string svg; ///< a whole SVG file, for light grounds and for paper
    std::string darkSvg; ///< the same for dark grounds; empty: `svg` serves both
    Table table; ///< what it shows; may be empty
};

/// What the record does not hold. All of it may be empty.
struct ReportParts {
    std::vector<ReportChart> charts;
    std::map<std::uint32_t, std::string> thumbnails; ///< PNG files by index of the test image
    std::vector<std::string> notes; ///< for the reader: why something is missing
};

/// A run as one HTML5 file that needs nothing else, neither files nor a network nor scripts, in
/// light, in dark and on paper. The same record and parts give the same bytes. Throws Error for a
/// record whose document is damaged.
std::string htmlReport(const RunRecord& record, const ReportParts& parts = {});

/// The images that the report shows, those that TTA fixed or broke the most often: which
/// thumbnails to make. By index.
std::vector<std::uint32_t> reportImages(const RunRecord& record);

} // namespace augury
