// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/plot.h"

#include <QFont>
#include <QString>
#include <QStringList>

#include <array>
#include <vector>

namespace augury {

/// The texts left and right of a forest plot's rows, and the lines between the rows. Columns for
/// which there is no room are left out, the first one first. Owned by the plot's chart.
class RunsRows : public QGraphicsItem {
public:
    static constexpr std::size_t mostColumns = 3;
    using Texts = std::array<QString, mostColumns>;
    struct Row {
        QString name;
        Texts texts; ///< a column each
    };

    explicit RunsRows(Plot& plot);
    /// What stands above the names and the columns; those without a text in any row are not shown.
    void setHeads(const QString& name, const Texts& columns);
    void setRows(std::vector<Row> rows); ///< the first is the topmost, at y = its size
    void setLook(const ChartStyle& style, const QFont& font);

    /// Divides `outer` among the columns; returns what is left for the plot.
    QRectF layOut(const QRectF& outer);
    double headHeight() const; ///< of the columns' heads, above the rows
    double rowHeight() const; ///< at which rows are neither crowded nor scattered
    QString shownName(int row) const; ///< as drawn

    QRectF boundingRect() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    struct Column {
        QString head;
        bool shown = true;
        double right = 0; ///< in the root's coordinates
        double width = 0;
    };

    Plot& m_plot;
    std::vector<Row> m_rows;
    QString m_nameHead;
    std::array<Column, mostColumns> m_columns;
    double m_nameWidth = 0;
    QRectF m_outer;
    ChartStyle m_style;
    QFont m_font;
};

} // namespace augury
