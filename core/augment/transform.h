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
/// same variant. Order of effect: one affine (rotation · shift · zoom, about the centre
/// ((W−1)/2, (H−1)/2), one bilinear resampling), then the flips (exact pixel moves).
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

/// In words a user reads: "flip, +3.1°, shift +2 px right, zoom 1.04"; "original" for the identity.
std::string describe(const Transform& transform, const Shape& shape);

/// Writes the variant's pixels (same shape and layout as `image`) to `out`, which must not overlap
/// it. Bilinear through cv::warpAffine on bytes, whose sub-pixel position is quantised to 1/32 px.
/// A Transform whose affine is the identity resamples nothing. Thread-safe.
void render(const ImageView& image, const Transform& transform, std::span<std::uint8_t> out);

} // namespace augury
