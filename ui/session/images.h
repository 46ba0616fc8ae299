// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"

#include <QImage>
#include <QVector>

namespace augury {

/// A copy of the image's bytes as Qt paints them.
QImage toImage(const ImageView& image);

struct SampleImage {
    QImage image;
    QString className;
};

/// The first image of each class in the test set, for at most `limit` classes.
QVector<SampleImage> sampleImages(const Dataset& dataset, int limit);

} // namespace augury
