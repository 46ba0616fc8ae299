// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLayout>

#include <vector>

namespace augury {

/// Widgets of one width side by side; in a narrow window in two rows or more, as columns.
class TileRow : public QLayout {
public:
    explicit TileRow(int spacing);
    ~TileRow() override;

    void addItem(QLayoutItem* item) override;
    int count() const override;
    QLayoutItem* itemAt(int index) const override;
    QLayoutItem* takeAt(int index) override;

    Qt::Orientations expandingDirections() const override;
    bool hasHeightForWidth() const override;
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSize() const override;
    void setGeometry(const QRect& rect) override;

private:
    QSize tileSize() const; ///< the least that suits all
    int columnsFor(int width) const;
    int heightOf(int columns) const;

    std::vector<QLayoutItem*> m_items;
};

} // namespace augury
