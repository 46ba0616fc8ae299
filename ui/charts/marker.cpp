// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/marker.h"

#include <QPainter>
#include <QPolygonF>

namespace augury {

void paintMarker(QPainter& painter, MarkerShape shape, const QPointF& centre, double size,
    const QColor& fill, const QColor& edge)
{
    painter.setPen(edge.isValid() ? QPen(edge, 1) : QPen(Qt::NoPen));
    painter.setBrush(fill);
    const double r = size / 2;
    const auto polygon = [&](std::initializer_list<QPointF> corners) {
        QPolygonF shapeCorners;
        for (const QPointF& corner : corners)
            shapeCorners << centre + corner * r;
        painter.drawPolygon(shapeCorners);
    };
    switch (shape) {
    case MarkerShape::Circle:
        painter.drawEllipse(centre, r, r);
        break;
    case MarkerShape::Square:
        polygon({{-0.88, -0.88}, {0.88, -0.88}, {0.88, 0.88}, {-0.88, 0.88}});
        break;
    case MarkerShape::Diamond:
        polygon({{0, -1.3}, {1.3, 0}, {0, 1.3}, {-1.3, 0}});
        break;
    case MarkerShape::Up:
        polygon({{0, -1.2}, {1.2, 0.9}, {-1.2, 0.9}});
        break;
    case MarkerShape::Down:
        polygon({{0, 1.2}, {-1.2, -0.9}, {1.2, -0.9}});
        break;
    }
}

} // namespace augury
