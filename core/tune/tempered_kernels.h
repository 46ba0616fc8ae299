// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

/// The inner loops of fitting a temperature. Numbers of an image's classes lie `lanes` images side
/// by side: [group of images × class × lane]. The same results on every processor.
namespace augury::kernels {

inline constexpr std::size_t lanes = 4;
inline constexpr double leastProbability = 1e-12;

/// out = log max((sum + view) · scale, 1e-12), n numbers, a multiple of `lanes`; to 1e-15.
void logMeans(const double* sum, const float* view, double scale, std::size_t n, double* out);

/// Sums over the images, each times its weight, of softmax(b · l), b 0.05…20: log Σ_k exp(b l_k),
/// and the softmax's mean and variance of l. `logs` are from logMeans(), `weights` [group × lane].
struct TemperedSums {
    double logNorm = 0;
    double mean = 0;
    double variance = 0;
};
TemperedSums temperedSums(
    const double* logs, const double* weights, std::size_t groups, std::size_t classes, double b);

} // namespace augury::kernels
