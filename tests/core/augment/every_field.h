// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/augment_policy.h"

#include <array>

namespace augury::testing {

/// A policy with every random field on.
inline AugmentPolicy everything()
{
    AugmentPolicy policy;
    policy.horizontalFlip = true;
    policy.verticalFlip = true;
    policy.rotate90 = true;
    policy.rotationRange = 30;
    policy.widthShiftRange = 0.2;
    policy.heightShiftRange = 0.1;
    policy.shearRange = 12;
    policy.zoomRange = {0.8, 1.3};
    policy.zoomIndependentAxes = true;
    policy.cropFraction = {0.6, 0.9};
    policy.brightnessRange = {0.5, 1.5};
    policy.contrastRange = {0.7, 1.9};
    policy.channelShiftRange = 40;
    policy.noiseStd = 6;
    policy.blurSigma = {0.2, 1.2};
    policy.fillMode = FillMode::Reflect;
    return policy;
}

/// A value that everything() draws uniformly, and from where to where.
struct UniformField {
    const char* name;
    double (*value)(const Transform&);
    double low;
    double high;
};

inline const std::array<UniformField, 13> uniformFields = {{
    {"rotation", [](const Transform& t) { return t.rotation; }, -30, 30},
    {"shiftX", [](const Transform& t) { return t.shiftX; }, -0.2, 0.2},
    {"shiftY", [](const Transform& t) { return t.shiftY; }, -0.1, 0.1},
    {"shear", [](const Transform& t) { return t.shear; }, -12, 12},
    {"zoomX", [](const Transform& t) { return t.zoomX; }, 0.8, 1.3},
    {"zoomY", [](const Transform& t) { return t.zoomY; }, 0.8, 1.3},
    {"cropFraction", [](const Transform& t) { return t.cropFraction; }, 0.6, 0.9},
    {"cropX", [](const Transform& t) { return t.cropX; }, 0, 1},
    {"cropY", [](const Transform& t) { return t.cropY; }, 0, 1},
    {"brightness", [](const Transform& t) { return t.brightness; }, 0.5, 1.5},
    {"contrast", [](const Transform& t) { return t.contrast; }, 0.7, 1.9},
    {"channelShift", [](const Transform& t) { return t.channelShift; }, -40, 40},
    {"blurSigma", [](const Transform& t) { return t.blurSigma; }, 0.2, 1.2},
}};

} // namespace augury::testing
