// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/transform.h"
#include "core/augment/view_sets.h"
#include "core/support/error.h"

#include <optional>
#include <vector>

namespace augury {

struct Range {
    double low = 1;
    double high = 1;
    bool operator==(const Range&) const = default;
};

/// Which augmentations are on and how strong. Names follow Keras's ImageDataGenerator. Everything
/// is off by default. Either random copies, or, with `views`, a fixed list; then the random fields
/// are off.
struct AugmentPolicy {
    bool horizontalFlip = false; ///< with probability ½
    bool verticalFlip = false; ///< with probability ½
    bool rotate90 = false; ///< 0…3 quarter turns, each with probability ¼; square images only
    double rotationRange = 0; ///< degrees 0…180: θ ~ U(−r, r)
    double widthShiftRange = 0; ///< fraction 0…1: tx ~ U(−a, a)
    double heightShiftRange = 0; ///< fraction 0…1: ty ~ U(−a, a)
    double shearRange = 0; ///< degrees 0…89: s ~ U(−a, a)
    Range zoomRange = {}; ///< 0.01 ≤ low ≤ high ≤ 100: factor ~ U(low, high)
    bool zoomIndependentAxes = false; ///< one factor each for width and height
    Range cropFraction = {}; ///< 0.01 ≤ low ≤ high ≤ 1: side ~ U(low, high), anywhere inside
    Range brightnessRange = {}; ///< 0 ≤ low ≤ high ≤ 100: factor ~ U(low, high)
    Range contrastRange = {}; ///< 0 ≤ low ≤ high ≤ 100: factor ~ U(low, high)
    double channelShiftRange = 0; ///< grey levels 0…255: one δ ~ U(−c, c) for all channels
    double noiseStd = 0; ///< grey levels 0…255: σ of every copy's Gaussian noise
    Range blurSigma = {0, 0}; ///< pixels 0 ≤ low ≤ high ≤ 50: σ ~ U(low, high)
    std::optional<ViewSets> views = {};
    FillMode fillMode = FillMode::Nearest;
    int fillValue = 0; ///< 0…255, with FillMode::Constant

    bool operator==(const AugmentPolicy&) const = default;
    bool isIdentity() const; ///< draws nothing but the original

    /// Every problem, with the field's JSON name and allowed range; empty when valid.
    std::vector<Problem> validate() const;
    /// What else is wrong for images of this shape: quarter turns need square ones.
    std::vector<Problem> validateFor(const Shape& shape) const;
};

/// The tutorial's: random horizontal flips only.
AugmentPolicy tutorialPolicy();

/// How many copies there are at most: the number of views, or 1000 where they are random.
int mostCopies(const AugmentPolicy& policy);

/// In words: "horizontal flip, rotation ±10°, shift ±5 %, zoom 0.9–1.1"; "none";
/// "8 views: flips × quarter turns".
std::string describe(const AugmentPolicy& policy);

/// The Transform of copy `copy` (from 1 on) of image `image` (its index in the ImageSet).
/// A pure function: Philox4x32 with key = seed, counter = (image, copy, the parameter's own slot).
/// Copy k does not depend on how many copies follow, nor one parameter on which others are on.
/// With `views` it is the k-th of them, the same for every image and seed; Error beyond the last.
Transform draw(
    const AugmentPolicy& policy, std::uint64_t seed, std::uint32_t image, std::uint32_t copy);

} // namespace augury
