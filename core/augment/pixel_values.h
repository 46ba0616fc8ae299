// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/transform.h"

namespace augury {

/// Contrast, brightness, channel shift, blur or noise.
bool changesPixelValues(const Transform& transform);

/// Applies them to an image's bytes, in this order. Between the steps nothing is rounded or cut
/// off; at the end each value is rounded once, half to even, and saturated to 0…255.
/// Contrast turns about the mean of the bytes as they come in.
/// The blur is scipy.ndimage.gaussian_filter with its defaults for each channel: weights
/// exp(−x² / 2σ²) up to a radius of int(4σ + ½) pixels (none at all below σ = ⅛), scaled to a sum
/// of 1, and the image continued as dcba|abcd|dcba.
/// Byte i of the image (H×W×C) gets the noise value i mod 4 of slot ParameterSlot::Noise + i / 4:
/// the Box–Muller transform of its words 0 and 1 (two values), then 2 and 3.
void changePixelValues(
    const Shape& shape, const Transform& transform, std::span<std::uint8_t> pixels);

} // namespace augury
