// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

namespace augury::testing {

/// What a right generator fails once in ten thousand seeds. The seeds are fixed, so a test that
/// passes once passes always.
constexpr double significance = 1e-4;

/// Probability of a Kolmogorov–Smirnov distance at least as large, from Kolmogorov's series with
/// Stephens's correction for n.
inline double kolmogorovP(double distance, double n)
{
    const double lambda = (std::sqrt(n) + 0.12 + 0.11 / std::sqrt(n)) * distance;
    if (lambda < 0.3)
        return 1;
    double p = 0;
    for (int k = 1; k <= 100; ++k)
        p += (k % 2 == 1 ? 2 : -2) * std::exp(-2.0 * k * k * lambda * lambda);
    return std::clamp(p, 0.0, 1.0);
}

/// p of these values being drawn from the distribution function `cdf`.
inline double kolmogorovSmirnov(
    std::vector<double> values, const std::function<double(double)>& cdf)
{
    std::sort(values.begin(), values.end());
    const auto n = static_cast<double>(values.size());
    double distance = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double expected = cdf(values[i]);
        distance = std::max({distance, expected - static_cast<double>(i) / n,
            static_cast<double>(i + 1) / n - expected});
    }
    return kolmogorovP(distance, n);
}

inline double uniformP(const std::vector<double>& values, double low, double high)
{
    return kolmogorovSmirnov(
        values, [=](double v) { return std::clamp((v - low) / (high - low), 0.0, 1.0); });
}

inline double normalCdf(double z)
{
    return 0.5 * std::erfc(-z / std::sqrt(2.0));
}

/// Q(k/2, x/2), the probability of a χ² of k degrees of freedom above x: the finite sums for whole
/// and half numbers.
inline double chiSquareP(double x, int degrees)
{
    const double half = x / 2;
    const bool odd = degrees % 2 == 1;
    double term = odd ? std::exp(-half) * std::sqrt(half) / std::tgamma(1.5) : std::exp(-half);
    double p = odd ? std::erfc(std::sqrt(half)) : 0;
    for (double k = odd ? 1.5 : 1; k <= degrees / 2.0; ++k) {
        p += term;
        term *= half / k;
    }
    return p;
}

/// p of counts whose expectations are `expected`.
inline double chiSquare(const std::vector<double>& counts, const std::vector<double>& expected)
{
    double sum = 0;
    for (std::size_t i = 0; i < counts.size(); ++i)
        sum += (counts[i] - expected[i]) * (counts[i] - expected[i]) / expected[i];
    return chiSquareP(sum, static_cast<int>(counts.size()) - 1);
}

/// Correlation times √n: standard normal for independent values.
inline double correlation(const std::vector<double>& a, const std::vector<double>& b)
{
    const auto n = static_cast<double>(a.size());
    double meanA = 0;
    double meanB = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        meanA += a[i] / n;
        meanB += b[i] / n;
    }
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        ab += (a[i] - meanA) * (b[i] - meanB);
        aa += (a[i] - meanA) * (a[i] - meanA);
        bb += (b[i] - meanB) * (b[i] - meanB);
    }
    return ab / std::sqrt(aa * bb) * std::sqrt(n);
}

} // namespace augury::testing
