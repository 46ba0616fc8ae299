// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/axis_range.h"
#include "ui/charts/tune_data.h"

/// What a curve of tuning looks like, without a widget.
namespace augury::curve_shape {

/// One of its points.
struct Place {
    std::size_t series = 0;
    std::size_t point = 0;
};

bool isEmpty(const TuneCurve& curve);
const TunePoint& at(const TuneCurve& curve, const Place& place);
Place best(const TuneCurve& curve); ///< of a curve that is not empty; of equals the first
std::optional<Place> placeOfTrial(const TuneCurve& curve, int trial);
bool hasInterval(const TunePoint& point);

AxisRange xRange(const TuneCurve& curve);
/// Around points, baseline and intervals; these as far as they do not dwarf the curves.
AxisRange yRange(const TuneCurve& curve, const AxisRange& previous);

QString valueText(const TuneCurve& curve, double value); ///< with its unit
QString xText(const TuneCurve& curve, double x);
QString summary(const TuneCurve& curve); ///< of one that is not empty

} // namespace augury::curve_shape
