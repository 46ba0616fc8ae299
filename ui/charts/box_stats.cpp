// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/box_stats.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace augury {

namespace {

constexpr double whiskerReach = 1.5;

double quantileOfSorted(std::span<const double> sorted, double share)
{
    if (sorted.empty())
        return std::numeric_limits<double>::quiet_NaN();
    const double place = std::clamp(share, 0.0, 1.0) * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(std::floor(place));
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return std::lerp(sorted[below], sorted[above], place - std::floor(place));
}

} // namespace

double quantile(std::span<const double> values, double share)
{
    std::vector<double> sorted(values.begin(), values.end());
    std::sort(sorted.begin(), sorted.end());
    return quantileOfSorted(sorted, share);
}

BoxStats::BoxStats(std::span<const double> values)
    : n(static_cast<int>(values.size()))
{
    std::vector<double> sorted(values.begin(), values.end());
    std::sort(sorted.begin(), sorted.end());
    lowerQuartile = quantileOfSorted(sorted, 0.25);
    median = quantileOfSorted(sorted, 0.5);
    upperQuartile = quantileOfSorted(sorted, 0.75);
    low = lowerQuartile;
    high = upperQuartile;
    const double reach = whiskerReach * (upperQuartile - lowerQuartile);
    for (const double value : sorted) {
        if (value < lowerQuartile - reach || value > upperQuartile + reach) {
            outliers.push_back(value);
            continue;
        }
        low = std::min(low, value);
        high = std::max(high, value);
    }
}

} // namespace augury
