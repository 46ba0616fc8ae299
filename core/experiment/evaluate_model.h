// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/evaluation.h"
#include "core/experiment/experiment_config.h"
#include "core/experiment/learned_weights.h"
#include "core/experiment/repeats.h"
#include "core/model/checkpoint.h"

namespace augury {

struct ModelEvaluation {
    EvaluationResult result;
    std::optional<LearnedWeights> learned; ///< with a learned rule that had no weights
};

/// Why the model's validation images, carved from this data set, cannot be trusted to be apart from
/// what it was trained on: an image folder that a ratio and a seed divide into training and test
/// images was divided otherwise then, or has changed. Empty: no reason.
std::string doubtOfSplit(
    const Checkpoint& checkpoint, const Dataset& dataset, const std::string& dataFingerprint);

/// evaluate() of a fitted model on the test images, as the experiment's settings ask for it:
/// policy, copies, vote and early exit are the config's, the rest of `wanted` stands.
/// A learned rule without weights first fits them, on the validation images alone. Throws Error.
ModelEvaluation evaluateModel(Classifier& classifier, const ExperimentSplits& splits,
    const ExperimentConfig& config, EvaluationRequest wanted, const Job& job = {});

/// The config's test images, and as validation images those that were kept apart when the model was
/// trained, so that nothing is fitted on what it was trained on.
ExperimentSplits splitsFor(
    const Dataset& dataset, const ExperimentConfig& config, const Checkpoint& checkpoint);

/// Throws the Error for a rule that must be fitted where no images are kept for validation.
void requireValidationFor(VoteRule rule, const Split& validation);

} // namespace augury
