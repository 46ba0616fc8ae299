// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chart_style.h"
#include "ui/charts/marker.h"

#include <QPen>

#include <cstddef>

namespace augury {

/// How one of several lines is drawn: colours differ up to eight, and shape and dash together up to
/// ten, for whom colours look alike.
struct SeriesLook {
    QColor colour;
    MarkerShape marker = MarkerShape::Circle;
    Qt::PenStyle dash = Qt::SolidLine;
};

SeriesLook seriesLook(const ChartStyle& style, std::size_t place);

} // namespace augury
