// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tune/judgement.h"
#include "ui/session/tune_run.h"

#include <optional>
#include <vector>

namespace augury {

/// What the panes of the Tune page draw: a search at one moment.
struct TuneShown {
    TuneRun run;
    std::vector<Trial> trials; ///< begun, by index
    std::optional<Judgement> judgement; ///< while nothing runs
    int best = -1; ///< index; −1: none yet
    int chosen = -1; ///< index; the user's, or else the best
    std::optional<double> costLimit; ///< that the user asked for
    Split pictures; ///< images that views are shown on; empty: none at hand
    std::size_t picture = 0; ///< place in it

    const Trial* chosenTrial() const;
    bool hasPictures() const { return pictures.images && pictures.size() > 0; }
};

/// With its judgement where it does not run. `chosen`: what the user chose; −1: the best.
TuneShown shownOf(const TuneRun& run, int chosen);

/// Configurations that were looked at: of a search that runs, as far as its trials tell.
std::int64_t triedSoFar(const TuneRun& run);

/// Index of the highest lift among the finished, or else those of the most images; of equals the
/// cheaper. Quick, for while a search runs. −1: none.
int bestSoFar(const std::vector<Trial>& trials);

} // namespace augury
