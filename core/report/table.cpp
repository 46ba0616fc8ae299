// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/table.h"

#include "core/experiment/comparison_json.h"
#include "core/report/html_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace augury {

namespace {

std::string csvCell(const Cell& cell)
{
    if (const auto* text = std::get_if<std::string>(&cell))
        return csvText(*text);
    if (const auto* whole = std::get_if<std::int64_t>(&cell))
        return fmt::format("{}", *whole);
    const double number = std::get<double>(cell);
    return std::isfinite(number) ? fmt::format("{}", number) : std::string();
}

/// Numbers of one column are shown alike, so that they can be compared down it: with two decimals,
/// with four where they would otherwise look the same, and with three digits each where one would
/// be told as zero.
enum class Look { TwoDecimals, FourDecimals, ThreeDigits };

Look lookOf(const Table& table, std::size_t column)
{
    constexpr double shownAsZero = 0.005;
    constexpr double shownAlike = 0.1;
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    for (const auto& row : table.rows) {
        const auto* number = std::get_if<double>(&row[column]);
        if (number == nullptr || !std::isfinite(*number))
            continue;
        if (*number != 0 && std::abs(*number) < shownAsZero)
            return Look::ThreeDigits;
        low = std::min(low, *number);
        high = std::max(high, *number);
    }
    return high > low && high - low < shownAlike ? Look::FourDecimals : Look::TwoDecimals;
}

std::string withMinus(std::string text)
{
    if (text.starts_with('-')) {
        text.erase(0, 1);
        if (text.find_first_not_of("0.") != std::string::npos) // no minus zero
            text.insert(0, "−");
    }
    return text;
}

std::string shown(const Cell& cell, Look look)
{
    if (const auto* text = std::get_if<std::string>(&cell))
        return htmlEscaped(*text);
    if (const auto* whole = std::get_if<std::int64_t>(&cell))
        return withMinus(fmt::format("{}", *whole));
    const double number = std::get<double>(cell);
    if (!std::isfinite(number))
        return "–";
    return withMinus(look == Look::ThreeDigits
            ? fmt::format("{:.3g}", number)
            : fmt::format("{:.{}f}", number, look == Look::FourDecimals ? 4 : 2));
}

} // namespace

std::string csvOf(const Table& table)
{
    std::string text;
    const auto addLine = [&text](const auto& values, const auto& shownValue) {
        bool first = true;
        for (const auto& value : values) {
            if (!first)
                text += ',';
            text += shownValue(value);
            first = false;
        }
        text += '\n';
    };
    addLine(table.columns, csvText);
    for (const auto& row : table.rows)
        addLine(row, csvCell);
    return text;
}

std::string htmlOf(const Table& table, const std::string& caption)
{
    const auto columns = table.columns.size();
    std::vector<Look> looks(columns);
    std::vector<bool> number(columns);
    for (std::size_t i = 0; i < columns; ++i) {
        looks[i] = lookOf(table, i);
        for (const auto& row : table.rows)
            number[i] = number[i] || !std::holds_alternative<std::string>(row[i]);
    }
    const auto right = [&](std::size_t i) { return number[i] ? " class=\"n\"" : ""; };
    std::string html = "<div class=\"scroll\"><table>\n";
    if (!caption.empty())
        html += fmt::format("<caption>{}</caption>\n", htmlEscaped(caption));
    html += "<thead><tr>";
    for (std::size_t i = 0; i < columns; ++i)
        html += fmt::format("<th scope=\"col\"{}>{}</th>", right(i), htmlEscaped(table.columns[i]));
    html += "</tr></thead>\n<tbody>\n";
    for (const auto& row : table.rows) {
        html += "<tr>";
        for (std::size_t i = 0; i < columns; ++i) {
            const auto text = shown(row[i], looks[i]);
            html += i == 0 ? fmt::format("<th scope=\"row\"{}>{}</th>", right(i), text)
                           : fmt::format("<td{}>{}</td>", right(i), text);
        }
        html += "</tr>\n";
    }
    return html + "</tbody>\n</table></div>\n";
}

} // namespace augury
