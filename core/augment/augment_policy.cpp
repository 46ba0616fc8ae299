// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/augment_policy.h"

#include <fmt/format.h>

#include <algorithm>

namespace augury {

namespace {

/// The JSON name of every random field that is on.
std::vector<const char*> randomFields(const AugmentPolicy& policy)
{
    const AugmentPolicy off;
    std::vector<const char*> names;
    const auto add = [&names](const char* name, bool isOn) {
        if (isOn)
            names.push_back(name);
    };
    add("horizontal_flip", policy.horizontalFlip);
    add("vertical_flip", policy.verticalFlip);
    add("rotate90", policy.rotate90);
    add("rotation_range", policy.rotationRange != off.rotationRange);
    add("width_shift_range", policy.widthShiftRange != off.widthShiftRange);
    add("height_shift_range", policy.heightShiftRange != off.heightShiftRange);
    add("shear_range", policy.shearRange != off.shearRange);
    add("zoom_range", policy.zoomRange != off.zoomRange);
    add("crop_fraction", policy.cropFraction != off.cropFraction);
    add("brightness_range", policy.brightnessRange != off.brightnessRange);
    add("contrast_range", policy.contrastRange != off.contrastRange);
    add("channel_shift_range", policy.channelShiftRange != off.channelShiftRange);
    add("noise_std", policy.noiseStd != off.noiseStd);
    add("blur_sigma", policy.blurSigma != off.blurSigma);
    return names;
}

} // namespace

bool AugmentPolicy::isIdentity() const
{
    if (views)
        return views->count() == 1 && views->view(0).isIdentity();
    return randomFields(*this).empty();
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
    const auto checkRange = [&](const char* field, const Range& range, double low, double high) {
        if (!(range.low >= low && range.low <= range.high && range.high <= high))
            problems.push_back({field,
                fmt::format("must be [low, high] with {} ≤ low ≤ high ≤ {}, but is [{}, {}]", low,
                    high, range.low, range.high)});
    };
    check("rotation_range", rotationRange, 180, " degrees");
    check("width_shift_range", widthShiftRange, 1, " (a fraction of the width)");
    check("height_shift_range", heightShiftRange, 1, " (a fraction of the height)");
    check("shear_range", shearRange, 89, " degrees");
    checkRange("zoom_range", zoomRange, 0.01, 100);
    checkRange("crop_fraction", cropFraction, 0.01, 1);
    checkRange("brightness_range", brightnessRange, 0, 100);
    checkRange("contrast_range", contrastRange, 0, 100);
    check("channel_shift_range", channelShiftRange, 255, " grey levels");
    check("noise_std", noiseStd, 255, " grey levels");
    checkRange("blur_sigma", blurSigma, 0, 50);
    if (views) {
        for (const char* field : randomFields(*this))
            problems.push_back({field, "must be off with views, which are a fixed list"});
        const auto wrong = views->validate();
        problems.insert(problems.end(), wrong.begin(), wrong.end());
    }
    if (fillMode > FillMode::Wrap)
        problems.push_back({"fill_mode", "must be nearest, constant, reflect or wrap"});
    check("fill_value", fillValue, 255, "");
    return problems;
}

std::vector<Problem> AugmentPolicy::validateFor(const Shape& shape) const
{
    std::vector<Problem> problems;
    const auto needsSquare = [&](const char* field, bool isOn) {
        if (isOn && shape.width != shape.height)
            problems.push_back({field,
                fmt::format("must be off for images that are not square: these are {} wide and {} "
                            "high",
                    shape.width, shape.height)});
    };
    needsSquare("rotate90", rotate90);
    needsSquare("views.quarter_turns", views && views->quarterTurns);
    needsSquare("views.list", views && std::ranges::any_of(views->list, [](const Transform& view) {
        return view.quarterTurn;
    }));
    return problems;
}

AugmentPolicy tutorialPolicy()
{
    AugmentPolicy policy;
    policy.horizontalFlip = true;
    return policy;
}

int mostCopies(const AugmentPolicy& policy)
{
    return policy.views ? policy.views->count() : 1000;
}

} // namespace augury
