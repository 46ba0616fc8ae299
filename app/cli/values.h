// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/support/error.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

/// Options whose values are read strictly: the whole text must be a number, in any locale, and lie
/// in its range. (CLI11's own conversion takes "0x10" and, within a range, "nan".)
namespace augury::cli {

template <class Number> std::optional<Number> parseNumber(std::string_view text)
{
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

/// An option named `name` whose value lies in [low, high].
template <class Number>
CLI::Option* addNumber(CLI::App& command, const std::string& name, Number& target, Number low,
    Number high, const std::string& help)
{
    constexpr bool whole = std::is_integral_v<Number>;
    const auto read = [&target, low, high, name](const std::string& text) {
        const auto value = parseNumber<Number>(text);
        // Written so that NaN is refused.
        if (!value || !(*value >= low && *value <= high))
            throw CLI::ValidationError(name,
                fmt::format("\"{}\" is not {} from {} to {}", text,
                    whole ? "a whole number" : "a number", low, high));
        target = *value;
    };
    // Where no one would ever reach the end, it explains nothing.
    const bool worthSaying = high <= Number(65'536);
    const std::string range = worthSaying ? fmt::format(" ({} to {})", low, high) : std::string();
    return command.add_option_function<std::string>(name, read, help + range)
        ->type_name(whole ? "N" : "X")
        ->default_str(fmt::format("{}", target))
        ->take_last();
}

/// An option whose text `read` takes; it throws CLI::ValidationError.
inline CLI::Option* addText(CLI::App& command, const std::string& name, const std::string& type,
    std::function<void(const std::string&)> read, const std::string& help)
{
    return command.add_option_function<std::string>(name, std::move(read), help)
        ->type_name(type)
        ->take_last();
}

inline CLI::Option* addPath(CLI::App& command, const std::string& name,
    std::filesystem::path& target, const std::string& help)
{
    const auto read = [&target, name](const std::string& text) {
        if (text.empty())
            throw CLI::ValidationError(name, "the name of the file is empty");
        target = text;
    };
    return addText(command, name, "FILE", read, help);
}

/// Turns an Error of one of core's fooFromString() into one that names the option.
template <class Value>
CLI::Option* addChoice(CLI::App& command, const std::string& name, Value& target,
    Value (*parse)(const std::string&), const std::string& type, const std::string& help)
{
    const auto read = [&target, parse, name](const std::string& text) {
        try {
            target = parse(text);
        } catch (const Error& problem) {
            throw CLI::ValidationError(name, problem.what());
        }
    };
    return addText(command, name, type, read, help)->default_str(toString(target));
}

} // namespace augury::cli
