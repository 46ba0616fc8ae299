// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDoubleSpinBox>

#include <cmath>

namespace augury {

/// What a setting becomes when `box` shows `shown` of it, `unit` of which are 1: 12.3 % with
/// unit 100 is 0.123 itself, not its neighbour 0.12300000000000001.
inline double fromShown(double shown, const QDoubleSpinBox& box, double unit)
{
    const double steps = std::pow(10.0, box.decimals());
    return std::round(shown * steps) / (steps * unit);
}

} // namespace augury
