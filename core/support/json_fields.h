// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/support/error.h"

#include <nlohmann/json.hpp>

#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace augury {

/// Reads the fields of one JSON object into values, collecting everything that is wrong instead of
/// stopping at the first. A missing field leaves its value as it is.
class JsonFields {
public:
    /// `what` names the kind of object in messages: "a policy".
    JsonFields(const nlohmann::json& object, std::string what);

    void boolean(const char* field, bool& value);
    void number(const char* field, double& value);
    void optionalNumber(const char* field, std::optional<double>& value); ///< null: none
    template <class Integer> void integer(const char* field, Integer& value)
    {
        double low = 0;
        double high = 0;
        if constexpr (sizeof(Integer) < 8) {
            low = std::numeric_limits<Integer>::min();
            high = std::numeric_limits<Integer>::max();
        } else { // whole numbers that a double holds exactly
            low = std::is_signed_v<Integer> ? -9007199254740992.0 : 0.0;
            high = 9007199254740992.0;
        }
        if (const auto whole = wholeNumber(field, low, high))
            value = static_cast<Integer>(*whole);
    }
    void text(const char* field, std::string& value);
    /// A text that `parse` turns into a value; its Error becomes the problem.
    template <class Value>
    void choice(
        const char* field, Value& value, const std::function<Value(const std::string&)>& parse)
    {
        if (const auto word = textOf(field)) {
            try {
                value = parse(*word);
            } catch (const Error& error) {
                add(field, std::string("is wrong: ") + error.what());
            }
        }
    }
    /// [a, b]
    void pair(const char* field, double& first, double& second);
    /// A nested object, or whatever `parse` makes of it; its Error becomes the problem.
    void nested(const char* field, const std::function<void(const nlohmann::json&)>& parse);

    /// Adds a problem for every field that nobody asked for, naming the nearest that somebody did.
    void refuseUnknown();

    void add(const std::string& field, const std::string& message);
    std::vector<Problem>& problems() { return m_problems; }

private:
    const nlohmann::json* find(const char* field);
    std::optional<std::string> textOf(const char* field);
    std::optional<double> wholeNumber(const char* field, double low, double high);
    void wrong(const char* field, const char* wanted, const nlohmann::json& value);

    const nlohmann::json& m_object;
    std::string m_what;
    std::vector<std::string> m_known;
    std::vector<Problem> m_problems;
};

} // namespace augury
