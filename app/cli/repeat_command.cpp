// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/experiments.h"
#include "app/cli/interrupt.h"
#include "app/cli/results.h"
#include "app/cli/tables.h"
#include "core/experiment/fit_plan.h"
#include "core/experiment/report.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <exception>

namespace augury::cli {

namespace {

/// Lines for people as the experiment goes. Only called one at a time (RepeatObserver).
class RepeatReporter {
public:
    RepeatReporter(Console& console, const Options& options)
        : m_console(console)
        , m_options(options)
    {
    }

    RepeatObserver observer()
    {
        return {
            [this](int repeat, const BatchProgress& batch) {
                m_detail = fmt::format("repeat {}, epoch {} of {}, loss {:.3f}, accuracy {:.1f} %",
                    repeat + 1, batch.epoch, batch.epochs, batch.loss, 100 * batch.accuracy);
            },
            [this](int repeat, int epoch, const EpochMetrics& metrics) {
                m_console.sparse(fmt::format(
                    "repeat {} of {}, epoch {} of {}: loss {:.4f}, accuracy {:.2f} %", repeat + 1,
                    m_options.config.repeats, epoch, m_options.config.training.epochs,
                    metrics.trainLoss, 100 * metrics.trainAccuracy));
            },
            [this](const RepeatResult& result) { add(result); },
            [this](const Progress& progress) {
                // One phase for the whole experiment, so that the time left is of all of it.
                const bool training = progress.phase == "training";
                m_console.progress({"repeats", progress.done, progress.total},
                    training ? m_detail : std::string(progress.phase));
            },
        };
    }

    /// In the order in which they ended.
    const std::vector<RepeatResult>& finished() const { return m_finished; }

private:
    void add(const RepeatResult& result)
    {
        m_finished.push_back(result);
        if (!m_options.json) {
            m_console.print(repeatRow(result));
            return;
        }
        const Comparison& c = result.comparison;
        m_console.note(fmt::format("repeat {} of {}: baseline {:.2f} %, TTA {:.2f} %, lift {:+.2f}",
            result.index + 1, m_options.config.repeats, 100 * c.baselineAccuracy(),
            100 * c.ttaAccuracy(), 100 * c.lift()));
    }

    Console& m_console;
    const Options& m_options;
    std::string m_detail;
    std::vector<RepeatResult> m_finished;
};

} // namespace

ExitCode runRepeatCommand(Options& options)
{
    settle(options);
    const auto plotter = makePlotter(options);
    Console console;
    saveProject(options, console);
    const Interrupt interrupt;
    const auto start = std::chrono::steady_clock::now();

    Dataset dataset;
    RepeatsOutcome outcome;
    RepeatReporter reporter(console, options);
    std::exception_ptr failure; // what was finished before it is handed out all the same
    try {
        dataset = openData(options, console, interrupt.token());
        if (!options.json)
            console.print(describeData(dataset, splitsFor(dataset, options.config))
                + describeTraining(options.config) + describeVoting(options.config) + "\n"
                + repeatHeading());
        const auto plan = planFits(options.config, dataset.shape());
        outcome.parallelFits = plan.parallelFits;
        outcome.threadsPerFit = plan.threadsPerFit;
        outcome = runRepeats(dataset, options.config, reporter.observer(), interrupt.token());
    } catch (const Cancelled&) {
        outcome.stopped = true;
    } catch (...) {
        failure = std::current_exception();
    }
    if (outcome.stopped || failure) {
        outcome.stopped = true;
        outcome.repeats = reporter.finished();
        std::ranges::sort(outcome.repeats, {}, &RepeatResult::index);
        if (failure && outcome.repeats.empty())
            std::rethrow_exception(failure);
    }

    if (!options.json)
        console.print(repeatSummary(outcome.repeats));
    if (outcome.stopped)
        console.note(fmt::format("Stopped: {} of {} repeats are finished.", outcome.repeats.size(),
            options.config.repeats));
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
    const nlohmann::json document =
        repeatDocument(options.config, dataset, outcome, elapsed.count());
    if (outcome.repeats.empty()) { // nothing to put into files
        options.csv.clear();
        options.jsonFile.clear();
        options.plot.clear();
    } else {
        remember(options, console, document, "repeat");
    }
    deliver(options, console, document, repeatCsv(outcome.repeats),
        [&] { plotter->repeats(outcome.repeats, dataset.name + ": baseline and TTA"); });
    if (failure)
        std::rethrow_exception(failure);
    return outcome.stopped ? cancelled : done;
}

Command addRepeatCommand(CLI::App& app)
{
    CLI::App& command = *app.add_subcommand("repeat",
        "Repeat the experiment: fit a fresh network, measure it without and with TTA, again and "
        "again, and compare. Without options: the tutorial's experiment on Fashion-MNIST.");
    const auto options = std::make_shared<Options>();
    addDataOptions(command, *options);
    addTrainingOptions(command, *options);
    addRepeatOptions(command, *options);
    addVotingOptions(command, *options);
    addEarlyExitOption(command, *options,
        "skip passes that cannot change a decision (mean and majority; on unless switched off)");
    addMachineOptions(command, *options);
    addOutputOptions(command, *options);
    addHistoryOption(command, *options);
    addSaveProjectOption(command, *options);
    return [options] { return runRepeatCommand(*options); };
}

} // namespace augury::cli
