// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/pixel_moves.h"
#include "core/augment/pixel_values.h"
#include "core/support/error.h"

#include <fmt/format.h>
#include <opencv2/imgproc.hpp>

#include <cmath>
#include <numbers>
#include <vector>

namespace augury {

namespace {

/// Output position → source position: p = q + f · Z⁻¹ · S⁻¹ · R⁻¹ · (p′ − c − t).
cv::Matx23d inverseMap(const Transform& transform, const Shape& shape)
{
    constexpr double degree = std::numbers::pi / 180;
    const double cosine = std::cos(transform.rotation * degree);
    const double sine = std::sin(transform.rotation * degree);
    const double lean = std::tan(transform.shear * degree);
    // y points down: counter-clockwise on the screen takes (1, 0) to (cos, −sin), and what leans to
    // the right goes there as y falls.
    const double x = transform.cropFraction / transform.zoomX;
    const double y = transform.cropFraction / transform.zoomY;
    const double m00 = x * (cosine + lean * sine);
    const double m01 = x * (lean * cosine - sine);
    const double m10 = y * sine;
    const double m11 = y * cosine;
    // The centre of what is cropped, whose left edge lies between −½ and W − ½ − fW.
    const auto cropCentre = [&](double place, int length) {
        const double side = transform.cropFraction * length;
        return place * (length - side) + (side - 1) / 2;
    };
    const double ox = (shape.width - 1) / 2.0 + transform.shiftX * shape.width; // where it goes
    const double oy = (shape.height - 1) / 2.0 + transform.shiftY * shape.height;
    const double qx = cropCentre(transform.cropX, shape.width);
    const double qy = cropCentre(transform.cropY, shape.height);
    return {m00, m01, qx - m00 * ox - m01 * oy, m10, m11, qy - m10 * ox - m11 * oy};
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

} // namespace

void render(const ImageView& image, const Transform& transform, std::span<std::uint8_t> out)
{
    const auto size = image.shape.size();
    if (image.pixels.size() != size || out.size() != size || size == 0)
        throw Error(fmt::format("A variant of a {} image needs {} bytes in and out, not {} and {}.",
            describe(image.shape), size, image.pixels.size(), out.size()));
    if (transform.quarterTurn && image.shape.width != image.shape.height)
        throw Error(fmt::format("A quarter turn needs a square image, but this one is {} wide and "
                                "{} high. Switch quarter turns off.",
            image.shape.width, image.shape.height));
    if (transform.affineIsIdentity()) {
        copyMoved(image.pixels.data(), out.data(), image.shape, transform);
    } else if (!movesPixels(transform)) {
        warp(image, transform, out.data());
    } else {
        thread_local std::vector<std::uint8_t> warped;
        warped.resize(size);
        warp(image, transform, warped.data());
        copyMoved(warped.data(), out.data(), image.shape, transform);
    }
    if (changesPixelValues(transform))
        changePixelValues(image.shape, transform, out);
}

} // namespace augury
