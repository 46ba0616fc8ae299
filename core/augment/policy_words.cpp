// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/augment_policy.h"
#include "core/augment/words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace augury {

namespace {

using Words = std::vector<std::string>;

std::string percent(double fraction, double neutral = 0)
{
    return shortNumber(100 * fraction, 1, 100 * neutral);
}

std::string shiftWords(const AugmentPolicy& policy)
{
    const double width = policy.widthShiftRange;
    const double height = policy.heightShiftRange;
    if (width == height)
        return fmt::format("shift ±{} %", percent(width));
    if (height == 0)
        return fmt::format("width shift ±{} %", percent(width));
    if (width == 0)
        return fmt::format("height shift ±{} %", percent(height));
    return fmt::format("width shift ±{} %, height shift ±{} %", percent(width), percent(height));
}

/// "0.9–1.1", or one number where both are the same.
std::string rangeWords(const Range& range, int decimals, double neutral)
{
    auto text = shortNumber(range.low, decimals, neutral);
    if (range.low != range.high)
        text += "–" + shortNumber(range.high, decimals, neutral);
    return text;
}

std::string zoomWords(const AugmentPolicy& policy)
{
    const auto& range = policy.zoomRange;
    const bool apart = policy.zoomIndependentAxes && range.low != range.high;
    return "zoom " + rangeWords(range, 2, 1) + (apart ? " for each axis" : "");
}

std::string cropWords(const Range& fraction)
{
    const Range percents = {100 * fraction.low, 100 * fraction.high};
    return "crop " + rangeWords(percents, 1, 100) + " %";
}

/// What the picture is filled with where the moved image does not reach.
void addBorder(const AugmentPolicy& policy, Words& words)
{
    if (policy.fillMode == FillMode::Reflect)
        words.emplace_back("reflected border");
    else if (policy.fillMode == FillMode::Wrap)
        words.emplace_back("wrapped border");
    else if (policy.fillMode == FillMode::Constant)
        words.push_back(fmt::format("border of {}", policy.fillValue));
}

/// "zoom 1, 0.9 and 1.1"; of a long list only how many and from where to where.
std::string listWords(const char* name, const std::vector<double>& factors)
{
    constexpr std::size_t most = 6;
    if (factors.size() > most) {
        const auto [low, high] = std::ranges::minmax(factors);
        return fmt::format("{} {} factors from {} to {}", factors.size(), name,
            shortNumber(low, 2, 1), shortNumber(high, 2, 1));
    }
    std::string text = name;
    for (std::size_t i = 0; i < factors.size(); ++i)
        text += (i == 0                           ? " "
                        : i + 1 == factors.size() ? " and "
                                                  : ", ")
            + shortNumber(factors[i], 2, 1);
    return text;
}

/// Images of any shape: shifts are said as shares.
std::string listedViewWords(const std::vector<Transform>& list)
{
    auto distinct = list;
    std::ranges::sort(distinct);
    const auto repeated = std::ranges::unique(distinct);
    const auto count = list.size() - repeated.size();
    auto text = fmt::format("{} chosen view{}", list.size(), list.size() == 1 ? "" : "s");
    if (count < list.size())
        text += fmt::format(", {} distinct", count);
    return text;
}

std::string viewWords(const AugmentPolicy& policy)
{
    const auto& sets = *policy.views;
    if (!sets.list.empty())
        return listedViewWords(sets.list);
    const std::vector<double> neutral = {1};
    Words words;
    if (sets.horizontalFlip && sets.verticalFlip)
        words.emplace_back(sets.quarterTurns ? "flips" : "horizontal flip × vertical flip");
    else if (sets.horizontalFlip || sets.verticalFlip)
        words.emplace_back(sets.quarterTurns ? "flips"
                : sets.horizontalFlip        ? "horizontal flip"
                                             : "vertical flip");
    if (sets.quarterTurns)
        words.emplace_back("quarter turns");
    const auto moves = words.size();
    if (sets.scales != neutral && !sets.scales.empty())
        words.push_back(listWords("zoom", sets.scales));
    if (sets.crops != CropViews::Keep)
        words.push_back(
            fmt::format("{} of {} %", sets.crops == CropViews::Five ? "5 crops" : "centre crop",
                percent(sets.cropFraction, 1)));
    const bool affine = words.size() > moves;
    if (sets.brightness != neutral && !sets.brightness.empty())
        words.push_back(listWords("brightness", sets.brightness));

    const int count = sets.count();
    Words text = {
        fmt::format("{} view{}: {}", count, count == 1 ? "" : "s", fmt::join(words, " × "))};
    if (affine)
        addBorder(policy, text);
    return joinWords(text);
}

void addAffine(const AugmentPolicy& policy, Words& words)
{
    const auto before = words.size();
    if (policy.rotationRange != 0)
        words.push_back(fmt::format("rotation ±{}°", shortNumber(policy.rotationRange, 1)));
    if (policy.widthShiftRange != 0 || policy.heightShiftRange != 0)
        words.push_back(shiftWords(policy));
    if (policy.shearRange != 0)
        words.push_back(fmt::format("shear ±{}°", shortNumber(policy.shearRange, 1)));
    if (policy.zoomRange != Range{})
        words.push_back(zoomWords(policy));
    if (policy.cropFraction != Range{})
        words.push_back(cropWords(policy.cropFraction));
    if (words.size() > before) // only these look outside the image
        addBorder(policy, words);
}

void addPixelValues(const AugmentPolicy& policy, Words& words)
{
    if (policy.contrastRange != Range{})
        words.push_back("contrast " + rangeWords(policy.contrastRange, 2, 1));
    if (policy.brightnessRange != Range{})
        words.push_back("brightness " + rangeWords(policy.brightnessRange, 2, 1));
    if (policy.channelShiftRange != 0)
        words.push_back(fmt::format("±{} grey level{}", shortNumber(policy.channelShiftRange, 1),
            policy.channelShiftRange == 1 ? "" : "s"));
    if (policy.blurSigma != Range{0, 0})
        words.push_back("blur " + rangeWords(policy.blurSigma, 1, 0) + " px");
    if (policy.noiseStd != 0)
        words.push_back("noise σ " + shortNumber(policy.noiseStd, 1));
}

} // namespace

std::string describe(const AugmentPolicy& policy)
{
    if (policy.isIdentity())
        return "none";
    if (policy.views)
        return viewWords(policy);
    Words words;
    if (policy.horizontalFlip)
        words.emplace_back("horizontal flip");
    if (policy.verticalFlip)
        words.emplace_back("vertical flip");
    if (policy.rotate90)
        words.emplace_back("quarter turns");
    addAffine(policy, words);
    addPixelValues(policy, words);
    return joinWords(words);
}

} // namespace augury
