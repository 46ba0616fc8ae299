// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/tune/tune_shown.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace augury {

namespace {

/// Larger is better.
auto rank(const Trial& trial)
{
    return std::tuple(trial.state == Trial::State::Finished, trial.images(),
        trial.comparison.lift(), -trial.comparison.cost(), -trial.index);
}

} // namespace

const Trial* TuneShown::chosenTrial() const
{
    const auto found = std::ranges::find(trials, chosen, &Trial::index);
    return found == trials.end() ? nullptr : &*found;
}

std::int64_t triedSoFar(const TuneRun& run)
{
    if (!run.running)
        return run.outcome.tried;
    const auto begun = static_cast<std::int64_t>(run.begunTrials().size());
    const auto tried = run.spec.method == TuneMethod::Greedy
        ? configurationsOf(run.spec) * begun / std::max(1, run.spec.steps)
        : begun;
    return std::max(tried, run.outcome.tried);
}

int bestSoFar(const std::vector<Trial>& trials)
{
    const auto best = std::ranges::max_element(
        trials, [](const Trial& a, const Trial& b) { return rank(a) < rank(b); });
    return best == trials.end() ? -1 : best->index;
}

TuneShown shownOf(const TuneRun& run, int chosen)
{
    TuneShown shown;
    shown.run = run;
    shown.trials = run.begunTrials();
    shown.best = bestSoFar(shown.trials);
    if (!run.running && !shown.trials.empty()) {
        shown.judgement = judge(shown.trials, run.outcome.tried);
        if (shown.judgement->best >= 0)
            shown.best = shown.judgement->best;
    }
    const bool there = std::ranges::find(shown.trials, chosen, &Trial::index) != shown.trials.end();
    shown.chosen = there ? chosen : shown.best;
    return shown;
}

} // namespace augury
