// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"

#include <compare>
#include <cstdint>
#include <span>
#include <string>

namespace augury {

/// What lies outside the image. Keras's names; OpenCV's REPLICATE, CONSTANT, REFLECT, WRAP.
enum class FillMode : std::uint8_t { Nearest, Constant, Reflect, Wrap };

/// One drawn set of parameters: a plain comparable value. Two equal Transforms of one image are the
/// same variant. Order of effect: one affine with one bilinear resampling, then the flips (exact
/// pixel moves). The affine takes a point p of the image to p′ = c + t + R · Z · (p − c), with the
/// centre c = ((W−1)/2, (H−1)/2), zoom Z, rotation R and shift t = (shiftX · W, shiftY · H): zoomed
/// first, turned next, shifted last, so a shift is as long and as straight as it says.
struct Transform {
    bool horizontalFlip = false;
    bool verticalFlip = false;
    double rotation = 0; ///< degrees, counter-clockwise positive
    double shiftX = 0; ///< fraction of the width, + is right
    double shiftY = 0; ///< fraction of the height, + is down
    double zoomX = 1; ///< > 1 magnifies
    double zoomY = 1;
    FillMode fillMode = FillMode::Nearest; ///< kept at Nearest, 0 while the affine is the identity,
    std::uint8_t fillValue = 0; ///< so that equal pictures compare equal

    auto operator<=>(const Transform&) const = default;

    bool affineIsIdentity() const;
    bool isIdentity() const { return *this == Transform{}; }
};

/// In words a user reads: "flip, +3.1°, shift 2 px right and 1.5 px up, zoom 1.04"; "vertical
/// flip"; "zoom 1.04 wide and 0.97 high"; "original" for the identity.
std::string describe(const Transform& transform, const Shape& shape);

/// Writes the variant's pixels (same shape and layout as `image`) to `out`, which must not overlap
/// it. Bilinear through cv::warpAffine on bytes, which rounds the sampled position to 1/32 px: it
/// is at most 1/64 + 1/1024 px off along each axis, and the result rounded to a whole grey level.
/// A Transform whose affine is the identity resamples nothing: its pixels are bit-identical.
/// Thread-safe. Throws Error when a size does not fit the shape.
void render(const ImageView& image, const Transform& transform, std::span<std::uint8_t> out);

} // namespace augury
