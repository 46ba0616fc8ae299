// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/tune_data.h"

#include "core/tune/judgement.h"
#include "ui/charts/tune_text.h"

#include <limits>

namespace augury {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

} // namespace

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
        ParetoPoint point;
        point.cost = trial.comparison.cost();
        point.lift = 100 * trial.comparison.lift();
        point.trial = trial.index;
        point.onFront = onFront[i];
        point.best = best >= 0 && trial.index == best;
        point.faded = trial.state == Trial::State::Dropped;
        const bool matters = point.onFront || point.best;
        const Interval interval =
            matters ? tune_text::liftInterval(trial.comparison) : Interval{nan, nan};
        point.low = interval.low;
        point.high = interval.high;
        point.facts = tune_text::facts(trial);
        points.push_back(std::move(point));
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
