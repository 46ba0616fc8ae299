// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/support/random.h"
#include "core/tta/vote.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

namespace augury::test {

using Numbers = std::vector<float>;

/// One image a row of `views`: its original, then its copies; every view has its own row.
inline VoteTable tableOf(int classes, const std::vector<std::vector<Numbers>>& images,
    const std::vector<std::vector<Numbers>>& logits = {})
{
    VoteTable table;
    table.classes = classes;
    table.copies = static_cast<int>(images.at(0).size()) - 1;
    for (const auto& views : images) {
        for (const auto& view : views) {
            table.rows.push_back(static_cast<std::uint32_t>(table.forwardPasses()));
            table.probabilities.insert(table.probabilities.end(), view.begin(), view.end());
        }
        table.images.push_back(static_cast<std::uint32_t>(table.labels.size()));
        table.labels.push_back(0);
    }
    for (const auto& views : logits)
        for (const auto& view : views)
            table.logits.insert(table.logits.end(), view.begin(), view.end());
    return table;
}

/// Repeatable random numbers.
class Dice {
public:
    explicit Dice(std::uint32_t stream)
        : m_stream(stream)
    {
    }
    std::uint32_t below(std::uint32_t n) { return word() % n; }
    double uniform() { return toUniform(word()); }
    /// About normal: the sum of four uniforms.
    double bell() { return (uniform() + uniform() + uniform() + uniform() - 2) * std::sqrt(3.0); }

private:
    std::uint32_t word() { return randomWords(99, RandomUse::Subset, m_stream, m_count++)[0]; }
    std::uint32_t m_stream;
    std::uint32_t m_count = 0;
};

/// Different ones, some of them 0: one a view, or one a view and class.
inline std::vector<double> someWeights(VoteRule rule, int views, int classes)
{
    std::vector<double> weights;
    for (int i = 0; i < views * (rule == VoteRule::LearnedPerClass ? classes : 1); ++i)
        weights.push_back(0.5 * ((i * 7 + 2) % 5));
    return weights;
}

/// Views that agree more or less: softmaxes of an image's logits and each view's noise. Slots share
/// rows as equal variants do, and every other label is the likeliest class of the original.
inline VoteTable randomTable(
    int classes, int copies, int images, std::uint32_t stream, double spread = 3)
{
    Dice dice(stream);
    VoteTable table;
    table.classes = classes;
    table.copies = copies;
    const auto k = static_cast<std::size_t>(classes);
    for (int i = 0; i < images; ++i) {
        const auto first = static_cast<std::uint32_t>(table.forwardPasses());
        const auto distinct = 1 + dice.below(static_cast<std::uint32_t>(copies) + 1);
        std::vector<double> base(k);
        for (auto& z : base)
            z = spread * dice.bell();
        for (std::uint32_t row = 0; row < distinct; ++row) {
            std::vector<double> z(base);
            for (auto& value : z)
                value = static_cast<double>(static_cast<float>(value + spread / 3 * dice.bell()));
            const double top = *std::max_element(z.begin(), z.end());
            double sum = 0;
            for (const double value : z)
                sum += std::exp(value - top);
            for (const double value : z) {
                table.logits.push_back(static_cast<float>(value));
                table.probabilities.push_back(static_cast<float>(std::exp(value - top) / sum));
            }
        }
        for (int slot = 0; slot <= copies; ++slot)
            table.rows.push_back(first + (slot == 0 ? 0 : dice.below(distinct)));
        const auto original = table.view(static_cast<std::size_t>(i), 0);
        const auto best = std::max_element(original.begin(), original.end()) - original.begin();
        table.images.push_back(static_cast<std::uint32_t>(i));
        table.labels.push_back(i % 2 == 0
                ? static_cast<std::int32_t>(best)
                : static_cast<std::int32_t>(dice.below(static_cast<std::uint32_t>(classes))));
    }
    return table;
}

/// Rows shared by several slots, and probabilities in steps of 1/16, exact in binary: sums have no
/// rounding, and ties and zeros are frequent.
inline VoteTable coarseTable(int classes, int copies, int images, std::uint32_t stream)
{
    Dice dice(stream);
    VoteTable table;
    table.classes = classes;
    table.copies = copies;
    for (int i = 0; i < images; ++i) {
        const auto first = static_cast<std::uint32_t>(table.forwardPasses());
        const auto distinct = 1 + dice.below(static_cast<std::uint32_t>(copies) + 1);
        for (std::uint32_t row = 0; row < distinct; ++row) {
            Numbers p(static_cast<std::size_t>(classes), 0.0F);
            for (int step = 0; step < 16; ++step)
                p[dice.below(static_cast<std::uint32_t>(std::min(classes, 5)))
                    * static_cast<std::size_t>((classes - 1) / std::min(classes, 5) + 1)
                    % static_cast<std::size_t>(classes)] += 0.0625F;
            table.probabilities.insert(table.probabilities.end(), p.begin(), p.end());
        }
        for (int slot = 0; slot <= copies; ++slot)
            table.rows.push_back(first + (slot == 0 ? 0 : dice.below(distinct)));
        table.images.push_back(static_cast<std::uint32_t>(i));
        table.labels.push_back(static_cast<std::int32_t>(i % classes));
    }
    return table;
}

} // namespace augury::test
