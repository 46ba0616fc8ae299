// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <span>

namespace augury {

/// Logs and powers of probabilities, which would otherwise be most of a vote's cost: logs in some
/// 60 % of std::log's time, powers in a third of std::pow's. A number x > 0 is 2^e · c · (1 + r),
/// with c the centre of one of 1024 cells of [1, 2) and |r| < 2^-11, so that few terms of a series
/// in r do.
namespace binade {

constexpr std::size_t cells = 1024;

constexpr double centre(std::size_t cell)
{
    return 1 + (static_cast<double>(cell) + 0.5) / cells;
}

struct Cell {
    double inverse; ///< 1 / c
    double log; ///< log c
};

constexpr std::array<Cell, cells> makeTable()
{
    std::array<Cell, cells> table{};
    for (std::size_t i = 0; i < cells; ++i) {
        const long double c = centre(i);
        const long double s = (c - 1) / (c + 1); // log c = 2 (s + s³/3 + s⁵/5 + …), s < 1/3
        long double power = s;
        long double sum = 0;
        for (int n = 1; n < 45; n += 2) {
            sum += power / n;
            power *= s * s;
        }
        table[i] = {static_cast<double>(1 / c), static_cast<double>(2 * sum)};
    }
    return table;
}

inline constexpr auto table = makeTable();

struct Parts {
    int exponent; ///< e; −1023 for 0 (and for denormals, which no float becomes as a double)
    std::size_t cell;
    double r;
};

inline Parts split(double x)
{
    const auto bits = std::bit_cast<std::uint64_t>(x);
    const auto cell = static_cast<std::size_t>((bits >> 42) & (cells - 1));
    const auto mantissa = std::bit_cast<double>((bits & 0x000FFFFFFFFFFFFFU) | 0x3FF0000000000000U);
    return {static_cast<int>(bits >> 52) - 1023, cell, mantissa * table[cell].inverse - 1};
}

} // namespace binade

/// log x for normal doubles x > 0, to 2e-14 (r⁴/4) and rounding; finite for x = 0.
inline double fastLog(double x)
{
    const auto [exponent, cell, r] = binade::split(x);
    const double series = r * (1 + r * (-1.0 / 2 + r * (1.0 / 3)));
    return exponent * std::numbers::ln2 + (binade::table[cell].log + series);
}

/// H(p) = −Σ p log p in nats, 0 log 0 = 0.
template <typename T> double entropy(std::span<const T> probabilities)
{
    double sum = 0;
    for (const T p : probabilities)
        sum += static_cast<double>(p) * fastLog(static_cast<double>(p));
    return std::max(0.0, -sum); // not below 0 for a p of 1 + 1e-7
}

/// x^q for one q, 0.05…20, and probabilities x stored as float (0 included, up to 2), relatively to
/// some 1e-15 · q.
class Power {
public:
    explicit Power(double exponent);
    double operator()(double x) const
    {
        const auto [exponent, cell, r] = binade::split(x);
        double series = m_series[terms - 1];
        for (std::size_t n = terms - 1; n-- > 0;)
            series = m_series[n] + r * series;
        const int binade = std::clamp(exponent, lowest, highest) - lowest;
        return m_binades[static_cast<std::size_t>(binade)] * (m_centres[cell] * series);
    }

private:
    static constexpr std::size_t terms = 6; ///< C(20, 6) · 2^-66 is 5e-16
    static constexpr int lowest = -150; ///< floats reach down to 2^-149; here it stands for 0
    static constexpr int highest = 1;
    std::array<double, highest - lowest + 1> m_binades{}; ///< 2^(e q)
    std::array<double, binade::cells> m_centres{}; ///< c^q
    std::array<double, terms> m_series{}; ///< binomial coefficients of (1 + r)^q
};

} // namespace augury
