// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/cost_estimate.h"

#include <algorithm>
#include <thread>

namespace augury {

namespace {

// Images of 3×32×32 a second on one core.
constexpr double s_trainRate = 1000;
constexpr double s_predictRate = 4000;

double relativePixels(const Dataset& dataset)
{
    const auto shape = dataset.shape();
    return double(shape.height) * shape.width / 1024.0;
}

double threads(const ExperimentConfig& config)
{
    const int all = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    return config.training.threads > 0 ? std::min(config.training.threads, all) : all;
}

double chosen(std::size_t all, std::size_t subset)
{
    return static_cast<double>(subset == 0 ? all : std::min(all, subset));
}

// Views of an image that differ: flips alone give two or four, anything else one a copy.
double views(const ExperimentConfig& config)
{
    auto flipless = config.policy;
    flipless.horizontalFlip = flipless.verticalFlip = false;
    if (!flipless.isIdentity())
        return 1.0 + config.copies;
    const double flips =
        (config.policy.horizontalFlip ? 2 : 1) * (config.policy.verticalFlip ? 2 : 1);
    return std::min(1.0 + config.copies, flips);
}

} // namespace

double CostEstimate::trainSeconds(const Dataset& dataset, const ExperimentConfig& config) const
{
    const double images =
        chosen(dataset.train->size(), config.subsetTrain) * (1 - config.validationFraction);
    return m_pace * images * config.training.epochs * relativePixels(dataset)
        / (s_trainRate * threads(config));
}

double CostEstimate::evaluateSeconds(const Dataset& dataset, const ExperimentConfig& config) const
{
    return m_pace * chosen(dataset.test->size(), config.subsetTest) * views(config)
        * relativePixels(dataset) / (s_predictRate * threads(config));
}

double CostEstimate::repeatsSeconds(const Dataset& dataset, const ExperimentConfig& config) const
{
    return config.repeats * (trainSeconds(dataset, config) + evaluateSeconds(dataset, config));
}

void CostEstimate::learn(const Dataset& dataset, const ExperimentConfig& config, double seconds)
{
    const double modelled = trainSeconds(dataset, config) / m_pace;
    if (seconds < 0.5 || modelled <= 0)
        return; // too short to tell anything
    m_pace = std::clamp(seconds / modelled, 0.001, 1000.0);
    m_measured = true;
}

} // namespace augury
