// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstdint>

/// Numbers as the charts write them: a true minus sign, a thousands comma, no locale surprises in
/// a file that someone else will read.
namespace augury::chart_text {

QString number(double value, int decimals); ///< "−0.3"; never "−0.0"; "–" for NaN
QString signedNumber(double value, int decimals); ///< "+1.2", "−0.3", "0.0"
QString percent(double fraction); ///< "68.6 %"
QString count(std::int64_t value); ///< "10,000"

} // namespace augury::chart_text
