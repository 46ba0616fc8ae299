// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <string>

/// Numbers as the sentences of tuning write them.
namespace augury::words {

/// "10,000"
inline std::string grouped(std::int64_t n)
{
    auto digits = fmt::format("{}", n);
    for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > (n < 0 ? 1 : 0); at -= 3)
        digits.insert(static_cast<std::size_t>(at), 1, ',');
    return digits;
}

/// "1.20", of a fraction, with a real minus
inline std::string points(double fraction)
{
    const auto text = fmt::format("{:.2f}", std::abs(100 * fraction));
    return fmt::format("{}{}", fraction < 0 && text != "0.00" ? "−" : "", text);
}

} // namespace augury::words
