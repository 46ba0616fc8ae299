// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/report.h"
#include "core/store/run_store.h"
#include "core/support/error.h"
#include "tests/support/synthetic_images.h"

#include <nlohmann/json.hpp>

#include <string>

/// Runs as `repeat` would make them, without any training.
namespace augury::testing {

inline ExperimentConfig madeConfig(int repeats = 4)
{
    ExperimentConfig config;
    config.dataPath = "/data/bands";
    config.training.seed = 7;
    config.copies = 5;
    config.repeats = repeats;
    return config;
}

inline RepeatResult madeRepeat(int index, const ExperimentConfig& config = madeConfig())
{
    RepeatResult result;
    result.index = index;
    result.seed = repeatSeed(config, index);
    result.comparison = {.images = 1000,
        .baselineCorrect = 700 + 2 * index,
        .ttaCorrect = 710 + 4 * index,
        .fixed = 20 + 2 * index,
        .broken = 10,
        .forwardPasses = 4000,
        .passesSaved = 3,
        .variants = 3001 + index};
    EpochMetrics metrics;
    metrics.trainLoss = 1.0 / (3 + index);
    metrics.trainAccuracy = 0.1 * index;
    metrics.seconds = 0.3;
    result.history = {metrics, metrics};
    result.trainSeconds = 1.0 / 7;
    result.evaluateSeconds = 0.7 / 9;
    return result;
}

/// A document of these repeats; of none, as a run is begun with.
inline nlohmann::json madeDocument(const std::vector<int>& indices, int wanted = 4,
    const std::string& name = "bands", double seconds = 12)
{
    auto dataset = bandDataset(8, 4, {1, 4, 4}, 2);
    dataset.name = name;
    const auto config = madeConfig(wanted);
    RepeatsOutcome outcome;
    for (const int index : indices)
        outcome.repeats.push_back(madeRepeat(index, config));
    outcome.stopped = indices.size() < static_cast<std::size_t>(wanted);
    outcome.parallelFits = 2;
    outcome.threadsPerFit = 3;
    return repeatDocument(config, dataset, outcome, seconds);
}

/// The message of the Error that `action` throws; empty when it throws none.
template <class Action> std::string errorOf(Action action)
{
    try {
        action();
        return {};
    } catch (const Error& error) {
        return error.what();
    }
}

inline bool contains(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

} // namespace augury::testing
