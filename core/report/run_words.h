// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/run_record.h"

#include <string>
#include <utility>
#include <vector>

/// What is known of a run, as names and values in words, for reports and for the window.
namespace augury {

using RunWords = std::vector<std::pair<std::string, std::string>>; ///< a value may be empty

/// Training, copies, vote, seeds. Empty for settings of another version of Augury.
RunWords settingsWords(const RunRecord& record);

/// Dates, data, versions; the user's name and tags.
RunWords provenanceWords(const RunRecord& record);

} // namespace augury
