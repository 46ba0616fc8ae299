// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/matrix_names.h"
#include "ui/charts/tune_data.h"

#include <QGraphicsItem>

namespace augury {

/// Cells coloured by their values, with their numbers where these fit, names, pictures above the
/// columns and a key of the colours.
class HeatGrid : public QGraphicsItem {
public:
    explicit HeatGrid(QGraphicsItem* parent);

    void setMap(HeatMap map, int chosenTrial);
    void setLook(const ChartStyle& style, const QFont& font);
    void setArea(const QRectF& area);

    const HeatMap& map() const { return m_map; }
    const MatrixNames& names() const { return m_names; }
    bool hasNumbers() const { return m_cellFont.pixelSize() > 0; } ///< in the cells
    double strengthOf(double value) const; ///< −1…1: how strongly it is coloured

    QRectF boundingRect() const override { return m_area; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    void layOut();
    void chooseCellFont();
    QString textOf(const HeatCell& cell) const;
    QString keyText(double value) const;
    const HeatCell& cellOf(int row, int column) const;
    void paintCell(QPainter& painter, const HeatCell& cell, const QRectF& place) const;
    void paintText(QPainter& painter, const HeatCell& cell, const QRectF& place) const;
    void paintKey(QPainter& painter) const;

    HeatMap m_map;
    int m_chosen = -1;
    double m_largest = 0; ///< the magnitude that has the strongest colour
    MatrixNames m_names;
    ChartStyle m_style;
    QFont m_font;
    QFont m_cellFont; ///< no pixel size: no numbers
    QRectF m_area;
    QRectF m_key;
};

} // namespace augury
