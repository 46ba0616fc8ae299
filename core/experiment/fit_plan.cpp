// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/fit_plan.h"

#include "core/model/runtime.h"

#include <algorithm>
#include <set>

namespace augury {

FitPlan planFits(const ExperimentConfig& config)
{
    const int threads = config.training.threads > 0 ? config.training.threads : availableThreads();
    int fits = config.parallelFits;
    if (fits == 0)
        fits = config.training.device == "cpu" ? threads : 1;
    fits = std::clamp(fits, 1, config.repeats);
    return {fits, std::max(1, threads / fits)};
}

FitWork estimateWork(const Split& training, const Split& test, const ExperimentConfig& config)
{
    constexpr double backwardAndForward = 3;
    constexpr std::size_t sample = 50;
    std::size_t variants = 0;
    const std::size_t images = std::min(sample, test.size());
    for (std::size_t i = 0; i < images; ++i) {
        std::set<Transform> distinct{Transform{}};
        for (int copy = 1; copy <= config.copies; ++copy)
            distinct.insert(draw(config.policy, config.training.seed, test.indices[i],
                static_cast<std::uint32_t>(copy)));
        variants += distinct.size();
    }
    return {backwardAndForward * static_cast<double>(training.size()) * config.training.epochs,
        images == 0 ? 0
                    : static_cast<double>(test.size()) * static_cast<double>(variants)
                / static_cast<double>(images)};
}

} // namespace augury
