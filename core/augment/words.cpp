// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace augury {

namespace {

std::string rounded(double value, int decimals)
{
    auto text = fmt::format("{:.{}f}", value, decimals);
    if (text.find('.') != std::string::npos) {
        text.erase(text.find_last_not_of('0') + 1);
        if (text.back() == '.')
            text.pop_back();
    }
    return text == "-0" ? "0" : text;
}

} // namespace

std::string shortNumber(double value, int decimals, double neutral)
{
    const auto none = rounded(neutral, decimals);
    auto text = rounded(value, decimals);
    for (int more = decimals + 1; value != neutral && text == none && more <= 12; ++more)
        text = rounded(value, more);
    return text;
}

std::string joinWords(const std::vector<std::string>& words)
{
    return fmt::format("{}", fmt::join(words, ", "));
}

} // namespace augury
