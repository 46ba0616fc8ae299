// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/normalisation.h"

#include "core/support/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

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

std::pair<double, double> seenRange(const Normalisation& normalisation)
{
    if (normalisation.mean.empty())
        return {0, 1};
    double least = std::numeric_limits<double>::infinity();
    double largest = -least;
    for (std::size_t c = 0; c < normalisation.mean.size(); ++c) {
        least = std::min(least, (0 - normalisation.mean[c]) / normalisation.std[c]);
        largest = std::max(largest, (1 - normalisation.mean[c]) / normalisation.std[c]);
    }
    return {least, largest};
}

std::vector<std::uint8_t> asSeen(const ImageView& image, const Normalisation& normalisation)
{
    const auto channels = static_cast<std::size_t>(image.shape.channels);
    if (channels == 0 || normalisation.mean.size() != channels
        || normalisation.std.size() != channels)
        throw Error(fmt::format("The image has {} channels, and the network's normalisation {}.",
            channels, normalisation.mean.size()));
    const auto [least, largest] = seenRange(normalisation);
    std::vector<std::array<std::uint8_t, 256>> tables(channels);
    for (std::size_t c = 0; c < channels; ++c) {
        for (std::size_t byte = 0; byte < 256; ++byte) {
            const double x =
                (static_cast<double>(byte) / 255 - normalisation.mean[c]) / normalisation.std[c];
            const auto shown = std::lround((x - least) / (largest - least) * 255);
            tables[c][byte] = static_cast<std::uint8_t>(std::clamp(shown, 0L, 255L));
        }
    }
    std::vector<std::uint8_t> seen(image.pixels.size());
    for (std::size_t p = 0; p < seen.size(); ++p)
        seen[p] = tables[p % channels][image.pixels[p]];
    return seen;
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
