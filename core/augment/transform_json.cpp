// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/transform_json.h"

#include "core/augment/policy_json.h"

#include <nlohmann/json.hpp>

namespace augury {

nlohmann::json toJson(const Transform& transform)
{
    return {
        {"horizontal_flip", transform.horizontalFlip},
        {"vertical_flip", transform.verticalFlip},
        {"quarter_turn", transform.quarterTurn},
        {"rotation", transform.rotation},
        {"shear", transform.shear},
        {"shift_x", transform.shiftX},
        {"shift_y", transform.shiftY},
        {"zoom_x", transform.zoomX},
        {"zoom_y", transform.zoomY},
        {"crop_fraction", transform.cropFraction},
        {"crop_x", transform.cropX},
        {"crop_y", transform.cropY},
        {"contrast", transform.contrast},
        {"brightness", transform.brightness},
        {"channel_shift", transform.channelShift},
        {"blur_sigma", transform.blurSigma},
        {"noise_std", transform.noiseStd},
        {"noise",
            {{"seed", transform.noise.seed}, {"image", transform.noise.image},
                {"copy", transform.noise.copy}}},
        {"fill_mode", toString(transform.fillMode)},
        {"fill_value", transform.fillValue},
    };
}

} // namespace augury
