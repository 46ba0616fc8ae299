// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace augury {

/// What an axis shows, and the distance of its ticks: 1, 2 or 5 times a power of ten.
struct AxisRange {
    double low = 0;
    double high = 0;
    double step = 0; ///< 0: no range yet

    bool isValid() const { return step > 0 && high > low; }
    bool contains(double from, double to) const { return low <= from && to <= high; }
    /// The multiples of the step within the range; of a wider nice step when they would be more
    /// than `most` (at least 2). Zero is exactly zero.
    std::vector<double> ticks(int most) const;
    /// Digits after the decimal point that its ticks need.
    int decimals() const;
    bool operator==(const AxisRange&) const = default;
};

/// The smallest nice step ≥ `least` (> 0).
double niceStep(double least);

/// A range with nice ends around [low, high] with about `ticks` steps; never narrower than
/// `leastSpan`, never outside [floor, ceiling].
AxisRange niceRange(
    double low, double high, int ticks, double leastSpan, double floor, double ceiling);

/// `previous` as long as [low, high] lies in it and fills at least a third of it; else a new nice
/// range. So an axis does not jump while points arrive.
AxisRange steadyRange(const AxisRange& previous, double low, double high, int ticks,
    double leastSpan, double floor, double ceiling);

} // namespace augury
