// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/comparison.h"
#include "core/evaluate/copies_curve.h"
#include "core/store/run_record.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace augury {

/// A record of a document of core/experiment/report.h that is in no history. Throws Error for
/// another document.
RunRecord recordOf(const nlohmann::json& document);

/// What a run says of baseline and TTA, of any kind. Counts are sums over the repeats.
struct RunFacts {
    std::vector<std::string> classNames;
    std::optional<Comparison> comparison; ///< nothing for a training, or without a finished repeat
    std::optional<CopiesCurve> curve;
    std::vector<std::int64_t> baselineConfusion; ///< [label × predicted]; empty: not known
    std::vector<std::int64_t> ttaConfusion;
    std::vector<EpochMetrics> history; ///< of a training
    std::string verdict; ///< empty: there is none
    std::string caution; ///< where there is too little to judge
};
/// Throws Error for a damaged document.
RunFacts factsOf(const RunRecord& record);

} // namespace augury
