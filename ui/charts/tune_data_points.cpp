// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/tune_data.h"

#include "core/tune/judgement.h"
#include "ui/charts/tune_text.h"

#include <cmath>

namespace augury {

std::vector<ParetoPoint> paretoPoints(std::span<const Trial> trials)
{
    std::vector<bool> onFront(trials.size());
    for (const std::size_t place : paretoFront(trials))
        onFront[place] = true;
    const int best = tune_text::best(trials);
    std::vector<ParetoPoint> points;
    for (std::size_t i = 0; i < trials.size(); ++i) {
        const Trial& trial = trials[i];
        if (trial.images() <= 0)
            continue;
        const Interval interval = tune_text::liftInterval(trial.comparison);
        points.push_back({.cost = trial.comparison.cost(),
            .lift = 100 * trial.comparison.lift(),
            .low = interval.low,
            .high = interval.high,
            .trial = trial.index,
            .onFront = onFront[i],
            .best = best >= 0 && trial.index == best,
            .faded = trial.state == Trial::State::Dropped,
            .toolTip = tune_text::about(trial)});
    }
    return points;
}

std::vector<ForestRow> forestRows(std::span<const Confirmation> confirmations)
{
    const auto markOf = [](const Comparison& comparison) {
        const Interval interval = tune_text::liftInterval(comparison);
        return ForestRow::Mark{100 * comparison.lift(), interval.low, interval.high};
    };
    std::vector<ForestRow> rows;
    for (const Confirmation& confirmation : confirmations) {
        ForestRow row;
        row.name = tune_text::name(confirmation.configuration);
        if (confirmation.search)
            row.search = markOf(*confirmation.search);
        row.test = markOf(confirmation.test);
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace augury
