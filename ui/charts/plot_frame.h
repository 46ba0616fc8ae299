// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/plot.h"

#include <QFont>

namespace augury {

/// Grid, ticks, tick labels and titles around a plot area.
class PlotFrame : public QGraphicsItem {
public:
    explicit PlotFrame(QGraphicsItem* parent);

    void setLooks(AxisLook x, AxisLook y);
    void setRanges(const AxisRange& x, const AxisRange& y);
    void setRoom(double right, double aboveAndBelow); ///< in pixels
    void setStyle(const ChartStyle& style, const QFont& font);
    void setArea(const QRectF& outer, const QRectF& plotArea);

    const QRectF& plotArea() const { return m_plotArea; }
    const AxisRange& xRange() const { return m_xRange; }
    const AxisRange& yRange() const { return m_yRange; }
    /// The ranges that fill the plot area: the axes' and the room for markers at their ends.
    AxisRange drawnX() const;
    AxisRange drawnY() const;
    const AxisLook& xLook() const { return m_x; }
    const AxisLook& yLook() const { return m_y; }
    QPointF map(const QPointF& data) const;
    QPointF unmap(const QPointF& position) const;

    QRectF boundingRect() const override { return m_outer; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    void paintX(QPainter& painter) const;
    void paintY(QPainter& painter) const;

    AxisLook m_x;
    AxisLook m_y;
    AxisRange m_xRange;
    AxisRange m_yRange;
    ChartStyle m_style;
    QFont m_font;
    QRectF m_outer;
    QRectF m_plotArea;
    double m_roomRight = 0;
    double m_roomAbove = 0;
};

constexpr double tickLength = 4;
constexpr double labelGap = 5; ///< tick to label, label to title

} // namespace augury
