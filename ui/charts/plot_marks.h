// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/marker.h"
#include "ui/charts/plot.h"

#include <vector>

/// Items in a plot's coordinates, owned by its chart. For ui/charts/ alone.
namespace augury {

struct DataMark {
    QPointF at; ///< data coordinates
    MarkerShape shape = MarkerShape::Circle;
    QColor colour;
};

/// Markers of several shapes and colours.
class DataMarkers : public QGraphicsItem {
public:
    DataMarkers(Plot& plot, double z);
    void setMarks(std::vector<DataMark> marks);
    void setLook(double size, const QColor& edge);
    /// The mark nearest to a place in the root's coordinates, −1 when none is within `reach`.
    int markAt(const QPointF& root, double reach) const;

    QRectF boundingRect() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    Plot& m_plot;
    std::vector<DataMark> m_marks;
    double m_size = 8;
    QColor m_edge;
};

struct IntervalMark {
    double at = 0; ///< on the other axis
    double mean = 0;
    double low = 0; ///< not finite: the mean alone
    double high = 0;
    MarkerShape shape = MarkerShape::Circle;
    QColor colour;
    bool hollow = false; ///< its marker
};

/// Means with their intervals as whiskers. One that leaves the plot ends in an arrow there, not in
/// a cap: it goes on.
class IntervalMarks : public QGraphicsItem {
public:
    IntervalMarks(Plot& plot, Qt::Orientation whiskers, double z);
    void setMarks(std::vector<IntervalMark> marks);
    void setLook(double markerSize, const QColor& edge);

    QRectF boundingRect() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    void paintEnd(QPainter& painter, const QPointF& end, const QPointF& outward, bool cut) const;

    Plot& m_plot;
    Qt::Orientation m_whiskers;
    std::vector<IntervalMark> m_marks;
    double m_size = 10;
    QColor m_edge;
};

/// The zone from −reach to +reach, shaded between two dotted lines, and the line of zero.
class ZeroZone : public QGraphicsItem {
public:
    /// Horizontal: values are on the y axis, the zone lies level.
    ZeroZone(Plot& plot, Qt::Orientation orientation, double z);
    void setReach(double reach); ///< 0: the line alone
    void setStyle(const ChartStyle& style);

    QRectF boundingRect() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    QLineF lineAt(double value) const;

    Plot& m_plot;
    Qt::Orientation m_orientation;
    double m_reach = 0;
    ChartStyle m_style;
};

} // namespace augury
