// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/support/json_fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace augury {

namespace {

using nlohmann::json;

/// Edit distance from what was typed to a name. A letter left out costs half of one too many and a
/// third of a wrong one, so that a short form ("hflip") finds its long one.
std::size_t editDistance(const std::string& typed, const std::string& name)
{
    std::vector<std::size_t> row(name.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t(0));
    for (const char letter : typed) {
        std::size_t diagonal = row[0];
        row[0] += 2;
        for (std::size_t j = 0; j < name.size(); ++j) {
            const std::size_t replaced = diagonal + (letter == name[j] ? 0 : 3);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, diagonal + 2});
        }
    }
    return row.back();
}

std::string shown(const json& value)
{
    const auto text = value.dump(-1, ' ', false, json::error_handler_t::replace);
    return text.size() > 60 ? std::string("a long ") + value.type_name() : text;
}

} // namespace

JsonFields::JsonFields(const json& object, std::string what)
    : m_object(object)
    , m_what(std::move(what))
{
    if (!object.is_object())
        throw Error(
            fmt::format("It must be a JSON object ({}), but is {}.", m_what, shown(object)));
}

void JsonFields::boolean(const char* field, bool& value)
{
    if (const auto* found = find(field)) {
        if (found->is_boolean())
            value = found->get<bool>();
        else
            wrong(field, "true or false", *found);
    }
}

void JsonFields::number(const char* field, double& value)
{
    if (const auto* found = find(field)) {
        if (found->is_number())
            value = found->get<double>();
        else
            wrong(field, "a number", *found);
    }
}

void JsonFields::optionalNumber(const char* field, std::optional<double>& value)
{
    if (const auto* found = find(field)) {
        if (found->is_null())
            value.reset();
        else if (found->is_number())
            value = found->get<double>();
        else
            wrong(field, "a number or null", *found);
    }
}

void JsonFields::text(const char* field, std::string& value)
{
    if (auto word = textOf(field))
        value = std::move(*word);
}

void JsonFields::optionalText(const char* field, std::string& value)
{
    const auto* found = find(field);
    if (!found)
        return;
    if (found->is_null())
        value.clear();
    else if (found->is_string())
        value = found->get<std::string>();
    else
        wrong(field, "a text or null", *found);
}

void JsonFields::pair(const char* field, double& first, double& second)
{
    const auto* found = find(field);
    if (!found)
        return;
    if (found->is_array() && found->size() == 2 && (*found)[0].is_number()
        && (*found)[1].is_number()) {
        first = (*found)[0].get<double>();
        second = (*found)[1].get<double>();
    } else {
        wrong(field, "[low, high], two numbers", *found);
    }
}

void JsonFields::numbers(const char* field, std::vector<double>& values)
{
    const auto* found = find(field);
    if (!found)
        return;
    if (found->is_array()
        && std::ranges::all_of(*found, [](const json& value) { return value.is_number(); }))
        values = found->get<std::vector<double>>();
    else
        wrong(field, "a list of numbers", *found);
}

const json* JsonFields::objectOrNull(const char* field)
{
    const auto* found = find(field);
    if (!found || found->is_null())
        return nullptr;
    if (found->is_object())
        return found;
    wrong(field, "an object or null", *found);
    return nullptr;
}

const json* JsonFields::listOrNull(const char* field)
{
    const auto* found = find(field);
    if (!found || found->is_null())
        return nullptr;
    if (found->is_array())
        return found;
    wrong(field, "a list or null", *found);
    return nullptr;
}

void JsonFields::nested(const char* field, const std::function<void(const json&)>& parse)
{
    if (const auto* found = find(field)) {
        try {
            parse(*found);
        } catch (const Error& error) {
            add(field, std::string("is wrong: ") + error.what());
        }
    }
}

void JsonFields::refuseUnknown()
{
    for (const auto& item : m_object.items()) {
        const std::string& name = item.key();
        if (std::ranges::find(m_known, name) != m_known.end())
            continue;
        std::string message = "is not a field of " + m_what;
        if (name.size() <= 100 && !m_known.empty()) {
            const auto nearest = std::ranges::min_element(
                m_known, {}, [&](const std::string& known) { return editDistance(name, known); });
            message += fmt::format(" (the nearest is {})", *nearest);
        }
        add(name, message);
    }
}

void JsonFields::add(const std::string& field, const std::string& message)
{
    m_problems.push_back({field, message});
}

const json* JsonFields::find(const char* field)
{
    m_known.emplace_back(field);
    const auto found = m_object.find(field);
    return found == m_object.end() ? nullptr : &*found;
}

std::optional<std::string> JsonFields::textOf(const char* field)
{
    const auto* found = find(field);
    if (!found)
        return {};
    if (!found->is_string()) {
        wrong(field, "a text", *found);
        return {};
    }
    return found->get<std::string>();
}

std::optional<double> JsonFields::wholeNumber(const char* field, double low, double high)
{
    const auto* found = find(field);
    if (!found)
        return {};
    if (!found->is_number()) {
        wrong(field, "a whole number", *found);
        return {};
    }
    const auto value = found->get<double>();
    if (!(value >= low && value <= high) || value != std::trunc(value)) {
        add(field,
            fmt::format("must be a whole number from {} to {}, but is {}", low, high, value));
        return {};
    }
    return value;
}

void JsonFields::wrong(const char* field, const char* wanted, const json& value)
{
    add(field, fmt::format("must be {}, but is {}", wanted, shown(value)));
}

} // namespace augury
