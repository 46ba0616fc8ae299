// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chart_style.h"
#include "ui/charts/votes_data.h"

#include <QFont>
#include <QGraphicsItem>
#include <QStringList>

namespace augury {

/// A row a class: its name, the bars of the original (the data's baseline) and merged, the merged
/// score, the votes; above them the axis and what the columns are. All bars are on one scale.
class VotesRows : public QGraphicsItem {
public:
    explicit VotesRows(QGraphicsItem* parent);

    /// The classes to show, in order, and where the axis ends.
    void setVotes(VotesData votes, std::vector<int> rows, double axisMaximum);
    void setLook(const ChartStyle& style, const QFont& font);
    void setArea(const QRectF& area);
    /// Height at which rows are neither crowded nor scattered; and the least at which no two lines
    /// touch. Each with the heading, the least also with the line on the rest where there is one.
    double pleasantHeight(int rows) const;
    double leastHeight(int rows, bool footer) const;

    const std::vector<int>& rows() const { return m_rows; }
    int rowAt(const QPointF& position) const; ///< −1: none
    QRectF rowPlace(int row) const;
    QRectF barsPlace(int row) const; ///< 0…axisMaximum()
    double axisMaximum() const { return m_axisMaximum; }
    QStringList headings() const; ///< the axis' three labels, then the columns'; empty: no room
    QRectF baselineBar(int row) const;
    QRectF mergedBar(int row) const;
    QString shownName(int row) const; ///< as drawn, elided where there is no room
    QString rowToolTip(int row) const;
    QString footer() const; ///< on classes that have no row; empty: all have one

    QRectF boundingRect() const override { return m_area; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    /// Widths of the columns and the height of a row, from the area, the texts and the font.
    void layOut();
    int classOf(int row) const { return m_rows[static_cast<std::size_t>(row)]; }
    QFont rowFont(int row) const;
    QString markOf(int row) const; ///< "true", beside a tick; empty: not the true class
    double markWidth(int row) const;
    QRectF bar(int row, const std::vector<double>& values, bool lower) const;
    void paintRow(QPainter& painter, int row) const;
    void paintHeadings(QPainter& painter) const;

    VotesData m_votes;
    std::vector<int> m_rows;
    ChartStyle m_style;
    QFont m_font; ///< as given
    QFont m_shownFont; ///< smaller where rows are crowded
    QFont m_smallFont; ///< of the heading
    QRectF m_area;
    double m_axisMaximum = 1;
    double m_headingHeight = 0;
    double m_rowHeight = 0;
    double m_footerHeight = 0;
    double m_nameWidth = 0;
    double m_percentWidth = 0;
    double m_votesWidth = 0;
};

} // namespace augury
