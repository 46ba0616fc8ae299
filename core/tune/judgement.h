// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tune/trial.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace augury {

/// What a search's trials say, and what they do not. Only finished trials count, of learned weights
/// and their mean only the preferred; they must be of the same images.
struct Judgement {
    int best = -1; ///< place in the trials of the one of the highest accuracy; of equals the
                   ///< cheaper, then the lower NLL; −1: none is finished
    double p = 1; ///< McNemar's of the best against the baseline
    /// Holm's for the best of `tried`: min(1, p · tried), as if each had been tested.
    double adjustedP = 1;
    /// Places of those, the best included, that McNemar cannot tell from the best at 0.05, and of
    /// the cheapest of these.
    std::vector<int> equals;
    int cheapest = -1;
    /// The best is not above the baseline beyond what the best of so many would be by chance.
    bool insideNoise = true;
};
Judgement judge(std::span<const Trial> trials, std::int64_t tried);

/// In a few sentences: what is best and by how much, whether that is inside the noise, how many
/// cannot be told from it, and the cheapest of these. Empty where none is finished.
std::string judgementText(
    const Judgement& judgement, std::span<const Trial> trials, std::int64_t tried);

/// Exact McNemar p of two trials of the same images.
double mcnemarP(const Trial& a, const Trial& b);

/// Places in `trials` of those that no other beats or equals in lift at the same or a lower cost,
/// by cost: the Pareto front. Of equals in both the lower NLL. Finished ones only, none below the
/// baseline.
std::vector<std::size_t> paretoFront(std::span<const Trial> trials);

/// Place of the highest lift among the finished at no more than `cost` passes an image.
std::optional<std::size_t> bestUnder(std::span<const Trial> trials, double cost);

/// Of a curve over the copies (trials by their number): place of the fewest copies that no larger
/// number beats significantly (McNemar, 0.05), where the curve stops gaining.
std::optional<std::size_t> stopsGaining(std::span<const Trial> curve);

} // namespace augury
