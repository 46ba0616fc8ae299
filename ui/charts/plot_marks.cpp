// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/plot_marks.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace augury {

namespace {

QRectF areaOf(const Plot& plot, const QGraphicsItem& chart)
{
    return plot.plotArea().translated(-chart.pos());
}

} // namespace

DataMarkers::DataMarkers(Plot& plot, double z)
    : QGraphicsItem(&plot.chart())
    , m_plot(plot)
{
    setZValue(z);
}

void DataMarkers::setMarks(std::vector<DataMark> marks)
{
    m_marks = std::move(marks);
    update();
}

void DataMarkers::setLook(double size, const QColor& edge)
{
    m_size = size;
    m_edge = edge;
    update();
}

int DataMarkers::markAt(const QPointF& root, double reach) const
{
    int nearest = -1;
    for (std::size_t i = 0; i < m_marks.size(); ++i) {
        const double distance = QLineF(m_plot.toRoot(m_marks[i].at), root).length();
        if (distance <= reach) {
            reach = distance;
            nearest = static_cast<int>(i);
        }
    }
    return nearest;
}

QRectF DataMarkers::boundingRect() const
{
    return areaOf(m_plot, m_plot.chart()).adjusted(-m_size, -m_size, m_size, m_size);
}

void DataMarkers::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*)
{
    painter->setRenderHint(QPainter::Antialiasing);
    for (const DataMark& mark : m_marks)
        paintMarker(*painter, mark.shape, m_plot.toChart(mark.at), m_size, mark.colour, m_edge);
}

IntervalMarks::IntervalMarks(Plot& plot, Qt::Orientation whiskers, double z)
    : QGraphicsItem(&plot.chart())
    , m_plot(plot)
    , m_whiskers(whiskers)
{
    setZValue(z);
}

void IntervalMarks::setMarks(std::vector<IntervalMark> marks)
{
    m_marks = std::move(marks);
    update();
}

void IntervalMarks::setLook(double markerSize, const QColor& edge)
{
    m_size = markerSize;
    m_edge = edge;
    update();
}

QRectF IntervalMarks::boundingRect() const
{
    return areaOf(m_plot, m_plot.chart()).adjusted(-m_size, -m_size, m_size, m_size);
}

void IntervalMarks::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*)
{
    painter->setRenderHint(QPainter::Antialiasing);
    const bool level = m_whiskers == Qt::Horizontal;
    const AxisRange& range = level ? m_plot.xRange() : m_plot.yRange();
    for (const IntervalMark& mark : m_marks) {
        const auto place = [&](double value) {
            return m_plot.toChart(level ? QPointF(value, mark.at) : QPointF(mark.at, value));
        };
        if (std::isfinite(mark.low) && std::isfinite(mark.high)) {
            const QPointF from = place(std::max(mark.low, range.low));
            const QPointF to = place(std::min(mark.high, range.high));
            const QPointF outward = level ? QPointF(1, 0) : QPointF(0, -1);
            // A halo keeps it apart from the points that it crosses.
            for (const auto& [colour, width] :
                {std::pair{m_edge, 4.4}, std::pair{mark.colour, 2.0}}) {
                painter->setPen(QPen(colour, width, Qt::SolidLine, Qt::FlatCap));
                painter->drawLine(from, to);
                paintEnd(*painter, from, -outward, mark.low < range.low);
                paintEnd(*painter, to, outward, mark.high > range.high);
            }
        }
        paintMarker(*painter, mark.shape, place(mark.mean), m_size, mark.colour, m_edge);
        if (mark.hollow)
            paintMarker(*painter, mark.shape, place(mark.mean), m_size * 0.52, m_edge, {});
    }
}

void IntervalMarks::paintEnd(
    QPainter& painter, const QPointF& end, const QPointF& outward, bool cut) const
{
    const double half = m_size * 0.42;
    const QPointF across(outward.y() * half, outward.x() * half);
    const QPointF back = cut ? outward * half : QPointF();
    painter.drawLine(end - back - across, end);
    painter.drawLine(end, end - back + across);
}

ZeroZone::ZeroZone(Plot& plot, Qt::Orientation orientation, double z)
    : QGraphicsItem(&plot.chart())
    , m_plot(plot)
    , m_orientation(orientation)
{
    setZValue(z);
}

void ZeroZone::setReach(double reach)
{
    m_reach = reach;
    update();
}

void ZeroZone::setStyle(const ChartStyle& style)
{
    m_style = style;
    update();
}

QRectF ZeroZone::boundingRect() const
{
    return areaOf(m_plot, m_plot.chart());
}

QLineF ZeroZone::lineAt(double value) const
{
    const QRectF area = boundingRect();
    if (m_orientation == Qt::Horizontal) {
        const double y = m_plot.toChart(QPointF(m_plot.xRange().low, value)).y();
        return {area.left(), y, area.right(), y};
    }
    const double x = m_plot.toChart(QPointF(value, m_plot.yRange().low)).x();
    return {x, area.top(), x, area.bottom()};
}

void ZeroZone::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*)
{
    if (!m_plot.xRange().isValid() || !m_plot.yRange().isValid())
        return;
    painter->setRenderHint(QPainter::Antialiasing, false);
    const QRectF area = boundingRect();
    const QLineF lowest = lineAt(-m_reach);
    const QLineF highest = lineAt(m_reach);
    if (m_reach > 0) {
        QColor wash = m_style.mutedText;
        wash.setAlpha(m_style.dark ? 52 : 38);
        painter->fillRect(QRectF(lowest.p1(), highest.p2()).normalized() & area, wash);
        painter->setPen(QPen(m_style.axis, 1, Qt::DotLine));
        for (const QLineF& edge : {lowest, highest})
            if (area.contains(edge.center()))
                painter->drawLine(edge);
    }
    painter->setPen(QPen(m_style.axis, 1));
    if (const QLineF zero = lineAt(0); area.contains(zero.center()))
        painter->drawLine(zero);
}

} // namespace augury
