// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/statistics.h"
#include "core/support/error.h"

#include <boost/math/distributions/binomial.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

namespace augury {

namespace {

/// A binomial's probabilities where they are not negligible: within 9 σ (and a few more, for small
/// ones) of the mean lies all but some 1e-15 of them.
struct Window {
    std::int64_t first = 0;
    std::vector<double> probabilities;
};

/// Fills `window` by the ratio of neighbours, from the likeliest value outwards.
void fillBinomial(Window& window, std::int64_t trials, double share)
{
    if (trials == 0 || share <= 0 || share >= 1) {
        window.first = share >= 1 ? trials : 0;
        window.probabilities.assign(1, 1.0);
        return;
    }
    const auto n = static_cast<double>(trials);
    const double reach = 9 * std::sqrt(n * share * (1 - share)) + 20;
    const auto mode = std::min(trials, static_cast<std::int64_t>((n + 1) * share));
    const auto whole = static_cast<std::int64_t>(reach);
    window.first = std::max<std::int64_t>(0, mode - whole);
    const auto last = std::min(trials, mode + whole);
    window.probabilities.resize(static_cast<std::size_t>(last - window.first + 1));
    const auto at = [&](std::int64_t i) -> double& {
        return window.probabilities[static_cast<std::size_t>(i - window.first)];
    };
    at(mode) = boost::math::pdf(boost::math::binomial(n, share), static_cast<double>(mode));
    const double odds = share / (1 - share);
    for (auto i = mode; i < last; ++i) // P(i + 1) = P(i) (n − i) / (i + 1) · odds
        at(i + 1) = at(i) * odds * static_cast<double>(trials - i) / static_cast<double>(i + 1);
    for (auto i = mode; i > window.first; --i)
        at(i - 1) = at(i) / odds * static_cast<double>(i) / static_cast<double>(trials - i + 1);
}

/// The smallest index up to which there is `share` of the whole.
std::size_t quantile(const std::vector<double>& weights, double share)
{
    const double limit = share * std::accumulate(weights.begin(), weights.end(), 0.0);
    double sum = 0;
    std::size_t i = 0;
    while (i + 1 < weights.size() && (sum += weights[i]) < limit)
        ++i;
    return i;
}

} // namespace

Interval bootstrapLift(
    std::int64_t images, std::int64_t fixed, std::int64_t broken, double confidence)
{
    if (!(confidence > 0 && confidence < 1))
        throw Error("The confidence of an interval must lie between 0 and 1.");
    if (images < 0 || fixed < 0 || broken < 0 || fixed > images || broken > images - fixed)
        throw Error("A lift's interval counts images: none of the counts can be negative, nor can "
                    "more images be fixed and broken than there are.");
    if (images == 0) {
        const double nan = std::numeric_limits<double>::quiet_NaN();
        return {nan, nan};
    }
    const auto n = static_cast<double>(images);
    const auto changed = fixed + broken;
    const double fixedShare =
        changed == 0 ? 0 : static_cast<double>(fixed) / static_cast<double>(changed);
    Window outer;
    fillBinomial(outer, images, static_cast<double>(changed) / n);

    // P(fixed − broken = d) for every d that a resample may bring.
    const auto most = outer.first + static_cast<std::int64_t>(outer.probabilities.size()) - 1;
    std::vector<double> lifts(static_cast<std::size_t>(2 * most + 1));
    Window inner;
    for (std::size_t i = 0; i < outer.probabilities.size(); ++i) {
        const auto resampled = outer.first + static_cast<std::int64_t>(i);
        fillBinomial(inner, resampled, fixedShare);
        auto place = static_cast<std::size_t>(most + 2 * inner.first - resampled);
        for (const double p : inner.probabilities) {
            lifts[place] += outer.probabilities[i] * p;
            place += 2;
        }
    }
    const double tail = (1 - confidence) / 2;
    const auto low = static_cast<double>(quantile(lifts, tail)) - static_cast<double>(most);
    // From the other end, so that exchanging fixed and broken mirrors the interval.
    std::reverse(lifts.begin(), lifts.end());
    const auto high = static_cast<double>(most) - static_cast<double>(quantile(lifts, tail));
    return {low / n, high / n};
}

} // namespace augury
