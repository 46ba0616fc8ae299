// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace augury {

enum class NormalisationKind { Scale, Standardise };

/// How bytes become the network's floats: x = (byte / 255 − mean[c]) / std[c]. A value of the
/// model: what training used is stored with it and used at test time.
struct Normalisation {
    NormalisationKind kind = NormalisationKind::Scale;
    std::vector<double> mean; ///< one a channel, on the 0–1 scale; all 0 for Scale
    std::vector<double> std; ///< one a channel, > 0; all 1 for Scale
    bool operator==(const Normalisation&) const = default;
};

/// Scale: pixels / 255. Standardise: the channel mean and population σ of `training`'s pixels
/// (a constant channel gets σ 1).
Normalisation normalisationOf(NormalisationKind kind, const Split& training);

/// The least and the largest value that a byte of any channel becomes: 0 and 1 for Scale.
std::pair<double, double> seenRange(const Normalisation& normalisation);

/// The image as the network sees it, for display: its normalised values, mapped linearly from
/// seenRange() to 0…255 and rounded. The mapping is the same for all images, so that pictures can
/// be compared; with Scale they are the image, bit for bit. Same layout as `image`. Throws Error
/// when the channels are not the normalisation's.
std::vector<std::uint8_t> asSeen(const ImageView& image, const Normalisation& normalisation);

const char* toString(NormalisationKind kind); ///< "scale", "standardise"
NormalisationKind normalisationKindFromString(const std::string& text); ///< throws Error

} // namespace augury
