// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/policy_json.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <limits>
#include <numeric>

namespace augury {

namespace {

using nlohmann::json;

constexpr std::array fields = {"horizontal_flip", "vertical_flip", "rotation_range",
    "width_shift_range", "height_shift_range", "zoom_range", "zoom_independent_axes", "fill_mode",
    "fill_value"};
constexpr std::array fillModes = {"nearest", "constant", "reflect", "wrap"};
constexpr std::uintmax_t largestFile = 1 << 20;

/// Edit distance from what was typed to a name. A letter left out costs half of a wrong one, so
/// that a short form ("hflip") finds its long one.
std::size_t editDistance(const std::string& typed, const std::string& name)
{
    std::vector<std::size_t> row(name.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t(0));
    for (const char letter : typed) {
        std::size_t diagonal = row[0];
        row[0] += 2;
        for (std::size_t j = 0; j < name.size(); ++j) {
            const std::size_t replaced = diagonal + (letter == name[j] ? 0 : 2);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, diagonal + 2});
        }
    }
    return row.back();
}

std::string unknownField(const std::string& name)
{
    if (name.size() > 100) // not a slip of the keyboard
        return "is not a field of a policy";
    const auto* const nearest =
        *std::min_element(fields.begin(), fields.end(), [&](const char* a, const char* b) {
            return editDistance(name, a) < editDistance(name, b);
        });
    return fmt::format("is not a field of a policy (the nearest is {})", nearest);
}

/// Collects what is wrong instead of stopping at the first.
class Reader {
public:
    Reader(const json& object, std::vector<Problem>& problems)
        : m_object(object)
        , m_problems(problems)
    {
    }

    void boolean(const char* field, bool& value)
    {
        if (const auto* found = find(field)) {
            if (found->is_boolean())
                value = found->get<bool>();
            else
                wrong(field, "true or false", *found);
        }
    }
    void number(const char* field, double& value)
    {
        if (const auto* found = find(field)) {
            if (found->is_number())
                value = found->get<double>();
            else
                wrong(field, "a number", *found);
        }
    }
    void byte(const char* field, int& value)
    {
        const auto* found = find(field);
        if (!found)
            return;
        if (!found->is_number_integer() && !found->is_number_float()) {
            wrong(field, "a whole number", *found);
            return;
        }
        const auto number = found->get<double>();
        if (number >= 0 && number <= 255 && number == static_cast<int>(number))
            value = static_cast<int>(number);
        else
            m_problems.push_back(
                {field, fmt::format("must be a whole number from 0 to 255, but is {}", number)});
    }
    void range(const char* field, Range& value)
    {
        const auto* found = find(field);
        if (!found)
            return;
        if (found->is_array() && found->size() == 2 && (*found)[0].is_number()
            && (*found)[1].is_number())
            value = {(*found)[0].get<double>(), (*found)[1].get<double>()};
        else
            wrong(field, "[low, high], two numbers", *found);
    }
    void fillMode(const char* field, FillMode& value)
    {
        const auto* found = find(field);
        if (!found)
            return;
        if (!found->is_string()) {
            wrong(field, "a text", *found);
            return;
        }
        try {
            value = fillModeFromString(found->get<std::string>());
        } catch (const Error&) {
            m_problems.push_back({field,
                fmt::format(
                    "must be nearest, constant, reflect or wrap, but is {}", shown(*found))});
        }
    }

private:
    const json* find(const char* field) const
    {
        const auto found = m_object.find(field);
        return found == m_object.end() ? nullptr : &*found;
    }
    static std::string shown(const json& value)
    {
        // Names from other encodings reach us through the API; the file reader refuses them.
        auto text = value.dump(-1, ' ', false, json::error_handler_t::replace);
        if (text.size() > 60)
            text = std::string("a long ") + value.type_name();
        return text;
    }
    void wrong(const char* field, const char* wanted, const json& value)
    {
        m_problems.push_back({field, fmt::format("must be {}, but is {}", wanted, shown(value))});
    }

    const json& m_object;
    std::vector<Problem>& m_problems;
};

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

    std::vector<Problem> problems;
    for (const auto& [name, value] : json.items()) {
        if (std::find(fields.begin(), fields.end(), name) == fields.end())
            problems.push_back({name, unknownField(name)});
    }
    AugmentPolicy policy;
    Reader reader(json, problems);
    reader.boolean("horizontal_flip", policy.horizontalFlip);
    reader.boolean("vertical_flip", policy.verticalFlip);
    reader.number("rotation_range", policy.rotationRange);
    reader.number("width_shift_range", policy.widthShiftRange);
    reader.number("height_shift_range", policy.heightShiftRange);
    reader.range("zoom_range", policy.zoomRange);
    reader.boolean("zoom_independent_axes", policy.zoomIndependentAxes);
    reader.fillMode("fill_mode", policy.fillMode);
    reader.byte("fill_value", policy.fillValue);

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
