// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/focus_ring.h"

#include "ui/charts/chart_style.h"

#include <QPainter>

namespace augury {

void paintFocusRing(
    QPainter& painter, const QRectF& area, const QPalette& palette, QPalette::ColorRole background)
{
    constexpr double thickness = 2;
    constexpr double least = 3; // contrast of what is not text
    const QColor& highlight = palette.color(QPalette::Active, QPalette::Highlight);
    const QColor& ground = palette.color(QPalette::Active, background);
    const QColor& colour = contrastRatio(highlight, ground) >= least
        ? highlight
        : palette.color(QPalette::Active, QPalette::Text);
    // Four edges, not a stroke: sharp at every scale.
    painter.fillRect(QRectF(area.left(), area.top(), area.width(), thickness), colour);
    painter.fillRect(
        QRectF(area.left(), area.bottom() - thickness, area.width(), thickness), colour);
    const double height = area.height() - 2 * thickness;
    painter.fillRect(QRectF(area.left(), area.top() + thickness, thickness, height), colour);
    painter.fillRect(
        QRectF(area.right() - thickness, area.top() + thickness, thickness, height), colour);
}

} // namespace augury
