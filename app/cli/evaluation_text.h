// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/report.h"

#include <string>
#include <vector>

namespace augury::cli {

/// What an evaluation found, as text for people: baseline and TTA side by side, the ledger, and
/// what else was asked for (curve, uncertainty, learned weights). Whole lines.
std::string evaluationText(
    const EvaluateOutcome& outcome, const std::vector<std::string>& classNames);

} // namespace augury::cli
