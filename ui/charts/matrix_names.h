// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chart_style.h"

#include <QFont>
#include <QPoint>
#include <QRectF>
#include <QString>

#include <vector>

class QPainter;

namespace augury {

/// The names left of and above a grid of cells, and where those are. Rows' names that do not fit
/// are elided or left out at even steps; columns' names stand where they cannot lie.
class MatrixNames {
public:
    struct Limits {
        double widestCell = 1.8; ///< in heights
        double tallestCell = 1e9; ///< pixels
        double mostRowNames = 0.24; ///< of the width
        Qt::TextElideMode elide = Qt::ElideMiddle;
        double keyWidth = 0; ///< kept free at the right
        double pictures = 0; ///< of the columns, above their names: a side's most; 0: none
    };

    void setNames(std::vector<QString> rows, std::vector<QString> columns, QString rowTitle,
        QString columnTitle);
    void setLook(const ChartStyle& style, const QFont& font);
    void layOut(const QRectF& area, const Limits& limits);

    int rows() const { return static_cast<int>(m_rows.size()); }
    int columns() const { return static_cast<int>(m_columns.size()); }
    const QRectF& cells() const { return m_cells; }
    double cellWidth() const { return m_cells.width() / columns(); }
    double cellHeight() const { return m_cells.height() / rows(); }
    QRectF cellPlace(int row, int column) const;
    /// x the column and y the row; (−1, −1) outside.
    QPoint cellAt(const QPointF& position) const;
    QRectF picturePlace(int column) const; ///< empty: too small to be shown
    QString shownRow(int row) const; ///< as drawn; empty: it is left out
    QString shownColumn(int column) const;
    /// The whole name at a place beside the cells where it is drawn elided or left out.
    QString hiddenNameAt(const QPointF& position) const;

    void paint(QPainter& painter) const;

private:
    int step(double cell, int count) const;
    void paintColumns(QPainter& painter) const;

    std::vector<QString> m_rows;
    std::vector<QString> m_columns;
    QString m_rowTitle;
    QString m_columnTitle;
    ChartStyle m_style;
    QFont m_font;
    QFont m_nameFont;
    QRectF m_area;
    QRectF m_cells;
    double m_nameWidth = 0;
    double m_nameHeight = 0; ///< of the columns' names
    double m_pictureSide = 0;
    bool m_upright = false; ///< the columns' names
    Qt::TextElideMode m_elide = Qt::ElideMiddle;
};

} // namespace augury
