// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/transform.h"
#include "core/tta/predictor.h"

#include <vector>

namespace augury {

/// One distinct view of an image.
struct Variant {
    Transform transform;
    std::vector<int> slots; ///< which draws it stands for, ascending: 0 the original, from 1 copies
    std::vector<std::uint8_t> pixels; ///< H×W×C
};

/// One image with everything that votes on it: what the contact sheet and the inspector show.
struct ImageVariants {
    Shape shape;
    std::vector<Variant> variants; ///< by their first slot; the original is the first
    /// Of this one image; the row of a slot is the place of its variant in `variants`. Empty
    /// (classes 0) without a classifier.
    VoteTable table;
};

/// Draws and renders image `position` of `split`, and predicts its variants if there is a
/// classifier: the same draws and votes as predictVotes() gives it. Throws Error as that does.
ImageVariants variantsOf(Classifier* classifier, const Split& split, std::size_t position,
    const PredictOptions& options, const Job& job = {});

} // namespace augury
