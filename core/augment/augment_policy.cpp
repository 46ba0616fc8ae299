// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/augment_policy.h"

#include "core/augment/words.h"

#include <fmt/format.h>

namespace augury {

bool AugmentPolicy::isIdentity() const
{
    AugmentPolicy effect = *this;
    effect.zoomIndependentAxes = false;
    effect.fillMode = FillMode::Nearest;
    effect.fillValue = 0;
    return effect == AugmentPolicy{};
}

std::vector<Problem> AugmentPolicy::validate() const
{
    std::vector<Problem> problems;
    // Written so that NaN fails too.
    const auto check = [&](const char* field, double value, double high, const char* unit) {
        if (!(value >= 0 && value <= high))
            problems.push_back(
                {field, fmt::format("must be 0 to {}{}, but is {}", high, unit, value)});
    };
    check("rotation_range", rotationRange, 180, " degrees");
    check("width_shift_range", widthShiftRange, 1, " (a fraction of the width)");
    check("height_shift_range", heightShiftRange, 1, " (a fraction of the height)");
    if (!(zoomRange.low >= 0.01 && zoomRange.low <= zoomRange.high && zoomRange.high <= 100))
        problems.push_back({"zoom_range",
            fmt::format("must be [low, high] with 0.01 ≤ low ≤ high ≤ 100, but is [{}, {}]",
                zoomRange.low, zoomRange.high)});
    if (fillMode > FillMode::Wrap)
        problems.push_back({"fill_mode", "must be nearest, constant, reflect or wrap"});
    check("fill_value", fillValue, 255, "");
    return problems;
}

AugmentPolicy tutorialPolicy()
{
    AugmentPolicy policy;
    policy.horizontalFlip = true;
    return policy;
}

namespace {

std::string shiftWords(const AugmentPolicy& policy)
{
    const auto percent = [](double fraction) { return shortNumber(100 * fraction, 1); };
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

std::string zoomWords(const AugmentPolicy& policy)
{
    const auto& range = policy.zoomRange;
    auto text = "zoom " + shortNumber(range.low, 2, 1);
    if (range.low != range.high)
        text += "–" + shortNumber(range.high, 2, 1)
            + (policy.zoomIndependentAxes ? " for each axis" : "");
    return text;
}

} // namespace

std::string describe(const AugmentPolicy& policy)
{
    std::vector<std::string> words;
    if (policy.horizontalFlip)
        words.emplace_back("horizontal flip");
    if (policy.verticalFlip)
        words.emplace_back("vertical flip");
    const auto flips = words.size();
    if (policy.rotationRange != 0)
        words.push_back(fmt::format("rotation ±{}°", shortNumber(policy.rotationRange, 1)));
    if (policy.widthShiftRange != 0 || policy.heightShiftRange != 0)
        words.push_back(shiftWords(policy));
    if (policy.zoomRange != Range{})
        words.push_back(zoomWords(policy));
    if (words.size() > flips) { // only these look outside the image
        if (policy.fillMode == FillMode::Reflect)
            words.emplace_back("reflected border");
        else if (policy.fillMode == FillMode::Wrap)
            words.emplace_back("wrapped border");
        else if (policy.fillMode == FillMode::Constant)
            words.push_back(fmt::format("border of {}", policy.fillValue));
    }
    return words.empty() ? "none" : joinWords(words);
}

} // namespace augury
