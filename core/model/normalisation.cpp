// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/normalisation.h"

#include "core/support/error.h"

#include <cmath>

namespace augury {

Normalisation normalisationOf(NormalisationKind kind, const Split& training)
{
    const auto channels = static_cast<std::size_t>(training.images->shape.channels);
    Normalisation result{kind, std::vector<double>(channels, 0), std::vector<double>(channels, 1)};
    if (kind == NormalisationKind::Scale)
        return result;
    if (training.size() == 0)
        throw Error("Standardising needs training images to take the mean and σ from.");
    // Sums of bytes and of their squares are exact in 64 bits.
    std::vector<std::uint64_t> sum(channels);
    std::vector<std::uint64_t> sumSq(channels);
    for (std::size_t i = 0; i < training.size(); ++i) {
        const auto pixels = training.image(i).pixels;
        for (std::size_t p = 0; p < pixels.size(); p += channels) {
            for (std::size_t c = 0; c < channels; ++c) {
                const std::uint64_t v = pixels[p + c];
                sum[c] += v;
                sumSq[c] += v * v;
            }
        }
    }
    const double n = static_cast<double>(training.size())
        * static_cast<double>(training.images->shape.size() / channels);
    for (std::size_t c = 0; c < channels; ++c) {
        const double mean = static_cast<double>(sum[c]) / n;
        const double variance = static_cast<double>(sumSq[c]) / n - mean * mean;
        result.mean[c] = mean / 255;
        result.std[c] = variance > 1e-9 ? std::sqrt(variance) / 255 : 1;
    }
    return result;
}

const char* toString(NormalisationKind kind)
{
    return kind == NormalisationKind::Scale ? "scale" : "standardise";
}

NormalisationKind normalisationKindFromString(const std::string& text)
{
    if (text == "scale")
        return NormalisationKind::Scale;
    if (text == "standardise")
        return NormalisationKind::Standardise;
    throw Error("Unknown normalisation \"" + text + "\"; there are \"scale\" and \"standardise\".");
}

} // namespace augury
