// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/box_stats.h"
#include "ui/charts/marker.h"
#include "ui/charts/plot.h"

#include <vector>

namespace augury {

struct Box {
    double x = 0; ///< of its middle
    BoxStats stats;
    std::vector<double> points; ///< drawn as they are, in place of the box; empty: the box
    QColor colour;
    MarkerShape marker = MarkerShape::Circle; ///< of points and outliers
    bool hatched = false;
};

/// Standing box plots in a plot's coordinates. Owned by the plot's chart.
class BoxItem : public QGraphicsItem {
public:
    explicit BoxItem(Plot& plot);
    void setBoxes(std::vector<Box> boxes);
    void setStyle(const ChartStyle& style);

    QRectF boundingRect() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    void paintBox(QPainter& painter, const Box& box) const;
    void paintPoints(QPainter& painter, const Box& box, const std::vector<double>& values) const;

    Plot& m_plot;
    std::vector<Box> m_boxes;
    ChartStyle m_style;
};

} // namespace augury
