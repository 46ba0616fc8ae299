// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/heat_grid.h"

#include "ui/charts/chart_text.h"
#include "ui/charts/confusion_data.h"
#include "ui/charts/hatch.h"
#include "ui/charts/marker.h"
#include "ui/widgets/picture_paint.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace augury {

namespace {

constexpr int leastFont = 9;
constexpr double gap = 6;
constexpr double keyWidth = 14;
constexpr double mostPicture = 72;
constexpr std::size_t mostNumbered = 600; // cells
constexpr double smallCell = 12; // below, marks in a corner would fill it

QColor mix(const QColor& from, const QColor& to, double share)
{
    const auto channel = [share](int a, int b) {
        return static_cast<int>(std::lround(a + (b - a) * share));
    };
    return QColor(channel(from.red(), to.red()), channel(from.green(), to.green()),
        channel(from.blue(), to.blue()));
}

} // namespace

HeatGrid::HeatGrid(QGraphicsItem* parent)
    : QGraphicsItem(parent)
{
}

void HeatGrid::setMap(HeatMap map, int chosenTrial)
{
    m_map = std::move(map);
    m_chosen = chosenTrial;
    m_largest = 0;
    for (const HeatCell& cell : m_map.cells)
        if (std::isfinite(cell.value))
            m_largest = std::max(m_largest, std::abs(cell.value));
    m_names.setNames(m_map.rows, m_map.columns, m_map.rowTitle, m_map.columnTitle);
    layOut();
}

void HeatGrid::setLook(const ChartStyle& style, const QFont& font)
{
    m_style = style;
    m_font = font;
    m_names.setLook(style, font);
    layOut();
}

void HeatGrid::setArea(const QRectF& area)
{
    prepareGeometryChange();
    m_area = area;
    layOut();
}

double HeatGrid::strengthOf(double value) const
{
    return m_largest > 0 ? std::clamp(value / m_largest, -1.0, 1.0) : 0;
}

QString HeatGrid::textOf(const HeatCell& cell) const
{
    return keyText(cell.value);
}

QString HeatGrid::keyText(double value) const
{
    return m_map.diverging ? chart_text::signedNumber(value, m_map.decimals)
                           : chart_text::number(value, m_map.decimals);
}

void HeatGrid::layOut()
{
    update();
    if (m_area.isEmpty() || m_map.cells.empty())
        return;
    const QFontMetricsF metrics(m_font);
    const double line = std::ceil(metrics.height());
    MatrixNames::Limits limits;
    const double texts = std::max({metrics.horizontalAdvance(keyText(-m_largest)),
        metrics.horizontalAdvance(keyText(m_largest)),
        metrics.horizontalAdvance(m_map.valueTitle) - keyWidth - gap});
    limits.keyWidth = 3 * gap + keyWidth + gap + texts;
    // Few cells in a large chart stay of a size at which they are seen together.
    limits.widestCell = 4;
    limits.mostRowNames = 0.34;
    limits.elide = Qt::ElideRight; // policies differ in their first words
    limits.tallestCell = std::max(line * 2.4, m_area.width() / double(m_map.columns.size()) * 0.8);
    limits.tallestCell = std::min(limits.tallestCell, line * 7);
    limits.pictures = m_map.columnPictures.empty() ? 0 : mostPicture;
    m_names.layOut(m_area, limits);
    const QRectF& cells = m_names.cells();
    m_key = QRectF(cells.right() + 3 * gap, cells.top(), keyWidth,
        std::min(std::max(cells.height(), line * 5), line * 12));
    m_key.setBottom(std::min(m_key.bottom(), m_area.bottom()));
    chooseCellFont();
}

void HeatGrid::chooseCellFont()
{
    m_cellFont = QFont(m_font);
    m_cellFont.setPointSizeF(1); // no pixel size
    if (m_map.cells.size() > mostNumbered)
        return;
    QFont font(m_font);
    font.setBold(true);
    const QSizeF room(m_names.cellWidth() - 4, m_names.cellHeight() - 2);
    for (int size = std::max(m_font.pixelSize(), leastFont); size >= leastFont; --size) {
        font.setPixelSize(size);
        const QFontMetricsF metrics(font);
        if (metrics.height() > room.height())
            continue;
        if (std::all_of(m_map.cells.begin(), m_map.cells.end(), [&](const HeatCell& cell) {
                return metrics.horizontalAdvance(textOf(cell)) <= room.width();
            })) {
            font.setBold(false);
            m_cellFont = font;
            return;
        }
    }
}

const HeatCell& HeatGrid::cellOf(int row, int column) const
{
    return m_map.cells[static_cast<std::size_t>(row) * m_map.columns.size()
        + static_cast<std::size_t>(column)];
}

void HeatGrid::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*)
{
    const QRectF& cells = m_names.cells();
    if (m_map.cells.empty() || cells.isEmpty())
        return;
    const int rows = m_names.rows();
    const int columns = m_names.columns();
    for (int row = 0; row < rows; ++row)
        for (int column = 0; column < columns; ++column)
            paintCell(*painter, cellOf(row, column), m_names.cellPlace(row, column));
    painter->setRenderHint(QPainter::Antialiasing, false);
    const double side = std::min(m_names.cellWidth(), m_names.cellHeight());
    painter->setPen(QPen(m_style.grid, 1));
    if (side >= 7) {
        for (int row = 1; row < rows; ++row) {
            const double y = m_names.cellPlace(row, 0).top();
            painter->drawLine(QPointF(cells.left(), y), QPointF(cells.right(), y));
        }
        for (int column = 1; column < columns; ++column) {
            const double x = m_names.cellPlace(0, column).left();
            painter->drawLine(QPointF(x, cells.top()), QPointF(x, cells.bottom()));
        }
    }
    painter->setPen(QPen(m_style.axis, 1));
    painter->setBrush(Qt::NoBrush);
    painter->drawRect(cells);

    painter->setRenderHint(QPainter::Antialiasing);
    for (int row = 0; row < rows; ++row)
        for (int column = 0; column < columns; ++column) {
            const HeatCell& cell = cellOf(row, column);
            const QRectF place = m_names.cellPlace(row, column);
            if (hasNumbers() && std::isfinite(cell.value))
                paintText(*painter, cell, place);
            if (cell.marked) {
                const double size = std::clamp(side * 0.3, 5.0, 9.0);
                const QPointF at = side < smallCell ? place.center()
                                                    : place.topLeft() + QPointF(size, size) * 0.85;
                paintMarker(*painter, MarkerShape::Diamond, at, size + 3, m_style.background, {});
                paintMarker(*painter, MarkerShape::Diamond, at, size, m_style.text, {});
            }
        }
    // Over the neighbours' edges.
    for (int row = 0; row < rows && m_chosen >= 0; ++row)
        for (int column = 0; column < columns; ++column)
            if (const HeatCell& cell = cellOf(row, column);
                cell.trial == m_chosen && rows * columns > 1) {
                const QRectF place = m_names.cellPlace(row, column);
                painter->setBrush(Qt::NoBrush);
                for (const auto& [colour, width] :
                    {std::pair{m_style.background, 5.0}, std::pair{m_style.text, 2.2}}) {
                    painter->setPen(
                        QPen(colour, width, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
                    painter->drawRect(place);
                }
                if (hasNumbers() && std::isfinite(cell.value))
                    paintText(*painter, cell, place);
            }
    m_names.paint(*painter);
    for (int column = 0; column < columns; ++column)
        if (const QRectF place = m_names.picturePlace(column);
            !place.isEmpty() && static_cast<std::size_t>(column) < m_map.columnPictures.size())
            paintPicture(*painter, place, m_map.columnPictures[static_cast<std::size_t>(column)],
                PictureScale::Smooth);
    paintKey(*painter);
}

void HeatGrid::paintCell(QPainter& painter, const HeatCell& cell, const QRectF& place) const
{
    painter.setRenderHint(QPainter::Antialiasing, false);
    if (!std::isfinite(cell.value)) {
        // Empty, and not just near zero.
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_style.axis);
        painter.drawEllipse(place.center(), 1.5, 1.5);
        return;
    }
    painter.fillRect(place, confusionColour(m_style, strengthOf(cell.value)));
    if (!cell.faded)
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    // In the colour itself, moved towards the background or away from it, whichever shows.
    const QColor fill = confusionColour(m_style, strengthOf(cell.value));
    const QColor lines = std::abs(strengthOf(cell.value)) > 0.35
        ? mix(fill, m_style.background, 0.45)
        : mix(fill, m_style.text, 0.3);
    paintSparseHatch(painter, place, lines);
}

void HeatGrid::paintText(QPainter& painter, const HeatCell& cell, const QRectF& place) const
{
    QFont font(m_cellFont);
    font.setBold(cell.marked);
    const QColor fill = confusionColour(m_style, strengthOf(cell.value));
    const QColor black(Qt::black);
    const QColor white(Qt::white);
    const QFontMetricsF metrics(font);
    const QString text = textOf(cell);
    const QPointF at(place.center().x() - metrics.horizontalAdvance(text) / 2,
        place.center().y() + metrics.capHeight() / 2);
    if (cell.faded) // readable across the hatch
        painter.fillRect(QRectF(at.x(), at.y() - metrics.capHeight(),
                             metrics.horizontalAdvance(text), metrics.capHeight())
                             .adjusted(-2, -2, 2, 2),
            fill);
    painter.setFont(font);
    painter.setPen(contrastRatio(black, fill) > contrastRatio(white, fill) ? black : white);
    painter.drawText(at, text);
}

void HeatGrid::paintKey(QPainter& painter) const
{
    const QFontMetricsF metrics(m_font);
    painter.setFont(m_font);
    painter.setPen(m_style.mutedText);
    painter.drawText(QPointF(m_key.left(), m_area.top() + metrics.ascent()), m_map.valueTitle);
    if (m_key.height() < 2 * metrics.height() || !(m_largest > 0))
        return;
    painter.setRenderHint(QPainter::Antialiasing, false);
    const double least = m_map.diverging ? -1 : 0;
    for (double top = m_key.top(); top < m_key.bottom(); ++top) {
        const double strength = least + (m_key.bottom() - top - 0.5) / m_key.height() * (1 - least);
        painter.fillRect(
            QRectF(m_key.left(), top, m_key.width(), 1), confusionColour(m_style, strength));
    }
    painter.setPen(QPen(m_style.axis, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(m_key);
    std::vector<double> ticks{least, 1};
    if (m_key.height() > 5 * metrics.height())
        ticks = {least, least / 2, 0.5, 1};
    if (m_key.height() > 3.2 * metrics.height())
        ticks.push_back(m_map.diverging ? 0 : 0.5);
    for (const double strength : ticks) {
        const double at = m_key.bottom() - (strength - least) / (1 - least) * m_key.height();
        painter.setPen(QPen(m_style.axis, 1));
        painter.drawLine(QPointF(m_key.right(), at), QPointF(m_key.right() + 3, at));
        painter.setPen(m_style.mutedText);
        painter.drawText(QPointF(m_key.right() + gap, at + metrics.capHeight() / 2),
            keyText(strength * m_largest));
    }
}

} // namespace augury
