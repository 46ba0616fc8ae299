// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/pixel_moves.h"

#include <algorithm>
#include <cstddef>
#include <cstring>

namespace augury {

namespace {

/// Three channels, by far the most common. Four bytes are moved faster than three; the fourth is
/// overwritten by the next pixel, so that only the first read and the last write must be exact.
void mirrorCopyOfThree(const std::uint8_t* from, std::uint8_t* to, std::size_t pixels)
{
    const auto* p = from + pixels * 3;
    for (std::size_t i = 0; i < pixels; ++i, to += 3) {
        p -= 3;
        if (i == 0 || i + 1 == pixels)
            std::memcpy(to, p, 3);
        else
            std::memcpy(to, p, 4);
    }
}

/// `to` becomes `from` with its pixels in the opposite order.
void mirrorCopy(
    const std::uint8_t* from, std::uint8_t* to, std::size_t pixels, std::size_t channels)
{
    if (channels == 1)
        std::reverse_copy(from, from + pixels, to);
    else if (channels == 3)
        mirrorCopyOfThree(from, to, pixels);
    else
        for (std::size_t i = 0; i < pixels; ++i)
            std::memcpy(to + i * channels, from + (pixels - 1 - i) * channels, channels);
}

void flipCopy(
    const std::uint8_t* from, std::uint8_t* to, const Shape& shape, bool horizontal, bool vertical)
{
    const auto channels = static_cast<std::size_t>(shape.channels);
    const auto width = static_cast<std::size_t>(shape.width);
    const auto height = static_cast<std::size_t>(shape.height);
    const auto stride = width * channels;
    if (horizontal && vertical) {
        mirrorCopy(from, to, width * height, channels);
        return;
    }
    if (!horizontal && !vertical) {
        std::memcpy(to, from, stride * height);
        return;
    }
    for (std::size_t y = 0; y < height; ++y) {
        if (horizontal)
            mirrorCopy(from + y * stride, to + y * stride, width, channels);
        else
            std::memcpy(to + (height - 1 - y) * stride, from + y * stride, stride);
    }
}

/// The turn takes pixel (x, y) of the flipped image to (y, N − 1 − x): row y of the result is the
/// flipped image's column N − 1 − y, from top to bottom.
template <std::size_t Channels>
void turnCopy(const std::uint8_t* from, std::uint8_t* to, std::size_t side, std::size_t channels,
    bool horizontal, bool vertical)
{
    const auto size = Channels == 0 ? channels : Channels; // a constant, where it is one
    const auto stride = static_cast<std::ptrdiff_t>(side * size);
    for (std::size_t y = 0; y < side; ++y) {
        const auto column = horizontal ? y : side - 1 - y;
        const auto* source = from + column * size + (vertical ? (side - 1) * side * size : 0);
        const auto step = vertical ? -stride : stride;
        for (std::size_t x = 0; x < side; ++x, to += size)
            std::memcpy(to, source + static_cast<std::ptrdiff_t>(x) * step, size);
    }
}

} // namespace

bool movesPixels(const Transform& transform)
{
    return transform.horizontalFlip || transform.verticalFlip || transform.quarterTurn;
}

void copyMoved(
    const std::uint8_t* from, std::uint8_t* to, const Shape& shape, const Transform& transform)
{
    const bool horizontal = transform.horizontalFlip;
    const bool vertical = transform.verticalFlip;
    if (!transform.quarterTurn) {
        flipCopy(from, to, shape, horizontal, vertical);
        return;
    }
    const auto side = static_cast<std::size_t>(shape.width);
    const auto channels = static_cast<std::size_t>(shape.channels);
    if (channels == 1)
        turnCopy<1>(from, to, side, channels, horizontal, vertical);
    else if (channels == 3)
        turnCopy<3>(from, to, side, channels, horizontal, vertical);
    else
        turnCopy<0>(from, to, side, channels, horizontal, vertical);
}

} // namespace augury
