// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/transform.h"
#include "core/support/error.h"

#include <vector>

namespace augury {

/// Where to crop: Keep nothing cut; Centre alone; Five the centre, then the corners: top left, top
/// right, bottom left, bottom right.
enum class CropViews : std::uint8_t { Keep, Centre, Five };

/// An enumerated policy: instead of random copies the product of these sets, or a list of views one
/// by one. Pictures that two combinations of the sets share (both flips are half a turn) are listed
/// once; a list may name a view several times, which then has several votes.
struct ViewSets {
    bool horizontalFlip = false; ///< as it is, and mirrored
    bool verticalFlip = false;
    bool quarterTurns = false; ///< 0, 90, 180, 270°; square images only
    std::vector<double> scales = {1}; ///< zoom factors 0.01…100, distinct
    CropViews crops = CropViews::Keep;
    double cropFraction = 0.875; ///< side of a crop, [0.01, 1), where crops are on
    std::vector<double> brightness = {1}; ///< factors 0.01…100, distinct; at 0 all views were one
    /// Where it is not empty, these are the views, in this order, and the sets above are neutral.
    /// Each has its own border; without noise, which would be the same on every image.
    std::vector<Transform> list = {};

    bool operator==(const ViewSets&) const = default;

    int count() const; ///< views, at least 1; at most 1000 (validate())

    /// The index-th view, 0 … count() − 1. Vertical flips vary slowest, then horizontal flips,
    /// quarter turns, scales, crops, brightness: so the first five of ten crops are the five crops,
    /// and the first view of all sets that hold their neutral value first is the original.
    /// Throws Error where there is none of that index.
    Transform view(int index) const;

    /// Fields as in JSON: "views.scales" …
    std::vector<Problem> validate() const;
};

} // namespace augury
