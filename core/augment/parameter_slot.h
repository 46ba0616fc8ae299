// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace augury {

/// The last part of the random counter of each drawn parameter. Fixed for ever: a number that moved
/// would change every picture of every stored seed. Word 0 of the slot is the parameter's draw.
enum class ParameterSlot : std::uint32_t {
    HorizontalFlip = 0,
    VerticalFlip = 1,
    Rotation = 2,
    ShiftX = 3,
    ShiftY = 4,
    ZoomX = 5, ///< both axes, unless they are independent
    ZoomY = 6,
    // Kept free: shear 7, quarter turns 8, crop side 9, crop x 10, crop y 11, brightness 12,
    // contrast 13, channel shift 14, blur 15; noise, four values a slot, from 65536 on.
};

} // namespace augury
