// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/presets.h"
#include "core/tune/tune.h"
#include "core/tune/tune_json.h"
#include "tests/core/store/made_runs.h"

#include <vector>

/// Searches as `tune` would make them, without any network.
namespace augury::testing {

/// 2 policies × 2 numbers of copies × 2 rules.
inline TuneSpec madeSpec()
{
    auto spec = defaultSpec(TuneMethod::Sweep);
    spec.seed = 11;
    spec.policies = {tutorialPolicy(), findPreset("gentle")->policy};
    spec.fields.clear();
    spec.copyCounts = {3, 7};
    spec.rules = {VoteRule::Mean, VoteRule::Majority};
    spec.originals = {{}};
    spec.halving = false;
    return spec;
}

/// Of 130 images, 80 + index of them right; the plain prediction had 85.
inline Trial madeTrial(int index, Trial::State state = Trial::State::Finished)
{
    auto trial = plannedTrials(madeSpec()).at(static_cast<std::size_t>(index));
    constexpr int images = 130;
    constexpr int plain = 85;
    const int right = 80 + 2 * index;
    trial.state = state;
    trial.right.assign(3, 0);
    for (std::size_t i = 0; i < static_cast<std::size_t>(right); ++i)
        trial.right[i / 64] |= std::uint64_t(1) << (i % 64);
    trial.comparison = {.images = images,
        .baselineCorrect = plain,
        .ttaCorrect = right,
        .fixed = right > plain ? right - plain + 1 : 1,
        .broken = right > plain ? 1 : plain - right + 1,
        .forwardPasses = images * (2 + index),
        .passesSaved = 0,
        .variants = images * (1 + index)};
    trial.nll = {40.0 / 3 + index, 10.0 / 7};
    trial.baselineNll = {50.0 / 3, 11.0 / 7};
    trial.seconds = 0.1 + index;
    return trial;
}

inline std::vector<Trial> madeTrials(const std::vector<int>& indices)
{
    std::vector<Trial> trials;
    for (const int index : indices)
        trials.push_back(madeTrial(index));
    return trials;
}

constexpr int madePlanned = 8;

/// A document of these trials; of none, as a search is begun with.
inline nlohmann::json madeSearch(const std::vector<int>& indices)
{
    auto dataset = bandDataset(20, 4, {1, 4, 4}, 2);
    dataset.name = "bands";
    auto config = madeConfig();
    config.validationFraction = 0.5;
    TuneOutcome outcome;
    outcome.trials = madeTrials(indices);
    outcome.tried = static_cast<std::int64_t>(indices.size());
    outcome.passes = 1234;
    outcome.seconds = 2.5;
    outcome.stopped = indices.size() < static_cast<std::size_t>(madePlanned);
    return tuneDocument(madeSpec(), config, dataset, {"/models/m.safetensors", "0123456789abcdef"},
        splitsFor(dataset, config), outcome);
}

inline Confirmation madeConfirmation(std::int64_t fixed = 30)
{
    Confirmation confirmation;
    confirmation.configuration = madeTrial(7).configuration;
    confirmation.seed = 11;
    confirmation.test = {.images = 1000,
        .baselineCorrect = 700,
        .ttaCorrect = 700 + fixed - 10,
        .fixed = fixed,
        .broken = 10,
        .forwardPasses = 2000,
        .passesSaved = 0,
        .variants = 1700};
    confirmation.nll = {800.0 / 3, 400.0 / 7};
    confirmation.baselineNll = {900.0 / 3, 500.0 / 7};
    confirmation.seconds = 1.0 / 3;
    confirmation.search = madeTrial(7).comparison;
    confirmation.tried = 8;
    return confirmation;
}

inline bool sameConfirmation(const Confirmation& a, const Confirmation& b)
{
    return toJson(a) == toJson(b);
}

} // namespace augury::testing
