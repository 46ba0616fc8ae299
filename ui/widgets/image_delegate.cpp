// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/image_delegate.h"

#include "ui/session/images_model.h"
#include "ui/widgets/cached_style.h"
#include "ui/widgets/outcome_mark.h"
#include "ui/widgets/picture_paint.h"

#include <QImage>
#include <QPainter>
#include <QPixmap>

#include <algorithm>
#include <array>

namespace augury {

namespace {

constexpr int gap = 6; // around the picture: its frame 2, air 1, the selection's frame 3
constexpr double air = 3; // from the picture to the selection's frame
constexpr double corner = 4;
constexpr double focusLine = 1;

/// A frame around the picture where the cell is chosen or pointed at; the keyboard's cell has a
/// line in the text's colour along the outer edge of it.
void paintState(QPainter& painter, const QRectF& picture, const QStyleOptionViewItem& option,
    const ChartStyle& style)
{
    const bool focused = option.state.testFlag(QStyle::State_HasFocus);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool hovered = option.state.testFlag(QStyle::State_MouseOver);
    if (!focused && !selected && !hovered)
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    const auto ring = [&](double from, double to, const QColor& colour) {
        const double middle = (from + to) / 2;
        painter.setPen(QPen(colour, to - from));
        painter.drawRoundedRect(picture.adjusted(-middle, -middle, middle, middle), corner, corner);
    };
    const double edge = focused ? gap - focusLine : gap;
    QColor colour = option.palette.color(QPalette::Active, QPalette::Highlight);
    if (selected || hovered) {
        if (!selected)
            colour.setAlphaF(0.45F);
        ring(air, edge, colour);
    }
    if (focused)
        ring(edge, gap, style.text);
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

/// Marks as they were last drawn: a path takes many times as long as the rest of a cell.
class MarkPictures {
public:
    const QPixmap& picture(Mark mark, int side, double ratio, const QPalette& palette)
    {
        const ChartStyle& style = cachedStyle(palette);
        if (ratio != m_ratio || style != m_style) {
            m_pictures = {};
            m_ratio = ratio;
            m_style = style;
        }
        QPixmap& picture = m_pictures[static_cast<std::size_t>(mark)];
        const QSize size(QSizeF(side * ratio, side * ratio).toSize());
        if (picture.size() != size) {
            picture = QPixmap(size);
            picture.setDevicePixelRatio(ratio);
            picture.fill(Qt::transparent);
            QPainter painter(&picture);
            paintMark(painter, QRectF(0, 0, side, side), mark, palette);
        }
        return picture;
    }

private:
    std::array<QPixmap, 5> m_pictures;
    double m_ratio = 0;
    ChartStyle m_style;
};

} // namespace

struct ImageDelegate::Private {
    MarkPictures marks;
};

ImageDelegate::ImageDelegate(QObject* parent)
    : QStyledItemDelegate(parent)
    , m_d(std::make_unique<Private>())
{
}

ImageDelegate::~ImageDelegate() = default;

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
    paintState(*painter, place, option, style);

    const auto kind = static_cast<OutcomeKind>(index.data(ImagesModel::OutcomeRole).toInt());
    const Mark mark = markOf(kind);
    if (mark == Mark::None) {
        if (!picture.isNull())
            paintFrame(*painter, place, 1, style.grid);
    } else {
        // What TTA changed is what one looks for.
        const bool changed = mark == Mark::Fixed || mark == Mark::Broken;
        paintFrame(*painter, place, changed ? 2 : 1, markColour(mark, option.palette));
        const int side = std::max(12, m_side * (changed ? 34 : 26) / 100);
        painter->drawPixmap(QPointF(place.right() - side + 2, place.bottom() - side + 2),
            m_d->marks.picture(mark, side, deviceRatio(*painter), option.palette));
    }
    painter->restore();
}

} // namespace augury
