// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tta/vote.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace augury::test {

using Real = long double;
using Vector = std::vector<Real>;

/// The rules' definitions spelt out on whole vectors in extended precision, as slowly as they come.
struct NaiveView {
    Vector p;
    Vector z;
};

inline NaiveView naiveView(const VoteTable& table, std::size_t image, int slot)
{
    const auto outputs = table.outputs(image, slot);
    NaiveView view;
    view.p.assign(outputs.probabilities, outputs.probabilities + table.classes);
    if (outputs.logits)
        view.z.assign(outputs.logits, outputs.logits + table.classes);
    return view;
}

inline Real total(const Vector& values)
{
    Real sum = 0;
    for (const Real value : values)
        sum += value;
    return sum;
}

inline Vector scaledToOne(Vector values)
{
    const Real sum = total(values);
    for (auto& value : values)
        value /= sum;
    return values;
}

inline Vector naiveSoftmax(Vector values)
{
    const Real top = *std::max_element(values.begin(), values.end());
    for (auto& value : values)
        value = std::exp(value - top);
    return scaledToOne(values);
}

inline Real naiveEntropy(const Vector& p)
{
    Real sum = 0;
    for (const Real value : p)
        sum -= value > 0 ? value * std::log(value) : 0;
    return sum;
}

inline std::size_t naiveArgmax(const Vector& values)
{
    return static_cast<std::size_t>(
        std::max_element(values.begin(), values.end()) - values.begin());
}

/// Σ w_a x_a / Σ w_a, with equal weights where all are 0.
inline Vector weightedMean(const std::vector<Vector>& values, Vector weights)
{
    if (total(weights) == 0)
        weights.assign(weights.size(), 1);
    Vector mean(values[0].size(), 0);
    for (std::size_t a = 0; a < values.size(); ++a)
        for (std::size_t k = 0; k < mean.size(); ++k)
            mean[k] += weights[a] * values[a][k];
    for (auto& value : mean)
        value /= total(weights);
    return mean;
}

inline Vector naiveScores(const std::vector<NaiveView>& views, const VoteOptions& options)
{
    const auto n = static_cast<Real>(views.size());
    const std::size_t classes = views[0].p.size();
    std::vector<Vector> ps;
    std::vector<Vector> zs;
    Vector confidences;
    Vector certainties;
    Vector learned;
    for (std::size_t a = 0; a < views.size(); ++a) {
        const auto& p = views[a].p;
        ps.push_back(p);
        zs.push_back(views[a].z);
        confidences.push_back(std::pow(p[naiveArgmax(p)], static_cast<Real>(options.gamma)));
        certainties.push_back(classes == 1
                ? Real(1)
                : std::max(Real(0), 1 - naiveEntropy(p) / std::log(static_cast<Real>(classes))));
        learned.push_back(a < options.weights.size() ? Real(options.weights[a]) : Real(1));
    }
    const Vector ones(views.size(), 1);
    /// Σ_a f(a, k) for every class.
    const auto sum = [&](auto f) {
        Vector result(classes, 0);
        for (std::size_t a = 0; a < views.size(); ++a)
            for (std::size_t k = 0; k < classes; ++k)
                result[k] += f(a, k);
        return result;
    };
    const Real floor = 1e-12L;
    Vector result;
    switch (options.rule) {
    case VoteRule::Mean:
        return weightedMean(ps, ones);
    case VoteRule::ConfidenceWeighted:
        return weightedMean(ps, confidences);
    case VoteRule::EntropyWeighted:
        return weightedMean(ps, certainties);
    case VoteRule::LogitMean:
        return naiveSoftmax(weightedMean(zs, ones));
    case VoteRule::Learned:
        return naiveSoftmax(weightedMean(zs, learned));
    case VoteRule::LearnedPerClass: // each class by weights of its own
        result.assign(classes, 0);
        for (std::size_t k = 0; k < classes; ++k) {
            Vector own;
            for (std::size_t a = 0; a < views.size(); ++a) {
                const auto i = a * classes + k;
                own.push_back(i < options.weights.size() ? Real(options.weights[i]) : Real(1));
            }
            result[k] = weightedMean(zs, own)[k];
        }
        return naiveSoftmax(result);
    case VoteRule::GeometricMean:
        result = sum([&](auto a, auto k) { return std::log(std::max(ps[a][k], floor)) / n; });
        return naiveSoftmax(result);
    case VoteRule::HarmonicMean:
        result = sum([&](auto a, auto k) { return 1 / std::max(ps[a][k], floor) / n; });
        for (auto& value : result)
            value = 1 / value;
        return scaledToOne(result);
    case VoteRule::Max:
    case VoteRule::Min:
        result = ps[0];
        for (const auto& p : ps)
            for (std::size_t k = 0; k < classes; ++k)
                result[k] = options.rule == VoteRule::Max ? std::max(result[k], p[k])
                                                          : std::min(result[k], p[k]);
        return total(result) > 0 ? scaledToOne(result) : weightedMean(ps, ones);
    case VoteRule::Majority:
        return sum([&](auto a, auto k) { return naiveArgmax(ps[a]) == k ? 1 / n : 0; });
    case VoteRule::Rank:
        if (classes == 1)
            return {1};
        result = sum([&](auto a, auto k) {
            Real points = 0; // one for each class beaten, half for each equal one
            for (std::size_t other = 0; other < classes; ++other)
                if (other != k)
                    points += ps[a][k] > ps[a][other] ? 1 : ps[a][k] == ps[a][other] ? 0.5L : 0;
            return points;
        });
        return scaledToOne(result);
    case VoteRule::SharpenedMean:
        result = sum([&](auto a, auto k) {
            return std::pow(ps[a][k], 1 / static_cast<Real>(options.temperature)) / n;
        });
        return scaledToOne(result);
    }
    return {};
}

struct NaiveVote {
    Vector scores;
    int predicted = -1;
    bool tied = false;
    Real lead = 0; ///< of what decided: by less, another order of adding may decide otherwise
};

inline NaiveVote naiveVote(
    const VoteTable& table, std::size_t image, int copies, const VoteOptions& options)
{
    std::vector<NaiveView> views;
    for (int slot = options.includeOriginal ? 0 : 1; slot <= copies; ++slot)
        views.push_back(naiveView(table, image, slot));
    const auto original = naiveView(table, image, 0);
    const Real blend = options.blend;
    const auto blended = [&](const VoteOptions& by) {
        auto scores = views.empty() ? Vector(original.p.size(), 0) : naiveScores(views, by);
        const auto own = naiveScores({original}, by);
        for (std::size_t k = 0; k < scores.size(); ++k)
            scores[k] = (1 - blend) * scores[k] + blend * own[k];
        return scores;
    };
    const auto leadOf = [](Vector values) {
        std::sort(values.rbegin(), values.rend());
        return values.size() > 1 ? values[0] - values[1] : std::numeric_limits<Real>::infinity();
    };
    NaiveVote vote;
    vote.scores = blended(options);
    vote.predicted = static_cast<int>(naiveArgmax(vote.scores));
    vote.lead = leadOf(vote.scores);
    const bool hard = options.rule == VoteRule::Majority;
    vote.tied = vote.lead <= (hard ? 1e-12L : 0);
    if (!hard || !vote.tied)
        return vote;
    const Real top = vote.scores[static_cast<std::size_t>(vote.predicted)];
    auto meanP = blended({VoteRule::Mean, options.includeOriginal, options.blend});
    for (std::size_t k = 0; k < meanP.size(); ++k)
        if (vote.scores[k] < top - 1e-12L)
            meanP[k] = -1; // not among the tied
    const auto best = naiveArgmax(meanP);
    vote.lead = leadOf(meanP);
    const auto own = naiveArgmax(original.p);
    vote.predicted = static_cast<int>(meanP[own] == meanP[best] ? own : best);
    return vote;
}

} // namespace augury::test
