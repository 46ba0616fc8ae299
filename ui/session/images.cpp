// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/images.h"

#include <algorithm>

namespace augury {

QImage toImage(const ImageView& image)
{
    const auto& shape = image.shape;
    const auto format = shape.channels == 1 ? QImage::Format_Grayscale8 : QImage::Format_RGB888;
    return QImage(
        image.pixels.data(), shape.width, shape.height, shape.width * shape.channels, format)
        .copy();
}

QVector<SampleImage> sampleImages(const Dataset& dataset, int limit)
{
    const auto& set = *dataset.test;
    const auto count =
        std::min(static_cast<std::size_t>(std::max(limit, 0)), dataset.classNames.size());
    std::vector<SampleImage> found(count);
    std::size_t missing = count;
    for (std::size_t i = 0; i < set.size() && missing > 0; ++i) {
        const auto label = set.labels[i];
        if (label < 0 || static_cast<std::size_t>(label) >= count)
            continue;
        auto& sample = found[static_cast<std::size_t>(label)];
        if (!sample.image.isNull())
            continue;
        sample.image = toImage(set.image(i));
        sample.className =
            QString::fromStdString(dataset.classNames[static_cast<std::size_t>(label)]);
        --missing;
    }
    QVector<SampleImage> samples;
    for (auto& sample : found) {
        if (!sample.image.isNull())
            samples.push_back(std::move(sample));
    }
    return samples;
}

} // namespace augury
