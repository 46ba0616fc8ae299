// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/policy_json.h"

#include "core/support/json_fields.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>

namespace augury {

namespace {

using nlohmann::json;

constexpr std::array fillModes = {"nearest", "constant", "reflect", "wrap"};
constexpr std::uintmax_t largestFile = 1 << 20;

} // namespace

json toJson(const AugmentPolicy& policy)
{
    return {
        {"horizontal_flip", policy.horizontalFlip},
        {"vertical_flip", policy.verticalFlip},
        {"rotation_range", policy.rotationRange},
        {"width_shift_range", policy.widthShiftRange},
        {"height_shift_range", policy.heightShiftRange},
        {"zoom_range", json::array({policy.zoomRange.low, policy.zoomRange.high})},
        {"zoom_independent_axes", policy.zoomIndependentAxes},
        {"fill_mode", toString(policy.fillMode)},
        {"fill_value", policy.fillValue},
    };
}

AugmentPolicy policyFromJson(const json& json, const std::string& where)
{
    if (!json.is_object())
        throw Error(fmt::format("{}: an augmentation policy must be a JSON object such as "
                                "{{\"horizontal_flip\": true}}, not {} {}.",
            where, std::strchr("aeiou", json.type_name()[0]) ? "an" : "a", json.type_name()));

    AugmentPolicy policy;
    JsonFields fields(json, "a policy");
    fields.boolean("horizontal_flip", policy.horizontalFlip);
    fields.boolean("vertical_flip", policy.verticalFlip);
    fields.number("rotation_range", policy.rotationRange);
    fields.number("width_shift_range", policy.widthShiftRange);
    fields.number("height_shift_range", policy.heightShiftRange);
    fields.pair("zoom_range", policy.zoomRange.low, policy.zoomRange.high);
    fields.boolean("zoom_independent_axes", policy.zoomIndependentAxes);
    fields.choice<FillMode>(
        "fill_mode", policy.fillMode, fillModeFromString, "nearest, constant, reflect or wrap");
    fields.integer("fill_value", policy.fillValue, 0, 255);
    fields.refuseUnknown();

    auto problems = fields.problems();
    const auto invalid = policy.validate();
    problems.insert(problems.end(), invalid.begin(), invalid.end());
    throwIfAny(problems, where);
    return policy;
}

AugmentPolicy readPolicyFile(const std::filesystem::path& path)
{
    const auto fail = [&](const std::string& why) -> Error {
        return Error(fmt::format("Could not read the policy {}: {}.", path.string(), why));
    };
    std::error_code error;
    if (std::filesystem::is_directory(path, error))
        throw fail("it is a folder; give a JSON file");
    const auto size = std::filesystem::file_size(path, error);
    if (error)
        throw fail(error.message());
    if (size > largestFile)
        throw fail(
            fmt::format("{} bytes are too many for a policy (at most {})", size, largestFile));
    std::ifstream file(path, std::ios::binary);
    if (!file)
        throw fail(std::strerror(errno));
    std::string text(static_cast<std::size_t>(size), '\0');
    file.read(text.data(), static_cast<std::streamsize>(size));
    if (file.bad())
        throw fail("reading failed");
    text.resize(static_cast<std::size_t>(file.gcount()));

    json parsed;
    try {
        parsed = json::parse(text);
    } catch (const json::parse_error& problem) {
        throw fail(fmt::format("it is not JSON (byte {})", problem.byte));
    } catch (const json::exception& problem) {
        throw fail(fmt::format("it is not JSON ({})", problem.what()));
    }
    return policyFromJson(parsed, path.string());
}

const char* toString(FillMode mode)
{
    const auto index = static_cast<std::size_t>(mode);
    return index < fillModes.size() ? fillModes[index] : "?";
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

} // namespace augury
