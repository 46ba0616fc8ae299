// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/interrupt.h"
#include "app/cli/results.h"
#include "app/cli/tables.h"
#include "core/experiment/report.h"
#include "core/model/classifier.h"
#include "core/model/runtime.h"
#include "core/tta/predictor.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace augury::cli {

namespace {

ExitCode runEvaluateCommand(Options& options)
{
    requireModelOption(options, "--model");
    settle(options);
    const Checkpoint checkpoint = loadCheckpoint(options.model);
    const auto plotter = makePlotter(options);
    Console console;
    const Interrupt interrupt;
    const auto start = std::chrono::steady_clock::now();

    const Dataset dataset = openData(options, console, interrupt.token());
    requireSameKind(checkpoint, options.model.string(), dataset, options.config.dataPath);
    ExperimentConfig& config = options.config;
    const Split test = splitsFor(dataset, config).test;

    // The settings that decided the numbers: how it was trained, and what was asked for now.
    const TrainSettings asked = config.training;
    config.training = checkpoint.settings;
    config.training.seed = asked.seed;
    config.training.threads = asked.threads;
    config.training.device = asked.device;

    EvaluateOutcome outcome;
    outcome.model = options.model.string();
    outcome.threads = asked.threads > 0 ? asked.threads : availableThreads();
    if (!options.json)
        console.print(describeData(dataset, {{}, {}, test})
            + fmt::format("Model: {} ({}, trained on {})\n", outcome.model, checkpoint.architecture,
                checkpoint.dataName)
            + describeVoting(config) + "\n");
    const auto classifier = makeClassifier(checkpoint, asked.device, asked.threads);
    const Job job{
        interrupt.token(), [&console](const Progress& progress) { console.progress(progress); }};
    const VoteTable table = predictVotes(
        *classifier, test, {config.policy, config.copies, asked.seed, asked.threads}, job);
    outcome.comparison = compare(table, config.copies, config.vote);
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
    outcome.seconds = elapsed.count();

    if (!options.json)
        console.print(comparisonTable(outcome.comparison));
    deliver(options, console, evaluateDocument(config, dataset, outcome),
        evaluateCsv(outcome.comparison),
        [&] { plotter->comparison(outcome.comparison, dataset.name + ": baseline and TTA"); });
    return done;
}

} // namespace

Command addEvaluateCommand(CLI::App& app)
{
    CLI::App& command = *app.add_subcommand("evaluate",
        "Measure a trained network on the test images, without and with TTA. With the seed that it "
        "was trained with, it repeats the numbers of `repeat` for that seed.");
    const auto options = std::make_shared<Options>();
    addModelOption(command, *options, "--model", "the .safetensors file that `train` wrote");
    addDataOptions(command, *options);
    addVotingOptions(command, *options);
    addMachineOptions(command, *options);
    addOutputOptions(command, *options);
    return [options] { return runEvaluateCommand(*options); };
}

} // namespace augury::cli
