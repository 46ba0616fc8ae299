// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tune/vote_adding.h"

#include "core/data/parallel.h"
#include "core/tta/vote_merger.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <vector>

namespace augury {

namespace {

/// Trials that differ in their copies alone, fewest first.
using Group = std::vector<Trial*>;

std::vector<Group> grouped(std::vector<Trial>& trials)
{
    std::vector<Group> groups;
    for (auto& trial : trials) {
        const auto& vote = trial.configuration.vote;
        const auto same = std::ranges::find_if(groups, [&](const Group& group) {
            // Learned weights are of one number of views.
            return !isLearned(vote.rule) && group.front()->configuration.vote == vote;
        });
        if (same == groups.end())
            groups.push_back({&trial});
        else
            same->push_back(&trial);
    }
    for (auto& group : groups)
        std::ranges::stable_sort(
            group, {}, [](const Trial* trial) { return trial->configuration.copies; });
    return groups;
}

void requireLabels(const VoteTable& table)
{
    for (std::size_t i = 0; i < table.size(); ++i) {
        if (table.labels[i] < 0 || table.labels[i] >= table.classes)
            throw Error(fmt::format("Image {} is labelled {}, so accuracy cannot be measured.",
                table.images[i], table.labels[i]));
    }
}

void add(NllSums& sums, double score)
{
    const double nll = -std::log(std::max(score, 1e-12));
    sums += {nll, nll * nll};
}

void addImage(Trial& trial, std::size_t image, bool before, bool after)
{
    auto& ledger = trial.comparison;
    ++ledger.images;
    ledger.baselineCorrect += before ? 1 : 0;
    ledger.ttaCorrect += after ? 1 : 0;
    ledger.fixed += !before && after ? 1 : 0;
    ledger.broken += before && !after ? 1 : 0;
    if (after)
        trial.right[image / 64] |= std::uint64_t(1) << (image % 64);
}

/// What the first n copies of every image take, n = 0 …: passes and distinct variants.
struct Costs {
    std::int64_t passes = 0;
    std::int64_t variants = 0;
};
std::vector<Costs> costsOf(const VoteTable& table, int copies)
{
    std::vector<Costs> added(static_cast<std::size_t>(copies) + 1); // by the n-th alone
    std::vector<std::uint32_t> met;
    for (std::size_t image = 0; image < table.size(); ++image) {
        const auto original = table.row(image, 0);
        ++added[0].passes;
        met.clear();
        for (int n = 1; n <= copies; ++n) {
            const auto row = table.row(image, n);
            if (std::ranges::find(met, row) != met.end())
                continue;
            met.push_back(row);
            ++added[static_cast<std::size_t>(n)].variants;
            added[static_cast<std::size_t>(n)].passes += row == original ? 0 : 1;
        }
    }
    for (std::size_t n = 1; n < added.size(); ++n) {
        added[n].passes += added[n - 1].passes;
        added[n].variants += added[n - 1].variants;
    }
    return added;
}

void mergeGroup(const Group& group, const VoteTable& table, std::size_t first, const Job& job)
{
    const auto start = std::chrono::steady_clock::now();
    VoteMerger merger(group.front()->configuration.vote, table.classes);
    std::vector<double> scores(static_cast<std::size_t>(table.classes));
    for (std::size_t image = 0; image < table.size(); ++image) {
        if (image % 64 == 0)
            job.throwIfStopped();
        const auto label = static_cast<std::size_t>(table.labels[image]);
        const auto original = table.view(image, 0);
        const bool before = static_cast<std::size_t>(argmax(original)) == label;
        merger.start(table.outputs(image, 0));
        int copies = 0;
        for (auto* const trial : group) {
            while (copies < trial->configuration.copies)
                merger.add(table.outputs(image, ++copies));
            const bool after = static_cast<std::size_t>(merger.merge(scores).predicted) == label;
            addImage(*trial, first + image, before, after);
            add(trial->nll, scores[label]);
            add(trial->baselineNll, static_cast<double>(original[label]));
        }
    }
    // A view added costs about as much as a vote merged: alone each would have taken its part.
    const double seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    const double all = group.back()->configuration.copies + static_cast<double>(group.size());
    for (auto* const trial : group)
        trial->seconds += seconds * (trial->configuration.copies + 1) / all;
}

} // namespace

void addVotes(std::span<Trial* const> trials, const VoteTable& table, std::size_t first,
    int threads, const Job& job)
{
    if (trials.empty())
        return;
    requireLabels(table);
    std::vector<Trial> changed;
    int mostCopies = 0;
    for (const auto* const trial : trials) {
        requireMergeable(table, trial->configuration.copies, trial->configuration.vote);
        mostCopies = std::max(mostCopies, trial->configuration.copies);
        changed.push_back(*trial);
        changed.back().right.resize((first + table.size() + 63) / 64);
    }
    const auto groups = grouped(changed);
    forEachInParallel(groups.size(), threads, {job.stop, {}}, "merging",
        [&](std::size_t i) { mergeGroup(groups[i], table, first, job); });

    const auto costs = costsOf(table, mostCopies);
    for (std::size_t i = 0; i < trials.size(); ++i) {
        const auto& cost = costs[static_cast<std::size_t>(changed[i].configuration.copies)];
        changed[i].comparison.forwardPasses += cost.passes;
        changed[i].comparison.variants += cost.variants;
        *trials[i] = std::move(changed[i]);
    }
}

void addVotes(Trial& trial, const VoteTable& table, std::size_t first)
{
    Trial* const one = &trial;
    addVotes(std::span(&one, 1), table, first, 1);
}

} // namespace augury
