// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tta/vote_merger.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace augury {

namespace {

constexpr double leastP = 1e-12; ///< of the rules that a single 0 would decide alone
constexpr int productViews = 16; ///< 1e-12^16 and 2^16 are far from a double's ends
/// Shares of votes, blended, that differ by rounding alone, and so are a tie. (A β as small as this
/// would be taken for rounding too.)
constexpr double sameShare = 1e-12;

template <typename T> std::int32_t firstLargest(std::span<const T> values)
{
    std::size_t best = 0;
    T top = values[0];
    for (std::size_t k = 1; k < values.size(); ++k) {
        if (values[k] > top) {
            top = values[k];
            best = k;
        }
    }
    return static_cast<std::int32_t>(best);
}

/// std::max_element jumps where this needs no branch.
double largest(std::span<const float> values)
{
    float top = values[0];
    for (const float value : values)
        top = std::max(top, value);
    return top;
}

void divide(std::span<double> scores, double divisor)
{
    for (auto& score : scores)
        score /= divisor;
}

void softmax(std::span<double> scores)
{
    const double top = *std::max_element(scores.begin(), scores.end());
    for (auto& score : scores)
        score = std::exp(score - top);
    divide(scores, std::accumulate(scores.begin(), scores.end(), 0.0));
}

double startOf(VoteRule rule)
{
    if (rule == VoteRule::GeometricMean)
        return 1;
    return rule == VoteRule::Min ? std::numeric_limits<double>::infinity() : 0;
}

} // namespace

std::int32_t argmax(std::span<const float> values)
{
    return firstLargest(values);
}

std::int32_t argmax(std::span<const double> values)
{
    return firstLargest(values);
}

VoteMerger::VoteMerger(const VoteOptions& options, int classes)
    : m_options(options)
    , m_classes(static_cast<std::size_t>(classes))
    , m_largestEntropy(std::log(static_cast<double>(classes)))
    , m_borda(m_classes)
    , m_weights(options.rule == VoteRule::LearnedPerClass ? m_classes : 0)
    , m_combined(m_classes)
    , m_logs(options.rule == VoteRule::GeometricMean ? m_classes : 0)
    , m_plain(m_classes)
    , m_originalScores(options.blend > 0 ? m_classes : 0)
{
    if (options.rule == VoteRule::SharpenedMean && options.temperature != 0.5)
        m_power.emplace(1 / options.temperature);
}

void VoteMerger::clear()
{
    m_views = 0;
    m_weight = 0;
    std::fill(m_weights.begin(), m_weights.end(), 0.0);
    std::fill(m_combined.begin(), m_combined.end(), startOf(m_options.rule));
    std::fill(m_logs.begin(), m_logs.end(), 0.0);
    std::fill(m_plain.begin(), m_plain.end(), 0.0);
}

void VoteMerger::start(const View& original)
{
    m_original = original.probabilities;
    clear();
    if (m_options.includeOriginal)
        count(original);
    if (m_options.blend > 0) {
        count(original);
        finish(m_originalScores);
        clear();
    }
}

template <typename F> void VoteMerger::combine(const float* values, const F& function)
{
    double* const combined = m_combined.data();
    for (std::size_t k = 0; k < m_classes; ++k)
        combined[k] = function(combined[k], static_cast<double>(values[k]));
}

void VoteMerger::addPlain(const float* values)
{
    double* const plain = m_plain.data();
    for (std::size_t k = 0; k < m_classes; ++k)
        plain[k] += static_cast<double>(values[k]);
}

void VoteMerger::addWeighted(const float* values, double weight)
{
    combine(values, [weight](double sum, double value) { return sum + weight * value; });
    m_weight += weight;
    if (m_weight == 0)
        addPlain(values); // needed only where all weights are 0
}

double VoteMerger::learnedWeight() const
{
    const auto view = static_cast<std::size_t>(m_views);
    return view < m_options.weights.size() ? m_options.weights[view] : 1; // blend = 1, no copies
}

void VoteMerger::addPerClass(const float* logits)
{
    const auto first = static_cast<std::size_t>(m_views) * m_classes;
    const bool known = first + m_classes <= m_options.weights.size(); // else blend = 1, no copies
    for (std::size_t k = 0; k < m_classes; ++k) {
        const double weight = known ? m_options.weights[first + k] : 1;
        m_combined[k] += weight * static_cast<double>(logits[k]);
        m_weights[k] += weight;
        m_plain[k] += static_cast<double>(logits[k]);
    }
}

/// A view's contribution, and how it combines with those before it.
void VoteMerger::count(const View& view)
{
    const float* const p = view.probabilities;
    const std::span probabilities(p, m_classes);
    switch (m_options.rule) {
    case VoteRule::Mean:
        addWeighted(p, 1);
        break;
    case VoteRule::LogitMean:
        addWeighted(view.logits, 1);
        break;
    case VoteRule::Learned:
        addWeighted(view.logits, learnedWeight());
        break;
    case VoteRule::LearnedPerClass:
        addPerClass(view.logits);
        break;
    case VoteRule::ConfidenceWeighted:
        addWeighted(p, std::pow(largest(probabilities), m_options.gamma));
        break;
    case VoteRule::EntropyWeighted:
        addWeighted(
            p, m_classes == 1 ? 1 : std::max(0.0, 1 - entropy(probabilities) / m_largestEntropy));
        break;
    case VoteRule::GeometricMean: // a product now and then makes K logs of 16 K
        combine(p, [](double product, double value) { return product * std::max(value, leastP); });
        if ((m_views + 1) % productViews == 0)
            foldProducts();
        break;
    case VoteRule::HarmonicMean:
        combine(p, [](double sum, double value) { return sum + 1 / std::max(value, leastP); });
        break;
    case VoteRule::Max:
        combine(p, [](double largest, double value) { return std::max(largest, value); });
        break;
    case VoteRule::Min:
        combine(p, [](double smallest, double value) { return std::min(smallest, value); });
        addPlain(p);
        break;
    case VoteRule::SharpenedMean:
        if (m_power)
            combine(
                p, [&power = *m_power](double sum, double value) { return sum + power(value); });
        else // T = 0.5
            combine(p, [](double sum, double value) { return sum + value * value; });
        break;
    case VoteRule::Majority:
        m_combined[static_cast<std::size_t>(argmax(probabilities))] += 1;
        addPlain(p);
        break;
    case VoteRule::Rank:
        m_borda.add(p, m_combined);
        break;
    }
    ++m_views;
}

void VoteMerger::foldProducts()
{
    for (std::size_t k = 0; k < m_classes; ++k) {
        m_logs[k] += fastLog(m_combined[k]);
        m_combined[k] = 1;
    }
}

/// The plain mean where every weight is 0.
void VoteMerger::meanInto(std::span<double> scores) const
{
    const auto& sums = m_weight > 0 ? m_combined : m_plain;
    std::copy(sums.begin(), sums.end(), scores.begin());
    divide(scores, m_weight > 0 ? m_weight : m_views);
}

void VoteMerger::finish(std::span<double> scores)
{
    const double n = m_views;
    const auto classes = static_cast<double>(m_classes);
    switch (m_options.rule) {
    case VoteRule::Mean:
    case VoteRule::ConfidenceWeighted:
    case VoteRule::EntropyWeighted:
        meanInto(scores);
        return;
    case VoteRule::LogitMean:
    case VoteRule::Learned:
        meanInto(scores);
        softmax(scores);
        return;
    case VoteRule::LearnedPerClass:
        for (std::size_t k = 0; k < m_classes; ++k)
            scores[k] = m_weights[k] > 0 ? m_combined[k] / m_weights[k] : m_plain[k] / n;
        softmax(scores);
        return;
    case VoteRule::GeometricMean:
        for (std::size_t k = 0; k < m_classes; ++k)
            scores[k] = (m_logs[k] + fastLog(m_combined[k])) / n;
        softmax(scores);
        return;
    case VoteRule::HarmonicMean:
        for (std::size_t k = 0; k < m_classes; ++k)
            scores[k] = n / m_combined[k];
        break;
    case VoteRule::Majority:
    case VoteRule::Rank:
    case VoteRule::Max:
    case VoteRule::Min:
    case VoteRule::SharpenedMean:
        std::copy(m_combined.begin(), m_combined.end(), scores.begin());
        break;
    }
    const double sum = m_options.rule == VoteRule::Majority ? n
        : m_options.rule == VoteRule::Rank                  ? n * classes * (classes - 1) / 2
                                           : std::accumulate(scores.begin(), scores.end(), 0.0);
    if (sum > 0) {
        divide(scores, sum);
    } else if (m_options.rule == VoteRule::Min) {
        std::copy(m_plain.begin(), m_plain.end(), scores.begin());
        divide(scores, n);
    } else {
        scores[0] = 1; // Borda's points of the only class
    }
}

Decision VoteMerger::merge(std::span<double> scores)
{
    const double blend = m_options.blend;
    if (m_views > 0)
        finish(scores);
    else
        std::fill(scores.begin(), scores.end(), 0.0); // blend is 1
    for (std::size_t k = 0; k < m_originalScores.size(); ++k)
        scores[k] = (1 - blend) * scores[k] + blend * m_originalScores[k];

    Decision decision;
    decision.predicted = argmax(scores);
    const double top = scores[static_cast<std::size_t>(decision.predicted)];
    const bool majority = m_options.rule == VoteRule::Majority;
    const double level = majority ? top - sameShare : top;
    decision.tied = std::count_if(scores.begin(), scores.end(), [level](double score) {
        return score >= level;
    }) > 1;
    if (majority && decision.tied)
        decision.predicted = breakTie(scores, level);
    return decision;
}

/// Of the classes at the top: higher mean p, then the original's class, then the lower index.
std::int32_t VoteMerger::breakTie(std::span<const double> scores, double level) const
{
    const double original = m_options.blend * m_views;
    const auto untouched = argmax(std::span(m_original, m_classes));
    std::int32_t best = -1;
    double bestP = 0;
    for (std::size_t k = 0; k < m_classes; ++k) {
        if (scores[k] < level)
            continue;
        // The blended mean times n; without a blend the exact sum.
        const double p = (1 - m_options.blend) * m_plain[k] + original * m_original[k];
        const auto candidate = static_cast<std::int32_t>(k);
        if (best < 0 || p > bestP || (p == bestP && candidate == untouched)) {
            best = candidate;
            bestP = p;
        }
    }
    return best;
}

} // namespace augury
