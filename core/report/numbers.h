// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fmt/format.h>

#include <cmath>
#include <string>

/// Numbers as a report writes them: a true minus sign, no minus zero, a dash for what is unknown.
namespace augury::report {

inline std::string fixedText(double value, int decimals)
{
    if (!std::isfinite(value))
        return "–";
    auto text = fmt::format("{:.{}f}", std::abs(value), decimals);
    if (value < 0 && text.find_first_not_of("0.") != std::string::npos)
        text.insert(0, "−");
    return text;
}

/// "68.60 %", of a fraction
inline std::string percentText(double fraction)
{
    return std::isfinite(fraction) ? fixedText(100 * fraction, 2) + " %" : "–";
}

/// "+1.20", of a fraction
inline std::string signedPoints(double fraction)
{
    const auto text = fixedText(100 * fraction, 2);
    return fraction > 0 && text.find_first_not_of("0.") != std::string::npos ? "+" + text : text;
}

/// "0.002", "0.31"; what is smaller than one in 10,000 as a power of ten
inline std::string pText(double p)
{
    return std::isfinite(p) ? fmt::format("{:.2g}", p) : "–";
}

} // namespace augury::report
