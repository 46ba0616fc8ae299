// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/ledger_labels.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

namespace augury {

namespace {
constexpr double s_calloutGap = 4; // from the bar to what stands under it
constexpr double s_strokeGap = 8; // from the stroke to the text
} // namespace

LedgerLabels::LedgerLabels(Plot& plot)
    : QGraphicsItem(&plot.chart())
    , m_plot(plot)
{
    setZValue(1001);
}

void LedgerLabels::setTexts(LedgerTexts texts)
{
    m_texts = std::move(texts);
    update();
}

void LedgerLabels::setLook(const ChartStyle& style, const QFont& font, double barThickness)
{
    m_style = style;
    m_font = font;
    m_halfBar = barThickness / 2;
    update();
}

double LedgerLabels::heightAbove() const
{
    return QFontMetricsF(m_font).height() + 2;
}

double LedgerLabels::heightBelow() const
{
    return QFontMetricsF(m_font).height() + s_calloutGap + 4;
}

QRectF LedgerLabels::boundingRect() const
{
    return m_plot.plotArea().translated(-m_plot.chart().pos());
}

void LedgerLabels::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*)
{
    painter->setFont(m_font);
    const QFontMetricsF metrics(m_font);
    painter->setPen(m_style.text);
    for (const LedgerTexts::Row& row : m_texts.rows) {
        const QPointF corner = m_plot.toChart(QPointF(0, row.y + m_halfBar));
        const double room = boundingRect().right() - corner.x() - 2;
        const bool fits = row.shorter.isEmpty() || metrics.horizontalAdvance(row.text) <= room;
        painter->drawText(
            corner + QPointF(2, -metrics.descent() - 2), fits ? row.text : row.shorter);
    }
    for (const LedgerTexts::Segment& segment : m_texts.segments) {
        const QPointF from = m_plot.toChart(QPointF(segment.from, 0));
        const QPointF to = m_plot.toChart(QPointF(segment.to, 0));
        const double width = metrics.horizontalAdvance(segment.text);
        if (width + 12 > to.x() - from.x())
            continue;
        const QColor white(Qt::white);
        const QColor black(Qt::black);
        painter->setPen(contrastRatio(white, segment.fill) > contrastRatio(black, segment.fill)
                ? white
                : black);
        painter->drawText(
            QPointF((from.x() + to.x() - width) / 2, from.y() + metrics.capHeight() / 2),
            segment.text);
    }
    paintCallout(*painter);
}

double LedgerLabels::calloutMiddle() const
{
    const QFontMetricsF metrics(m_font);
    const QRectF area = boundingRect();
    const double left = metrics.horizontalAdvance(m_texts.fixed) + s_strokeGap;
    const double right = metrics.horizontalAdvance(m_texts.broken) + s_strokeGap;
    return std::clamp(m_plot.toChart(QPointF(m_texts.boundary, 0)).x(), area.left() + left,
        std::max(area.left() + left, area.right() - right));
}

double LedgerLabels::calloutTop() const
{
    return m_plot.toChart(QPointF(m_texts.boundary, -m_halfBar)).y() + s_calloutGap;
}

QRectF LedgerLabels::fixedPlace() const
{
    const QFontMetricsF metrics(m_font);
    const double width = metrics.horizontalAdvance(m_texts.fixed);
    return {calloutMiddle() - s_strokeGap - width, calloutTop() + 2, width, metrics.height()};
}

QRectF LedgerLabels::brokenPlace() const
{
    const QFontMetricsF metrics(m_font);
    return {calloutMiddle() + s_strokeGap, calloutTop() + 2,
        metrics.horizontalAdvance(m_texts.broken), metrics.height()};
}

/// "287 fixed | 139 broken" under the bar, the stroke at their common boundary; shifted where it
/// would leave the plot.
void LedgerLabels::paintCallout(QPainter& painter) const
{
    const QFontMetricsF metrics(m_font);
    const QPointF boundary = m_plot.toChart(QPointF(m_texts.boundary, -m_halfBar));
    const double middle = calloutMiddle();
    const double top = calloutTop();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_style.axis, 1));
    painter.drawLine(QPointF(boundary.x(), boundary.y() + 1), QPointF(middle, top + 3));
    painter.drawLine(QPointF(middle, top + 3),
        QPointF(middle, top + 2 + metrics.ascent() + metrics.descent() - 1));
    painter.setPen(m_style.text);
    painter.drawText(fixedPlace().topLeft() + QPointF(0, metrics.ascent()), m_texts.fixed);
    painter.drawText(brokenPlace().topLeft() + QPointF(0, metrics.ascent()), m_texts.broken);
}

} // namespace augury
