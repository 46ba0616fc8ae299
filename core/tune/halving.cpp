// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tune/halving.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace augury {

std::vector<std::size_t> roundEnds(const TuneSpec& spec, std::size_t images)
{
    std::vector<std::size_t> ends;
    for (auto end = static_cast<std::size_t>(std::max(50, spec.halvingStart)); end < images;
         end *= 2)
        ends.push_back(end);
    ends.push_back(images);
    return ends;
}

std::size_t goingOn(const TuneSpec& spec, std::size_t trials)
{
    return spec.halving ? (trials + 1) / 2 : trials;
}

std::vector<std::size_t> ranking(std::span<const Trial* const> trials)
{
    std::vector<std::size_t> order(trials.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    const auto key = [&](std::size_t i) {
        const auto& trial =
            *trials[i]; // of the same images and baseline, so these are lift and NLL
        return std::tuple(
            -trial.comparison.ttaCorrect, trial.nll.sum, trial.configuration.copies, trial.index);
    };
    std::ranges::sort(order, {}, key);
    return order;
}

} // namespace augury
