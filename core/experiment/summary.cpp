// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/repeats.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace augury {

namespace {

struct Series {
    std::vector<double> baseline, tta, lift;

    explicit Series(std::span<const RepeatResult> repeats)
    {
        for (const auto& repeat : repeats) {
            baseline.push_back(repeat.comparison.baselineAccuracy());
            tta.push_back(repeat.comparison.ttaAccuracy());
            lift.push_back(repeat.comparison.lift());
        }
    }
};

MeanStd meanStd(std::span<const double> values)
{
    return {mean(values), sampleStd(values)};
}

/// "+1.2", with a real minus; one decimal more where it would read as nothing.
std::string points(double fraction)
{
    const double value = 100 * fraction;
    const int decimals = std::abs(value) < 0.095 ? 2 : 1;
    auto text = fmt::format("{:.{}f}", std::abs(value), decimals);
    if (value < 0 && text.find_first_not_of("0.") != std::string::npos)
        text.insert(0, "−");
    return text;
}

std::string pText(double p)
{
    return p < 0.001 ? "p < 0.001" : fmt::format("p = {:.{}f}", p, p < 0.01 ? 3 : 2);
}

} // namespace

RepeatSummary summarise(std::span<const RepeatResult> repeats)
{
    const Series series(repeats);
    return {meanStd(series.baseline), meanStd(series.tta), meanStd(series.lift),
        tInterval(series.lift), wilcoxonSignedRankP(series.lift)};
}

std::string verdict(std::span<const RepeatResult> repeats)
{
    if (repeats.empty())
        return {};
    const auto summary = summarise(repeats);
    const auto n = static_cast<double>(repeats.size());
    double fixed = 0;
    double broken = 0;
    double cost = 0;
    for (const auto& repeat : repeats) {
        fixed += static_cast<double>(repeat.comparison.fixed);
        broken += static_cast<double>(repeat.comparison.broken);
        cost += repeat.comparison.cost();
    }
    const auto ledger = fmt::format("{:.0f} images fixed and {:.0f} broken{}, at {:.1f}× the cost",
        fixed / n, broken / n, repeats.size() > 1 ? " a repeat" : "", cost / n);
    const double lift = summary.lift.mean;
    if (repeats.size() == 1)
        return fmt::format(
            "In one repeat TTA {} {} points: {}. Run more to see how much of it is chance.",
            lift < 0 ? "lost" : "gained", points(std::abs(lift)), ledger);
    const auto& ci = summary.liftCi95;
    const auto evidence = fmt::format("95 % interval {} to {}, {}, {} repeats", points(ci.low),
        points(ci.high), pText(summary.pValue), repeats.size());
    if (ci.low <= 0 && ci.high >= 0)
        return fmt::format("No clear effect: TTA {} {} points ({}); {}.",
            lift < 0 ? "lost" : "gained", points(std::abs(lift)), evidence, ledger);
    return fmt::format("TTA {} {} points ({}): {}.", lift < 0 ? "lost" : "gained",
        points(std::abs(lift)), evidence, ledger);
}

} // namespace augury
