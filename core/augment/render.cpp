// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/transform.h"
#include "core/support/error.h"

#include <fmt/format.h>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numbers>

namespace augury {

namespace {

/// Output position → source position: p = c + Z⁻¹ · R⁻¹ · (p′ − c − t).
cv::Matx23d inverseMap(const Transform& transform, const Shape& shape)
{
    const double angle = transform.rotation * (std::numbers::pi / 180);
    const double cosine = std::cos(angle);
    const double sine = std::sin(angle);
    const double cx = (shape.width - 1) / 2.0;
    const double cy = (shape.height - 1) / 2.0;
    // y points down: counter-clockwise on the screen takes (1, 0) to (cos, −sin).
    const double m00 = cosine / transform.zoomX;
    const double m01 = -sine / transform.zoomX;
    const double m10 = sine / transform.zoomY;
    const double m11 = cosine / transform.zoomY;
    const double ox = cx + transform.shiftX * shape.width; // where the centre goes
    const double oy = cy + transform.shiftY * shape.height;
    return {m00, m01, cx - m00 * ox - m01 * oy, m10, m11, cy - m10 * ox - m11 * oy};
}

int borderMode(FillMode mode)
{
    switch (mode) {
    case FillMode::Nearest:
        return cv::BORDER_REPLICATE;
    case FillMode::Constant:
        return cv::BORDER_CONSTANT;
    case FillMode::Reflect:
        return cv::BORDER_REFLECT;
    case FillMode::Wrap:
        return cv::BORDER_WRAP;
    }
    throw Error("Unknown fill mode.");
}

void warp(const ImageView& image, const Transform& transform, std::uint8_t* out)
{
    const auto& shape = image.shape;
    const int type = CV_MAKETYPE(CV_8U, shape.channels);
    // cv::Mat has no read-only form; warpAffine only reads its source.
    const cv::Mat source(
        shape.height, shape.width, type, const_cast<std::uint8_t*>(image.pixels.data()));
    cv::Mat target(shape.height, shape.width, type, out);
    try {
        cv::warpAffine(source, target, inverseMap(transform, shape), target.size(),
            cv::INTER_LINEAR | cv::WARP_INVERSE_MAP, borderMode(transform.fillMode),
            cv::Scalar::all(transform.fillValue));
    } catch (const cv::Exception& error) {
        throw Error(fmt::format("Could not render a variant of a {} image: {}.", describe(shape),
            error.err.empty() ? error.what() : error.err));
    }
}

template <std::size_t Channels>
void mirrorCopy(const std::uint8_t* from, std::uint8_t* to, std::size_t pixels)
{
    for (const auto* p = from + pixels * Channels; p != from; to += Channels) {
        p -= Channels;
        std::memcpy(to, p, Channels);
    }
}

/// `to` becomes `from` with its pixels in the opposite order.
void mirrorCopy(
    const std::uint8_t* from, std::uint8_t* to, std::size_t pixels, std::size_t channels)
{
    if (channels == 1)
        std::reverse_copy(from, from + pixels, to);
    else if (channels == 3)
        mirrorCopy<3>(from, to, pixels);
    else
        for (std::size_t i = 0; i < pixels; ++i)
            std::memcpy(to + i * channels, from + (pixels - 1 - i) * channels, channels);
}

/// Exact moves of whole pixels from `from` to `to`, which do not overlap.
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

} // namespace

void render(const ImageView& image, const Transform& transform, std::span<std::uint8_t> out)
{
    const auto size = image.shape.size();
    if (image.pixels.size() != size || out.size() != size || size == 0)
        throw Error(fmt::format("A variant of a {} image needs {} bytes in and out, not {} and {}.",
            describe(image.shape), size, image.pixels.size(), out.size()));
    const bool flips = transform.horizontalFlip || transform.verticalFlip;
    if (transform.affineIsIdentity()) {
        flipCopy(image.pixels.data(), out.data(), image.shape, transform.horizontalFlip,
            transform.verticalFlip);
    } else if (!flips) {
        warp(image, transform, out.data());
    } else {
        std::vector<std::uint8_t> warped(size);
        warp(image, transform, warped.data());
        flipCopy(warped.data(), out.data(), image.shape, transform.horizontalFlip,
            transform.verticalFlip);
    }
}

} // namespace augury
