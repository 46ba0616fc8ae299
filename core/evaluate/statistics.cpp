// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/statistics.h"

#include "core/support/error.h"

#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/students_t.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>
#include <vector>

namespace augury {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t exactUpTo = 50; ///< 2^50 sign assignments still count exactly in a double

bool allFinite(std::span<const double> values)
{
    return std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); });
}

/// The ranks of one sample of differences, doubled so that mid-ranks are whole numbers.
struct SignedRanks {
    std::vector<int> doubled; ///< one a non-zero difference
    int positive = 0; ///< the doubled rank sum of the positive ones
    double tieSum = 0; ///< Σ (t³ − t) over groups of t equal sizes
};

SignedRanks signedRanks(std::span<const double> differences)
{
    std::vector<double> sorted;
    for (const double d : differences) {
        if (d != 0)
            sorted.push_back(d);
    }
    std::sort(
        sorted.begin(), sorted.end(), [](double a, double b) { return std::abs(a) < std::abs(b); });
    SignedRanks ranks;
    for (std::size_t begin = 0, end = 0; begin < sorted.size(); begin = end) {
        // 0.3 − 0.1 and 0.5 − 0.3 are a tie to everybody but the last bit.
        const double limit = std::abs(sorted[begin]) * (1 + 1e-10);
        while (end < sorted.size() && std::abs(sorted[end]) <= limit)
            ++end;
        const auto group = static_cast<double>(end - begin);
        ranks.tieSum += group * group * group - group;
        const auto doubled = static_cast<int>(begin + 1 + end); // 2 × mean of begin + 1 … end
        for (std::size_t i = begin; i < end; ++i) {
            ranks.doubled.push_back(doubled);
            if (sorted[i] > 0)
                ranks.positive += doubled;
        }
    }
    return ranks;
}

/// P(the rank sum of the positives ≤ w) × 2, every assignment of signs being equally likely.
double exactP(const SignedRanks& ranks)
{
    const int total = std::accumulate(ranks.doubled.begin(), ranks.doubled.end(), 0);
    std::vector<double> ways(static_cast<std::size_t>(total) + 1, 0.0);
    ways[0] = 1;
    std::size_t reached = 0;
    for (const int rank : ranks.doubled) {
        const auto step = static_cast<std::size_t>(rank);
        for (std::size_t sum = reached + 1; sum-- > 0;)
            ways[sum + step] += ways[sum];
        reached += step;
    }
    const int smaller = std::min(ranks.positive, total - ranks.positive);
    const double tail = std::accumulate(ways.begin(), ways.begin() + smaller + 1, 0.0);
    return std::min(1.0, std::ldexp(2 * tail, -static_cast<int>(ranks.doubled.size())));
}

double normalP(const SignedRanks& ranks)
{
    const auto n = static_cast<double>(ranks.doubled.size());
    const double variance = n * (n + 1) * (2 * n + 1) / 24 - ranks.tieSum / 48;
    const double distance = std::abs(ranks.positive / 2.0 - n * (n + 1) / 4);
    const double z = std::max(0.0, distance - 0.5) / std::sqrt(variance);
    return std::erfc(z / std::numbers::sqrt2);
}

} // namespace

double mean(std::span<const double> values)
{
    return values.empty()
        ? nan
        : std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double sampleStd(std::span<const double> values)
{
    if (values.size() < 2)
        return nan;
    const double centre = mean(values);
    double sum = 0;
    for (const double v : values)
        sum += (v - centre) * (v - centre);
    return std::sqrt(sum / static_cast<double>(values.size() - 1));
}

Interval tInterval(std::span<const double> values, double confidence)
{
    if (!(confidence > 0 && confidence < 1))
        throw Error("The confidence of an interval must lie between 0 and 1.");
    if (values.size() < 2 || !allFinite(values))
        return {nan, nan};
    const auto n = static_cast<double>(values.size());
    const boost::math::students_t distribution(n - 1);
    const double t =
        boost::math::quantile(boost::math::complement(distribution, (1 - confidence) / 2));
    const double half = t * sampleStd(values) / std::sqrt(n);
    const double centre = mean(values);
    return {centre - half, centre + half};
}

double wilcoxonSignedRankP(std::span<const double> differences)
{
    if (differences.empty() || !allFinite(differences))
        return nan;
    const auto ranks = signedRanks(differences);
    if (ranks.doubled.empty())
        return 1;
    return ranks.doubled.size() <= exactUpTo ? exactP(ranks) : normalP(ranks);
}

double mcnemarExactP(std::int64_t fixed, std::int64_t broken)
{
    if (fixed < 0 || broken < 0)
        throw Error("McNemar's test counts images: neither count can be negative.");
    if (fixed == broken) // 0 and 0 included; otherwise the two tails overlap
        return 1;
    const boost::math::binomial distribution(static_cast<double>(fixed + broken), 0.5);
    return std::min(
        1.0, 2 * boost::math::cdf(distribution, static_cast<double>(std::min(fixed, broken))));
}

std::vector<double> holmAdjusted(std::span<const double> pValues)
{
    std::vector<std::size_t> order; // a test that could not be made is not counted
    for (std::size_t i = 0; i < pValues.size(); ++i) {
        if (pValues[i] < 0 || pValues[i] > 1)
            throw Error("Holm's correction takes p values, from 0 to 1.");
        if (!std::isnan(pValues[i]))
            order.push_back(i);
    }
    std::sort(order.begin(), order.end(),
        [&](std::size_t a, std::size_t b) { return pValues[a] < pValues[b]; });
    std::vector<double> adjusted(pValues.size(), nan);
    double largest = 0;
    for (std::size_t rank = 0; rank < order.size(); ++rank) {
        const auto left = static_cast<double>(order.size() - rank);
        largest = std::max(largest, std::min(1.0, left * pValues[order[rank]]));
        adjusted[order[rank]] = largest;
    }
    return adjusted;
}

double auroc(std::span<const double> scores, const std::vector<bool>& positive)
{
    if (scores.size() != positive.size())
        throw Error("The area under the ROC curve needs one score for each answer.");
    const auto positives =
        static_cast<std::size_t>(std::count(positive.begin(), positive.end(), true));
    const auto negatives = positive.size() - positives;
    if (positives == 0 || negatives == 0
        || std::any_of(scores.begin(), scores.end(), [](double s) { return std::isnan(s); }))
        return nan;
    std::vector<std::size_t> order(scores.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::sort(order.begin(), order.end(),
        [&](std::size_t a, std::size_t b) { return scores[a] < scores[b]; });
    // Half pairs, whole numbers: 2 for a negative below a positive, 1 for an equal one.
    double halfPairs = 0;
    std::size_t below = 0;
    for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
        std::size_t equal[2] = {0, 0};
        for (; end < order.size() && scores[order[end]] == scores[order[begin]]; ++end)
            ++equal[positive[order[end]] ? 1 : 0];
        halfPairs += static_cast<double>(equal[1]) * static_cast<double>(2 * below + equal[0]);
        below += equal[0];
    }
    return halfPairs / 2 / static_cast<double>(positives) / static_cast<double>(negatives);
}

} // namespace augury
