// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/curves_item.h"

#include <QPainter>
#include <QPolygonF>

#include <algorithm>

namespace augury {

CurvesItem::CurvesItem(Plot& plot)
    : QGraphicsItem(&plot.chart())
    , m_plot(plot)
{
    setZValue(1000);
}

void CurvesItem::setCurves(
    std::vector<Curve> curves, std::optional<double> level, const QColor& levelColour)
{
    m_curves = std::move(curves);
    m_level = level;
    m_levelColour = levelColour;
    update();
}

void CurvesItem::setFramed(std::optional<QPointF> point)
{
    m_framed = point;
    update();
}

void CurvesItem::setStyle(const ChartStyle& style)
{
    m_style = style;
    update();
}

QRectF CurvesItem::boundingRect() const
{
    const double reach = curveFrame / 2 + 2;
    return m_plot.plotArea()
        .translated(-m_plot.chart().pos())
        .adjusted(-reach, -reach, reach, reach);
}

QPolygonF CurvesItem::mapped(const QList<QPointF>& points) const
{
    QPolygonF places;
    places.reserve(points.size());
    for (const QPointF& point : points)
        places << m_plot.toChart(point);
    return places;
}

void CurvesItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*)
{
    if (!m_plot.xRange().isValid() || !m_plot.yRange().isValid())
        return;
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF area = m_plot.plotArea().translated(-m_plot.chart().pos());
    painter->save();
    painter->setClipRect(area);
    for (const Curve& curve : m_curves) {
        QPolygonF band = mapped(curve.upper);
        QPolygonF lower = mapped(curve.lower);
        std::reverse(lower.begin(), lower.end());
        band << lower;
        QColor wash = curve.look.colour;
        wash.setAlpha(m_style.dark ? 62 : 46);
        painter->setPen(Qt::NoPen);
        painter->setBrush(wash);
        painter->drawPolygon(band);
    }
    if (m_level) {
        const double y = m_plot.toChart(QPointF(m_plot.xRange().low, *m_level)).y();
        painter->setPen(QPen(m_levelColour, 2, Qt::DashLine, Qt::FlatCap));
        painter->drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
    }
    painter->setBrush(Qt::NoBrush);
    for (const Curve& curve : m_curves) {
        painter->setPen(QPen(curve.look.colour, curve.marked ? 2 : 1.4, curve.look.dash,
            Qt::FlatCap, Qt::RoundJoin));
        painter->drawPolyline(mapped(curve.points));
    }
    painter->restore();
    for (const Curve& curve : m_curves)
        if (curve.marked || curve.points.size() == 1)
            for (const QPointF& point : curve.points)
                paintMarker(*painter, curve.look.marker, m_plot.toChart(point), curveMark,
                    curve.look.colour, m_style.background);
    painter->setBrush(Qt::NoBrush);
    for (const Curve& curve : m_curves)
        if (curve.ring) {
            // A halo keeps it apart from the curves that it crosses.
            for (const auto& [colour, width] :
                {std::pair{m_style.background, 4.2}, std::pair{m_style.text, 1.8}}) {
                painter->setPen(QPen(colour, width));
                painter->drawEllipse(m_plot.toChart(*curve.ring), curveRing / 2, curveRing / 2);
            }
            paintMarker(*painter, curve.look.marker, m_plot.toChart(*curve.ring), curveMark,
                curve.look.colour, m_style.background);
            painter->setBrush(Qt::NoBrush);
        }
    if (m_framed) {
        const QPointF at = m_plot.toChart(*m_framed);
        const double half = curveFrame / 2;
        for (const auto& [colour, width] :
            {std::pair{m_style.background, 4.2}, std::pair{m_style.text, 1.8}}) {
            painter->setPen(QPen(colour, width, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
            painter->drawRect(QRectF(at - QPointF(half, half), at + QPointF(half, half)));
        }
    }
}

} // namespace augury
