// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/comparison.h"

#include <nlohmann/json_fwd.hpp>

#include <string>

/// A Comparison in JSON and CSV, as one repeat and one evaluation share it.
namespace augury {

/// {"images", "baseline": {"accuracy", "correct"}, "tta": {…}, "lift", "lift_ci95": [low, high],
/// "fixed", "broken", "mcnemar_p", "distinct_variants", "forward_passes", "passes_saved", "cost"}
nlohmann::json toJson(const Comparison& comparison);
/// Throws nlohmann's exceptions. Documents from before "passes_saved" are read too.
Comparison comparisonFromJson(const nlohmann::json& json);

/// Whether charts, tables and intervals can be made of the counts: none is negative, more than its
/// whole, or beyond all sense.
bool isPossible(const Comparison& comparison);

std::string comparisonColumns(); ///< names, with commas between them
std::string comparisonCells(const Comparison& comparison);

/// A text as a CSV cell: quoted where it holds what would end it (RFC 4180).
std::string csvText(const std::string& text);

/// null where the value is not finite: JSON has no NaN.
nlohmann::json numberOrNull(double value);

} // namespace augury
