// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/repeats.h"

namespace augury {

namespace {

struct Series {
    std::vector<double> baseline, tta, lift;

    explicit Series(std::span<const RepeatResult> repeats)
    {
        for (const auto& repeat : repeats) {
            baseline.push_back(repeat.comparison.baselineAccuracy());
            tta.push_back(repeat.comparison.ttaAccuracy());
            lift.push_back(repeat.comparison.lift());
        }
    }
};

MeanStd meanStd(std::span<const double> values)
{
    return {mean(values), sampleStd(values)};
}

} // namespace

RepeatSummary summarise(std::span<const RepeatResult> repeats)
{
    const Series series(repeats);
    return {meanStd(series.baseline), meanStd(series.tta), meanStd(series.lift),
        tInterval(series.lift), wilcoxonSignedRankP(series.lift)};
}

} // namespace augury
