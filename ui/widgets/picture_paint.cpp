// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/picture_paint.h"

#include <QPainter>
#include <QTransform>

#include <algorithm>
#include <cmath>

namespace augury {

double deviceRatio(const QPainter& painter)
{
    const QTransform& transform = painter.deviceTransform();
    return std::hypot(transform.m11(), transform.m12());
}

QRectF picturePlace(QSize picture, const QRectF& room, PictureScale scale, double devicePixelRatio)
{
    if (picture.isEmpty() || room.isEmpty() || devicePixelRatio <= 0)
        return {};
    const QSizeF device = room.size() * devicePixelRatio;
    const double fitting =
        std::min(device.width() / picture.width(), device.height() / picture.height());
    double factor = fitting;
    if (scale == PictureScale::Natural)
        factor = std::min(1.0, fitting);
    else if (scale == PictureScale::Whole && fitting >= 1)
        factor = std::floor(fitting + 1e-9);
    const auto pixels = [factor](int length) { return std::max(1.0, std::round(length * factor)); };
    QRectF place(
        QPointF(), QSizeF(pixels(picture.width()), pixels(picture.height())) / devicePixelRatio);
    place.moveCenter(room.center());
    const auto whole = [devicePixelRatio](double x) {
        return std::round(x * devicePixelRatio) / devicePixelRatio;
    };
    place.moveTopLeft({whole(place.left()), whole(place.top())});
    return place;
}

QRectF paintPicture(
    QPainter& painter, const QRectF& room, const QImage& picture, PictureScale scale)
{
    QRectF place = picturePlace(picture.size(), room, scale, deviceRatio(painter));
    if (place.isEmpty())
        return place;
    // The painter's origin need not be on a device pixel: not at 1.5×.
    const QTransform& transform = painter.deviceTransform();
    const QPointF corner = transform.map(place.topLeft());
    place.moveTopLeft(transform.inverted().map(QPointF(corner.toPoint())));

    const bool shrinks = transform.mapRect(place).width() < picture.width();
    const bool before = painter.testRenderHint(QPainter::SmoothPixmapTransform);
    painter.setRenderHint(
        QPainter::SmoothPixmapTransform, scale == PictureScale::Smooth || shrinks);
    painter.drawImage(place, picture, QRectF(picture.rect()));
    painter.setRenderHint(QPainter::SmoothPixmapTransform, before);
    return place;
}

} // namespace augury
