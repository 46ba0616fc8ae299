// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tune/tune.h"

#include "core/tune/methods.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace augury {

namespace {

void requireLogits(VoteCache& cache, const Configuration& configuration)
{
    auto vote = configuration.vote;
    if (!needsLogits(vote.rule) || cache.outputKind() == OutputKind::Logits)
        return;
    vote.rule = VoteRule::LogitMean; // learned ones have no weights yet
    VoteTable table; // such a classifier's
    table.classes = 1;
    table.copies = configuration.copies;
    table.labels = {0};
    requireMergeable(table, configuration.copies, vote);
}

/// Before anything is predicted.
void requireFit(VoteCache& cache, const Search& search)
{
    const auto& split = cache.split();
    if (!split.images || split.size() == 0)
        throw Error("There are no validation images to tune on. Set a part of the training images "
                    "aside for validation.");
    const auto& shape = split.images->shape;
    const AugmentPolicy* last = nullptr;
    for (const auto& trial : search.trials) {
        const auto& policy = trial.configuration.policy;
        if (last == nullptr || *last != policy)
            throwIfAny(policy.validateFor(shape),
                fmt::format("The augmentation \"{}\" does not fit images of {}", shortName(policy),
                    describe(shape)));
        last = &policy;
        requireLogits(cache, trial.configuration);
    }
}

/// Learned weights and greedy lists are found, not planned.
bool isOfPlan(const Trial& begun, const Trial& planned, TuneMethod method)
{
    if (begun.place != planned.place || begun.images() < 0)
        return false;
    const auto& configuration = begun.configuration;
    switch (method) {
    case TuneMethod::Greedy:
        return true;
    case TuneMethod::Weights:
        return configuration.policy == planned.configuration.policy
            && configuration.vote.rule == planned.configuration.vote.rule;
    default:
        return configuration == planned.configuration;
    }
}

void takeUp(Search& search, std::span<const Trial> begun)
{
    for (const auto& trial : begun) {
        const auto i = static_cast<std::size_t>(trial.index);
        if (trial.index < 0 || i >= search.trials.size()
            || !isOfPlan(trial, search.trials[i], search.spec.method)
            || static_cast<std::size_t>(trial.images()) > search.order.size())
            throw Error(fmt::format("Trial {} that was begun is not of this search: its settings "
                                    "or images have changed. Start the search anew.",
                trial.index + 1));
        search.trials[i] = trial;
    }
}

bool isBegun(const Trial& trial)
{
    return trial.images() > 0 || trial.state != Trial::State::Waiting;
}

void runMethod(Search& search)
{
    switch (search.spec.method) {
    case TuneMethod::Copies:
        return tuneCopies(search);
    case TuneMethod::Sweep:
        return tuneSweep(search);
    case TuneMethod::Greedy:
        return tuneGreedy(search);
    case TuneMethod::Weights:
        return tuneWeights(search);
    case TuneMethod::Sensitivity:
        return tuneSensitivity(search);
    }
}

} // namespace

void Search::tell(std::span<const Trial> changed) const
{
    if (observer.onTrials && !changed.empty())
        observer.onTrials(changed);
}

TuneOutcome tune(VoteCache& cache, const TuneSpec& spec, const TuneObserver& observer,
    std::stop_token stop, std::span<const Trial> begun)
{
    throwIfAny(spec.validate(), "The search's settings are not valid");
    const auto start = std::chrono::steady_clock::now();
    const auto passesBefore = cache.passes();
    Search search{cache, spec, observer, Job{std::move(stop), observer.onProgress},
        searchOrder(cache.split(), spec), plannedTrials(spec)};
    requireFit(cache, search);
    takeUp(search, begun);

    TuneOutcome outcome;
    try {
        runMethod(search);
    } catch (const Cancelled&) {
        outcome.stopped = true;
    }
    std::erase_if(search.trials, [](const Trial& trial) { return !isBegun(trial); });
    outcome.trials = std::move(search.trials);
    // Only the greedy search looks at more than it hands out.
    outcome.tried = spec.method == TuneMethod::Greedy
        ? search.tried
        : static_cast<std::int64_t>(outcome.trials.size());
    outcome.passes = cache.passes() - passesBefore;
    outcome.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return outcome;
}

} // namespace augury
