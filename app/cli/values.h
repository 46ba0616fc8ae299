// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <charconv>
#include <cmath>
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

} // namespace augury::cli
