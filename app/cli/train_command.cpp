// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/interrupt.h"
#include "app/cli/results.h"
#include "app/cli/tables.h"
#include "core/data/fingerprint.h"
#include "core/experiment/report.h"
#include "core/model/runtime.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace augury::cli {

namespace {

TrainObserver observerOf(const Options& options, Console& console)
{
    return {
        [&console](const BatchProgress& batch) {
            const auto total = std::int64_t(batch.epochs) * batch.batches;
            const auto done = std::int64_t(batch.epoch - 1) * batch.batches + batch.batch;
            console.progress({"training", done, total},
                fmt::format("epoch {} of {}, loss {:.3f}, accuracy {:.1f} %", batch.epoch,
                    batch.epochs, batch.loss, 100 * batch.accuracy));
        },
        [&options, &console](int epoch, const EpochMetrics& metrics) {
            if (!options.json)
                console.print(epochRow(epoch, metrics));
            else
                console.note(fmt::format("epoch {} of {}: loss {:.4f}, accuracy {:.2f} %", epoch,
                    options.config.training.epochs, metrics.trainLoss,
                    100 * metrics.trainAccuracy));
        },
    };
}

ExitCode runTrainCommand(Options& options)
{
    requireModelOption(options, "--out");
    settle(options);
    requireWritable(options.model, "--out", {".safetensors"});
    const auto plotter = makePlotter(options);
    Console console;
    const Interrupt interrupt;
    const auto start = std::chrono::steady_clock::now();

    const Dataset dataset = openData(options, console, interrupt.token());
    const ExperimentSplits splits = splitsFor(dataset, options.config);
    if (!options.json)
        console.print(describeData(dataset, splits) + describeTraining(options.config) + "\n"
            + epochHeading());

    TrainOutcome outcome;
    outcome.threads =
        options.config.training.threads > 0 ? options.config.training.threads : availableThreads();
    outcome.result = train(splits.training, splits.validation, dataset.classNames,
        options.config.training, observerOf(options, console), interrupt.token());
    console.clear();
    Checkpoint& checkpoint = outcome.result.checkpoint;
    checkpoint.dataName = dataset.name;
    checkpoint.validationFraction = options.config.validationFraction;
    checkpoint.splitSeed = options.config.splitSeed;
    checkpoint.dataFingerprint = fingerprint(dataset);
    const bool stopped = outcome.result.stopped;
    const bool worthKeeping = !checkpoint.history.empty(); // at least one whole epoch
    if (stopped)
        console.note(fmt::format("Stopped: {} of {} epochs are finished.",
            checkpoint.history.size(), options.config.training.epochs));
    if (worthKeeping) {
        saveCheckpoint(checkpoint, options.model);
        outcome.model = options.model.string();
        console.note(fmt::format("Wrote {}", outcome.model));
    }
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
    outcome.seconds = elapsed.count();
    if (!worthKeeping)
        dropFiles(options);
    const auto document = trainDocument(options.config, dataset, outcome);
    std::optional<std::int64_t> run;
    if (worthKeeping)
        run = remember(options, console, document, "train");
    const auto csv = trainCsv(checkpoint.history);
    const auto draw = [&] { plotter->learning(checkpoint.history, dataset.name + ": learning"); };
    deliver(options, console, {document, csv, dataset, plotter.get(), draw, run});
    return stopped ? cancelled : done;
}

} // namespace

Command addTrainCommand(CLI::App& app)
{
    CLI::App& command =
        *app.add_subcommand("train", "Train the network once and write it to a safetensors file.");
    const auto options = std::make_shared<Options>();
    addDataOptions(command, *options);
    addTrainingOptions(command, *options);
    addMachineOptions(command, *options);
    addOutputOptions(command, *options);
    addHistoryOption(command, *options);
    addModelOption(command, *options, "--out", "the .safetensors file to write");
    return [options] { return runTrainCommand(*options); };
}

} // namespace augury::cli
