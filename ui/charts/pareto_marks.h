// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/plot.h"
#include "ui/charts/tune_data.h"

#include <optional>
#include <vector>

namespace augury {

/// A mark a configuration, the front as a stepped line, and rings and frames around some. Owned by
/// the plot's chart.
class ParetoMarks : public QGraphicsItem {
public:
    explicit ParetoMarks(Plot& plot);
    void setPoints(std::vector<ParetoPoint> points);
    const std::vector<ParetoPoint>& points() const { return m_points; }
    void setCostLimit(std::optional<double> cost);
    void setFramed(std::optional<QPointF> point);
    void setStyle(const ChartStyle& style);

    /// From the cheapest of the front on, level until a dearer one is better; data coordinates.
    QList<QPointF> frontLine() const;

    QRectF boundingRect() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    bool isFaded(const ParetoPoint& point) const
    {
        return point.faded || (m_costLimit && point.cost > *m_costLimit + 1e-9);
    }
    QPointF placeOf(const ParetoPoint& point) const;
    void paintMany(QPainter& painter) const;
    void paintFront(QPainter& painter) const;

    Plot& m_plot;
    std::vector<ParetoPoint> m_points;
    std::optional<double> m_costLimit;
    std::optional<QPointF> m_framed;
    ChartStyle m_style;
};

constexpr double paretoFrontMark = 9; ///< pixels
constexpr double paretoRing = 18;

} // namespace augury
