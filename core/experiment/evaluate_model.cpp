// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/evaluate_model.h"

namespace augury {

ModelEvaluation evaluateModel(Classifier& classifier, const ExperimentSplits& splits,
    const ExperimentConfig& config, EvaluationRequest wanted, const Job& job)
{
    ModelEvaluation evaluation;
    wanted.predict.policy = config.policy;
    wanted.predict.copies = config.copies;
    wanted.vote = config.vote;
    wanted.exactEarlyExit = config.exactEarlyExit;
    if (isLearned(config.vote.rule) && config.vote.weights.empty()) {
        requireValidationFor(config.vote.rule, splits.validation);
        const auto table = predictVotes(classifier, splits.validation, wanted.predict, job);
        evaluation.learned = learnWeights(
            table, config.copies, config.vote.includeOriginal, weightsOf(config.vote.rule), job);
        wanted.vote.weights = evaluation.learned->weights;
    }
    evaluation.result = evaluate(classifier, splits.test, wanted, job);
    return evaluation;
}

ExperimentSplits splitsFor(
    const Dataset& dataset, const ExperimentConfig& config, const Checkpoint& checkpoint)
{
    ExperimentConfig trained = config;
    trained.validationFraction = checkpoint.validationFraction;
    trained.splitSeed = checkpoint.splitSeed;
    auto splits = splitsFor(dataset, config);
    splits.validation = splitsFor(dataset, trained).validation;
    return splits;
}

std::string doubtOfSplit(
    const Checkpoint& checkpoint, const Dataset& dataset, const std::string& dataFingerprint)
{
    if (checkpoint.dataFingerprint.empty() || dataset.format != "image folder"
        || checkpoint.dataFingerprint == dataFingerprint)
        return {};
    return "The model was trained on other images than these, or on these when they were divided "
           "otherwise into training and test images: some that it was trained on may now be among "
           "the validation or test images. Open the folder as it was then (test fraction and "
           "split seed), or train again on it as it is now.";
}

void requireValidationFor(VoteRule rule, const Split& validation)
{
    if (isLearned(rule) && validation.size() == 0)
        throw Error("The learned vote rules fit their weights on validation images, and there are "
                    "none. Keep some when training (--validation-fraction 0.1), so that the "
                    "weights are chosen on images that the model was neither trained nor tested "
                    "on.");
}

} // namespace augury
