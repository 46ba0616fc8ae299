// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/fit_plan.h"

#include "core/model/runtime.h"

#include <algorithm>
#include <set>
#include <unistd.h>

namespace augury {

namespace {

/// What training one network holds at once: activations with their gradients, weights with Adam's
/// moments, and LibTorch's own.
double bytesOfFit(const Shape& images, int batchSize)
{
    constexpr double floatsPerPixel =
        2 * (32 + 8 + 16 + 4) + 8; // conv1, pool1, conv2, pool2, input
    constexpr double copiesOfWeights = 5;
    constexpr double overhead = 150e6;
    const double pixels = double(images.height) * images.width;
    const double weights = 128.0 * 64 * pixels / 16;
    return 4 * (batchSize * pixels * floatsPerPixel + copiesOfWeights * weights) + overhead;
}

double machineMemory()
{
    return double(::sysconf(_SC_PHYS_PAGES)) * double(::sysconf(_SC_PAGESIZE));
}

} // namespace

FitPlan planFits(const ExperimentConfig& config, const Shape& images, int threadsPerFit)
{
    const int threads = config.training.threads > 0 ? config.training.threads : availableThreads();
    int fits = config.parallelFits;
    if (fits == 0)
        fits = config.training.device == "cpu"
            ? static_cast<int>(std::min<double>(threads / std::max(1, threadsPerFit),
                machineMemory() / 2 / bytesOfFit(images, config.training.batchSize)))
            : 1;
    fits = std::clamp(fits, 1, config.repeats);
    return {fits, threadsPerFit > 0 ? threadsPerFit : std::max(1, threads / fits)};
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
