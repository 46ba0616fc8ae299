// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLayout>

#include <vector>

namespace augury {

/// Widgets side by side, each as wide as it likes, in as many lines as the width takes. What is
/// wider than a whole line gets the line and no more.
class WrapRow : public QLayout {
public:
    explicit WrapRow(int spacing);
    ~WrapRow() override;

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
    int arrange(const QRect& rect, bool move) const; ///< the height that it takes

    std::vector<QLayoutItem*> m_items;
};

} // namespace augury
