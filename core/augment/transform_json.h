// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/transform.h"

#include <nlohmann/json_fwd.hpp>

namespace augury {

/// Every field, in the units of Transform: {"horizontal_flip", "vertical_flip", "quarter_turn",
/// "rotation", "shear", "shift_x", "shift_y", "zoom_x", "zoom_y", "crop_fraction", "crop_x",
/// "crop_y", "contrast", "brightness", "channel_shift", "blur_sigma", "noise_std", "noise":
/// {"seed", "image", "copy"}, "fill_mode", "fill_value"}.
nlohmann::json toJson(const Transform& transform);

} // namespace augury
