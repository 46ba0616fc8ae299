// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/tile_row.h"

#include <algorithm>

namespace augury {

TileRow::TileRow(int spacing)
{
    setSpacing(spacing);
}

TileRow::~TileRow()
{
    for (auto* item : m_items)
        delete item;
}

void TileRow::addItem(QLayoutItem* item)
{
    m_items.push_back(item);
}

int TileRow::count() const
{
    return static_cast<int>(m_items.size());
}

QLayoutItem* TileRow::itemAt(int index) const
{
    return index >= 0 && index < count() ? m_items[static_cast<std::size_t>(index)] : nullptr;
}

QLayoutItem* TileRow::takeAt(int index)
{
    auto* item = itemAt(index);
    if (item)
        m_items.erase(m_items.begin() + index);
    return item;
}

Qt::Orientations TileRow::expandingDirections() const
{
    return Qt::Horizontal;
}

bool TileRow::hasHeightForWidth() const
{
    return true;
}

QSize TileRow::tileSize() const
{
    QSize size(1, 1);
    for (const auto* item : m_items)
        size = size.expandedTo(item->minimumSize());
    return size;
}

/// As many as fit, but not more than needed for as few rows: of five, three and two, not four
/// and one.
int TileRow::columnsFor(int width) const
{
    if (m_items.empty())
        return 1;
    const int fitting =
        std::clamp((width + spacing()) / (tileSize().width() + spacing()), 1, count());
    const int rows = (count() + fitting - 1) / fitting;
    return (count() + rows - 1) / rows;
}

int TileRow::heightOf(int columns) const
{
    const int rows = (count() + columns - 1) / columns;
    return std::max(0, rows * (tileSize().height() + spacing()) - spacing());
}

int TileRow::heightForWidth(int width) const
{
    return heightOf(columnsFor(width));
}

QSize TileRow::sizeHint() const
{
    const auto tile = tileSize();
    return {count() * (tile.width() + spacing()) - spacing(), tile.height()};
}

QSize TileRow::minimumSize() const
{
    return tileSize(); // the height that a width needs is heightForWidth()'s
}

void TileRow::setGeometry(const QRect& rect)
{
    QLayout::setGeometry(rect);
    const int columns = columnsFor(rect.width());
    const int height = tileSize().height();
    const int room = rect.width() + spacing();
    for (int i = 0; i < count(); ++i) {
        const int column = i % columns;
        const int left = room * column / columns;
        const int right = room * (column + 1) / columns - spacing();
        m_items[static_cast<std::size_t>(i)]->setGeometry(QRect(rect.left() + left,
            rect.top() + i / columns * (height + spacing()), right - left, height));
    }
}

} // namespace augury
