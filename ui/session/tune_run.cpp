// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/tune_run.h"

#include <algorithm>

namespace augury {

const Trial* TuneRun::trial(int index) const
{
    const auto& trials = outcome.trials;
    const auto found = std::ranges::lower_bound(trials, index, {}, &Trial::index);
    return found != trials.end() && found->index == index ? &*found : nullptr;
}

std::vector<Trial> TuneRun::begunTrials() const
{
    std::vector<Trial> begun;
    std::ranges::copy_if(outcome.trials, std::back_inserter(begun),
        [](const Trial& trial) { return trial.images() > 0; });
    return begun;
}

void TuneRun::put(std::span<const Trial> trials)
{
    auto& all = outcome.trials;
    for (const auto& trial : trials) {
        const auto place = std::ranges::lower_bound(all, trial.index, {}, &Trial::index);
        if (place != all.end() && place->index == trial.index)
            *place = trial;
        else
            all.insert(place, trial);
    }
}

} // namespace augury
