// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/evaluation_text.h"
#include "app/cli/experiments.h"
#include "app/cli/interrupt.h"
#include "app/cli/results.h"
#include "app/cli/tables.h"
#include "app/cli/values.h"
#include "core/experiment/evaluate_model.h"
#include "core/experiment/report.h"
#include "core/model/runtime.h"
#include "core/support/atomic_file.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace augury::cli {

namespace {

/// What asks for the votes themselves cannot go with an early exit, which leaves some out.
void requireOneMind(const EvaluateOptions& options)
{
    if (!options.earlyExit.value_or(false))
        return;
    const auto refuse = [](const std::string& option) {
        throw Error(fmt::format("{} needs every copy's vote, which --exact-early-exit does not "
                                "compute. Leave one of them out.",
            option));
    };
    if (options.curve)
        refuse("--curve");
    if (options.uncertainty)
        refuse("--uncertainty");
    if (!options.perImage.empty())
        refuse("--per-image");
    if (!allowsEarlyExit(options.config.vote.rule))
        throw Error(fmt::format("--exact-early-exit is exact with --vote mean and majority only, "
                                "not with {}.",
            toString(options.config.vote.rule)));
}

EvaluationRequest requestOf(const EvaluateOptions& options)
{
    EvaluationRequest request;
    request.predict.seed = options.config.training.seed;
    request.predict.threads = options.config.training.threads;
    request.predict.memoryBudget = static_cast<std::uint64_t>(options.memoryBudget * 1e6);
    request.scorecards = !options.earlyExit.value_or(false);
    request.curve = options.curve;
    request.perImage = options.uncertainty || !options.perImage.empty();
    return request;
}

} // namespace

ExitCode runEvaluateCommand(EvaluateOptions& options)
{
    requireModelOption(options, "--model");
    settle(options);
    requireOneMind(options);
    if (!options.perImage.empty()) {
        requireWritable(options.perImage, "--per-image", {".csv"});
        std::error_code none; // without a --csv
        if (std::filesystem::absolute(options.csv, none).lexically_normal()
            == std::filesystem::absolute(options.perImage).lexically_normal())
            throw Error(fmt::format("--csv and --per-image both name {}: give each its own file.",
                options.perImage.string()));
    }
    const Checkpoint checkpoint = loadCheckpoint(options.model);
    takeSplitsOf(checkpoint, options);
    options.config.exactEarlyExit = options.earlyExit.value_or(false);
    const auto plotter = makePlotter(options);
    Console console;
    const Interrupt interrupt;
    const auto start = std::chrono::steady_clock::now();

    const Dataset dataset = openData(options, console, interrupt.token());
    requireSameKind(checkpoint, options.model.string(), dataset, options.config.dataPath);
    const EvaluationRequest request = requestOf(options);
    ExperimentConfig& config = options.config;
    const ExperimentSplits splits = splitsFor(dataset, config, checkpoint);

    // The settings that decided the numbers: how it was trained, and what was asked for now.
    const TrainSettings asked = config.training;
    config.training = checkpoint.settings;
    config.training.seed = asked.seed;
    config.training.threads = asked.threads;
    config.training.device = asked.device;

    EvaluateOutcome outcome;
    outcome.model = options.model.string();
    outcome.threads = asked.threads > 0 ? asked.threads : availableThreads();
    if (config.splitSeed != checkpoint.splitSeed && dataset.format == "image folder")
        console.note(fmt::format("note: the model was trained with --split-seed {}. Where the seed "
                                 "decides which images are test images, it has seen some of these.",
            checkpoint.splitSeed));
    if (!options.json)
        console.print(describeData(dataset, {{}, {}, splits.test})
            + fmt::format("Model: {} ({}, trained on {})\n", outcome.model, checkpoint.architecture,
                checkpoint.dataName)
            + describeVoting(config) + "\n");
    const auto classifier = makeClassifier(checkpoint, asked.device, asked.threads);
    const Job job{
        interrupt.token(), [&console](const Progress& progress) { console.progress(progress); }};
    outcome.evaluation = evaluateModel(*classifier, splits, config, request, job);
    const EvaluationResult& result = outcome.evaluation.result;
    if (options.uncertainty)
        outcome.uncertainty = checkUncertainty(result.images);
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
    outcome.seconds = elapsed.count();

    if (!options.json)
        console.print(evaluationText(outcome, dataset.classNames));
    if (!options.perImage.empty()) {
        writeFileAtomically(options.perImage, perImageCsv(result.images, dataset.classNames));
        console.note(fmt::format("Wrote {}", options.perImage.string()));
    }
    const auto document = evaluateDocument(config, dataset, outcome);
    const auto run = remember(options, console, document, "evaluate");
    const auto csv = result.curve ? curveCsv(*result.curve) : evaluateCsv(config, result);
    const auto draw = [&] {
        if (result.curve)
            plotter->copiesCurve(*result.curve, dataset.name + ": accuracy against copies");
        else
            plotter->comparison(result.comparison, dataset.name + ": baseline and TTA");
    };
    deliver(options, console, {document, csv, dataset, plotter.get(), draw, run});
    return done;
}

void addEvaluateOptions(CLI::App& command, EvaluateOptions& options)
{
    command
        .add_flag("--curve", options.curve,
            "accuracy against the number of copies, 1 to --copies, from one set of passes; --csv "
            "and --plot are then the curve's")
        ->group(outputGroup);
    command
        .add_flag("--uncertainty", options.uncertainty,
            "how well each measure of uncertainty tells wrong predictions (AUROC)")
        ->group(outputGroup);
    addPath(command, "--per-image", options.perImage,
        "write one line an image to a .csv file: predictions, votes, agreement, entropy")
        ->group(outputGroup);
    addNumber(command, "--memory-budget", options.memoryBudget, 1.0, 1e6,
        "MB that the votes may take; more are computed and merged in parts")
        ->group("Seed and machine");
}

Command addEvaluateCommand(CLI::App& app)
{
    CLI::App& command = *app.add_subcommand("evaluate",
        "Measure a trained network on the test images, without and with TTA. With the seed that it "
        "was trained with, it repeats the numbers of `repeat` for that seed.");
    const auto options = std::make_shared<EvaluateOptions>();
    addModelOption(command, *options, "--model", "the .safetensors file that `train` wrote");
    addDataOptions(command, *options);
    defaultToModelsSplits(command);
    addVotingOptions(command, *options);
    addEarlyExitOption(command, *options,
        "mean and majority: skip passes that cannot change a decision. Gives accuracy and ledger, "
        "the same to the last image, but no scorecard (NLL, Brier, calibration); off unless given");
    addEvaluateOptions(command, *options);
    addMachineOptions(command, *options);
    addOutputOptions(command, *options);
    addHistoryOption(command, *options);
    return [options] { return runEvaluateCommand(*options); };
}

} // namespace augury::cli
