// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/transform.h"

namespace augury {

bool movesPixels(const Transform& transform); ///< flips or turns

/// Copies an image with the Transform's flips and then its quarter turn: exact moves of whole
/// pixels. `from` and `to` do not overlap; a quarter turn needs a square shape.
void copyMoved(
    const std::uint8_t* from, std::uint8_t* to, const Shape& shape, const Transform& transform);

} // namespace augury
