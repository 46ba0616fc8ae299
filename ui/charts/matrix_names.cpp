// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/matrix_names.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace augury {

namespace {

constexpr int leastFont = 9;
constexpr double gap = 6;
constexpr double mostColumnNames = 0.24; // of the height
constexpr double leastPicture = 12;

double widest(const std::vector<QString>& names, const QFontMetricsF& metrics)
{
    double width = 0;
    for (const QString& name : names)
        width = std::max(width, std::ceil(metrics.horizontalAdvance(name)) + 1);
    return width;
}

} // namespace

void MatrixNames::setNames(
    std::vector<QString> rows, std::vector<QString> columns, QString rowTitle, QString columnTitle)
{
    m_rows = std::move(rows);
    m_columns = std::move(columns);
    m_rowTitle = std::move(rowTitle);
    m_columnTitle = std::move(columnTitle);
}

void MatrixNames::setLook(const ChartStyle& style, const QFont& font)
{
    m_style = style;
    m_font = font;
}

void MatrixNames::layOut(const QRectF& area, const Limits& limits)
{
    m_area = area;
    m_elide = limits.elide;
    if (area.isEmpty() || rows() == 0 || columns() == 0)
        return;
    const QFontMetricsF plain(m_font);
    const double line = std::ceil(plain.height());
    const double title = line * 1.3;
    m_nameFont = m_font;
    m_nameFont.setPixelSize(std::clamp(static_cast<int>((area.height() - 3 * line) / rows() * 0.9),
        leastFont, std::max(m_font.pixelSize(), leastFont)));
    const QFontMetricsF metrics(m_nameFont);
    m_nameWidth = std::max(plain.horizontalAdvance(m_rowTitle),
        std::min(widest(m_rows, metrics), std::floor(area.width() * limits.mostRowNames)));
    const double left = area.left() + m_nameWidth + gap;
    const double width = std::max(1.0, area.right() - limits.keyWidth - left);
    const double columnNames = widest(m_columns, metrics);

    const auto cellHeight = [&](double top) {
        return std::min(std::max(1.0, area.bottom() - top) / rows(), limits.tallestCell);
    };
    const auto cellWidth = [&](double height) {
        return std::min(width / columns(), height * limits.widestCell);
    };
    const double lying = columnNames > 1 ? std::ceil(metrics.height()) : 0;
    const double topIfLying = area.top() + title + lying + gap;
    m_upright = columnNames + 4 > cellWidth(cellHeight(topIfLying));
    m_nameHeight =
        m_upright ? std::min(columnNames, std::floor(area.height() * mostColumnNames)) : lying;
    double top = area.top() + title + m_nameHeight + gap;
    m_pictureSide = 0;
    if (limits.pictures > 0) {
        const double side = std::min(
            {limits.pictures, cellWidth(cellHeight(top)) - 3, std::floor(area.height() * 0.2)});
        if (side >= leastPicture) {
            m_pictureSide = std::floor(side);
            top += m_pictureSide + gap / 2;
        }
    }
    const double height = cellHeight(top);
    m_cells = QRectF(std::round(left), std::round(top), std::round(cellWidth(height) * columns()),
        std::round(height * rows()));
}

QRectF MatrixNames::cellPlace(int row, int column) const
{
    // Whole pixels, so that neighbours neither overlap nor leave a gap.
    const double left = std::round(m_cells.left() + column * cellWidth());
    const double top = std::round(m_cells.top() + row * cellHeight());
    return {left, top, std::round(m_cells.left() + (column + 1) * cellWidth()) - left,
        std::round(m_cells.top() + (row + 1) * cellHeight()) - top};
}

QPoint MatrixNames::cellAt(const QPointF& position) const
{
    if (rows() == 0 || columns() == 0 || !m_cells.contains(position))
        return {-1, -1};
    const auto index = [](double from, double length, int count) {
        return std::clamp(static_cast<int>(from / length * count), 0, count - 1);
    };
    return {index(position.x() - m_cells.left(), m_cells.width(), columns()),
        index(position.y() - m_cells.top(), m_cells.height(), rows())};
}

QRectF MatrixNames::picturePlace(int column) const
{
    if (m_pictureSide <= 0)
        return {};
    const double middle = cellPlace(0, column).center().x();
    return {middle - m_pictureSide / 2, m_cells.top() - gap / 2 - m_pictureSide, m_pictureSide,
        m_pictureSide};
}

int MatrixNames::step(double cell, int count) const
{
    const double needed = QFontMetricsF(m_nameFont).height() * 0.95;
    for (const int every : {1, 2, 5, 10, 20, 50, 100, 200, 500})
        if (every * cell >= needed)
            return every;
    return std::max(count, 1);
}

QString MatrixNames::shownRow(int row) const
{
    if (row < 0 || row >= rows() || row % step(cellHeight(), rows()) != 0)
        return {};
    return QFontMetricsF(m_nameFont)
        .elidedText(m_rows[static_cast<std::size_t>(row)], m_elide, m_nameWidth);
}

QString MatrixNames::shownColumn(int column) const
{
    if (column < 0 || column >= columns()
        || (m_upright && column % step(cellWidth(), columns()) != 0))
        return {};
    return QFontMetricsF(m_nameFont)
        .elidedText(m_columns[static_cast<std::size_t>(column)], m_elide,
            m_upright ? m_nameHeight : cellWidth() - 2);
}

QString MatrixNames::hiddenNameAt(const QPointF& position) const
{
    if (rows() == 0 || columns() == 0 || m_cells.isEmpty())
        return {};
    const QPointF inColumns(position.x(), m_cells.center().y());
    const QPointF inRows(m_cells.center().x(), position.y());
    if (position.x() < m_cells.left() && m_cells.contains(inRows)) {
        const int row = cellAt(inRows).y();
        const QString& name = m_rows[static_cast<std::size_t>(row)];
        return shownRow(row) == name ? QString() : name;
    }
    if (position.y() < m_cells.top() && m_cells.contains(inColumns)) {
        const int column = cellAt(inColumns).x();
        const QString& name = m_columns[static_cast<std::size_t>(column)];
        return shownColumn(column) == name ? QString() : name;
    }
    return {};
}

void MatrixNames::paint(QPainter& painter) const
{
    if (rows() == 0 || columns() == 0 || m_cells.isEmpty())
        return;
    const QFontMetricsF plain(m_font);
    painter.setFont(m_font);
    painter.setPen(m_style.mutedText);
    const double titles = m_area.top() + plain.ascent();
    painter.drawText(QPointF(m_area.left(), titles), m_rowTitle);
    const double centred = m_cells.center().x() - plain.horizontalAdvance(m_columnTitle) / 2;
    painter.drawText(QPointF(std::max(m_cells.left(), centred), titles), m_columnTitle);

    const QFontMetricsF metrics(m_nameFont);
    painter.setFont(m_nameFont);
    painter.setPen(m_style.text);
    for (int row = 0; row < rows(); ++row)
        if (const QString name = shownRow(row); !name.isEmpty())
            painter.drawText(QPointF(m_cells.left() - gap - metrics.horizontalAdvance(name),
                                 cellPlace(row, 0).center().y() + metrics.capHeight() / 2),
                name);
    paintColumns(painter);
}

void MatrixNames::paintColumns(QPainter& painter) const
{
    const QFontMetricsF metrics(m_nameFont);
    const double bottom =
        m_cells.top() - gap / 2 - (m_pictureSide > 0 ? m_pictureSide + gap / 2 : 0);
    for (int column = 0; column < columns(); ++column) {
        const QString name = shownColumn(column);
        const double middle = cellPlace(0, column).center().x();
        if (name.isEmpty())
            continue;
        if (m_upright) {
            painter.save();
            painter.translate(middle + metrics.capHeight() / 2, bottom);
            painter.rotate(-90);
            painter.drawText(QPointF(0, 0), name);
            painter.restore();
        } else {
            painter.drawText(
                QPointF(middle - metrics.horizontalAdvance(name) / 2, bottom - metrics.descent()),
                name);
        }
    }
}

} // namespace augury
