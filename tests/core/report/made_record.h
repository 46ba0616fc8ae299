// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/repeat_details.h"
#include "core/experiment/report.h"
#include "core/report/run_facts.h"
#include "tests/support/synthetic_images.h"

#include <nlohmann/json.hpp>

#include <memory>

/// A run of three repeats on eight test images of two classes, counted by hand.
namespace augury::testing {

inline Dataset madeData(const std::vector<std::string>& names = {"cat", "dog"})
{
    auto dataset = bandDataset(8, 8, {1, 4, 4}, 2);
    dataset.name = "pets";
    dataset.classNames = names;
    return dataset;
}

/// Image 1 (a dog) is fixed by all, image 2 (a cat) broken by the first two and fixed by the third,
/// image 5 (a dog) broken by the first.
inline std::vector<RepeatResult> madeRepeats(bool withDetails = true)
{
    const std::vector<std::vector<ChangedImage>> changed = {
        {{1, 1, 0, 1}, {2, 0, 0, 1}, {5, 1, 1, 0}},
        {{1, 1, 0, 1}, {2, 0, 0, 1}},
        {{1, 1, 0, 1}, {2, 0, 1, 0}},
    };
    ExperimentConfig config;
    std::vector<RepeatResult> repeats;
    for (int i = 0; i < 3; ++i) {
        const auto& images = changed[static_cast<std::size_t>(i)];
        RepeatDetails details{Scorecard(2), Scorecard(2), {}, images};
        RepeatResult repeat;
        repeat.index = i;
        repeat.seed = repeatSeed(config, i);
        repeat.comparison = {.images = 8, .forwardPasses = 24, .variants = 16};
        for (std::uint32_t k = 0; k < 8; ++k) {
            const auto label = static_cast<std::int32_t>(k % 2);
            std::int32_t before = label;
            std::int32_t after = label;
            for (const auto& image : images) {
                if (image.image == k) {
                    before = image.baseline;
                    after = image.merged;
                }
            }
            details.baseline.add(label, std::vector<double>{0.5, 0.5}, {before, false});
            details.tta.add(label, std::vector<double>{0.25, 0.75}, {after, false});
            repeat.comparison.fixed += after == label && before != label ? 1 : 0;
            repeat.comparison.broken += after != label && before == label ? 1 : 0;
        }
        repeat.comparison.baselineCorrect = details.baseline.correct;
        repeat.comparison.ttaCorrect = details.tta.correct;
        details.curve = {8, details.baseline.correct, 4.0,
            {{1, details.baseline.correct, 0, 0, 16, 5.0},
                {2, details.tta.correct, repeat.comparison.fixed, repeat.comparison.broken, 24,
                    3.0}}};
        repeat.history = {EpochMetrics{0.75, 0.5, std::nullopt, std::nullopt, 2.0}};
        repeat.trainSeconds = 2;
        repeat.evaluateSeconds = 1;
        if (withDetails)
            repeat.details = std::make_shared<const RepeatDetails>(std::move(details));
        repeats.push_back(std::move(repeat));
    }
    return repeats;
}

inline RunRecord madeRecord(
    const Dataset& dataset = madeData(), bool withDetails = true, int wanted = 3)
{
    ExperimentConfig config;
    config.dataPath = "/nowhere/pets";
    config.repeats = wanted;
    config.copies = 2;
    RepeatsOutcome outcome;
    outcome.repeats = madeRepeats(withDetails);
    outcome.stopped = wanted > 3;
    return recordOf(repeatDocument(config, dataset, outcome, 9.5));
}

/// One epoch's training, and an evaluation.
inline RunRecord madeTraining()
{
    TrainOutcome outcome;
    outcome.result.checkpoint.history = {{0.9, 0.25, 0.8, 0.5, 1.0}, {0.5, 0.75, 0.6, 0.625, 1.0}};
    return recordOf(trainDocument({}, madeData(), outcome));
}

inline RunRecord madeEvaluation()
{
    const auto repeat = madeRepeats()[0];
    EvaluateOutcome outcome;
    auto& result = outcome.evaluation.result;
    result.comparison = repeat.comparison;
    result.baseline = repeat.details->baseline;
    result.tta = repeat.details->tta;
    result.curve = repeat.details->curve;
    outcome.model = "model.safetensors";
    return recordOf(evaluateDocument({}, madeData(), outcome));
}

} // namespace augury::testing
