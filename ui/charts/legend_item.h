// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chart_style.h"
#include "ui/charts/marker.h"

#include <QFont>
#include <QGraphicsItem>
#include <QString>

#include <vector>

namespace augury {

enum class LegendMark {
    Circle,
    Square,
    Diamond,
    Ring,
    ThinLine,
    DashedLine,
    SolidCircle,
    DashedSquare,
    Band,
    Box,
    HatchedBar,
    Bar,
    Up,
    Down,
    Zone,
    Frame,
    StruckBox,
    MarkedLine, ///< with the entry's shape and dash
    Corner, ///< a cell with a mark in its corner
    SparseHatch, ///< a box with a few slanted lines in the background's colour
    Dot,
    HollowDiamond,
    None ///< words alone
};

LegendMark legendMark(MarkerShape shape);

struct LegendEntry {
    QString text;
    QColor colour;
    LegendMark mark = LegendMark::Circle;
    MarkerShape shape = MarkerShape::Circle; ///< of a MarkedLine
    Qt::PenStyle dash = Qt::SolidLine; ///< of a MarkedLine
    double mostShare = 1; ///< of the legend's width; a longer text is elided
};

/// A legend that wraps instead of cutting its texts, as Qt Charts' own does.
class LegendItem : public QGraphicsItem {
public:
    void setEntries(std::vector<LegendEntry> entries);
    void setLook(const ChartStyle& style, const QFont& font);
    /// Flows the entries into lines of this width; returns the height they need.
    double layOut(double width);
    /// The whole text of the entry there, if that was elided.
    QString elidedAt(const QPointF& position) const;

    QRectF boundingRect() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    void paintMark(QPainter& painter, const LegendEntry& entry, const QRectF& box) const;

    std::vector<LegendEntry> m_entries;
    struct Place {
        QPointF corner; ///< top left
        QString text; ///< as drawn
        double width = 0; ///< mark and text
    };
    std::vector<Place> m_places;
    QSizeF m_size;
    QColor m_text;
    QColor m_background;
    QFont m_font;
};

} // namespace augury
