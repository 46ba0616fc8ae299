// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/run_record.h"

#include <cstddef>
#include <set>
#include <span>
#include <string>
#include <vector>

/// Runs of the history as text for people, and as JSON. Whole lines; whatever is in a name or a
/// note, no control characters.
namespace augury::cli {

std::string plainText(const std::string& text); ///< on one line, without control characters
/// What tells runs of one data set apart: the user's words, or what was done.
std::string wordsOf(const RunInfo& run);
/// Rows under a heading, columns as wide as they need to be; `numbers` are set to the right.
std::string textTable(
    const std::vector<std::vector<std::string>>& rows, const std::set<std::size_t>& numbers);

std::string runsTable(std::span<const RunInfo> runs);
std::string runText(const RunRecord& record);

/// {"id", "kind", "name", "title", "status", "started", "finished", "seconds", "repeats": {"done",
/// "wanted"}, "data", "policy", "vote", "copies", "seed", "baseline", "tta", "lift", "lift_ci95",
/// "fixed", "broken", "note", "tags", "deleted"}; null where the kind has none.
nlohmann::json toJson(const RunInfo& run);

} // namespace augury::cli
