// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/classifier.h"
#include "core/support/error.h"

#include <algorithm>
#include <cmath>

namespace augury {

namespace {

std::size_t wholeRows(std::span<const float> rows, int classes)
{
    if (classes < 1 || rows.size() % static_cast<std::size_t>(classes) != 0)
        throw Error("Internal error: the numbers do not make whole rows of classes.");
    return static_cast<std::size_t>(classes);
}

} // namespace

void softmaxRows(std::span<float> rows, int classes)
{
    const std::size_t k = wholeRows(rows, classes);
    for (std::size_t begin = 0; begin < rows.size(); begin += k) {
        const auto row = rows.subspan(begin, k);
        const float largest = *std::max_element(row.begin(), row.end());
        double sum = 0;
        for (auto& value : row) {
            value = std::exp(value - largest);
            sum += value;
        }
        const double scale = 1 / sum;
        for (auto& value : row)
            value = static_cast<float>(value * scale);
    }
}

bool looksLikeProbabilities(std::span<const float> rows, int classes)
{
    constexpr double tolerance = 1e-4;
    const std::size_t k = wholeRows(rows, classes);
    for (std::size_t begin = 0; begin < rows.size(); begin += k) {
        double sum = 0;
        for (const double value : rows.subspan(begin, k)) {
            if (!(value >= -tolerance && value <= 1 + tolerance)) // NaN too
                return false;
            sum += value;
        }
        if (!(std::abs(sum - 1) <= tolerance))
            return false;
    }
    return true;
}

} // namespace augury
