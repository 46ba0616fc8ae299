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

/// Whose noise: it is a function of these three numbers alone.
struct NoiseKey {
    std::uint64_t seed = 0;
    std::uint32_t image = 0;
    std::uint32_t copy = 0;
    auto operator<=>(const NoiseKey&) const = default;
};

/// One drawn set of parameters: a plain comparable value. Two equal Transforms of one image are the
/// same variant. Order of effect: the affine (one bilinear resampling), the flips and the quarter
/// turn (exact pixel moves), contrast, brightness, channel shift, blur, noise; then rounding and
/// saturation to 0…255, once.
///
/// The affine takes a point p of the image to p′ = c + t + R · S · Z · ((p − q) / f), with the
/// centre c = ((W−1)/2, (H−1)/2), the crop's centre q and side fraction f, zoom Z, shear S,
/// rotation R and shift t = (shiftX · W, shiftY · H): cropped first, shifted last, so that a shift
/// is as long and as straight as it says.
struct Transform {
    bool horizontalFlip = false;
    bool verticalFlip = false;
    bool quarterTurn = false; ///< by 90° counter-clockwise, after the flips; square images only.
                              ///< Half a turn is both flips, three quarters are both and this.
    double rotation = 0; ///< degrees, counter-clockwise positive
    double shear = 0; ///< degrees by which a vertical line leans, + to the right at its top
    double shiftX = 0; ///< fraction of the width, + is right
    double shiftY = 0; ///< fraction of the height, + is down
    double zoomX = 1; ///< > 1 magnifies
    double zoomY = 1;
    double cropFraction = 1; ///< of each side, (0, 1]; what is cut out is resized to the whole
    double cropX = 0.5; ///< where the cut lies: 0 left, 1 right; 0.5 while nothing is cropped
    double cropY = 0.5; ///< 0 top, 1 bottom
    double contrast = 1; ///< (pixel − m) · contrast + m, m the mean of all pixels and channels
    double brightness = 1; ///< pixel · brightness
    double channelShift = 0; ///< grey levels, added to every channel
    double blurSigma = 0; ///< pixels; Gaussian up to 4 σ, edges reflected
    double noiseStd = 0; ///< grey levels; Gaussian
    NoiseKey noise = {}; ///< all 0 while noiseStd is 0
    FillMode fillMode = FillMode::Nearest; ///< kept at Nearest, 0 while the affine is the identity,
    std::uint8_t fillValue = 0; ///< so that equal pictures compare equal

    auto operator<=>(const Transform&) const = default;

    bool affineIsIdentity() const;
    bool isIdentity() const { return *this == Transform{}; }

    /// Turns by `quarters` × 90° counter-clockwise, on top of the flips there are.
    void turn(int quarters);
};

/// In words a user reads: "flip, +3.1°, shift 2 px right and 1.5 px up, zoom 1.04"; "vertical
/// flip"; "half turn"; "crop 88 % top left"; "original" for the identity.
std::string describe(const Transform& transform, const Shape& shape);

/// Writes the variant's pixels (same shape and layout as `image`) to `out`, which must not overlap
/// it. Bilinear through cv::warpAffine on bytes, which rounds the sampled position to 1/32 px: it
/// is at most 1/64 + 1/1024 px off along each axis, and the result rounded to a whole grey level.
/// (It holds positions up to ±32767 px only: where extreme zooms and shears look further outside,
/// what a reflected or wrapped border shows there is not exact.)
/// A Transform whose affine is the identity resamples nothing: its pixels are moved or recomputed
/// exactly, and those of the identity are bit-identical.
/// Thread-safe. Throws Error when a size does not fit the shape, or a quarter turn a shape that is
/// not square.
void render(const ImageView& image, const Transform& transform, std::span<std::uint8_t> out);

} // namespace augury
