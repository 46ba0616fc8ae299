// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/tuned_data.h"

#include "app/cli/results.h"
#include "app/cli/resume.h"
#include "core/data/fingerprint.h"
#include "core/experiment/evaluate_model.h"
#include "core/experiment/experiment_json.h"
#include "core/model/model_fingerprint.h"
#include "core/store/run_documents.h"

#include <fmt/format.h>

namespace augury::cli {

namespace {

void requireUndoubted(const TunedData& tuned)
{
    const auto doubt = doubtOfSplit(tuned.checkpoint, tuned.dataset, fingerprint(tuned.dataset));
    if (!doubt.empty())
        throw Error(doubt);
}

void requireValidation(const Split& validation, const Options& options)
{
    if (validation.size() == 0)
        throw Error(fmt::format(
            "The model {} has no validation images: tuning chooses on images that the model was "
            "neither trained nor will be tested on. Train it with some kept apart: augury-cli "
            "train --validation-fraction 0.1 …",
            options.model.string()));
}

} // namespace

TunedData openToTune(Options& options, Console& console, const std::stop_token& stop)
{
    TunedData tuned;
    tuned.checkpoint = loadCheckpoint(options.model);
    tuned.model = {
        std::filesystem::absolute(options.model).string(), modelFingerprint(tuned.checkpoint)};
    auto& config = options.config;
    config.validationFraction = tuned.checkpoint.validationFraction;
    config.splitSeed = options.open.seed = tuned.checkpoint.splitSeed;
    if (config.validationFraction <= 0)
        requireValidation({}, options);
    // How it was trained, and what was asked for now.
    const auto asked = config.training;
    config.training = tuned.checkpoint.settings;
    config.training.seed = asked.seed;
    config.training.threads = asked.threads;
    config.training.device = asked.device;

    tuned.dataset = openData(options, console, stop);
    requireSameKind(tuned.checkpoint, options.model.string(), tuned.dataset, config.dataPath);
    requireUndoubted(tuned);
    tuned.splits = splitsFor(tuned.dataset, config, tuned.checkpoint);
    requireValidation(tuned.splits.validation, options);
    return tuned;
}

TunedData openSearched(
    const RunRecord& record, Options& options, Console& console, const std::stop_token& stop)
{
    const auto asked = options.config;
    const auto given = [&](const char* name) {
        const auto* option = options.command->get_option_no_throw(name);
        return option != nullptr && option->count() > 0;
    };
    auto& config = options.config;
    config = experimentFromJson(record.settings(), fmt::format("Run {}", record.info.id));
    options.open.seed = config.splitSeed;
    if (given("--data"))
        config.dataPath = asked.dataPath;
    takeOpening(record, options);
    if (given("--threads"))
        config.training.threads = asked.training.threads;
    if (given("--device"))
        config.training.device = asked.training.device;
    const auto& searched = part(record.document, "model");
    if (options.model.empty())
        options.model = textAt(searched, "path");
    if (options.model.empty())
        throw Error(fmt::format(
            "Run {} does not say where its model is: name the file with --model.", record.info.id));
    settle(options);

    TunedData tuned;
    tuned.checkpoint = loadCheckpoint(options.model);
    tuned.model = {
        std::filesystem::absolute(options.model).string(), modelFingerprint(tuned.checkpoint)};
    if (tuned.model.fingerprint != textAt(searched, "fingerprint"))
        throw Error(fmt::format("The model {} is not the one that run {} was about. Name the file "
                                "where that is now with --model.",
            options.model.string(), record.info.id));
    tuned.dataset = openData(options, console, stop);
    requireSameData(record, tuned.dataset, options);
    requireSameKind(tuned.checkpoint, options.model.string(), tuned.dataset, config.dataPath);
    requireUndoubted(tuned);
    tuned.splits = splitsFor(tuned.dataset, config, tuned.checkpoint);
    requireValidation(tuned.splits.validation, options);
    return tuned;
}

} // namespace augury::cli
