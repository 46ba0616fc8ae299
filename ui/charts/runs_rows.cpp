// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/runs_rows.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace augury {

namespace {

constexpr double gap = 14; // between columns
constexpr double mostNames = 0.3; // of the width
constexpr double leastPlot = 170; // pixels, before columns are left out

} // namespace

RunsRows::RunsRows(Plot& plot)
    : QGraphicsItem(&plot.chart())
    , m_plot(plot)
{
    setZValue(1002);
}

void RunsRows::setHeads(const QString& name, const Texts& columns)
{
    m_nameHead = name;
    for (std::size_t i = 0; i < mostColumns; ++i)
        m_columns[i].head = columns[i];
}

void RunsRows::setRows(std::vector<Row> rows)
{
    m_rows = std::move(rows);
    update();
}

void RunsRows::setLook(const ChartStyle& style, const QFont& font)
{
    m_style = style;
    m_font = font;
    update();
}

double RunsRows::headHeight() const
{
    return std::ceil(QFontMetricsF(m_font).height() * 1.3);
}

double RunsRows::rowHeight() const
{
    return std::ceil(QFontMetricsF(m_font).height() * 1.9);
}

QRectF RunsRows::layOut(const QRectF& outer)
{
    prepareGeometryChange();
    m_outer = outer;
    const QFontMetricsF metrics(m_font);
    double names = metrics.horizontalAdvance(m_nameHead);
    for (const Row& row : m_rows)
        names = std::max(names, metrics.horizontalAdvance(row.name));
    m_nameWidth = std::min(std::ceil(names), std::floor(outer.width() * mostNames));
    double taken = m_nameWidth + gap;
    for (std::size_t i = 0; i < mostColumns; ++i) {
        Column& column = m_columns[i];
        column.width = metrics.horizontalAdvance(column.head);
        for (const Row& row : m_rows)
            column.width = std::max(column.width, metrics.horizontalAdvance(row.texts[i]));
        // A column that says nothing of any row (no p value is known) says nothing.
        column.shown = std::any_of(
            m_rows.begin(), m_rows.end(), [i](const Row& row) { return !row.texts[i].isEmpty(); });
        taken += column.shown ? column.width + gap : 0;
    }
    for (Column& column : m_columns)
        if (column.shown && outer.width() - taken < leastPlot) {
            column.shown = false;
            taken -= column.width + gap;
        }
    double right = outer.right();
    for (auto column = m_columns.rbegin(); column != m_columns.rend(); ++column)
        if (column->shown) {
            column->right = right;
            right -= column->width + gap;
        }
    return {outer.left() + m_nameWidth + gap / 2, outer.top() + headHeight(),
        std::max(1.0, right - outer.left() - m_nameWidth - gap / 2),
        std::max(1.0, outer.height() - headHeight())};
}

QString RunsRows::shownName(int row) const
{
    return QFontMetricsF(m_font).elidedText(
        m_rows[static_cast<std::size_t>(row)].name, Qt::ElideMiddle, m_nameWidth);
}

QRectF RunsRows::boundingRect() const
{
    return m_outer.translated(-m_plot.chart().pos());
}

void RunsRows::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*)
{
    if (m_rows.empty() || !m_plot.yRange().isValid())
        return;
    const QFontMetricsF metrics(m_font);
    const QPointF origin = m_plot.chart().pos();
    painter->translate(-origin);
    painter->setFont(m_font);
    const auto atRight = [&](double right, double y, const QString& text) {
        painter->drawText(QPointF(right - metrics.horizontalAdvance(text), y), text);
    };
    const double head = m_outer.top() + metrics.ascent();
    painter->setPen(m_style.mutedText);
    painter->drawText(QPointF(m_outer.left(), head), m_nameHead);
    for (const Column& column : m_columns)
        if (column.shown)
            atRight(column.right, head, column.head);
    const auto rows = static_cast<int>(m_rows.size());
    for (int i = 0; i < rows; ++i) {
        const Row& row = m_rows[static_cast<std::size_t>(i)];
        const double middle = m_plot.toRoot({m_plot.xRange().low, double(rows - i)}).y();
        const double y = middle + metrics.capHeight() / 2;
        painter->setPen(m_style.text);
        painter->drawText(QPointF(m_outer.left(), y), shownName(i));
        for (std::size_t c = 0; c < mostColumns; ++c)
            if (m_columns[c].shown)
                atRight(m_columns[c].right, y, row.texts[c]);
        const double below =
            std::round(m_plot.toRoot({m_plot.xRange().low, double(rows - i) + 0.5}).y());
        painter->fillRect(QRectF(m_outer.left(), below, m_outer.width(), 1), m_style.grid);
    }
}

} // namespace augury
