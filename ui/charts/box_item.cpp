// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/box_item.h"

#include "ui/charts/hatch.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace augury {

namespace {

constexpr double boxWidth = 0.46; // of the distance between two
constexpr double widestBox = 90; // pixels
constexpr double markerSize = 8;

} // namespace

BoxItem::BoxItem(Plot& plot)
    : QGraphicsItem(&plot.chart())
    , m_plot(plot)
{
    setZValue(1000);
}

void BoxItem::setBoxes(std::vector<Box> boxes)
{
    m_boxes = std::move(boxes);
    update();
}

void BoxItem::setStyle(const ChartStyle& style)
{
    m_style = style;
    update();
}

QRectF BoxItem::boundingRect() const
{
    return m_plot.plotArea()
        .translated(-m_plot.chart().pos())
        .adjusted(-markerSize, -markerSize, markerSize, markerSize);
}

void BoxItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*)
{
    painter->setRenderHint(QPainter::Antialiasing);
    for (const Box& box : m_boxes) {
        if (box.points.empty() && box.stats.n > 0)
            paintBox(*painter, box);
        paintPoints(*painter, box, box.points.empty() ? box.stats.outliers : box.points);
    }
}

void BoxItem::paintBox(QPainter& painter, const Box& box) const
{
    const auto place = [&](double value) { return m_plot.toChart({box.x, value}); };
    const double column = m_plot.toChart({box.x + 1, 0}).x() - m_plot.toChart({box.x, 0}).x();
    const double half = std::round(std::min(column * boxWidth, widestBox) / 2);
    const QPointF across(half, 0);
    const QPointF top = place(box.stats.upperQuartile);
    const QPointF bottom = place(box.stats.lowerQuartile);

    painter.setPen(QPen(box.colour, 1.6, Qt::SolidLine, Qt::FlatCap));
    painter.drawLine(place(box.stats.high), top);
    painter.drawLine(bottom, place(box.stats.low));
    for (const double end : {box.stats.high, box.stats.low})
        painter.drawLine(place(end) - across / 2, place(end) + across / 2);

    const QRectF rectangle(top - across, bottom + across);
    if (box.hatched) {
        paintHatchedBar(painter, rectangle, box.colour);
    } else {
        QColor wash = box.colour;
        wash.setAlphaF(0.35F);
        painter.fillRect(rectangle, wash);
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(box.colour, 1.6, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
    painter.drawRect(rectangle);
    const QPointF median = place(box.stats.median);
    painter.setPen(QPen(m_style.background, 5, Qt::SolidLine, Qt::FlatCap));
    painter.drawLine(median - across, median + across);
    painter.setPen(QPen(m_style.text, 2.4, Qt::SolidLine, Qt::FlatCap));
    painter.drawLine(median - across, median + across);
}

void BoxItem::paintPoints(
    QPainter& painter, const Box& box, const std::vector<double>& values) const
{
    for (const double value : values)
        paintMarker(painter, box.marker, m_plot.toChart({box.x, value}), markerSize, box.colour,
            m_style.background);
}

} // namespace augury
