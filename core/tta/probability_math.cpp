// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tta/probability_math.h"

namespace augury {

Power::Power(double exponent)
{
    // In long double: 149 · 20 binades would cost a double's e · q three digits.
    const long double q = exponent;
    for (int e = lowest + 1; e <= highest; ++e)
        m_binades[static_cast<std::size_t>(e - lowest)] = static_cast<double>(std::exp2(e * q));
    for (std::size_t cell = 0; cell < binade::cells; ++cell)
        m_centres[cell] = std::pow(binade::centre(cell), exponent);
    m_series[0] = 1;
    for (std::size_t n = 1; n < terms; ++n) {
        const auto order = static_cast<double>(n);
        m_series[n] = m_series[n - 1] * (exponent - order + 1) / order;
    }
}

} // namespace augury
