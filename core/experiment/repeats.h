// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/evaluate/comparison.h"
#include "core/evaluate/statistics.h"
#include "core/experiment/experiment_config.h"
#include "core/support/job.h"
#include "core/train/trainer.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace augury {

struct RepeatDetails;

/// One fresh fit, with baseline and TTA measured on it.
struct RepeatResult {
    int index = 0; ///< from 0
    /// `train` and then `evaluate` with this seed give this result again.
    std::uint64_t seed = 0;
    Comparison comparison;
    std::vector<EpochMetrics> history;
    double trainSeconds = 0;
    double evaluateSeconds = 0;
    /// Scorecards, curve and changed images; null after an early exit, which leaves votes out.
    std::shared_ptr<const RepeatDetails> details = nullptr;
};

struct MeanStd {
    double mean = 0;
    double std = 0; ///< sample standard deviation; NaN for one repeat
};

/// Paired over repeats: each lift is of one fitted model. Fractions.
struct RepeatSummary {
    MeanStd baseline;
    MeanStd tta;
    MeanStd lift;
    Interval liftCi95; ///< t interval of the mean lift; NaN for one repeat
    double pValue = 1; ///< Wilcoxon signed-rank, two-sided
};
RepeatSummary summarise(std::span<const RepeatResult> repeats);

/// All callbacks come one at a time, from the threads that do the work. Any may be empty.
struct RepeatObserver {
    std::function<void(int repeat, const BatchProgress&)> onBatch;
    std::function<void(int repeat, int epoch, const EpochMetrics&)> onEpoch;
    std::function<void(const RepeatResult&)> onRepeat; ///< in the order in which they end
    std::function<void(const Progress&)> onProgress; ///< over the whole experiment
    /// The fitted network, just before its onRepeat.
    std::function<void(int repeat, const Checkpoint&)> onModel = {};
};

struct RepeatsOutcome {
    std::vector<RepeatResult> repeats; ///< finished ones, by index
    bool stopped = false; ///< a stop ended it early; what was finished is in `repeats`
    int parallelFits = 1; ///< how many fits ran side by side
    int threadsPerFit = 1; ///< decides the numbers' last bits, with the seed and the data
};

/// Where an earlier run of the same experiment on the same data was left.
struct RepeatsBegun {
    std::span<const RepeatResult> done;
    int threadsPerFit =
        0; ///< of that run, since its numbers' last bits hang on it; 0: planned anew
};

/// n fresh fits, repeat i with deriveSeed(config.training.seed, RandomUse::Repeat, i) for both the
/// fit and the draws; baseline and TTA on each. Fits may run
/// side by side; a fit's numbers depend on its seed and threads per fit, not on its neighbours.
/// What is `begun` is completed: the fits that are done are taken as they are and not observed
/// again, so that the outcome is that of a run that was never interrupted. Throws Error when they
/// cannot be this experiment's.
RepeatsOutcome runRepeats(const Dataset& dataset, const ExperimentConfig& config,
    const RepeatObserver& observer = {}, std::stop_token stop = {}, const RepeatsBegun& begun = {});

/// The seed of one repeat.
std::uint64_t repeatSeed(const ExperimentConfig& config, int index);

/// The images an experiment uses. Depends on config's splitSeed, validationFraction and subset
/// sizes.
struct ExperimentSplits {
    Split training;
    Split validation; ///< empty without a validation fraction
    Split test;
};
ExperimentSplits splitsFor(const Dataset& dataset, const ExperimentConfig& config);

} // namespace augury
