// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/core/tta/vote_tables.h"

#include <cmath>
#include <vector>

namespace augury::test {

/// A table of two classes: each image's label, and by how much each view favours it.
inline VoteTable tableOfMargins(
    const std::vector<std::int32_t>& labels, const std::vector<std::vector<float>>& margins)
{
    VoteTable table;
    table.classes = 2;
    table.copies = static_cast<int>(margins.at(0).size()) - 1;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        for (const float margin : margins[i]) {
            table.rows.push_back(static_cast<std::uint32_t>(table.logits.size() / 2));
            const Numbers z = labels[i] == 0 ? Numbers{margin, 0} : Numbers{0, margin};
            table.logits.insert(table.logits.end(), z.begin(), z.end());
        }
        table.images.push_back(static_cast<std::uint32_t>(i));
    }
    table.labels = labels;
    table.probabilities.resize(table.logits.size(), 0.5F); // nobody looks at them
    return table;
}

struct Reference {
    long double nll = 0;
    std::vector<long double> gradient;
};

/// The mean NLL and its gradient as they are written, in extended precision.
inline Reference naive(const VoteTable& table, int first, const std::vector<double>& weights)
{
    Reference result;
    result.gradient.assign(weights.size(), 0);
    const auto classes = static_cast<std::size_t>(table.classes);
    const auto n = static_cast<long double>(table.size());
    for (std::size_t i = 0; i < table.size(); ++i) {
        std::vector<long double> mixed(classes, 0);
        for (std::size_t a = 0; a < weights.size(); ++a)
            for (std::size_t k = 0; k < classes; ++k)
                mixed[k] += static_cast<long double>(weights[a])
                    * table.outputs(i, first + static_cast<int>(a)).logits[k];
        long double sum = 0;
        for (const auto z : mixed)
            sum += std::exp(z);
        const auto label = static_cast<std::size_t>(table.labels[i]);
        result.nll += (std::log(sum) - mixed[label]) / n;
        for (std::size_t a = 0; a < weights.size(); ++a)
            for (std::size_t k = 0; k < classes; ++k)
                result.gradient[a] += (std::exp(mixed[k]) / sum - (k == label ? 1 : 0))
                    * table.outputs(i, first + static_cast<int>(a)).logits[k] / n;
    }
    return result;
}

/// Views of ten classes that get worse and worse, the original's among them; `useful` of them say
/// something, the others are noise.
inline VoteTable gradedTable(int copies, int useful, int images, std::uint32_t stream)
{
    Dice dice(stream);
    VoteTable table;
    table.classes = 10;
    table.copies = copies;
    for (int i = 0; i < images; ++i) {
        table.images.push_back(static_cast<std::uint32_t>(i));
        table.labels.push_back(static_cast<std::int32_t>(dice.below(10)));
        for (int slot = 0; slot <= copies; ++slot) {
            table.rows.push_back(static_cast<std::uint32_t>(table.logits.size() / 10));
            for (int k = 0; k < 10; ++k) {
                const bool label = k == table.labels.back();
                const double signal = label && slot < useful ? 2.5 - 0.2 * slot : 0;
                table.logits.push_back(static_cast<float>(1.5 * dice.bell() + signal));
            }
        }
    }
    table.probabilities.resize(table.logits.size(), 0.1F);
    return table;
}

inline bool near(double a, double b, double tolerance)
{
    return std::abs(a - b) <= tolerance;
}

} // namespace augury::test
