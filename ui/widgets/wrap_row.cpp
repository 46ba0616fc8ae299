// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/wrap_row.h"

#include <algorithm>

namespace augury {

WrapRow::WrapRow(int spacing)
{
    setSpacing(spacing);
    setContentsMargins(0, 0, 0, 0);
}

WrapRow::~WrapRow()
{
    for (auto* item : m_items)
        delete item;
}

void WrapRow::addItem(QLayoutItem* item)
{
    m_items.push_back(item);
}

int WrapRow::count() const
{
    return static_cast<int>(m_items.size());
}

QLayoutItem* WrapRow::itemAt(int index) const
{
    return index >= 0 && index < count() ? m_items[static_cast<std::size_t>(index)] : nullptr;
}

QLayoutItem* WrapRow::takeAt(int index)
{
    auto* item = itemAt(index);
    if (item)
        m_items.erase(m_items.begin() + index);
    return item;
}

Qt::Orientations WrapRow::expandingDirections() const
{
    return Qt::Horizontal;
}

bool WrapRow::hasHeightForWidth() const
{
    return true;
}

int WrapRow::heightForWidth(int width) const
{
    return arrange(QRect(0, 0, width, 0), false);
}

QSize WrapRow::sizeHint() const
{
    QSize size(0, 0);
    for (const auto* item : m_items) {
        if (item->isEmpty())
            continue;
        const auto hint = item->sizeHint();
        size = QSize(size.width() + (size.width() > 0 ? spacing() : 0) + hint.width(),
            std::max(size.height(), hint.height()));
    }
    return size;
}

QSize WrapRow::minimumSize() const
{
    QSize size(0, 0);
    for (const auto* item : m_items) {
        if (!item->isEmpty())
            size = size.expandedTo(item->minimumSize());
    }
    return size; // the height that a width needs is heightForWidth()'s
}

void WrapRow::setGeometry(const QRect& rect)
{
    QLayout::setGeometry(rect);
    arrange(rect, true);
}

int WrapRow::arrange(const QRect& rect, bool move) const
{
    int y = rect.top();
    for (std::size_t first = 0; first < m_items.size();) {
        int used = 0;
        int height = 0;
        std::size_t end = first;
        for (; end < m_items.size(); ++end) {
            if (m_items[end]->isEmpty())
                continue;
            const auto hint = m_items[end]->sizeHint();
            const int wanted = used + (used > 0 ? spacing() : 0) + hint.width();
            if (used > 0 && wanted > rect.width())
                break;
            used = wanted;
            height = std::max(height, hint.height());
        }
        int x = rect.left();
        for (; first < end; ++first) {
            auto* item = m_items[first];
            if (item->isEmpty())
                continue;
            const auto hint = item->sizeHint();
            const int width = std::min(hint.width(), std::max(rect.width(), 1));
            if (move)
                item->setGeometry(QRect(x, y + (height - hint.height()) / 2, width, hint.height()));
            x += width + spacing();
        }
        if (height > 0)
            y += height + spacing();
    }
    return std::max(0, y - rect.top() - spacing());
}

} // namespace augury
