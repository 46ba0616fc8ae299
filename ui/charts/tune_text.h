// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/tune_data.h"

/// A trial's figures as the charts of tuning write them.
namespace augury::tune_text {

/// Percent, points, nats; NaN where the trial has none.
struct Figure {
    double value = 0;
    double low = 0; ///< 95 %; NaN: none
    double high = 0;
};
Figure figure(const Trial& trial, TuneMeasure measure);
/// The baseline's on the same images; empty for the log-likelihood, which it has none of.
std::optional<double> baseline(const Trial& trial, TuneMeasure measure);

/// Comparison::liftCi95() in points. Remembered, since a search asks for the same ones at every
/// update. For the UI thread.
Interval liftInterval(const Comparison& comparison);

/// Trial::index of the one that judge() finds best; −1: none is finished.
int best(std::span<const Trial> trials);

QString axisTitle(TuneMeasure measure); ///< "accuracy (%)"
QString unit(TuneMeasure measure); ///< " %", " points", " nats"
QString number(TuneMeasure measure, double value); ///< "69.82", "+1.22", "0.912"
int decimals(TuneMeasure measure);

/// "+1.22 (0.81 … 1.59)"
QString lift(double points, double low, double high);
/// Everything about it, a line a figure, the configuration first.
QString about(const Trial& trial);
/// What about() needs of it.
std::shared_ptr<const Trial> facts(const Trial& trial);
QString name(const Configuration& configuration);

} // namespace augury::tune_text
