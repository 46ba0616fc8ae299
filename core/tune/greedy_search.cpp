// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tune/greedy_search.h"

#include "core/tune/tempered_kernels.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include <omp.h>

namespace augury {

namespace {

using kernels::lanes;

constexpr double leastInverse = 1 / 20.0; ///< 1 / T
constexpr double mostInverse = 1 / 0.05;
constexpr int mostIterations = 200;
constexpr double equal = 1e-9; ///< likelihoods that differ by less do by rounding alone

struct Fit {
    double logLikelihood = -std::numeric_limits<double>::infinity(); ///< mean an image
    double inverse = 1;
};

/// The pool's probabilities as the kernels read them.
class Pool {
public:
    explicit Pool(const VoteTable& table)
        : m_table(table)
        , m_images(table.size())
        , m_classes(static_cast<std::size_t>(table.classes))
        , m_groups((m_images + lanes - 1) / lanes)
        , m_weights(m_groups * lanes, 0.0)
        , m_probabilities(views() * numbers(), 1.0F)
    {
        std::fill_n(m_weights.begin(), m_images, 1.0);
        for (std::size_t v = 0; v < views(); ++v) {
            float* const to = m_probabilities.data() + v * numbers();
            for (std::size_t i = 0; i < m_images; ++i) {
                const auto p = table.view(i, static_cast<int>(v) + 1);
                for (std::size_t k = 0; k < m_classes; ++k)
                    to[place(i, k)] = p[k];
            }
        }
    }

    std::size_t views() const { return static_cast<std::size_t>(m_table.copies); }
    /// Of one view.
    std::size_t numbers() const { return m_groups * lanes * m_classes; }
    const float* view(std::size_t v) const { return m_probabilities.data() + v * numbers(); }

    /// Log-likelihood of the labels under softmax(l / T), the T that makes it highest. `logs` as
    /// logMeans() made them.
    Fit fit(const std::vector<double>& logs, double start) const;

private:
    std::size_t place(std::size_t image, std::size_t k) const
    {
        return (image / lanes * m_classes + k) * lanes + image % lanes;
    }

    const VoteTable& m_table;
    std::size_t m_images;
    std::size_t m_classes;
    std::size_t m_groups;
    std::vector<double> m_weights; ///< 1, or 0 past the last image
    std::vector<float> m_probabilities; ///< [view × group × class × lane]
};

/// The mean log-likelihood is concave in b = 1 / T, so Newton's method inside the bracket that the
/// slope's sign narrows.
Fit Pool::fit(const std::vector<double>& logs, double start) const
{
    double labels = 0;
    for (std::size_t i = 0; i < m_images; ++i)
        labels += logs[place(i, static_cast<std::size_t>(m_table.labels[i]))];
    const auto images = static_cast<double>(m_images);
    double low = leastInverse;
    double high = mostInverse;
    Fit fit;
    fit.inverse = std::clamp(start, low, high);
    for (int iteration = 0; iteration < mostIterations; ++iteration) {
        const double b = fit.inverse;
        const auto sums =
            kernels::temperedSums(logs.data(), m_weights.data(), m_groups, m_classes, b);
        fit.logLikelihood = (b * labels - sums.logNorm) / images;
        const double slope = (labels - sums.mean) / images;
        const double curvature = sums.variance / images; // of −f
        (slope > 0 ? low : high) = b;
        // It lies below its tangent: nowhere in the bracket is it higher by more than this.
        if (std::abs(slope) * (high - low) <= 1e-13)
            break;
        const double step = slope / curvature;
        if (std::abs(step) <= 2e-3 * b && slope * step <= 1e-8) {
            // So near the top is it a parabola, up to less than 1e-9.
            fit.inverse = std::clamp(b + step, low, high);
            fit.logLikelihood += slope * step / 2;
            break;
        }
        double next = b + step;
        if (!(next > low && next < high)) {
            // To an end that was not looked at yet, else to the middle.
            const double end = slope > 0 ? high : low;
            const bool unseen = end == leastInverse || end == mostInverse;
            next = unseen && b != end ? end : std::sqrt(low * high);
        }
        fit.inverse = next;
    }
    return fit;
}

void requireSearchable(const VoteTable& table, std::span<const GreedyStep> begun)
{
    if (table.copies < 1)
        throw Error("There are no views to choose from: switch on a kind of them.");
    if (table.size() == 0)
        throw Error("Views cannot be chosen without images: the validation split is empty.");
    for (std::size_t i = 0; i < table.size(); ++i) {
        if (table.labels[i] < 0 || table.labels[i] >= table.classes)
            throw Error(fmt::format("Image {} has no label among the model's classes, so views "
                                    "cannot be chosen by it.",
                table.images[i]));
    }
    for (const auto& step : begun) {
        if (step.view < 0 || step.view >= table.copies)
            throw Error(fmt::format("The search to go on with chose view {} of {}: it is of "
                                    "another pool. Start a new one.",
                step.view + 1, table.copies));
    }
}

} // namespace

std::vector<GreedyStep> greedySearch(const VoteTable& table, int steps, const Job& job,
    std::span<const GreedyStep> begun, const std::function<void(const GreedyStep&)>& onStep)
{
    requireSearchable(table, begun);
    std::vector<GreedyStep> taken(begun.begin(), begun.end());
    if (taken.size() >= static_cast<std::size_t>(std::max(0, steps)))
        return taken;
    const Pool pool(table);
    std::vector<double> sum(pool.numbers(), 0.0);
    const auto add = [&](int view) {
        const float* const p = pool.view(static_cast<std::size_t>(view));
        for (std::size_t i = 0; i < sum.size(); ++i)
            sum[i] += static_cast<double>(p[i]);
    };
    for (const auto& step : taken)
        add(step.view);

    const int threads = omp_get_max_threads();
    std::vector<std::vector<double>> logs(
        static_cast<std::size_t>(threads), std::vector<double>(pool.numbers()));
    std::vector<Fit> fits(pool.views());
    while (taken.size() < static_cast<std::size_t>(steps) && !job.stop.stop_requested()) {
        job.report("choosing views", static_cast<std::int64_t>(taken.size()), steps);
        const double scale = 1 / static_cast<double>(taken.size() + 1);
        // The same start for every candidate, and for a search that goes on.
        const double start = taken.empty() ? 1 : 1 / taken.back().temperature;
#pragma omp parallel for schedule(dynamic) num_threads(threads)
        for (std::size_t v = 0; v < pool.views(); ++v) {
            if (job.stop.stop_requested())
                continue;
            auto& mine = logs[static_cast<std::size_t>(omp_get_thread_num())];
            kernels::logMeans(sum.data(), pool.view(v), scale, sum.size(), mine.data());
            fits[v] = pool.fit(mine, start);
        }
        if (job.stop.stop_requested())
            break;
        const double top = std::ranges::max(fits, {}, &Fit::logLikelihood).logLikelihood;
        const auto best = std::ranges::find_if(
            fits, [top](const Fit& fit) { return fit.logLikelihood >= top - equal; });
        const auto view = static_cast<int>(best - fits.begin());
        taken.push_back({view, best->logLikelihood, 1 / best->inverse});
        add(view);
        if (onStep)
            onStep(taken.back());
    }
    job.report("choosing views", static_cast<std::int64_t>(taken.size()), steps);
    return taken;
}

} // namespace augury
