// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace augury {

/// Borda's points: the likeliest of K classes gets K − 1, the least likely 0, and equal ones share
/// the mean of theirs. Exact in double.
class BordaCount {
public:
    explicit BordaCount(std::size_t classes);
    /// Adds each class's points to `sums`; `probabilities` are K numbers from 0 on.
    void add(const float* probabilities, std::span<double> sums);

private:
    void addByCounting(const float* probabilities, std::span<double> sums);
    void addBySorting(const float* probabilities, std::span<double> sums);

    std::size_t m_classes;
    std::vector<float> m_padded; ///< to whole vectors of lanes
    std::vector<std::uint32_t> m_order;
};

} // namespace augury
