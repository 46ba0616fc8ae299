// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/augment_policy.h"

#include <span>
#include <string>

namespace augury {

/// A policy with a name of the field.
struct Preset {
    std::string name; ///< "hflip", "d4", "five_crop", "ten_crop", "multi_scale", "tutorial", …
    AugmentPolicy policy;
    int copies = 7; ///< suggested; all views where they are enumerated
    std::string origin; ///< one sentence: where it comes from, what it is for
    std::string caution; ///< where it makes no sense ("a vertical flip turns a 6 into a 9"), or ""
};

/// hflip, d4, five_crop, ten_crop, multi_scale (enumerated); tutorial, gentle, keras_full (random).
std::span<const Preset> presets();

/// Null when there is none of that name.
const Preset* findPreset(const std::string& name);

/// Of the preset that draws just so; empty when there is none.
std::string presetName(const AugmentPolicy& policy);

} // namespace augury
