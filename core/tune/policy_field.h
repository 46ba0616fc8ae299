// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/augment_policy.h"

#include <span>
#include <string>

namespace augury {

/// A field of a policy that one number can sweep: 0 is off, more is stronger.
struct PolicyField {
    const char* name; ///< as in JSON and on the command line: "rotation_range"
    const char* label; ///< for people: "rotation"
    const char*
        unit; ///< of a strength, for people: "°", "%" (of the image, or of the factor), "px"
    double most; ///< the largest strength; on or off: 1
    double suggested; ///< where a sweep ends unless somebody says otherwise
    bool isSwitch; ///< on or off: a strength of 0 or 1
};

/// rotation_range, shift_range (both axes), width_shift_range, height_shift_range, shear_range,
/// zoom_range, crop_fraction, brightness_range, contrast_range, channel_shift_range, noise_std,
/// blur_sigma, horizontal_flip, vertical_flip, rotate90.
std::span<const PolicyField> policyFields();
const PolicyField* findPolicyField(const std::string& name); ///< null when there is none

/// `policy` with one field at a strength: degrees, a share of the size, grey levels or pixels as
/// they stand; of zoom, brightness and contrast x is the range [1 − x, 1 + x]; crop_fraction x
/// draws sides of [1 − x, 1]; blur_sigma x is [0, x]. A policy of fixed views loses them. Throws
/// Error for a strength below 0 or beyond `most`.
AugmentPolicy withStrength(const AugmentPolicy& policy, const PolicyField& field, double strength);

/// "±10°", "0.9–1.1", "on"
std::string strengthText(const PolicyField& field, double strength);

} // namespace augury
