// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/outcome_mark.h"

#include "ui/widgets/cached_style.h"

#include <QCoreApplication>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace augury {

namespace {

/// In a square of side 1 around the origin.
QPainterPath strokesOf(Mark mark)
{
    QPainterPath path;
    switch (mark) {
    case Mark::Right:
        path.moveTo(-0.27, 0.03);
        path.lineTo(-0.08, 0.22);
        path.lineTo(0.28, -0.21);
        break;
    case Mark::Wrong:
        path.moveTo(-0.22, -0.22);
        path.lineTo(0.22, 0.22);
        path.moveTo(0.22, -0.22);
        path.lineTo(-0.22, 0.22);
        break;
    case Mark::Fixed:
    case Mark::Broken: {
        const double up = mark == Mark::Fixed ? 1 : -1;
        path.moveTo(0, 0.25 * up);
        path.lineTo(0, -0.24 * up);
        path.moveTo(-0.2, -0.04 * up);
        path.lineTo(0, -0.25 * up);
        path.lineTo(0.2, -0.04 * up);
        break;
    }
    case Mark::None:
        break;
    }
    return path;
}

} // namespace

void paintMark(QPainter& painter, const QRectF& place, Mark mark, const QPalette& palette)
{
    if (mark == Mark::None)
        return;
    const double side = std::min(place.width(), place.height());
    const QColor colour = markColour(mark, palette);
    const QColor ground = cachedStyle(palette).background;
    const bool disc = mark == Mark::Fixed || mark == Mark::Broken;
    constexpr double ring = 0.08;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(place.center());
    painter.scale(side, side);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ground);
    painter.drawEllipse(QPointF(), 0.5, 0.5);
    if (disc) {
        painter.setBrush(colour);
        painter.drawEllipse(QPointF(), 0.5 - ring, 0.5 - ring);
    }
    painter.strokePath(strokesOf(mark),
        QPen(disc ? ground : colour, disc ? 0.12 : 0.155, Qt::SolidLine, Qt::RoundCap,
            Qt::RoundJoin));
    painter.restore();
}

QString markText(Mark mark)
{
    const auto tr = [](const char* text) {
        return QCoreApplication::translate("augury::Mark", text);
    };
    switch (mark) {
    case Mark::Right:
        return tr("right");
    case Mark::Wrong:
        return tr("wrong");
    case Mark::Fixed:
        return tr("fixed by TTA");
    case Mark::Broken:
        return tr("broken by TTA");
    case Mark::None:
        break;
    }
    return {};
}

QColor markColour(Mark mark, const QPalette& palette)
{
    const ChartStyle& style = cachedStyle(palette);
    switch (mark) {
    case Mark::Right:
    case Mark::Fixed:
        return style.fixed;
    case Mark::Wrong:
    case Mark::Broken:
        return style.broken;
    case Mark::None:
        break;
    }
    return style.mutedText;
}

Mark markOf(OutcomeKind kind)
{
    switch (kind) {
    case OutcomeKind::BothRight:
        return Mark::Right;
    case OutcomeKind::Fixed:
        return Mark::Fixed;
    case OutcomeKind::Broken:
        return Mark::Broken;
    case OutcomeKind::BothWrong:
        return Mark::Wrong;
    case OutcomeKind::Unknown:
        break;
    }
    return Mark::None;
}

} // namespace augury
