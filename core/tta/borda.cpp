// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tta/borda.h"

#include <algorithm>
#include <cstring>
#include <numeric>

namespace augury {

namespace {

constexpr std::size_t lanes = 4;
// GCC's and Clang's vectors: left to itself, GCC picks the wrong loop to vectorise, at four times
// the time. A comparison gives −1 in the lanes where it holds.
using Floats [[gnu::vector_size(lanes * sizeof(float))]] = float;
using Ints [[gnu::vector_size(lanes * sizeof(std::int32_t))]] = std::int32_t;

constexpr std::size_t countUpTo = 128; ///< classes; beyond it sorting is the faster

} // namespace

BordaCount::BordaCount(std::size_t classes)
    : m_classes(classes)
    , m_padded(classes > countUpTo ? 0 : (classes + lanes - 1) / lanes * lanes)
    , m_order(classes > countUpTo ? classes : 0)
{
}

void BordaCount::add(const float* probabilities, std::span<double> sums)
{
    if (m_classes <= countUpTo)
        addByCounting(probabilities, sums);
    else
        addBySorting(probabilities, sums);
}

/// points = (K − 1 + lower − higher) / 2: K² comparisons without a branch, in whole vectors.
void BordaCount::addByCounting(const float* probabilities, std::span<double> sums)
{
    std::copy_n(probabilities, m_classes, m_padded.begin());
    const auto wins = static_cast<double>(m_classes - 1);
    for (std::size_t begin = 0; begin < m_classes; begin += lanes) {
        Floats own;
        std::memcpy(&own, m_padded.data() + begin, sizeof own);
        Ints balance{}; // lower − higher
        for (std::size_t other = 0; other < m_classes; ++other)
            balance += (own < probabilities[other]) - (own > probabilities[other]);
        for (std::size_t k = begin; k < std::min(begin + lanes, m_classes); ++k)
            sums[k] += (wins + balance[k - begin]) / 2;
    }
}

void BordaCount::addBySorting(const float* probabilities, std::span<double> sums)
{
    std::iota(m_order.begin(), m_order.end(), 0U);
    std::sort(m_order.begin(), m_order.end(),
        [&](std::uint32_t a, std::uint32_t b) { return probabilities[a] < probabilities[b]; });
    for (std::size_t begin = 0, end = 0; begin < m_classes; begin = end) {
        const float p = probabilities[m_order[begin]];
        while (end < m_classes && probabilities[m_order[end]] == p)
            ++end;
        const double points = static_cast<double>(begin + end - 1) / 2; // the mean of begin … end−1
        for (std::size_t i = begin; i < end; ++i)
            sums[m_order[i]] += points;
    }
}

} // namespace augury
