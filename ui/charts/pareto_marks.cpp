// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/pareto_marks.h"

#include "ui/charts/marker.h"

#include <QPainter>
#include <QPolygonF>

#include <algorithm>
#include <cmath>

namespace augury {

namespace {

constexpr std::size_t crowd = 150; // points, from where on marks are small

} // namespace

ParetoMarks::ParetoMarks(Plot& plot)
    : QGraphicsItem(&plot.chart())
    , m_plot(plot)
{
    setZValue(1000);
}

void ParetoMarks::setPoints(std::vector<ParetoPoint> points)
{
    m_points = std::move(points);
    update();
}

void ParetoMarks::setCostLimit(std::optional<double> cost)
{
    m_costLimit = cost;
    update();
}

void ParetoMarks::setFramed(std::optional<QPointF> point)
{
    m_framed = point;
    update();
}

void ParetoMarks::setStyle(const ChartStyle& style)
{
    m_style = style;
    update();
}

QRectF ParetoMarks::boundingRect() const
{
    const double reach = paretoRing;
    return m_plot.plotArea()
        .translated(-m_plot.chart().pos())
        .adjusted(-reach, -reach, reach, reach);
}

QPointF ParetoMarks::placeOf(const ParetoPoint& point) const
{
    return m_plot.toChart({point.cost, point.lift});
}

QList<QPointF> ParetoMarks::frontLine() const
{
    QList<QPointF> front;
    for (const ParetoPoint& point : m_points)
        if (point.onFront)
            front.append({point.cost, point.lift});
    std::sort(front.begin(), front.end(), [](const QPointF& a, const QPointF& b) {
        return a.x() != b.x() ? a.x() < b.x() : a.y() < b.y();
    });
    QList<QPointF> line;
    for (const QPointF& point : front) {
        if (!line.isEmpty())
            line.append({point.x(), line.back().y()});
        line.append(point);
    }
    return line;
}

void ParetoMarks::paintMany(QPainter& painter) const
{
    const double size = m_points.size() > crowd ? 4.5 : 6.5;
    // Hollow below full ones: what counts lies on top.
    QColor edge = m_style.axis;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(edge, 1));
    for (const ParetoPoint& point : m_points)
        if (!point.onFront && isFaded(point))
            painter.drawEllipse(placeOf(point), size / 2 - 0.5, size / 2 - 0.5);
    painter.setPen(QPen(m_style.background, 0.6));
    painter.setBrush(m_style.mutedText);
    for (const ParetoPoint& point : m_points)
        if (!point.onFront && !isFaded(point))
            painter.drawEllipse(placeOf(point), size / 2, size / 2);
}

void ParetoMarks::paintFront(QPainter& painter) const
{
    QPolygonF line;
    for (const QPointF& point : frontLine())
        line << m_plot.toChart(point);
    if (!line.isEmpty()) {
        const double right = m_plot.plotArea().right() - m_plot.chart().pos().x();
        line << QPointF(right, line.back().y());
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(m_style.background, 4.4, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
    painter.drawPolyline(line);
    painter.setPen(QPen(m_style.tta, 2, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
    painter.drawPolyline(line);
    for (const ParetoPoint& point : m_points)
        if (point.onFront) {
            paintMarker(painter, MarkerShape::Square, placeOf(point), paretoFrontMark, m_style.tta,
                m_style.background);
            if (isFaded(point))
                paintMarker(painter, MarkerShape::Square, placeOf(point), paretoFrontMark - 4,
                    m_style.background, {});
        }
}

void ParetoMarks::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*)
{
    if (!m_plot.xRange().isValid() || !m_plot.yRange().isValid())
        return;
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF area = m_plot.plotArea().translated(-m_plot.chart().pos());
    paintMany(*painter);
    if (m_costLimit && *m_costLimit >= m_plot.xRange().low
        && *m_costLimit <= m_plot.xRange().high) {
        const double x = m_plot.toChart({*m_costLimit, m_plot.yRange().low}).x();
        painter->setPen(QPen(m_style.baseline, 2, Qt::DashLine, Qt::FlatCap));
        painter->drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
    }
    paintFront(*painter);
    painter->setBrush(Qt::NoBrush);
    for (const ParetoPoint& point : m_points)
        if (point.best)
            for (const auto& [colour, width] :
                {std::pair{m_style.background, 4.2}, std::pair{m_style.text, 1.8}}) {
                painter->setPen(QPen(colour, width));
                painter->drawEllipse(placeOf(point), paretoRing / 2, paretoRing / 2);
            }
    if (m_framed) {
        const double half = paretoRing / 2 + 1;
        const QPointF at = m_plot.toChart(*m_framed);
        for (const auto& [colour, width] :
            {std::pair{m_style.background, 4.2}, std::pair{m_style.text, 1.8}}) {
            painter->setPen(QPen(colour, width, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
            painter->drawRect(QRectF(at - QPointF(half, half), at + QPointF(half, half)));
        }
    }
}

} // namespace augury
