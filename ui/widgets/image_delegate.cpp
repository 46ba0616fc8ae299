// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/image_delegate.h"

#include "ui/session/images_model.h"
#include "ui/widgets/cached_style.h"
#include "ui/widgets/outcome_mark.h"
#include "ui/widgets/picture_paint.h"

#include <QImage>
#include <QPainter>

#include <algorithm>

namespace augury {

namespace {

constexpr int gap = 5; // around the picture: room for its frame and for the selection
constexpr double corner = 4;

void paintState(QPainter& painter, const QStyleOptionViewItem& option, const ChartStyle& style)
{
    const QRectF cell = QRectF(option.rect).adjusted(1, 1, -1, -1);
    const bool focused = option.state.testFlag(QStyle::State_HasFocus);
    QColor fill = Qt::transparent;
    if (option.state.testFlag(QStyle::State_Selected)) {
        fill = option.palette.color(QPalette::Active, QPalette::Highlight);
    } else if (option.state.testFlag(QStyle::State_MouseOver)) {
        fill = option.palette.color(QPalette::Active, QPalette::Highlight);
        fill.setAlphaF(0.35F);
    } else if (!focused) {
        return;
    }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(focused ? QPen(style.text, 2) : QPen(Qt::NoPen));
    painter.setBrush(fill);
    painter.drawRoundedRect(cell, corner, corner);
    painter.setRenderHint(QPainter::Antialiasing, false);
}

/// Four filled edges outside of `inner`: quicker than a stroke, and sharp at every scale.
void paintFrame(QPainter& painter, const QRectF& inner, double width, const QColor& colour)
{
    const QRectF outer = inner.adjusted(-width, -width, width, width);
    painter.fillRect(QRectF(outer.left(), outer.top(), outer.width(), width), colour);
    painter.fillRect(QRectF(outer.left(), inner.bottom(), outer.width(), width), colour);
    painter.fillRect(QRectF(outer.left(), inner.top(), width, inner.height()), colour);
    painter.fillRect(QRectF(inner.right(), inner.top(), width, inner.height()), colour);
}

} // namespace

ImageDelegate::ImageDelegate(QObject* parent)
    : QStyledItemDelegate(parent)
{
}

void ImageDelegate::setSide(int side)
{
    side = std::max(side, 16);
    if (side == m_side)
        return;
    m_side = side;
    Q_EMIT sizeHintChanged({});
}

QSize ImageDelegate::cellSize() const
{
    return {m_side + 2 * gap, m_side + 2 * gap};
}

QSize ImageDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return cellSize();
}

void ImageDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    painter->save();
    const ChartStyle& style = cachedStyle(option.palette);
    paintState(*painter, option, style);

    QRectF room(0, 0, m_side, m_side);
    room.moveTopLeft(option.rect.center() - QPoint((m_side - 1) / 2, (m_side - 1) / 2));
    const auto picture = qvariant_cast<QImage>(index.data(Qt::DecorationRole));
    QRectF place = room;
    if (picture.isNull()) {
        painter->fillRect(room, option.palette.color(QPalette::Active, QPalette::AlternateBase));
        paintFrame(*painter, room.adjusted(1, 1, -1, -1), 1, style.grid);
    } else {
        place = paintPicture(*painter, room, picture, PictureScale::Natural);
    }

    const auto kind = static_cast<OutcomeKind>(index.data(ImagesModel::OutcomeRole).toInt());
    const Mark mark = markOf(kind);
    if (mark == Mark::None) {
        if (!picture.isNull())
            paintFrame(*painter, place, 1, style.grid);
    } else {
        // What TTA changed is what one looks for.
        const bool changed = mark == Mark::Fixed || mark == Mark::Broken;
        paintFrame(*painter, place, changed ? 2 : 1, markColour(mark, option.palette));
        const double side = std::max(12.0, m_side * (changed ? 0.34 : 0.26));
        paintMark(*painter, QRectF(room.right() - side + 2, room.bottom() - side + 2, side, side),
            mark, option.palette);
    }
    painter->restore();
}

} // namespace augury
