// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/verdict.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace augury {

namespace {

/// "1.20", with a real minus.
std::string points(double fraction)
{
    auto text = fmt::format("{:.2f}", std::abs(100 * fraction));
    if (fraction < 0 && text != "0.00")
        text.insert(0, "−");
    return text;
}

/// A mean of few is no whole number: "0.5".
std::string count(double n)
{
    constexpr double few = 10;
    return fmt::format("{:.{}f}", n, n < few && n != std::floor(n) ? 1 : 0);
}

std::string images(double n)
{
    const auto text = count(n);
    return text + (text == "1" ? " image" : " images");
}

std::string pText(double p)
{
    return p < 0.001 ? "p < 0.001" : fmt::format("p = {:.{}f}", p, p < 0.01 ? 3 : 2);
}

constexpr double usualLevel = 0.05;

const char* gainedOrLost(double lift)
{
    return lift < 0 ? "lost" : "gained";
}

/// The smallest two-sided p of an exact test that looks at n signs.
double leastP(std::size_t n)
{
    return std::min(1.0, std::ldexp(1.0, 1 - static_cast<int>(n)));
}

} // namespace

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
    const auto ledger = fmt::format("{} fixed and {} broken{}, at {:.1f}× the cost",
        images(fixed / n), count(broken / n), repeats.size() > 1 ? " a repeat" : "", cost / n);
    const double lift = summary.lift.mean;
    if (repeats.size() == 1)
        return fmt::format(
            "In one repeat TTA {} {} points: {}. Run more to see how much of it is chance.",
            gainedOrLost(lift), points(std::abs(lift)), ledger);
    const auto& ci = summary.liftCi95;
    const auto fewestForRanks = static_cast<std::size_t>(fewestForTest());
    const auto evidence =
        fmt::format("95 % interval {} to {}, {}, {} repeats", points(ci.low), points(ci.high),
            repeats.size() < fewestForRanks ? "too few for a rank test" : pText(summary.pValue),
            repeats.size());
    if (ci.low <= 0 && ci.high >= 0)
        return fmt::format("No clear effect: TTA {} {} points ({}); {}.", gainedOrLost(lift),
            points(std::abs(lift)), evidence, ledger);
    return fmt::format(
        "TTA {} {} points ({}): {}.", gainedOrLost(lift), points(std::abs(lift)), evidence, ledger);
}

std::string verdict(const Comparison& comparison)
{
    if (comparison.images == 0)
        return "No images, no verdict.";
    const double p = comparison.mcnemarP();
    const double lift = comparison.lift();
    const auto interval = comparison.liftCi95();
    return fmt::format(
        "{}TTA {} {} points ({:.2f} to {:.2f} %; 95 % interval {} to {}, McNemar {}): "
        "{} fixed and {} broken, at {:.1f}× the cost.",
        p > usualLevel ? "No clear effect: " : "", gainedOrLost(lift), points(std::abs(lift)),
        100 * comparison.baselineAccuracy(), 100 * comparison.ttaAccuracy(), points(interval.low),
        points(interval.high), pText(p), images(static_cast<double>(comparison.fixed)),
        comparison.broken, comparison.cost());
}

int fewestForTest()
{
    int n = 1;
    while (leastP(static_cast<std::size_t>(n)) > usualLevel)
        ++n;
    return n;
}

std::string caution(std::size_t repeats)
{
    const int fewest = fewestForTest();
    if (repeats == 0 || repeats >= static_cast<std::size_t>(fewest))
        return {};
    if (repeats == 1)
        return fmt::format(
            "One repeat cannot tell an effect from the chance of one training: there "
            "is no interval and no test. The rank test needs {} repeats before it "
            "can give p = 0.05.",
            fewest);
    return fmt::format("{} repeats are too few for the rank test: with them its p value cannot be "
                       "below {:.2g}, however clear the effect is. Take at least {}.",
        repeats, leastP(repeats), fewest);
}

std::vector<std::string> cautions(std::span<const ComparedRun> runs)
{
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const auto repeats = runs[i].repeats;
        texts.push_back(caution(repeats));
        if (repeats < 2 || !texts.back().empty())
            continue;
        std::vector<double> ps;
        for (const auto& run : runs)
            ps.push_back(run.p);
        ps[i] = leastP(repeats);
        const double least = holmAdjusted(ps)[i];
        if (least > usualLevel)
            texts.back() = fmt::format(
                "{} repeats are too few for the rank test beside these runs: corrected for their "
                "number, its p value cannot be below {:.2g}, however clear the effect is.",
                repeats, least);
    }
    return texts;
}

std::string caution(const Comparison& comparison)
{
    const auto changed = comparison.fixed + comparison.broken;
    if (comparison.images == 0 || changed >= fewestForTest())
        return {};
    if (changed == 0)
        return fmt::format("TTA fixed and broke none of {}: there is nothing to test.",
            images(static_cast<double>(comparison.images)));
    return fmt::format(
        "TTA fixed or broke only {}: with so few McNemar's test cannot give a p value "
        "below {:.2g}, whichever way they fall. Take more images.",
        images(static_cast<double>(changed)), leastP(static_cast<std::size_t>(changed)));
}

} // namespace augury
