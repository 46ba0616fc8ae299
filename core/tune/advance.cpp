// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tune/advance.h"

#include "core/tune/vote_adding.h"

#include <algorithm>
#include <map>

namespace augury {

namespace {

int mostCopiesAmong(const Search& search, const TrialPlaces& places)
{
    int most = 0;
    for (const auto place : places)
        most = std::max(most, search.trials[place].configuration.copies);
    return most;
}

/// Those that lack images, by how many they have: begun trials may have been stopped apart.
std::map<std::size_t, TrialPlaces> byImages(
    const Search& search, const TrialPlaces& places, std::size_t images)
{
    std::map<std::size_t, TrialPlaces> groups;
    for (const auto place : places) {
        const auto has = static_cast<std::size_t>(search.trials[place].images());
        if (has < images)
            groups[has].push_back(place);
    }
    return groups;
}

std::int64_t viewsOfGroup(
    const Search& search, const TrialPlaces& places, std::size_t from, std::size_t to)
{
    return static_cast<std::int64_t>(to - from) * (mostCopiesAmong(search, places) + 1);
}

} // namespace

std::int64_t viewsOf(const Search& search, const TrialPlaces& places, std::size_t images)
{
    std::int64_t views = 0;
    for (const auto& [from, group] : byImages(search, places, images))
        views += viewsOfGroup(search, group, from, images);
    return views;
}

void advance(Search& search, const TrialPlaces& places, std::size_t images, Effort& effort)
{
    for (const auto& [from, group] : byImages(search, places, images)) {
        search.job.throwIfStopped();
        const auto views = viewsOfGroup(search, group, from, images);
        Job job{search.job.stop, {}};
        if (search.job.onProgress)
            job.onProgress = [&, all = views](const Progress& progress) {
                const double share = progress.total > 0
                    ? static_cast<double>(progress.done) / static_cast<double>(progress.total)
                    : 0;
                search.job.report("trying configurations",
                    effort.done + static_cast<std::int64_t>(share * static_cast<double>(all)),
                    effort.total);
            };

        std::vector<Trial*> trials;
        std::vector<std::int64_t> passes;
        for (const auto place : group) {
            trials.push_back(&search.trials[place]);
            passes.push_back(trials.back()->comparison.forwardPasses);
        }
        const auto table =
            search.cache.votes(trials.front()->configuration.policy, mostCopiesAmong(search, group),
                search.spec.seed, std::span(search.order).subspan(from, images - from), job);
        addVotes(trials, table, from, search.cache.threads(), job);

        std::vector<Trial> changed;
        for (std::size_t i = 0; i < trials.size(); ++i) {
            auto& trial = *trials[i];
            trial.seconds += search.cache.secondsPerPass()
                * static_cast<double>(trial.comparison.forwardPasses - passes[i]);
            if (images == search.order.size())
                trial.state = Trial::State::Finished;
            changed.push_back(trial);
        }
        effort.done += views;
        search.job.report("trying configurations", effort.done, effort.total);
        search.tell(changed);
    }
}

std::vector<TrialPlaces> waitingByPolicy(const Search& search)
{
    std::vector<TrialPlaces> lists;
    for (std::size_t i = 0; i < search.trials.size(); ++i) {
        const auto& trial = search.trials[i];
        if (trial.state != Trial::State::Waiting)
            continue;
        const bool same = !lists.empty()
            && search.trials[lists.back().front()].configuration.policy
                == trial.configuration.policy;
        if (same)
            lists.back().push_back(i);
        else
            lists.push_back({i});
    }
    return lists;
}

void advanceEach(Search& search)
{
    const auto lists = waitingByPolicy(search);
    Effort effort;
    for (const auto& places : lists)
        effort.total += viewsOf(search, places, search.order.size());
    for (const auto& places : lists)
        advance(search, places, search.order.size(), effort);
}

} // namespace augury
