// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

#include <memory>

namespace augury {

/// A cell of the image grid (roles of ImagesModel): the thumbnail, a frame in the outcome's colour
/// and its mark in the picture's corner; around them a frame where the cell is chosen. Draws
/// pictures as they come: the model makes them of the size wanted.
class ImageDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    explicit ImageDelegate(QObject* parent = nullptr);
    ~ImageDelegate() override;

    /// The longer side of a picture, in logical pixels; 56 at first. sizeHintChanged follows.
    void setSide(int side);
    int side() const { return m_side; }
    QSize cellSize() const; ///< the picture and the gap around it

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
        const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    struct Private;
    std::unique_ptr<Private> m_d;
    int m_side = 56;
};

} // namespace augury
