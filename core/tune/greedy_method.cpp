// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tune/greedy_search.h"
#include "core/tune/methods.h"

#include <fmt/format.h>

#include <algorithm>

namespace augury {

namespace {

constexpr std::size_t viewsAtOnce = 16; ///< predicted between two reports at least

AugmentPolicy policyOf(std::vector<Transform> list)
{
    AugmentPolicy policy;
    policy.views.emplace().list = std::move(list);
    return policy;
}

/// What the trials that are finished already chose: each step's view is the last of its list.
std::vector<GreedyStep> begunSteps(
    const std::vector<Trial>& trials, const std::vector<Transform>& pool)
{
    std::vector<GreedyStep> steps;
    std::vector<Transform> chosen;
    for (const auto& trial : trials) {
        if (trial.state != Trial::State::Finished)
            break;
        const auto& views = trial.configuration.policy.views;
        const auto view = views && !views->list.empty()
            ? std::ranges::find(pool, views->list.back())
            : pool.end();
        if (view != pool.end())
            chosen.push_back(*view);
        if (view == pool.end() || views->list != chosen || !trial.logLikelihood
            || !trial.temperature)
            throw Error(fmt::format("Step {} of the search to go on with did not choose from this "
                                    "pool of views: its settings have changed. Start it anew.",
                trial.index + 1));
        steps.push_back(
            {static_cast<int>(view - pool.begin()), *trial.logLikelihood, *trial.temperature});
    }
    return steps;
}

/// Some views after the others, so that a large pool says how far it has come.
VoteTable predictPool(Search& search, const std::vector<Transform>& pool)
{
    const auto images = static_cast<std::int64_t>(search.order.size());
    const auto total = images * static_cast<std::int64_t>(pool.size());
    for (std::size_t first = 0; first < pool.size(); first += viewsAtOnce) {
        const auto count = std::min(viewsAtOnce, pool.size() - first);
        const auto begin = pool.begin() + static_cast<std::ptrdiff_t>(first);
        Job job{search.job.stop, {}};
        job.onProgress = [&](const Progress& progress) {
            const double share = progress.total > 0
                ? static_cast<double>(progress.done) / static_cast<double>(progress.total)
                : 1;
            const double views = static_cast<double>(first) + share * static_cast<double>(count);
            search.job.report("predicting views",
                static_cast<std::int64_t>(views * static_cast<double>(images)), total);
        };
        search.cache.votes(policyOf({begin, begin + static_cast<std::ptrdiff_t>(count)}),
            static_cast<int>(count), search.spec.seed, search.order, job);
    }
    return search.cache.votes(policyOf(pool), static_cast<int>(pool.size()), search.spec.seed,
        search.order, {search.job.stop, {}});
}

/// The list as it is after a step, tried.
Trial trialOf(
    Search& search, Trial trial, const std::vector<Transform>& chosen, const GreedyStep& step)
{
    trial.configuration = {policyOf(chosen), static_cast<int>(chosen.size()), {}};
    // Nothing is predicted, so a stop may wait.
    const auto table = search.cache.votes(
        trial.configuration.policy, trial.configuration.copies, search.spec.seed, search.order);
    addVotes(trial, table, 0);
    trial.seconds +=
        search.cache.secondsPerPass() * static_cast<double>(trial.comparison.forwardPasses);
    trial.logLikelihood = step.logLikelihood;
    trial.temperature = step.temperature;
    trial.state = Trial::State::Finished;
    return trial;
}

} // namespace

void tuneGreedy(Search& search)
{
    const auto pool =
        poolViews(search.spec.pool, search.cache.split().images->shape, search.spec.seed);
    const auto looked = static_cast<std::int64_t>(pool.size()); // at every step
    const auto begun = begunSteps(search.trials, pool);
    search.tried = looked * static_cast<std::int64_t>(begun.size());
    if (begun.size() == search.trials.size())
        return;
    std::vector<Transform> chosen;
    for (const auto& step : begun)
        chosen.push_back(pool[static_cast<std::size_t>(step.view)]);

    const auto table = predictPool(search, pool);
    greedySearch(table, static_cast<int>(search.trials.size()), search.job, begun,
        [&](const GreedyStep& step) {
            auto& trial = search.trials[chosen.size()];
            chosen.push_back(pool[static_cast<std::size_t>(step.view)]);
            trial = trialOf(search, trial, chosen, step);
            search.tried += looked;
            search.tell(std::span(&trial, 1));
        });
    search.job.throwIfStopped();
}

} // namespace augury
