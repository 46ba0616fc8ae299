// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractItemDelegate>
#include <QApplication>
#include <QImage>
#include <QPainter>
#include <QStyleOptionViewItem>

namespace inspect_data {

/// A cell or a tile, drawn alone.
inline QImage drawn(QAbstractItemDelegate& delegate, const QModelIndex& index, QSize size,
    double ratio, QStyle::State state, const QPalette& palette)
{
    QImage image((QSizeF(size) * ratio).toSize(), QImage::Format_RGB32);
    image.setDevicePixelRatio(ratio);
    image.fill(palette.color(QPalette::Base));
    QPainter painter(&image);
    QStyleOptionViewItem option;
    option.rect = QRect(QPoint(), size);
    option.state = state | QStyle::State_Enabled;
    option.palette = palette;
    option.font = QApplication::font();
    delegate.paint(&painter, option, index);
    return image;
}

} // namespace inspect_data
