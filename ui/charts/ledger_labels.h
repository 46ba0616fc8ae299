// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/plot.h"

#include <QFont>
#include <QString>

#include <vector>

namespace augury {

/// What LedgerLabels writes, in data coordinates.
struct LedgerTexts {
    struct Row {
        double y = 0;
        QString text; ///< above the bar
        QString shorter = {}; ///< in its place where it does not fit
    };
    struct Segment {
        double from = 0;
        double to = 0;
        QString text; ///< inside, where it fits; the legend has it anyway
        QColor fill;
    };
    std::vector<Row> rows;
    std::vector<Segment> segments; ///< of the bar at y = 0
    double boundary = 0; ///< between fixed and broken, which are too thin for texts inside
    QString fixed; ///< under the bar, left of the boundary
    QString broken; ///< right of it
};

/// The texts beside and inside LedgerChart's bars. Owned by the plot's chart.
class LedgerLabels : public QGraphicsItem {
public:
    explicit LedgerLabels(Plot& plot);
    void setTexts(LedgerTexts texts);
    /// What the texts of a row and those under the lowest bar need above and below the bars.
    double heightAbove() const;
    double heightBelow() const;
    void setLook(const ChartStyle& style, const QFont& font, double barThickness);

    /// Of the texts under the bar, in the chart's coordinates.
    QRectF fixedPlace() const;
    QRectF brokenPlace() const;

    QRectF boundingRect() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    void paintCallout(QPainter& painter) const;
    double calloutMiddle() const; ///< x of the stroke between the two texts
    double calloutTop() const;

    Plot& m_plot;
    LedgerTexts m_texts;
    ChartStyle m_style;
    QFont m_font;
    double m_halfBar = 0;
};

} // namespace augury
