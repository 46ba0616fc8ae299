// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/hatch.h"

#include <QLineF>
#include <QPainter>
#include <QVector>

#include <algorithm>

namespace augury {

namespace {

/// Of 45°: from the lower edge, or where they enter from the left, to the upper edge, or where they
/// leave at the right.
QVector<QLineF> slantedLines(const QRectF& inner, double spacing)
{
    QVector<QLineF> lines;
    for (double x = inner.left() - inner.height() + spacing; x < inner.right(); x += spacing) {
        const double from = std::max(x, inner.left());
        const double to = std::min(x + inner.height(), inner.right());
        lines.append({from, inner.bottom() - (from - x), to, inner.bottom() - (to - x)});
    }
    return lines;
}

} // namespace

void paintSparseHatch(QPainter& painter, const QRectF& place, const QColor& colour)
{
    painter.setPen(QPen(colour, 1.6, Qt::SolidLine, Qt::FlatCap));
    painter.drawLines(slantedLines(place, 6));
}

void paintHatchedBar(QPainter& painter, const QRectF& bar, const QColor& colour)
{
    constexpr double spacing = 4;
    constexpr double outline = 1;
    if (bar.width() <= 0)
        return;
    if (bar.width() <= 2 * outline || bar.height() <= 2 * outline) {
        painter.fillRect(bar, colour);
        return;
    }
    QColor wash = colour;
    wash.setAlphaF(0.16F);
    painter.fillRect(bar, wash);
    const double half = outline / 2;
    const QRectF inner = bar.adjusted(half, half, -half, -half);
    painter.setPen(QPen(colour, 1, Qt::SolidLine, Qt::FlatCap));
    painter.drawLines(slantedLines(inner, spacing));
    painter.setPen(QPen(colour, outline, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(inner);
}

} // namespace augury
