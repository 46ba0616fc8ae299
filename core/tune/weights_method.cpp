// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tune/methods.h"
#include "core/tune/weights_study.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace augury {

namespace {

constexpr std::size_t waysOfPolicy = 3; ///< as in WeightsStudy
constexpr int folds = 5;

void add(NllSums& sums, double score)
{
    const double nll = -std::log(std::max(score, 1e-12));
    sums += {nll, nll * nll};
}

/// How well the votes do on the table's images, which are all of the search's.
void count(Trial& trial, const VoteTable& table, const Votes& votes)
{
    const auto classes = static_cast<std::size_t>(table.classes);
    trial.comparison = compare(table, votes, trial.configuration.copies);
    trial.nll = trial.baselineNll = {};
    trial.right.assign((table.size() + 63) / 64, 0);
    for (std::size_t i = 0; i < table.size(); ++i) {
        const auto label = static_cast<std::size_t>(table.labels[i]);
        add(trial.nll, votes.scores[i * classes + label]);
        add(trial.baselineNll, static_cast<double>(table.view(i, 0)[label]));
        if (votes.decisions[i].predicted == table.labels[i])
            trial.right[i / 64] |= std::uint64_t(1) << (i % 64);
    }
}

double secondsToMerge(const VoteTable& table, const Configuration& configuration)
{
    const auto start = std::chrono::steady_clock::now();
    mergeVotes(table, configuration.copies, configuration.vote);
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void finish(
    Search& search, std::span<Trial> ways, const VoteTable& table, const WeightsStudy& study)
{
    for (std::size_t i = 0; i < ways.size(); ++i) {
        const auto& way = study.ways[i];
        auto& trial = ways[i];
        trial.configuration.vote = way.vote;
        count(trial, table, way.heldOut);
        trial.heldOutNll = way.heldOutNll;
        trial.preferred = static_cast<int>(i) == study.preferred;
        trial.seconds = secondsToMerge(table, trial.configuration)
            + search.cache.secondsPerPass() * static_cast<double>(trial.comparison.forwardPasses);
        trial.state = Trial::State::Finished;
    }
}

} // namespace

void tuneWeights(Search& search)
{
    for (std::size_t first = 0; first + waysOfPolicy <= search.trials.size();
         first += waysOfPolicy) {
        const auto ways = std::span(search.trials).subspan(first, waysOfPolicy);
        const bool done = std::ranges::all_of(
            ways, [](const Trial& trial) { return trial.state == Trial::State::Finished; });
        if (!done) {
            search.job.throwIfStopped();
            const auto& planned = ways.front().configuration;
            const auto table = search.cache.votes(
                planned.policy, planned.copies, search.spec.seed, search.order, search.job);
            const auto study = studyWeights(table, planned.copies, planned.vote.includeOriginal,
                search.spec.seed, folds, search.job);
            finish(search, ways, table, study);
            search.tell(ways);
        }
        search.tried += static_cast<std::int64_t>(waysOfPolicy);
    }
}

} // namespace augury
