// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace augury {

struct Interval {
    double low = 0;
    double high = 0;
};

double mean(std::span<const double> values); ///< NaN when empty
double sampleStd(std::span<const double> values); ///< divisor n − 1; NaN below two values

/// The t interval of the mean at `confidence` (0–1, or Error). NaN bounds below two values.
Interval tInterval(std::span<const double> values, double confidence = 0.95);

/// Two-sided Wilcoxon signed-rank p of "the median difference is zero". Zeros are dropped, ties
/// (sizes equal to ten digits) get mid-ranks; the exact permutation distribution up to 50
/// differences, then the normal approximation with tie and continuity correction. 1 when nothing is
/// left; NaN when empty or a difference is not finite.
double wilcoxonSignedRankP(std::span<const double> differences);

/// Exact McNemar test: min(1, 2 Σ_{i ≤ min(b,c)} C(b+c, i) / 2^(b+c)). 1 when both are 0;
/// throws Error when one is negative.
double mcnemarExactP(std::int64_t fixed, std::int64_t broken);

/// Percentile interval of the paired bootstrap of the lift (fixed − broken) / images: exact, the
/// limit of infinitely many resamples of the images, since only these three counts enter. The
/// resampled number of changed images is Bin(n, (b+c)/n), the fixed ones among them Bin(·,
/// b/(b+c)). NaN without images; throws Error for impossible counts.
Interval bootstrapLift(
    std::int64_t images, std::int64_t fixed, std::int64_t broken, double confidence = 0.95);

/// Holm's step-down adjustment of several tests' p values, in their order (Holm 1979). NaN stays
/// NaN and is not counted as a test; throws Error for what is no p value.
std::vector<double> holmAdjusted(std::span<const double> pValues);

/// Area under the ROC curve of "a higher score means positive": the share of pairs (positive,
/// negative) ordered rightly, equal scores counting ½ (Mann–Whitney). NaN when one kind is missing
/// or a score is NaN; throws Error when there are not as many scores as answers.
double auroc(std::span<const double> scores, const std::vector<bool>& positive);

} // namespace augury
