// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/run_record.h"

#include <span>
#include <string>

/// Runs of the history as text for people, and as JSON. Whole lines; whatever is in a name or a
/// note, no control characters.
namespace augury::cli {

std::string runsTable(std::span<const RunInfo> runs);
std::string runText(const RunRecord& record);

/// {"id", "kind", "name", "title", "status", "started", "finished", "seconds", "repeats": {"done",
/// "wanted"}, "data", "policy", "vote", "copies", "seed", "baseline", "tta", "lift", "lift_ci95",
/// "fixed", "broken", "note", "tags", "deleted"}; null where the kind has none.
nlohmann::json toJson(const RunInfo& run);

} // namespace augury::cli
