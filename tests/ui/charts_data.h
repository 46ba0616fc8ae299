// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/repeats.h"
#include "core/train/trainer.h"

#include <cmath>
#include <vector>

/// Data that look like the tutorial's experiment, the same at every call.
namespace charts_data {

/// A number in [−1, 1) that looks random.
inline double noise(int i)
{
    const double x = std::sin(12.9898 * i + 4.1) * 43758.5453;
    return 2 * (x - std::floor(x)) - 1;
}

inline augury::Comparison comparison(
    std::int64_t images, std::int64_t baselineCorrect, std::int64_t fixed, std::int64_t broken)
{
    augury::Comparison result;
    result.images = images;
    result.baselineCorrect = baselineCorrect;
    result.ttaCorrect = baselineCorrect + fixed - broken;
    result.fixed = fixed;
    result.broken = broken;
    result.forwardPasses = 2 * images;
    result.variants = 2 * result.images;
    return result;
}

/// About 68.6 ± 1.0 → 69.8 ± 1.1 % on 10,000 images.
inline std::vector<augury::RepeatResult> repeats(int count)
{
    std::vector<augury::RepeatResult> results;
    for (int i = 0; i < count; ++i) {
        augury::RepeatResult repeat;
        repeat.index = i;
        repeat.seed = static_cast<std::uint64_t>(i) + 1;
        const double spread = noise(3 * i) + noise(3 * i + 1) + noise(7 * i + 2);
        const auto broken = static_cast<std::int64_t>(140 + 30 * noise(5 * i));
        const auto lift = static_cast<std::int64_t>(120 + 70 * noise(11 * i + 3));
        repeat.comparison =
            comparison(10000, static_cast<std::int64_t>(6860 + 90 * spread), broken + lift, broken);
        results.push_back(repeat);
    }
    return results;
}

inline augury::BatchProgress batch(int epoch, int epochs, int batch, int batches)
{
    augury::BatchProgress progress;
    progress.epoch = epoch;
    progress.epochs = epochs;
    progress.batch = batch;
    progress.batches = batches;
    const double t = epoch - 1 + double(batch) / batches;
    progress.loss = 0.75 + 0.85 * std::exp(-0.9 * t) + 0.5 / (batch + 2) * (1 + noise(batch));
    progress.accuracy = 0.74 - 0.36 * std::exp(-0.9 * t) - 0.15 / (batch + 1);
    return progress;
}

inline augury::EpochMetrics epoch(int number)
{
    augury::EpochMetrics metrics;
    metrics.trainLoss = 0.75 + 0.85 * std::exp(-0.9 * number);
    metrics.trainAccuracy = 0.74 - 0.36 * std::exp(-0.9 * number);
    metrics.validationLoss = 0.86 + 0.5 * std::exp(-0.8 * number) + 0.02 * noise(number);
    metrics.validationAccuracy = 0.70 - 0.2 * std::exp(-0.8 * number) + 0.01 * noise(number + 9);
    metrics.seconds = 21;
    return metrics;
}

} // namespace charts_data
