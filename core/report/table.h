// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace augury {

/// Not finite: unknown.
using Cell = std::variant<std::string, std::int64_t, double>;

/// Numbers unrounded, as a chart or a run has them.
struct Table {
    std::vector<std::string> columns;
    std::vector<std::vector<Cell>> rows; ///< each as long as `columns`
};

/// Texts, whole numbers of any type, and doubles.
template <class... Values> void addRow(Table& table, Values&&... values)
{
    auto& row = table.rows.emplace_back();
    row.reserve(sizeof...(values));
    const auto add = [&row](auto&& value) {
        if constexpr (std::is_integral_v<std::remove_cvref_t<decltype(value)>>)
            row.emplace_back(static_cast<std::int64_t>(value));
        else if constexpr (std::is_floating_point_v<std::remove_cvref_t<decltype(value)>>)
            row.emplace_back(static_cast<double>(value));
        else
            row.emplace_back(std::string(std::forward<decltype(value)>(value)));
    };
    (add(std::forward<Values>(values)), ...);
}

/// RFC 4180, a header line first; unrounded, '.' as decimal point; unknown numbers are empty.
std::string csvOf(const Table& table);

/// <table>…</table>, with numbers rounded alike down a column and set to the right. `caption` may
/// be empty.
std::string htmlOf(const Table& table, const std::string& caption = {});

} // namespace augury
