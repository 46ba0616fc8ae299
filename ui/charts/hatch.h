// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QRectF>

class QPainter;

namespace augury {

/// A bar with an outline and slanted lines, drawn line by line: a brush's pattern would be of
/// another size in a file and at another scale of the screen.
void paintHatchedBar(QPainter& painter, const QRectF& bar, const QColor& colour);

/// Slanted lines alone, over what is there: a text remains readable.
void paintSparseHatch(QPainter& painter, const QRectF& place, const QColor& colour);

} // namespace augury
