// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/search_figures.h"

#include "core/tune/judgement.h"
#include "core/tune/tune.h"
#include "core/tune/tune_json.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace augury {

SearchFigures::SearchFigures(TuneSpec spec)
    : m_spec(std::move(spec))
    , m_planned(static_cast<int>(plannedTrials(m_spec).size()))
{
}

void SearchFigures::add(std::span<const Trial> trials)
{
    std::vector<Trial> rivals;
    const auto changed = [&](int index) {
        return std::ranges::find(trials, index, &Trial::index) != trials.end();
    };
    if (m_best && !changed(m_best->index))
        rivals.push_back(*m_best);
    for (const auto& trial : trials) {
        m_trials[trial.index] = {trial.images() > 0, trial.state != Trial::State::Waiting};
        if (trial.state == Trial::State::Finished)
            rivals.push_back(trial);
    }
    if (rivals.empty())
        return;
    std::ranges::sort(rivals, {}, &Trial::index);
    const auto best = judge(rivals, static_cast<std::int64_t>(rivals.size())).best;
    if (best >= 0)
        m_best = std::move(rivals[static_cast<std::size_t>(best)]);
}

int SearchFigures::done() const
{
    return static_cast<int>(
        std::ranges::count_if(m_trials, [](const auto& seen) { return seen.second.done; }));
}

RunFigures SearchFigures::figures() const
{
    return m_best ? figuresOf(m_best->comparison) : RunFigures{};
}

std::string SearchFigures::title(const std::string& data) const
{
    const auto begun =
        std::ranges::count_if(m_trials, [](const auto& seen) { return seen.second.begun; });
    return searchTitle(data, toString(m_spec.method), triedOf(m_spec, begun),
        m_best ? std::optional(m_best->comparison.lift()) : std::nullopt);
}

} // namespace augury
