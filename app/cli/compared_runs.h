// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/run_record.h"

#include <nlohmann/json_fwd.hpp>

#include <span>
#include <string>
#include <vector>

namespace augury::cli {

/// Runs of repeats beside each other.
struct ComparedRuns {
    struct Row {
        RunInfo info;
        std::size_t repeats = 0; ///< finished
        RepeatSummary summary; ///< NaN without a finished repeat
        double adjustedP = 0; ///< Holm's over these runs; NaN: there is none
    };
    std::vector<Row> rows;
    std::vector<std::string> cautions; ///< sentences: what keeps the numbers from saying much
};
ComparedRuns compare(std::span<const RunRecord> records);

/// A table with what to bear in mind beneath it.
std::string comparedText(const ComparedRuns& compared);

/// {"runs": [{"id", "name", "data", "repeats", "baseline": {"mean", "std"}, "tta", "lift": {"mean",
/// "std", "ci95", "p_value", "p_holm"}}], "cautions": […]}
nlohmann::json toJson(const ComparedRuns& compared);

} // namespace augury::cli
