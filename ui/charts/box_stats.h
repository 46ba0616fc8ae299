// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

namespace augury {

/// The quantile by linear interpolation between order statistics: type 7 of Hyndman & Fan, "Sample
/// Quantiles in Statistical Packages" (1996), as in R, NumPy and spreadsheets. `share` is 0…1;
/// NaN without values.
double quantile(std::span<const double> values, double share);

/// A box plot after Tukey: whiskers reach to the outermost values within 1.5 box lengths of the
/// box; what lies beyond is an outlier.
struct BoxStats {
    int n = 0; ///< 0: the rest is NaN
    double low; ///< whisker
    double lowerQuartile;
    double median;
    double upperQuartile;
    double high; ///< whisker
    std::vector<double> outliers; ///< ascending

    explicit BoxStats(std::span<const double> values = {}); ///< finite
};

} // namespace augury
