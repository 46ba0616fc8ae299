// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/support/random.h"

#include <cmath>
#include <numeric>

namespace augury::testing {

/// n images of noise, labelled 0, 1, … K − 1, 0, ….
inline std::shared_ptr<ImageSet> noiseImages(
    std::size_t n, const Shape& shape, int classes, std::uint64_t seed = 7)
{
    auto images = std::make_shared<ImageSet>();
    images->shape = shape;
    images->pixels.resize(n * shape.size());
    for (std::size_t i = 0; i < images->pixels.size(); ++i)
        images->pixels[i] = static_cast<std::uint8_t>(
            randomWords(seed, RandomUse::Subset, static_cast<std::uint32_t>(i))[0] >> 24);
    for (std::size_t i = 0; i < n; ++i)
        images->labels.push_back(static_cast<std::int32_t>(i % static_cast<std::size_t>(classes)));
    return images;
}

/// One image of slow waves, different along x, y and the channels.
inline std::vector<std::uint8_t> smoothImage(const Shape& shape)
{
    std::vector<std::uint8_t> pixels;
    for (int y = 0; y < shape.height; ++y)
        for (int x = 0; x < shape.width; ++x)
            for (int c = 0; c < shape.channels; ++c)
                pixels.push_back(static_cast<std::uint8_t>(
                    127.5 + 60 * std::sin(0.35 * x + c) + 60 * std::cos(0.22 * y - 0.5 * c)));
    return pixels;
}

/// All of them, in order.
inline Split wholeSplit(std::shared_ptr<const ImageSet> images)
{
    Split split{std::move(images), {}};
    split.indices.resize(split.images->size());
    std::iota(split.indices.begin(), split.indices.end(), 0U);
    return split;
}

} // namespace augury::testing
