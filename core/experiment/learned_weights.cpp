// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/learned_weights.h"

#include "core/model/mixture_loss.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace augury {

namespace {

constexpr int mostIterations = 2000;
constexpr int patience = 20; ///< iterations without
constexpr double enough = 1e-9; ///< of the loss to be gained
constexpr double growth = 1.25; ///< of a step that held
constexpr double leastWeight = 1e-30; ///< while searching: a weight of 0 could never return
constexpr double negligible = 1e-12;
/// Of the weights that a search starts from: so that all views are in reach.
constexpr double uniformShare = 0.1;

using Numbers = std::vector<double>;

/// Weights [view × group], each group's sum to 1 over the views: one group, or one a class.
struct Simplices {
    std::size_t views;
    std::size_t groups;

    std::size_t size() const { return views * groups; }

    template <typename F> Numbers sums(const F& value) const
    {
        Numbers result(groups, 0.0);
        for (std::size_t i = 0; i < size(); ++i)
            result[i % groups] += value(i);
        return result;
    }

    void normalise(Numbers& weights) const
    {
        const auto total = sums([&](std::size_t i) { return weights[i]; });
        for (std::size_t i = 0; i < size(); ++i)
            weights[i] /= total[i % groups];
    }

    Numbers lowest(const Numbers& gradient) const
    {
        Numbers least(gradient.begin(), gradient.begin() + static_cast<std::ptrdiff_t>(groups));
        for (std::size_t i = groups; i < size(); ++i)
            least[i % groups] = std::min(least[i % groups], gradient[i]);
        return least;
    }

    /// The loss is convex: nowhere on the simplices is it lower by more than this.
    double gap(const Numbers& weights, const Numbers& gradient) const
    {
        const auto least = lowest(gradient);
        double sum = 0;
        for (std::size_t i = 0; i < size(); ++i)
            sum += weights[i] * (gradient[i] - least[i % groups]);
        return sum;
    }

    /// Where exponentiated gradient with step `rate` leads from `from`.
    void stepTo(Numbers& to, const Numbers& from, const Numbers& gradient, double rate) const
    {
        const auto least = lowest(gradient);
        for (std::size_t i = 0; i < size(); ++i)
            to[i] = std::max(
                leastWeight, from[i] * std::exp(-rate * (gradient[i] - least[i % groups])));
        normalise(to);
    }

    static double divergence(const Numbers& to, const Numbers& from)
    {
        double sum = 0;
        for (std::size_t i = 0; i < to.size(); ++i)
            sum += to[i] * std::log(to[i] / from[i]);
        return std::max(0.0, sum);
    }

    double widestRange(const Numbers& gradient) const
    {
        const auto least = lowest(gradient);
        double widest = 0;
        for (std::size_t i = 0; i < size(); ++i)
            widest = std::max(widest, gradient[i] - least[i % groups]);
        return widest;
    }
};

void requireLearnable(const VoteTable& table, int copies, bool includeOriginal)
{
    const int fewest = includeOriginal ? 0 : 1;
    if (copies < fewest || copies > table.copies)
        throw Error(fmt::format(
            "Weights can be learned for {} to {} copies, not {}.", fewest, table.copies, copies));
    if (table.size() == 0)
        throw Error("Weights cannot be learned without images: the validation split is empty.");
    if (!table.hasLogits())
        throw Error("Weights cannot be learned: they mix logits, but this classifier hands out "
                    "probabilities.");
    for (std::size_t i = 0; i < table.size(); ++i) {
        if (table.labels[i] < 0 || table.labels[i] >= table.classes)
            throw Error(fmt::format("Image {} has no label among the model's classes, so weights "
                                    "cannot be learned from it.",
                table.images[i]));
    }
}

MixtureLoss lossOf(const VoteTable& table, int copies, bool includeOriginal)
{
    requireLearnable(table, copies, includeOriginal);
    const int first = includeOriginal ? 0 : 1;
    const auto classes = static_cast<std::size_t>(table.classes);
    const auto views = static_cast<std::size_t>(copies + 1 - first);
    std::vector<float> logits;
    logits.reserve(table.size() * views * classes);
    for (std::size_t image = 0; image < table.size(); ++image) {
        for (int slot = first; slot <= copies; ++slot) {
            const float* const z = table.outputs(image, slot).logits;
            logits.insert(logits.end(), z, z + classes);
        }
    }
    return {{table.size(), views, classes}, std::move(logits), table.labels};
}

double dot(const Numbers& a, const Numbers& b)
{
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        sum += a[i] * b[i];
    return sum;
}

/// From `weights` downhill.
LearnedWeights descend(
    const MixtureLoss& loss, const Simplices& simplices, Numbers weights, const Job& job)
{
    LearnedWeights result;
    Numbers gradient(simplices.size());
    result.nll = loss(weights, gradient);
    double rate = 1 / std::max(simplices.widestRange(gradient), 1e-12);
    Numbers next(simplices.size());
    Numbers nextGradient(simplices.size());
    double remembered = result.nll;
    while (result.iterations < mostIterations) {
        job.throwIfStopped();
        job.report("learning weights", result.iterations, 0);
        if (simplices.gap(weights, gradient) <= enough * result.nll)
            break;
        if (result.iterations % patience == patience - 1) {
            if (remembered - result.nll <= enough * result.nll)
                break;
            remembered = result.nll;
        }
        ++result.iterations;
        simplices.stepTo(next, weights, gradient, rate);
        const double nll = loss(next, nextGradient);
        // A step is as long as its own model of the loss holds (Beck & Teboulle 2003).
        const double model = result.nll + dot(gradient, next) - dot(gradient, weights)
            + Simplices::divergence(next, weights) / rate;
        if (nll > model) {
            rate /= 2;
            continue;
        }
        weights.swap(next);
        gradient.swap(nextGradient);
        result.nll = nll;
        rate *= growth;
    }
    for (auto& weight : weights)
        weight = weight < negligible ? 0 : weight;
    simplices.normalise(weights);
    result.weights = std::move(weights);
    return result;
}

LearnedWeights learnViews(const MixtureLoss& loss, const Job& job)
{
    const auto views = loss.shape().views;
    const Numbers uniform(views, 1 / static_cast<double>(views));
    Numbers gradient(views);
    const double uniformNll = loss(uniform, gradient);
    auto learned = descend(loss, {views, 1}, uniform, job);
    learned.uniformNll = uniformNll;
    return learned;
}

LearnedWeights learnViewsAndClasses(
    const MixtureLoss& loss, const LearnedWeights& views, const Job& job)
{
    const auto& shape = loss.shape();
    Numbers same;
    for (const double weight : views.weights)
        same.insert(same.end(), shape.classes, weight);
    Numbers start(same);
    for (auto& weight : start)
        weight = (1 - uniformShare) * weight + uniformShare / static_cast<double>(shape.views);
    auto learned = descend(loss, {shape.views, shape.classes}, std::move(start), job);
    if (learned.nll > views.nll) { // it gave up too early
        learned.weights = std::move(same);
        learned.nll = views.nll;
    }
    learned.uniformNll = views.uniformNll;
    learned.of = WeightsOf::ViewsAndClasses;
    return learned;
}

} // namespace

LearnedWeights learnWeights(
    const VoteTable& table, int copies, bool includeOriginal, WeightsOf of, const Job& job)
{
    const auto loss = lossOf(table, copies, includeOriginal);
    auto views = learnViews(loss, job);
    return of == WeightsOf::Views ? views : learnViewsAndClasses(loss, views, job);
}

BothLearnedWeights learnBothWeights(
    const VoteTable& table, int copies, bool includeOriginal, const Job& job)
{
    const auto loss = lossOf(table, copies, includeOriginal);
    BothLearnedWeights both;
    both.views = learnViews(loss, job);
    both.viewsAndClasses = learnViewsAndClasses(loss, both.views, job);
    return both;
}

WeightsOf weightsOf(VoteRule rule)
{
    return rule == VoteRule::LearnedPerClass ? WeightsOf::ViewsAndClasses : WeightsOf::Views;
}

} // namespace augury
