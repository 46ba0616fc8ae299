// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/plot_frame.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

namespace augury {

PlotFrame::PlotFrame(QGraphicsItem* parent)
    : QGraphicsItem(parent)
{
    setZValue(-0.5); // under every series
}

void PlotFrame::setLooks(AxisLook x, AxisLook y)
{
    m_x = std::move(x);
    m_y = std::move(y);
    update();
}

void PlotFrame::setRanges(const AxisRange& x, const AxisRange& y)
{
    m_xRange = x;
    m_yRange = y;
    update();
}

void PlotFrame::setStyle(const ChartStyle& style, const QFont& font)
{
    m_style = style;
    m_font = font;
    update();
}

void PlotFrame::setArea(const QRectF& outer, const QRectF& plotArea)
{
    prepareGeometryChange();
    m_outer = outer;
    m_plotArea = plotArea;
}

void PlotFrame::setRoom(double right, double aboveAndBelow)
{
    m_roomRight = right;
    m_roomAbove = aboveAndBelow;
    update();
}

AxisRange PlotFrame::drawnX() const
{
    AxisRange range = m_xRange;
    const double usable = std::max(1.0, m_plotArea.width() - m_roomRight);
    range.high += (range.high - range.low) * m_roomRight / usable;
    return range;
}

AxisRange PlotFrame::drawnY() const
{
    AxisRange range = m_yRange;
    const double below = range.low == 0 ? 0 : m_roomAbove; // zero stays on the axis line
    const double usable = std::max(1.0, m_plotArea.height() - m_roomAbove - below);
    const double aPixel = (range.high - range.low) / usable;
    range.high += m_roomAbove * aPixel;
    range.low -= below * aPixel;
    return range;
}

QPointF PlotFrame::map(const QPointF& data) const
{
    const AxisRange across = drawnX();
    const AxisRange up = drawnY();
    const double x = (data.x() - across.low) / (across.high - across.low);
    const double y = (data.y() - up.low) / (up.high - up.low);
    return QPointF(
        m_plotArea.left() + x * m_plotArea.width(), m_plotArea.bottom() - y * m_plotArea.height());
}

QPointF PlotFrame::unmap(const QPointF& position) const
{
    const double x = (position.x() - m_plotArea.left()) / m_plotArea.width();
    const double y = (m_plotArea.bottom() - position.y()) / m_plotArea.height();
    const AxisRange across = drawnX();
    const AxisRange up = drawnY();
    return QPointF(across.low + x * (across.high - across.low), up.low + y * (up.high - up.low));
}

void PlotFrame::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*)
{
    if (!m_xRange.isValid() || !m_yRange.isValid() || m_plotArea.isEmpty())
        return;
    painter->setRenderHint(QPainter::Antialiasing, false);
    painter->setFont(m_font);
    paintY(*painter);
    paintX(*painter);
}

void PlotFrame::paintX(QPainter& painter) const
{
    const QFontMetricsF metrics(m_font);
    const QPen axisPen(m_style.axis, 1);

    const int decimals = m_xRange.decimals();
    double labelBottom = m_plotArea.bottom();
    if (m_x.ticks) {
        painter.setPen(axisPen);
        painter.drawLine(m_plotArea.bottomLeft(), m_plotArea.bottomRight());
        const double widest = std::max(metrics.horizontalAdvance(m_x.label(m_xRange.low, decimals)),
            metrics.horizontalAdvance(m_x.label(m_xRange.high, decimals)));
        const double needed = widest + metrics.horizontalAdvance(QStringLiteral("00"));
        const double top = m_plotArea.bottom() + tickLength + labelGap / 2;
        for (const double value : m_xRange.ticks(int(m_plotArea.width() / needed))) {
            const double x = map(QPointF(value, m_yRange.low)).x();
            if (m_x.grid) {
                painter.setPen(QPen(m_style.grid, 1));
                painter.drawLine(QPointF(x, m_plotArea.top()), QPointF(x, m_plotArea.bottom() - 1));
            }
            painter.setPen(axisPen);
            painter.drawLine(
                QPointF(x, m_plotArea.bottom()), QPointF(x, m_plotArea.bottom() + tickLength));
            const QString label = m_x.label(value, decimals);
            painter.setPen(m_style.mutedText);
            painter.drawText(
                QPointF(x - metrics.horizontalAdvance(label) / 2, top + metrics.ascent()), label);
        }
        labelBottom = top + metrics.height();
    }
    if (!m_x.title.isEmpty()) {
        painter.setPen(m_style.mutedText);
        const double width = metrics.horizontalAdvance(m_x.title);
        painter.drawText(QPointF(m_plotArea.center().x() - width / 2,
                             labelBottom + labelGap / 2 + metrics.ascent()),
            m_x.title);
    }
}

void PlotFrame::paintY(QPainter& painter) const
{
    const QFontMetricsF metrics(m_font);
    const int decimals = m_yRange.decimals();
    if (m_y.ticks) {
        const int most = int(m_plotArea.height() / (1.5 * metrics.height())) + 1;
        for (const double value : m_yRange.ticks(most)) {
            const double y = map(QPointF(m_xRange.low, value)).y();
            if (m_y.grid && y < m_plotArea.bottom() - 1) {
                painter.setPen(QPen(m_style.grid, 1));
                painter.drawLine(QPointF(m_plotArea.left(), y), QPointF(m_plotArea.right(), y));
            }
            const QString label = m_y.label(value, decimals);
            painter.setPen(m_style.mutedText);
            painter.drawText(
                QPointF(m_plotArea.left() - labelGap - metrics.horizontalAdvance(label),
                    y + metrics.capHeight() / 2),
                label);
        }
    }
    // Above the axis and level: quicker to read than along it, and it costs no width.
    painter.setPen(m_style.mutedText);
    painter.drawText(
        QPointF(m_outer.left(), m_plotArea.top() - metrics.height() * 0.55 - metrics.descent()),
        m_y.title);
}

} // namespace augury
