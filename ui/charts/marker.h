// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPointF>

class QPainter;

namespace augury {

enum class MarkerShape { Circle, Square, Diamond, Up, Down };
constexpr int markerShapes = 5;

/// All shapes look about as large at one `size`, the circle's diameter.
void paintMarker(QPainter& painter, MarkerShape shape, const QPointF& centre, double size,
    const QColor& fill, const QColor& edge);

} // namespace augury
