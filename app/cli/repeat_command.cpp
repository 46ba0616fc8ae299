// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/experiments.h"
#include "app/cli/interrupt.h"
#include "app/cli/results.h"
#include "app/cli/resume.h"
#include "app/cli/tables.h"
#include "core/experiment/fit_plan.h"
#include "core/experiment/report.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <exception>
#include <optional>
#include <span>

namespace augury::cli {

namespace {

/// Lines for people as the experiment goes. Only called one at a time (RepeatObserver).
class RepeatReporter {
public:
    RepeatReporter(Console& console, const Options& options, RunRecorder& recorder)
        : m_console(console)
        , m_options(options)
        , m_recorder(recorder)
    {
    }

    /// What was finished when the run was stopped.
    void begunWith(std::span<const RepeatResult> repeats)
    {
        for (const auto& repeat : repeats)
            show(repeat);
        m_finished.assign(repeats.begin(), repeats.end());
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
            [this](const RepeatResult& result) {
                m_recorder.add(result); // before anything else can happen to it
                m_finished.push_back(result);
                show(result);
            },
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
    void show(const RepeatResult& result)
    {
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
    RunRecorder& m_recorder;
    std::string m_detail;
    std::vector<RepeatResult> m_finished;
};

/// What keeps the run, begun or gone on with.
RunRecorder recorderFor(const Options& options, Console& console, const Dataset& dataset,
    const FitPlan& plan, std::optional<Resumed>& resumed)
{
    const auto warn = historyWarning(console);
    if (resumed)
        return {std::move(resumed->store), resumed->record.info.id, warn};
    if (!options.history)
        return {};
    auto document =
        repeatDocument(options.config, dataset, {{}, true, plan.parallelFits, plan.threadsPerFit});
    addOpening(document, options);
    try {
        return {RunStore::defaultPath(), document, warn};
    } catch (const Error& problem) { // there is no such place
        warn({problem.what(), RunRecorder::Kept::Nothing});
        return {};
    }
}

} // namespace

ExitCode runRepeatCommand(Options& options)
{
    std::optional<Resumed> resumed;
    if (options.resume.empty())
        settle(options);
    else
        resumed = takeUp(options);
    const auto plotter = makePlotter(options);
    Console console;
    saveProject(options, console);
    const Interrupt interrupt;
    const auto start = std::chrono::steady_clock::now();

    Dataset dataset;
    RepeatsOutcome outcome;
    RunRecorder recorder;
    RepeatReporter reporter(console, options, recorder);
    std::exception_ptr failure; // what was finished before it is handed out all the same
    try {
        dataset = openData(options, console, interrupt.token());
        RepeatsBegun begun;
        if (resumed) {
            requireSameData(resumed->record, dataset, options);
            noteOtherVersions(resumed->record, console);
            begun = {resumed->record.repeats, resumed->record.plan.threadsPerFit};
        }
        if (!options.json)
            console.print(describeData(dataset, splitsFor(dataset, options.config))
                + describeTraining(options.config) + describeVoting(options.config) + "\n"
                + repeatHeading());
        const auto plan = planFits(options.config, dataset.shape(), begun.threadsPerFit);
        outcome.parallelFits = plan.parallelFits;
        outcome.threadsPerFit = plan.threadsPerFit;
        recorder = recorderFor(options, console, dataset, plan, resumed);
        reporter.begunWith(begun.done);
        outcome =
            runRepeats(dataset, options.config, reporter.observer(), interrupt.token(), begun);
    } catch (const Cancelled&) {
        outcome.stopped = true;
    } catch (...) {
        failure = std::current_exception();
    }
    if (outcome.stopped || failure) {
        outcome.stopped = true;
        outcome.repeats = reporter.finished();
        std::ranges::sort(outcome.repeats, {}, &RepeatResult::index);
        if (failure && outcome.repeats.empty()) {
            if (!resumed)
                recorder.discard();
            std::rethrow_exception(failure);
        }
    }

    if (!options.json)
        console.print(repeatSummary(outcome.repeats));
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
    auto document = repeatDocument(options.config, dataset, outcome,
        elapsed.count() + (resumed ? resumed->record.info.seconds : 0));
    addOpening(document, options);
    recorder.finish(document);
    const auto id = recorder.id();
    if (id)
        document["run"]["id"] = *id;
    if (outcome.stopped)
        console.note(fmt::format("Stopped: {} of {} repeats are finished.{}",
            outcome.repeats.size(), options.config.repeats,
            id ? fmt::format(" Go on with: augury-cli repeat --resume {}", *id) : std::string()));
    if (outcome.repeats.empty()) // nothing to put into files
        dropFiles(options);
    const auto csv = repeatCsv(outcome.repeats);
    const auto draw = [&] {
        plotter->repeats(outcome.repeats, dataset.name + ": baseline and TTA");
    };
    deliver(options, console, {document, csv, dataset, plotter.get(), draw, id});
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
        "skip passes that cannot change a decision (mean and majority); the run then has no "
        "scorecards, no curve over the copies and no list of changed images");
    addMachineOptions(command, *options);
    addOutputOptions(command, *options);
    addHistoryOption(command, *options);
    addResumeOption(command, *options);
    addSaveProjectOption(command, *options);
    return [options] { return runRepeatCommand(*options); };
}

} // namespace augury::cli
