// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/tune_search.h"

#include "app/cli/results.h"
#include "app/cli/resume.h"
#include "app/cli/tables.h"
#include "app/cli/tune_text.h"
#include "core/experiment/project.h"
#include "core/experiment/report.h"
#include "core/experiment/versions.h"
#include "core/model/runtime.h"
#include "core/store/run_documents.h"
#include "core/store/tune_recorder.h"
#include "core/support/atomic_file.h"
#include "core/tune/judgement.h"
#include "core/tune/tune_json.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <exception>
#include <map>

namespace augury::cli {

namespace {

/// What keeps the search, begun or gone on with.
TuneRecorder recorderFor(const TuneOptions& options, Console& console, const nlohmann::json& begun,
    std::optional<ResumedSearch>& resumed)
{
    const auto warn = historyWarning(console);
    if (resumed)
        return {std::move(resumed->store), resumed->record.info.id, warn};
    if (!options.history)
        return {};
    try {
        return {RunStore::defaultPath(), begun, warn};
    } catch (const Error& problem) { // there is no such place
        warn({problem.what(), RunRecorder::Kept::Nothing});
        return {};
    }
}

/// Keeps the trials as they come, and says how far the search is.
class SearchReporter {
public:
    SearchReporter(Console& console, TuneRecorder& recorder, std::span<const Trial> begun)
        : m_console(console)
        , m_recorder(recorder)
    {
        for (const auto& trial : begun)
            take(trial);
    }

    TuneObserver observer()
    {
        return {[this](std::span<const Trial> trials) {
                    m_recorder.add(trials); // before anything else can happen to them
                    for (const auto& trial : trials)
                        take(trial);
                },
            [this](const Progress& progress) { m_console.progress(progress, m_detail); }};
    }

    std::vector<Trial> trials() const
    {
        std::vector<Trial> all;
        for (const auto& [index, trial] : m_trials)
            all.push_back(trial);
        return all;
    }

private:
    void take(const Trial& trial)
    {
        if (trial.state == Trial::State::Finished)
            m_best = std::max(m_best.value_or(-1), trial.comparison.lift());
        m_trials.insert_or_assign(trial.index, trial);
        if (m_best)
            m_detail = fmt::format("best lift so far {:+.2f}", 100 * *m_best);
    }

    Console& m_console;
    TuneRecorder& m_recorder;
    std::map<int, Trial> m_trials;
    std::optional<double> m_best;
    std::string m_detail;
};

/// Into a project, the best configuration, or the best under a cost.
void useBest(const TuneOptions& options, Console& console, const TunedData& tuned,
    const TuneOutcome& outcome)
{
    if (options.useBest.empty())
        return;
    const int best = judge(outcome.trials, outcome.tried).best;
    const auto chosen = options.under
        ? bestUnder(outcome.trials, *options.under)
        : (best < 0 ? std::nullopt : std::optional(static_cast<std::size_t>(best)));
    if (!chosen)
        throw Error(fmt::format(
            "{} was not written: no configuration to use is finished.", options.useBest.string()));
    const auto& configuration = outcome.trials[*chosen].configuration;
    Project project;
    project.experiment = options.config;
    project.experiment.policy = configuration.policy;
    project.experiment.copies = configuration.copies;
    project.experiment.vote = configuration.vote;
    project.model = tuned.model.path;
    writeProject(project, options.useBest);
    console.note(fmt::format("Wrote {}: {}", options.useBest.string(), describe(configuration)));
}

nlohmann::json documentOf(
    const TuneOptions& options, const TunedData& tuned, const TuneOutcome& outcome)
{
    auto document = tuneDocument(
        options.spec, options.config, tuned.dataset, tuned.model, tuned.splits, outcome);
    const int threads = options.config.training.threads;
    document["run"] = {{"seconds", outcome.seconds},
        {"threads", threads > 0 ? threads : availableThreads()},
        {"peak_memory_mb", peakMemoryMb()}};
    addOpening(document, options);
    return document;
}

std::string nextStep(std::optional<std::int64_t> id, const TuneOutcome& outcome)
{
    if (!id || outcome.trials.empty())
        return {};
    return fmt::format("\nThese figures are of the images that the choice was made on, and so "
                       "flatter it. Confirm it on the test images: augury-cli tune confirm {}\n",
        *id);
}

} // namespace

ExitCode search(TuneOptions& options, const SearchSetting& setting, const TunedData& tuned,
    std::optional<ResumedSearch> resumed)
{
    auto& console = setting.console;
    const auto& spec = options.spec;
    if (!options.saveSpec.empty()) {
        writeFileAtomically(options.saveSpec, documentText(toJson(spec)));
        console.note(fmt::format("Wrote {}", options.saveSpec.string()));
    }
    if (!options.json)
        console.print(describeData(tuned.dataset, {{}, tuned.splits.validation, tuned.splits.test})
            + fmt::format("Model: {} ({}, trained on {})\n", options.model.string(),
                tuned.checkpoint.architecture, tuned.checkpoint.dataName)
            + describeSearch(spec, tuned.splits) + "\n");

    std::vector<Trial> begun;
    std::int64_t passesBefore = 0;
    double secondsBefore = 0;
    if (resumed) {
        begun = resumed->record.trials;
        passesBefore = static_cast<std::int64_t>(numberAt(resumed->record.document, "passes"));
        secondsBefore = resumed->record.info.seconds;
    }
    const bool isNew = !resumed;
    TuneOutcome nothing;
    nothing.stopped = true;
    const auto classifier = makeClassifier(
        tuned.checkpoint, options.config.training.device, options.config.training.threads);
    VoteCache::Options caching;
    caching.threads = options.config.training.threads;
    VoteCache cache(*classifier, tuned.splits.validation, caching);
    auto recorder = recorderFor(options, console, documentOf(options, tuned, nothing), resumed);
    SearchReporter reporter(console, recorder, begun);

    TuneOutcome outcome;
    std::exception_ptr failure; // what was finished before it is handed out all the same
    const auto start = std::chrono::steady_clock::now();
    try {
        outcome = tune(cache, spec, reporter.observer(), setting.stop, begun);
    } catch (...) {
        failure = std::current_exception();
        outcome.trials = reporter.trials();
        if (outcome.trials.empty()) {
            if (isNew)
                recorder.discard();
            std::rethrow_exception(failure);
        }
        outcome.tried = triedOf(spec, outcome.trials);
        outcome.passes = cache.passes();
        outcome.stopped = true;
        outcome.seconds =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    }
    console.clear();
    outcome.passes += passesBefore;
    outcome.seconds += secondsBefore;

    auto document = documentOf(options, tuned, outcome);
    recorder.finish(document);
    const auto id = recorder.id();
    if (id)
        document["run"]["id"] = *id;
    if (!options.json)
        console.print(searchText(spec, outcome, options.top, options.under)
            + (outcome.stopped ? std::string() : nextStep(id, outcome)));
    if (outcome.stopped)
        console.note(fmt::format("Stopped: {} configurations were looked at.{}", outcome.tried,
            id ? fmt::format(" Go on with: augury-cli tune resume {}", *id) : std::string()));
    if (outcome.trials.empty()) // nothing to put into files
        dropFiles(options);
    const auto csv = trialsCsv(spec, outcome.trials);
    const auto draw = [&] {
        setting.plotter->search(spec, outcome.trials, options.under, documentTitle(document));
    };
    deliver(options, console, {document, csv, tuned.dataset, setting.plotter, draw, id});
    if (failure)
        std::rethrow_exception(failure);
    if (outcome.stopped)
        return cancelled;
    useBest(options, console, tuned, outcome);
    return done;
}

} // namespace augury::cli
