// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/axis_range.h"

#include <algorithm>
#include <cmath>

namespace augury {

namespace {

constexpr double tolerance = 1e-9; // of a step: ends that are multiples but for rounding

} // namespace

std::vector<double> AxisRange::ticks(int most) const
{
    std::vector<double> result;
    if (!isValid())
        return result;
    double distance = step;
    const auto first = [&] { return std::ceil(low / distance - tolerance); };
    const auto last = [&] { return std::floor(high / distance + tolerance); };
    while (last() - first() + 1 > std::max(2, most))
        distance = niceStep(distance * 1.01);
    for (double i = first(); i <= last(); ++i)
        result.push_back(i * distance + 0.0); // + 0.0: no negative zero
    return result;
}

int AxisRange::decimals() const
{
    return step > 0 ? std::max(0, static_cast<int>(-std::floor(std::log10(step) + tolerance))) : 0;
}

double niceStep(double least)
{
    const double power = std::pow(10.0, std::floor(std::log10(least) + tolerance));
    for (const double factor : {1.0, 2.0, 5.0})
        if (factor * power >= least * (1 - tolerance))
            return factor * power;
    return 10 * power;
}

AxisRange niceRange(
    double low, double high, int ticks, double leastSpan, double floor, double ceiling)
{
    const double middle = (low + high) / 2;
    const double span = std::max((high - low) * 1.1, leastSpan);
    const double from = std::max(middle - span / 2, floor);
    const double to = std::min(middle + span / 2, ceiling);
    const double step = niceStep(std::max(to - from, leastSpan / 2) / std::max(1, ticks));
    AxisRange range;
    range.step = step;
    range.low = std::max(std::floor(from / step + tolerance) * step, floor);
    range.high = std::min(std::ceil(to / step - tolerance) * step, ceiling);
    if (range.high <= range.low)
        range.high = range.low + step;
    return range;
}

AxisRange steadyRange(const AxisRange& previous, double low, double high, int ticks,
    double leastSpan, double floor, double ceiling)
{
    const AxisRange fresh = niceRange(low, high, ticks, leastSpan, floor, ceiling);
    const bool keeps = previous.isValid() && previous.contains(low, high)
        && fresh.high - fresh.low >= (previous.high - previous.low) / 3;
    return keeps ? previous : fresh;
}

} // namespace augury
