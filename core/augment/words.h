// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace augury {

/// `value` with `decimals` decimals and no trailing zeros ("2", "1.04"); with more of them where
/// the rounded text would read as `neutral`, so that a small effect is never shown as none.
std::string shortNumber(double value, int decimals, double neutral = 0);

/// "a, b, c"
std::string joinWords(const std::vector<std::string>& words);

} // namespace augury
