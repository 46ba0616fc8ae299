// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/axis_range.h"
#include "ui/charts/chart_style.h"

#include <QAreaSeries>
#include <QChart>
#include <QGraphicsItem>
#include <QLineF>
#include <QLineSeries>
#include <QScatterSeries>
#include <QValueAxis>

#include <functional>
#include <vector>

/// One coordinate system with its series. For ui/charts/ alone: it includes Qt Charts.
namespace augury {

/// What an axis says beside its line. Tick labels are left out before they would overlap.
struct AxisLook {
    QString title; ///< with the unit: "accuracy (%)"
    std::function<QString(double value, int decimals)> label;
    bool grid = false;
    bool ticks = true; ///< labels, marks and the x axis's line
};

class PlotFrame;

/// A QChart without its own axes, legend and margins: Qt Charts' axis labels are cut with "…"
/// where space is short and its margins move with them, so the frame around the plot area (grid,
/// ticks, titles) is our own, and the plot area stays where it is while data arrive.
class Plot {
public:
    Plot(QGraphicsItem& root, QObject& owner);

    QChart& chart() { return *m_chart; }
    QLineSeries& addLine(const QString& name);
    QScatterSeries& addMarkers(const QString& name, QScatterSeries::MarkerShape shape);
    QAreaSeries& addBand(const QString& name);
    void attach(QAbstractSeries& series); ///< of a kind that has no function here

    void setAxisLooks(AxisLook x, AxisLook y);
    void setRanges(const AxisRange& x, const AxisRange& y);
    /// Pixels kept free beyond the ranges' ends, so that Qt Charts does not clip markers there.
    void setRoom(double right, double aboveAndBelow);
    const AxisRange& xRange() const;
    const AxisRange& yRange() const;
    void setStyle(const ChartStyle& style, const QFont& font);

    /// `widest` is the widest y label to leave room for.
    void setGeometry(const QRectF& outer, const QString& widest);
    QRectF plotArea() const; ///< in the root's coordinates
    QPointF toRoot(const QPointF& data) const;
    QPointF toChart(const QPointF& data) const; ///< for children of the chart
    QPointF toData(const QPointF& root) const;

private:
    void applyRanges();

    QChart* m_chart;
    QValueAxis* m_x;
    QValueAxis* m_y;
    PlotFrame* m_frame;
    QFont m_font;
};

/// Lines in data coordinates that no series of Qt Charts can draw: many short ones, with gaps.
/// Owned by the plot's chart.
class DataLines : public QGraphicsItem {
public:
    DataLines(Plot& plot, double z);
    void setLines(std::vector<QLineF> lines);
    /// cap: a bar across both ends, in pixels; halo: drawn around, invalid for none
    void setPen(const QPen& pen, double capLength = 0, const QColor& halo = {});

    QRectF boundingRect() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    void paintLines(QPainter& painter) const;

    Plot& m_plot;
    std::vector<QLineF> m_lines;
    QPen m_pen;
    QColor m_halo;
    double m_cap = 0;
};

/// A level line, and the band [low, high] clipped to the axis. Not finite: nothing. A band that
/// fills the whole axis would say nothing and is left out.
void setMean(QLineSeries& line, double value, const AxisRange& x);
/// Returns whether the band is shown.
bool setBand(QAreaSeries& band, double low, double high, const AxisRange& x, const AxisRange& y);
void setBandColour(QAreaSeries& band, const QColor& colour);
void setMarkerLook(QScatterSeries& markers, const QColor& colour, const QColor& edge, double size);

} // namespace augury
