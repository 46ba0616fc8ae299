// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chart_style.h"
#include "ui/charts/confusion_data.h"
#include "ui/charts/matrix_names.h"

#include <QFont>
#include <QGraphicsItem>
#include <QPoint>

#include <vector>

namespace augury {

/// The matrix: a row a label, a column a predicted class, names beside them and a key of the
/// colours. Where classes are many, some names are left out and cells hold no numbers.
class ConfusionGrid : public QGraphicsItem {
public:
    explicit ConfusionGrid(QGraphicsItem* parent);

    void setData(const ConfusionData& data, ConfusionMode mode);
    void setLook(const ChartStyle& style, const QFont& font);
    void setArea(const QRectF& area);

    QRectF cellPlace(int label, int predicted) const ///< in the scene
    {
        return m_names.cellPlace(label, predicted);
    }
    /// (predicted, label): x and y; (−1, −1) outside.
    QPoint cellAt(const QPointF& position) const { return m_names.cellAt(position); }
    bool hasNumbers() const { return m_cellFont.pixelSize() > 0; } ///< in the cells
    /// A row's, as drawn; empty: it is left out.
    QString shownName(int k) const { return m_names.shownRow(k); }

    QRectF boundingRect() const override { return m_area; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    void layOut();
    void chooseCellFont();
    QString cellText(int label, int predicted) const;
    void paintCells(QPainter& painter) const;
    void paintCellText(QPainter& painter, const QRectF& place, int label, int predicted) const;
    void paintKey(QPainter& painter) const;

    ConfusionData m_data;
    ConfusionMode m_mode = ConfusionMode::Baseline;
    double m_largest = 1; ///< the share that has the strongest colour
    std::vector<std::int64_t> m_support;
    ChartStyle m_style;
    QFont m_font;
    QFont m_cellFont; ///< no size: no numbers
    QRectF m_area;
    MatrixNames m_names;
    QRectF m_key;
};

} // namespace augury
