// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPalette>
#include <QRectF>

class QPainter;

namespace augury {

/// A thin line just within `area`, for a widget that paints itself and has the focus: in the
/// highlight colour, or the text's where that is too faint on `background`. Nothing is filled:
/// styles that tint the whole frame make a chart look as if something were wrong with it.
void paintFocusRing(QPainter& painter, const QRectF& area, const QPalette& palette,
    QPalette::ColorRole background = QPalette::Base);

} // namespace augury
