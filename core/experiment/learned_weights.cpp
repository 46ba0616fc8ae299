// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/learned_weights.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace augury {

namespace {

constexpr int mostIterations = 2000;
constexpr int patience = 20; ///< iterations without
constexpr double enough = 1e-9; ///< of the loss to be gained
constexpr double growth = 1.25; ///< of a step that held
constexpr double leastWeight = 1e-30; ///< while searching: a weight of 0 could never return
constexpr double negligible = 1e-12;

void normalise(std::vector<double>& weights)
{
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    for (auto& weight : weights)
        weight /= sum;
}

double dot(const std::vector<double>& a, const std::vector<double>& b)
{
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

/// The mean NLL of the labels under softmax(Σ θ_a z_a), and its gradient in θ.
class Loss {
public:
    Loss(const VoteTable& table, int copies, bool includeOriginal)
        : m_table(table)
        , m_first(includeOriginal ? 0 : 1)
        , m_last(copies)
        , m_logits(static_cast<std::size_t>(table.classes))
    {
    }

    std::size_t views() const { return static_cast<std::size_t>(m_last + 1 - m_first); }

    double operator()(const std::vector<double>& weights, std::vector<double>& gradient)
    {
        std::fill(gradient.begin(), gradient.end(), 0.0);
        double sum = 0;
        for (std::size_t image = 0; image < m_table.size(); ++image) {
            mix(image, weights);
            const auto label = static_cast<std::size_t>(m_table.labels[image]);
            const double own = m_logits[label];
            sum += softmaxInPlace() - own;
            m_logits[label] -= 1; // now ∂ loss / ∂ (Σ θ z)
            for (std::size_t a = 0; a < gradient.size(); ++a) {
                const float* const z = logits(image, a);
                double slope = 0;
                for (std::size_t k = 0; k < m_logits.size(); ++k)
                    slope += m_logits[k] * static_cast<double>(z[k]);
                gradient[a] += slope;
            }
        }
        const auto images = static_cast<double>(m_table.size());
        for (auto& slope : gradient)
            slope /= images;
        return sum / images;
    }

private:
    const float* logits(std::size_t image, std::size_t view) const
    {
        return m_table.outputs(image, m_first + static_cast<int>(view)).logits;
    }

    void mix(std::size_t image, const std::vector<double>& weights)
    {
        std::fill(m_logits.begin(), m_logits.end(), 0.0);
        for (std::size_t a = 0; a < weights.size(); ++a) {
            const float* const z = logits(image, a);
            const double weight = weights[a];
            for (std::size_t k = 0; k < m_logits.size(); ++k)
                m_logits[k] += weight * static_cast<double>(z[k]);
        }
    }

    /// Returns log Σ exp.
    double softmaxInPlace()
    {
        const double largest = *std::max_element(m_logits.begin(), m_logits.end());
        double sum = 0;
        for (auto& value : m_logits)
            sum += value = std::exp(value - largest);
        for (auto& value : m_logits)
            value /= sum;
        return largest + std::log(sum);
    }

    const VoteTable& m_table;
    const int m_first;
    const int m_last;
    std::vector<double> m_logits; ///< [K], of one image
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

/// Where exponentiated gradient with step `rate` leads from `from`.
void stepTo(std::vector<double>& to, const std::vector<double>& from,
    const std::vector<double>& gradient, double rate)
{
    const double lowest = *std::min_element(gradient.begin(), gradient.end());
    for (std::size_t a = 0; a < from.size(); ++a)
        to[a] = std::max(leastWeight, from[a] * std::exp(-rate * (gradient[a] - lowest)));
    normalise(to);
}

double divergence(const std::vector<double>& to, const std::vector<double>& from)
{
    double sum = 0;
    for (std::size_t a = 0; a < to.size(); ++a)
        sum += to[a] * std::log(to[a] / from[a]);
    return std::max(0.0, sum);
}

} // namespace

LearnedWeights learnWeights(const VoteTable& table, int copies, bool includeOriginal,
    [[maybe_unused]] WeightsOf of, const Job& job)
{
    requireLearnable(table, copies, includeOriginal);
    Loss loss(table, copies, includeOriginal);
    const auto views = loss.views();
    std::vector<double> weights(views, 1 / static_cast<double>(views));
    std::vector<double> gradient(views);
    LearnedWeights result;
    result.uniformNll = result.nll = loss(weights, gradient);

    const auto [low, high] = std::minmax_element(gradient.begin(), gradient.end());
    double rate = 1 / std::max(*high - *low, 1e-12);
    std::vector<double> next(views);
    std::vector<double> nextGradient(views);
    double remembered = result.nll;
    while (result.iterations < mostIterations) {
        job.throwIfStopped();
        job.report("learning weights", result.iterations, 0);
        // The loss is convex: nowhere on the simplex is it lower by more than this.
        const double gap =
            dot(gradient, weights) - *std::min_element(gradient.begin(), gradient.end());
        if (gap <= enough * result.nll)
            break;
        if (result.iterations % patience == patience - 1) {
            if (remembered - result.nll <= enough * result.nll)
                break;
            remembered = result.nll;
        }
        ++result.iterations;
        stepTo(next, weights, gradient, rate);
        const double nll = loss(next, nextGradient);
        // A step is as long as its own model of the loss holds (Beck & Teboulle 2003).
        const double model = result.nll + dot(gradient, next) - dot(gradient, weights)
            + divergence(next, weights) / rate;
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
    normalise(weights);
    result.weights = std::move(weights);
    return result;
}

WeightsOf weightsOf(VoteRule rule)
{
    return rule == VoteRule::LearnedPerClass ? WeightsOf::ViewsAndClasses : WeightsOf::Views;
}

} // namespace augury
