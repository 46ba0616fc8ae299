// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/transform.h"
#include "core/support/error.h"

#include <vector>

namespace augury {

struct Range {
    double low = 1;
    double high = 1;
    bool operator==(const Range&) const = default;
};

/// Which random augmentations are on and how strong. Names follow Keras's ImageDataGenerator.
/// Everything is off by default.
struct AugmentPolicy {
    bool horizontalFlip = false; ///< with probability ½
    bool verticalFlip = false; ///< with probability ½
    double rotationRange = 0; ///< degrees 0…180: θ ~ U(−r, r)
    double widthShiftRange = 0; ///< fraction 0…1: tx ~ U(−a, a)
    double heightShiftRange = 0; ///< fraction 0…1: ty ~ U(−a, a)
    Range zoomRange = {}; ///< 0.01 ≤ low ≤ high ≤ 100: factor ~ U(low, high)
    bool zoomIndependentAxes = false; ///< one factor each for width and height
    FillMode fillMode = FillMode::Nearest;
    int fillValue = 0; ///< 0…255, with FillMode::Constant

    bool operator==(const AugmentPolicy&) const = default;
    bool isIdentity() const; ///< draws nothing but the original

    /// Every problem, with the field's JSON name and allowed range; empty when valid.
    std::vector<Problem> validate() const;
};

/// The tutorial's: random horizontal flips only.
AugmentPolicy tutorialPolicy();

/// In words: "horizontal flip, rotation ±10°, shift ±5 %, zoom 0.9–1.1"; "none".
std::string describe(const AugmentPolicy& policy);

/// The Transform of copy `copy` (from 1 on) of image `image` (its index in the ImageSet).
/// A pure function: Philox4x32 with key = seed, counter = (image, copy, the parameter's own slot).
/// Copy k does not depend on how many copies follow, nor one parameter on which others are on.
Transform draw(
    const AugmentPolicy& policy, std::uint64_t seed, std::uint32_t image, std::uint32_t copy);

} // namespace augury
