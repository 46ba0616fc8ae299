// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/transform_json.h"

#include "core/augment/policy_json.h"

#include "core/support/json_fields.h"

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

nlohmann::json shortJson(const Transform& transform)
{
    static const auto neutral = toJson(Transform{});
    auto object = nlohmann::json::object();
    const auto all = toJson(transform);
    for (const auto& [field, value] : all.items()) {
        if (value != neutral.at(field))
            object[field] = value;
    }
    return object;
}

Transform transformFromJson(const nlohmann::json& json, const std::string& where)
{
    if (!json.is_object())
        throw Error(where + " must be an object such as {\"rotation\": 5}.");
    Transform transform;
    JsonFields fields(json, "a view");
    fields.boolean("horizontal_flip", transform.horizontalFlip);
    fields.boolean("vertical_flip", transform.verticalFlip);
    fields.boolean("quarter_turn", transform.quarterTurn);
    fields.number("rotation", transform.rotation);
    fields.number("shear", transform.shear);
    fields.number("shift_x", transform.shiftX);
    fields.number("shift_y", transform.shiftY);
    fields.number("zoom_x", transform.zoomX);
    fields.number("zoom_y", transform.zoomY);
    fields.number("crop_fraction", transform.cropFraction);
    fields.number("crop_x", transform.cropX);
    fields.number("crop_y", transform.cropY);
    fields.number("contrast", transform.contrast);
    fields.number("brightness", transform.brightness);
    fields.number("channel_shift", transform.channelShift);
    fields.number("blur_sigma", transform.blurSigma);
    fields.number("noise_std", transform.noiseStd);
    if (const auto* noise = fields.objectOrNull("noise")) {
        JsonFields inner(*noise, "noise");
        inner.integer("seed", transform.noise.seed);
        inner.integer("image", transform.noise.image);
        inner.integer("copy", transform.noise.copy);
        inner.refuseUnknown();
        for (const auto& problem : inner.problems())
            fields.add("noise." + problem.field, problem.message);
    }
    fields.choice<FillMode>(
        "fill_mode", transform.fillMode, fillModeFromString, "nearest, constant, reflect or wrap");
    fields.integer("fill_value", transform.fillValue);
    fields.refuseUnknown();
    throwIfAny(fields.problems(), where);
    return transform;
}

} // namespace augury
