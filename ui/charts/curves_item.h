// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/plot.h"
#include "ui/charts/series_look.h"

#include <optional>
#include <vector>

namespace augury {

/// Several curves with their marks, a band, a level line, rings, and a frame around a point. Owned
/// by the plot's chart, and cut off where that ends.
class CurvesItem : public QGraphicsItem {
public:
    struct Curve {
        QList<QPointF> points; ///< by x, in data coordinates
        QList<QPointF> lower; ///< the band's edges; empty: none
        QList<QPointF> upper;
        SeriesLook look;
        bool marked = true; ///< a mark on each point
        std::optional<QPointF> ring;
    };

    explicit CurvesItem(Plot& plot);
    void setCurves(
        std::vector<Curve> curves, std::optional<double> level, const QColor& levelColour);
    void setFramed(std::optional<QPointF> point);
    void setStyle(const ChartStyle& style);

    QRectF boundingRect() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    QPolygonF mapped(const QList<QPointF>& points) const;

    Plot& m_plot;
    std::vector<Curve> m_curves;
    std::optional<double> m_level;
    QColor m_levelColour;
    std::optional<QPointF> m_framed;
    ChartStyle m_style;
};

constexpr double curveMark = 8; ///< pixels
constexpr double curveRing = 17;
constexpr double curveFrame = 19;

} // namespace augury
