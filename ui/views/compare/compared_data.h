// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/run_data.h"
#include "ui/session/repeats_run.h"

#include <memory>
#include <optional>
#include <vector>

namespace augury {

/// What the panes of the Compare page draw.
struct ComparedData {
    std::shared_ptr<const RepeatsRun> front; ///< null: none
    std::vector<RunData> runs; ///< all that are shown, with their looks; the front one among them
    double negligible = 0; ///< in points; 0: no zone
    std::optional<int> repeat; ///< index of the one whose images are shown; none: all, summed

    bool hasRepeats() const { return front && !front->outcome.repeats.empty(); }
    const RunData* frontData() const
    {
        for (const auto& run : runs) {
            if (front && run.id == front->id)
                return &run;
        }
        return nullptr;
    }
};

} // namespace augury
