// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/policy_json.h"

#include "core/augment/transform_json.h"
#include "core/support/json_fields.h"
#include "core/support/json_file.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <array>
#include <cstring>

namespace augury {

namespace {

using nlohmann::json;

constexpr std::array fillModes = {"nearest", "constant", "reflect", "wrap"};
constexpr std::array cropViews = {"keep", "centre", "five"};

json toJson(const Range& range)
{
    return json::array({range.low, range.high});
}

json toJson(const ViewSets& sets)
{
    if (!sets.list.empty()) {
        auto list = json::array();
        for (const auto& view : sets.list)
            list.push_back(shortJson(view));
        return {{"list", std::move(list)}};
    }
    return {
        {"horizontal_flip", sets.horizontalFlip},
        {"vertical_flip", sets.verticalFlip},
        {"quarter_turns", sets.quarterTurns},
        {"scales", sets.scales},
        {"crops", toString(sets.crops)},
        {"crop_fraction", sets.cropFraction},
        {"brightness", sets.brightness},
    };
}

void readList(JsonFields& fields, std::vector<Transform>& list)
{
    const auto* views = fields.listOrNull("list");
    if (!views)
        return;
    for (std::size_t i = 0; i < views->size(); ++i) {
        const auto name = fmt::format("list[{}]", i + 1);
        try {
            list.push_back(transformFromJson((*views)[i], name));
        } catch (const Error& problem) {
            fields.add(name, problem.what());
        }
    }
    if (views->empty())
        fields.add("list", "must name at least one view, such as [{\"horizontal_flip\": true}]");
}

void readViews(JsonFields& fields, std::optional<ViewSets>& views)
{
    const auto* object = fields.objectOrNull("views");
    if (!object)
        return;
    ViewSets sets;
    JsonFields inner(*object, "views");
    inner.boolean("horizontal_flip", sets.horizontalFlip);
    inner.boolean("vertical_flip", sets.verticalFlip);
    inner.boolean("quarter_turns", sets.quarterTurns);
    inner.numbers("scales", sets.scales);
    inner.choice<CropViews>("crops", sets.crops, cropViewsFromString, "keep, centre or five");
    inner.number("crop_fraction", sets.cropFraction);
    inner.numbers("brightness", sets.brightness);
    readList(inner, sets.list);
    inner.refuseUnknown();
    for (const auto& problem : inner.problems())
        fields.add("views." + problem.field, problem.message);
    views = std::move(sets);
}

template <std::size_t N>
const char* nameOf(const std::array<const char*, N>& names, std::size_t index)
{
    return index < N ? names[index] : "?";
}

} // namespace

json toJson(const AugmentPolicy& policy)
{
    json object = {
        {"horizontal_flip", policy.horizontalFlip},
        {"vertical_flip", policy.verticalFlip},
        {"rotate90", policy.rotate90},
        {"rotation_range", policy.rotationRange},
        {"width_shift_range", policy.widthShiftRange},
        {"height_shift_range", policy.heightShiftRange},
        {"shear_range", policy.shearRange},
        {"zoom_range", toJson(policy.zoomRange)},
        {"zoom_independent_axes", policy.zoomIndependentAxes},
        {"crop_fraction", toJson(policy.cropFraction)},
        {"brightness_range", toJson(policy.brightnessRange)},
        {"contrast_range", toJson(policy.contrastRange)},
        {"channel_shift_range", policy.channelShiftRange},
        {"noise_std", policy.noiseStd},
        {"blur_sigma", toJson(policy.blurSigma)},
        {"fill_mode", toString(policy.fillMode)},
        {"fill_value", policy.fillValue},
    };
    if (policy.views)
        object["views"] = toJson(*policy.views);
    return object;
}

AugmentPolicy policyFromJson(const json& json, const std::string& where, ReadAs as)
{
    if (!json.is_object())
        throw Error(fmt::format("{}: an augmentation policy must be a JSON object such as "
                                "{{\"horizontal_flip\": true}}, not {} {}.",
            where, std::strchr("aeiou", json.type_name()[0]) ? "an" : "a", json.type_name()));

    AugmentPolicy policy;
    JsonFields fields(json, "a policy");
    const auto range = [&fields](const char* field, Range& value) {
        fields.pair(field, value.low, value.high);
    };
    fields.boolean("horizontal_flip", policy.horizontalFlip);
    fields.boolean("vertical_flip", policy.verticalFlip);
    fields.boolean("rotate90", policy.rotate90);
    fields.number("rotation_range", policy.rotationRange);
    fields.number("width_shift_range", policy.widthShiftRange);
    fields.number("height_shift_range", policy.heightShiftRange);
    fields.number("shear_range", policy.shearRange);
    range("zoom_range", policy.zoomRange);
    fields.boolean("zoom_independent_axes", policy.zoomIndependentAxes);
    range("crop_fraction", policy.cropFraction);
    range("brightness_range", policy.brightnessRange);
    range("contrast_range", policy.contrastRange);
    fields.number("channel_shift_range", policy.channelShiftRange);
    fields.number("noise_std", policy.noiseStd);
    range("blur_sigma", policy.blurSigma);
    readViews(fields, policy.views);
    fields.choice<FillMode>(
        "fill_mode", policy.fillMode, fillModeFromString, "nearest, constant, reflect or wrap");
    fields.integer("fill_value", policy.fillValue, 0, 255);
    fields.refuseUnknown();

    auto problems = fields.problems();
    if (as == ReadAs::Settings) {
        const auto invalid = policy.validate();
        problems.insert(problems.end(), invalid.begin(), invalid.end());
    }
    throwIfAny(problems, where);
    return policy;
}

AugmentPolicy readPolicyFile(const std::filesystem::path& path)
{
    return policyFromJson(readJsonFile(path, "policy"), path.string());
}

const char* toString(FillMode mode)
{
    return nameOf(fillModes, static_cast<std::size_t>(mode));
}

const char* toString(CropViews crops)
{
    return nameOf(cropViews, static_cast<std::size_t>(crops));
}

FillMode fillModeFromString(const std::string& text)
{
    for (std::size_t i = 0; i < fillModes.size(); ++i) {
        if (text == fillModes[i])
            return static_cast<FillMode>(i);
    }
    throw Error(
        fmt::format("\"{}\" is not a fill mode: choose nearest, constant, reflect or wrap.", text));
}

CropViews cropViewsFromString(const std::string& text)
{
    for (std::size_t i = 0; i < cropViews.size(); ++i) {
        if (text == cropViews[i])
            return static_cast<CropViews>(i);
    }
    throw Error(fmt::format("\"{}\" is not a choice of crops: choose keep, centre or five.", text));
}

} // namespace augury
