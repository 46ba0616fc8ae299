// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tune/policy_field.h"

#include "core/augment/words.h"
#include "core/support/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace augury {

namespace {

constexpr double leastFactor = 0.01; ///< of zooms and crops

// Name, label, unit, most, suggested, switch.
constexpr std::array<PolicyField, 15> fields = {{
    {"rotation_range", "rotation", "°", 180, 45, false},
    {"shift_range", "shift", "%", 1, 0.3, false},
    {"width_shift_range", "width shift", "%", 1, 0.3, false},
    {"height_shift_range", "height shift", "%", 1, 0.3, false},
    {"shear_range", "shear", "°", 89, 30, false},
    {"zoom_range", "zoom", "%", 1 - leastFactor, 0.5, false},
    {"crop_fraction", "crop", "%", 1 - leastFactor, 0.5, false},
    {"brightness_range", "brightness", "%", 1, 0.6, false},
    {"contrast_range", "contrast", "%", 1, 0.6, false},
    {"channel_shift_range", "channel shift", "grey levels", 255, 60, false},
    {"noise_std", "noise", "grey levels", 255, 30, false},
    {"blur_sigma", "blur", "px", 50, 2, false},
    {"horizontal_flip", "horizontal flip", "", 1, 1, true},
    {"vertical_flip", "vertical flip", "", 1, 1, true},
    {"rotate90", "quarter turns", "", 1, 1, true},
}};

Range around(double strength)
{
    return {1 - strength, 1 + strength};
}

} // namespace

std::span<const PolicyField> policyFields()
{
    return fields;
}

const PolicyField* findPolicyField(const std::string& name)
{
    const auto found =
        std::ranges::find_if(fields, [&](const PolicyField& field) { return name == field.name; });
    return found == fields.end() ? nullptr : &*found;
}

AugmentPolicy withStrength(const AugmentPolicy& policy, const PolicyField& field, double strength)
{
    if (!(strength >= 0 && strength <= field.most)) // so that NaN fails too
        throw Error(fmt::format(
            "The strength of {} must be 0 to {}, but is {}.", field.name, field.most, strength));
    if (field.isSwitch && strength != 0 && strength != 1)
        throw Error(fmt::format(
            "The strength of {} must be 0 (off) or 1 (on), but is {}.", field.name, strength));
    auto changed = policy;
    changed.views.reset();
    const std::string name = field.name;
    const bool on = strength == 1;
    if (name == "rotation_range")
        changed.rotationRange = strength;
    else if (name == "shift_range")
        changed.widthShiftRange = changed.heightShiftRange = strength;
    else if (name == "width_shift_range")
        changed.widthShiftRange = strength;
    else if (name == "height_shift_range")
        changed.heightShiftRange = strength;
    else if (name == "shear_range")
        changed.shearRange = strength;
    else if (name == "zoom_range")
        changed.zoomRange = around(strength);
    else if (name == "crop_fraction")
        changed.cropFraction = {1 - strength, 1};
    else if (name == "brightness_range")
        changed.brightnessRange = around(strength);
    else if (name == "contrast_range")
        changed.contrastRange = around(strength);
    else if (name == "channel_shift_range")
        changed.channelShiftRange = strength;
    else if (name == "noise_std")
        changed.noiseStd = strength;
    else if (name == "blur_sigma")
        changed.blurSigma = {0, strength};
    else if (name == "horizontal_flip")
        changed.horizontalFlip = on;
    else if (name == "vertical_flip")
        changed.verticalFlip = on;
    else if (name == "rotate90")
        changed.rotate90 = on;
    else
        throw Error(fmt::format("A policy has no field \"{}\" that can be swept.", name));
    return changed;
}

std::string strengthText(const PolicyField& field, double strength)
{
    const std::string name = field.name;
    if (field.isSwitch || strength == 0)
        return strength == 0 ? "off" : "on";
    if (name == "zoom_range" || name == "brightness_range" || name == "contrast_range")
        return fmt::format(
            "{}–{}", shortNumber(1 - strength, 2, 1), shortNumber(1 + strength, 2, 1));
    if (name == "crop_fraction")
        return fmt::format("{}–100 %", shortNumber(100 * (1 - strength), 1, 100));
    if (name == "noise_std")
        return "σ " + shortNumber(strength, 1);
    if (name == "blur_sigma")
        return fmt::format("0–{} px", shortNumber(strength, 2));
    const std::string unit = field.unit;
    if (unit == "%")
        return fmt::format("±{} %", shortNumber(100 * strength, 1));
    if (unit == "°")
        return fmt::format("±{}°", shortNumber(strength, 1));
    return fmt::format("±{} {}", shortNumber(strength, 1), unit);
}

} // namespace augury
