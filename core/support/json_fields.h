// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/support/error.h"

#include <nlohmann/json.hpp>

#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <type_traits>
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
    /// Whole numbers, as far as a double holds them exactly.
    template <class Integer>
    void integer(const char* field, Integer& value, double low = lowest<Integer>,
        double high = highest<Integer>)
    {
        if (const auto whole = wholeNumber(field, low, high))
            value = static_cast<Integer>(*whole);
    }
    void text(const char* field, std::string& value);
    void optionalText(const char* field, std::string& value); ///< null: empty
    /// A text that `parse` turns into a value or throws Error at; `allowed` lists the texts in
    /// words.
    template <class Value>
    void choice(const char* field, Value& value,
        const std::function<Value(const std::string&)>& parse, const char* allowed)
    {
        if (const auto word = textOf(field)) {
            try {
                value = parse(*word);
            } catch (const Error&) {
                wrong(field, allowed, *word);
            }
        }
    }
    /// [a, b]
    void pair(const char* field, double& first, double& second);
    void numbers(const char* field, std::vector<double>& values); ///< a list of any length
    /// The field's object; null where it is missing, null, or (a problem) something else.
    const nlohmann::json* objectOrNull(const char* field);
    /// The field's list; null where it is missing, null, or (a problem) something else.
    const nlohmann::json* listOrNull(const char* field);
    /// A nested object, or whatever `parse` makes of it; its Error becomes the problem.
    void nested(const char* field, const std::function<void(const nlohmann::json&)>& parse);

    /// Adds a problem for every field that nobody asked for, naming the nearest that somebody did.
    void refuseUnknown();

    void add(const std::string& field, const std::string& message);
    std::vector<Problem>& problems() { return m_problems; }

private:
    static constexpr double exact = 9007199254740992; // 2^53
    template <class Integer>
    static constexpr double lowest = sizeof(Integer) < 8
        ? static_cast<double>(std::numeric_limits<Integer>::min())
        : (std::is_signed_v<Integer> ? -exact : 0.0);
    template <class Integer>
    static constexpr double highest = sizeof(Integer) < 8
        ? static_cast<double>(std::numeric_limits<Integer>::max())
        : exact;

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
