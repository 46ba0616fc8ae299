// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/transform.h"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace augury {

/// Every field, in the units of Transform: {"horizontal_flip", "vertical_flip", "quarter_turn",
/// "rotation", "shear", "shift_x", "shift_y", "zoom_x", "zoom_y", "crop_fraction", "crop_x",
/// "crop_y", "contrast", "brightness", "channel_shift", "blur_sigma", "noise_std", "noise":
/// {"seed", "image", "copy"}, "fill_mode", "fill_value"}.
nlohmann::json toJson(const Transform& transform);

/// Missing fields keep their neutral value. Throws Error naming `where` and listing every problem:
/// unknown fields, wrong types. Ranges are the policy's to check.
Transform transformFromJson(const nlohmann::json& json, const std::string& where);

/// The same without the fields that are neutral, as a list written by hand would have it.
nlohmann::json shortJson(const Transform& transform);

} // namespace augury
