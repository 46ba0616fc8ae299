// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QRectF>

class QPainter;

namespace augury {

enum class PictureScale {
    Natural, ///< one pixel of the picture is one of the device; smoothed if it does not fit
    Whole, ///< enlarged by the largest whole factor of device pixels that fits, pixels kept
    Smooth ///< as large as fits, interpolated
};

/// Where a picture of this size stands, centred in `room` on whole device pixels. Logical
/// coordinates of a painter whose device has this ratio. Whole and Natural pictures that are larger
/// than the room are shrunk to fit.
QRectF picturePlace(QSize picture, const QRectF& room, PictureScale scale, double devicePixelRatio);

/// Draws it there; returns where. Pictures that are shrunk are always smoothed. Opaque pictures
/// cover the place exactly.
QRectF paintPicture(
    QPainter& painter, const QRectF& room, const QImage& picture, PictureScale scale);

/// The ratio of the painter's device.
double deviceRatio(const QPainter& painter);

} // namespace augury
