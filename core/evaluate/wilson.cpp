// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/wilson.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace augury {

Interval wilsonInterval(std::int64_t successes, std::int64_t trials)
{
    if (trials <= 0) {
        const double nan = std::numeric_limits<double>::quiet_NaN();
        return {nan, nan};
    }
    constexpr double z = 1.959963984540054; // the normal distribution's 97.5 % quantile
    const auto n = static_cast<double>(trials);
    const double p = static_cast<double>(successes) / n;
    const double shrink = 1 + z * z / n;
    const double centre = (p + z * z / (2 * n)) / shrink;
    const double half = z / shrink * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    // Exact at the ends, where rounding would leave a trace.
    return {successes == 0 ? 0.0 : std::max(0.0, centre - half),
        successes == trials ? 1.0 : std::min(1.0, centre + half)};
}

} // namespace augury
