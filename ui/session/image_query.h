// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/evaluate/image_outcomes.h"

#include <cstdint>
#include <span>
#include <vector>

namespace augury {

enum class ImageFilter { All, Fixed, Broken, BothWrong, BothRight, Changed };
enum class ImageOrder {
    Index,
    Confidence, ///< merged score of the predicted class
    Agreement,
    Entropy, ///< of the mean prediction
    MutualInformation
};

/// Which images of a split the grid shows, and in which order.
struct ImageQuery {
    ImageFilter filter = ImageFilter::All;
    int label = -1; ///< true class; −1: any
    int predicted = -1; ///< merged vote; −1: any
    ImageOrder order = ImageOrder::Index;
    bool descending = false;
    int original = -1; ///< what the untouched image alone is taken for; −1: any
    bool operator==(const ImageQuery&) const = default;

    /// Whether it asks for more than the data set alone can tell.
    bool needsVotes() const
    {
        return filter != ImageFilter::All || predicted >= 0 || original >= 0
            || order != ImageOrder::Index;
    }
};

/// Positions in `split`, in the query's order; equal ones by position, ascending. `outcomes` has
/// one entry a position, or is empty where nothing was evaluated: then what needs votes does not
/// apply.
std::vector<std::uint32_t> selectImages(
    const Split& split, std::span<const ImageOutcome> outcomes, const ImageQuery& query);

} // namespace augury
