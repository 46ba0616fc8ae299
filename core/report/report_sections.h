// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/report_html.h"
#include "core/report/run_facts.h"

#include <string>
#include <utility>
#include <vector>

/// The parts of htmlReport(). Each is empty where the run has nothing for it.
namespace augury::report {

constexpr std::size_t mostLedgerImages = 24; ///< in each of its lists

/// A section with a heading; empty around nothing.
std::string section(const std::string& heading, const std::string& content);

/// Names and values, as a <dl>; pairs without a value are left out.
std::string facts(const std::vector<std::pair<std::string, std::string>>& pairs);

std::string keyFigures(const RunRecord& record, const RunFacts& facts);
std::string repeatsSection(const RunRecord& record);
std::string epochsSection(const RunFacts& facts);
std::string curveSection(const RunFacts& facts);
std::string ledgerSection(const RunRecord& record, const RunFacts& facts, const ReportParts& parts);
std::string settingsSection(const RunRecord& record);
std::string provenanceSection(const RunRecord& record);

} // namespace augury::report
