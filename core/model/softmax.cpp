// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/classifier.h"
#include "core/support/error.h"

#include <algorithm>
#include <cmath>

namespace augury {

void softmaxRows(std::span<float> rows, int classes)
{
    if (classes < 1 || rows.size() % static_cast<std::size_t>(classes) != 0)
        throw Error("softmax: the numbers do not make whole rows.");
    const auto k = static_cast<std::size_t>(classes);
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

} // namespace augury
