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
    Shear = 7,
    QuarterTurns = 8,
    CropSide = 9,
    CropX = 10,
    CropY = 11,
    Brightness = 12,
    Contrast = 13,
    ChannelShift = 14,
    Blur = 15,
    Noise = 65536, ///< this one and all that follow: four normal values each
};

} // namespace augury
