// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tune/judgement.h"

#include "core/tune/tune_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <tuple>

namespace augury {

namespace {

using words::grouped;
using words::points;

constexpr double level = 0.05;

bool isFinished(const Trial& trial)
{
    return trial.state == Trial::State::Finished && trial.images() > 0;
}

/// Of learned weights and their mean it is the one that inner validation prefers that can be taken.
bool isCandidate(const Trial& trial)
{
    return isFinished(trial) && (!trial.heldOutNll || trial.preferred);
}

/// Smaller is better; all of the same images.
auto byAccuracy(const Trial& trial)
{
    return std::tuple(-trial.comparison.ttaCorrect, trial.comparison.forwardPasses, trial.nll.sum);
}

auto byCost(const Trial& trial)
{
    return std::tuple(trial.comparison.forwardPasses, -trial.comparison.ttaCorrect, trial.nll.sum);
}

void requireSameImages(const Trial& a, const Trial& b)
{
    if (a.images() != b.images() || a.right.size() != b.right.size())
        throw Error(fmt::format("Trials {} and {} are of {} and {} images and cannot be compared.",
            a.index + 1, b.index + 1, a.images(), b.images()));
}

std::string pText(double p)
{
    return p < 0.001 ? "p < 0.001" : fmt::format("p = {:.{}f}", p, p < 0.01 ? 3 : 2);
}

std::string costText(const Trial& trial)
{
    return fmt::format("{:.1f}× the cost", trial.comparison.cost());
}

std::string imagesText(const Trial& trial)
{
    return fmt::format(
        "{} validation image{}", grouped(trial.images()), trial.images() == 1 ? "" : "s");
}

std::string evidence(const Judgement& judgement, const Comparison& ledger, std::int64_t tried)
{
    const auto interval = ledger.liftCi95();
    return fmt::format("95 % interval {} to {}, McNemar {}{}", points(interval.low),
        points(interval.high), pText(judgement.p),
        tried > 1 ? fmt::format(
            ", after Holm's correction for {} tried {}", grouped(tried), pText(judgement.adjustedP))
                  : "");
}

/// Nothing gains anything.
std::string noGainText(const Judgement& judgement, const Trial& best, std::int64_t tried)
{
    const auto& ledger = best.comparison;
    const auto which = tried > 1 ? fmt::format("None of {} configurations is", grouped(tried))
                                 : std::string("The one configuration tried is not");
    const auto outcome = ledger.lift() < 0
        ? fmt::format("loses {} points", points(std::abs(ledger.lift())))
        : std::string("is level with it");
    return fmt::format("{} better than the plain prediction ({:.2f} %) on {}. {}, {}, {} "
                       "({}), at {}.",
        which, 100 * ledger.baselineAccuracy(), imagesText(best), tried > 1 ? "The best" : "It",
        describe(best.configuration), outcome, evidence(judgement, ledger, tried), costText(best));
}

std::string bestText(const Judgement& judgement, const Trial& best, std::int64_t tried)
{
    const auto& ledger = best.comparison;
    const auto which = tried > 1
        ? fmt::format("The best of {} configurations on {}", grouped(tried), imagesText(best))
        : fmt::format("The one configuration tried on {}", imagesText(best));
    return fmt::format("{} is {}: it gains {} points against the plain prediction ({:.2f} to "
                       "{:.2f} %; {}), at {}.",
        which, describe(best.configuration), points(ledger.lift()), 100 * ledger.baselineAccuracy(),
        100 * ledger.ttaAccuracy(), evidence(judgement, ledger, tried), costText(best));
}

std::string noiseText(const Judgement& judgement, std::int64_t tried)
{
    if (!judgement.insideNoise)
        return tried > 1 ? " That is more than the best of so many would be by chance."
                         : " That is more than chance.";
    return tried > 1 ? " That is inside the noise: the best of so many would look about as good "
                       "by chance."
                     : " That is inside the noise: chance alone would often do as much.";
}

std::string equalsText(const Judgement& judgement, std::span<const Trial> trials)
{
    const auto others = judgement.equals.size() - 1;
    if (others == 0)
        return "";
    const auto& cheapest = trials[static_cast<std::size_t>(judgement.cheapest)];
    auto text = others == 1 ? std::string(" One other cannot be told from it")
                            : fmt::format(" {} others cannot be told from it",
                                grouped(static_cast<std::int64_t>(others)));
    if (cheapest.comparison.fixed == 0 && cheapest.comparison.broken == 0)
        return text + "; one of these changes nothing: the plain prediction does as well.";
    if (judgement.cheapest == judgement.best)
        return text + "; none of them is cheaper.";
    return text
        + fmt::format("; the cheapest of these is {}, at {}.", describe(cheapest.configuration),
            costText(cheapest));
}

} // namespace

double mcnemarP(const Trial& a, const Trial& b)
{
    requireSameImages(a, b);
    std::int64_t onlyA = 0;
    std::int64_t onlyB = 0;
    for (std::size_t i = 0; i < a.right.size(); ++i) {
        onlyA += std::popcount(a.right[i] & ~b.right[i]);
        onlyB += std::popcount(b.right[i] & ~a.right[i]);
    }
    return mcnemarExactP(onlyA, onlyB);
}

Judgement judge(std::span<const Trial> trials, std::int64_t tried)
{
    Judgement judgement;
    const auto at = [&](int i) -> const Trial& { return trials[static_cast<std::size_t>(i)]; };
    const auto count = static_cast<int>(trials.size());
    for (int i = 0; i < count; ++i) {
        if (!isCandidate(at(i)))
            continue;
        if (judgement.best >= 0)
            requireSameImages(at(judgement.best), at(i));
        if (judgement.best < 0 || byAccuracy(at(i)) < byAccuracy(at(judgement.best)))
            judgement.best = i;
    }
    if (judgement.best < 0)
        return judgement;
    const auto& best = at(judgement.best);
    judgement.p = best.comparison.mcnemarP();
    judgement.adjustedP =
        std::min(1.0, judgement.p * static_cast<double>(std::max<std::int64_t>(1, tried)));
    judgement.insideNoise = best.comparison.lift() <= 0 || judgement.adjustedP > level;
    judgement.cheapest = judgement.best;
    for (int i = 0; i < count; ++i) {
        if (!isCandidate(at(i)) || (i != judgement.best && mcnemarP(best, at(i)) <= level))
            continue;
        judgement.equals.push_back(i);
        if (byCost(at(i)) < byCost(at(judgement.cheapest)))
            judgement.cheapest = i;
    }
    return judgement;
}

std::string judgementText(
    const Judgement& judgement, std::span<const Trial> trials, std::int64_t tried)
{
    if (judgement.best < 0)
        return {};
    const auto& best = trials[static_cast<std::size_t>(judgement.best)];
    const auto text = best.comparison.lift() <= 0
        ? noGainText(judgement, best, tried)
        : bestText(judgement, best, tried) + noiseText(judgement, tried);
    return text + equalsText(judgement, trials);
}

std::vector<std::size_t> paretoFront(std::span<const Trial> trials)
{
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < trials.size(); ++i) {
        if (isFinished(trials[i]) && trials[i].comparison.lift() > 0) // else one pass does it
            order.push_back(i);
    }
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return byCost(trials[i]); });
    std::vector<std::size_t> front;
    for (const auto i : order) {
        if (front.empty()
            || trials[i].comparison.ttaCorrect > trials[front.back()].comparison.ttaCorrect)
            front.push_back(i);
    }
    return front;
}

std::optional<std::size_t> bestUnder(std::span<const Trial> trials, double cost)
{
    constexpr double rounding = 1e-9;
    std::optional<std::size_t> best;
    for (std::size_t i = 0; i < trials.size(); ++i) {
        if (isCandidate(trials[i]) && trials[i].comparison.cost() <= cost + rounding
            && (!best || byAccuracy(trials[i]) < byAccuracy(trials[*best])))
            best = i;
    }
    return best;
}

std::optional<std::size_t> stopsGaining(std::span<const Trial> curve)
{
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < curve.size(); ++i) {
        if (isFinished(curve[i]))
            order.push_back(i);
    }
    std::ranges::stable_sort(
        order, {}, [&](std::size_t i) { return curve[i].configuration.copies; });
    for (auto i = order.begin(); i != order.end(); ++i) {
        const bool beaten = std::any_of(i + 1, order.end(), [&](std::size_t more) {
            return curve[more].comparison.ttaCorrect > curve[*i].comparison.ttaCorrect
                && mcnemarP(curve[more], curve[*i]) <= level;
        });
        if (!beaten)
            return *i;
    }
    return std::nullopt;
}

} // namespace augury
