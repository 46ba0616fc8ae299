// SPDX-License-Identifier: GPL-3.0-or-later
// Tuner's work on the session's worker: searches, the rest of stopped ones, confirmations.
#include "core/data/fingerprint.h"
#include "core/experiment/evaluate_model.h"
#include "core/experiment/experiment_json.h"
#include "core/model/model_fingerprint.h"
#include "core/store/resumption.h"
#include "core/store/run_documents.h"
#include "core/store/tune_recorder.h"
#include "ui/session/run_history.h"
#include "ui/session/tuner.h"

#include <QElapsedTimer>

#include <algorithm>
#include <exception>

namespace augury {

struct Tuner::Predictions {
    Predictions(std::shared_ptr<const FittedModel> fitted, const Split& validation,
        const TrainSettings& machine)
        : model(std::move(fitted))
        , device(machine.device)
        , threads(machine.threads)
        , classifier(makeClassifier(model->checkpoint, device, threads))
        , cache(*classifier, validation, {.threads = threads})
    {
    }
    bool isOf(const FittedModel* other, const Split& validation, const TrainSettings& machine) const
    {
        return model.get() == other && cache.split() == validation && device == machine.device
            && threads == machine.threads;
    }

    std::shared_ptr<const FittedModel> model;
    std::string device;
    int threads;
    std::unique_ptr<Classifier> classifier;
    VoteCache cache;
};

struct Tuner::Task {
    TuneSpec spec;
    ExperimentConfig config;
    std::shared_ptr<const Dataset> dataset;
    std::shared_ptr<const FittedModel> model;
    ExperimentSplits splits;
    DataOpening opening;
    TunedModel tuned;
    std::shared_ptr<Predictions> predictions; ///< those in hand; may be null, or of another model
    TuneRecorder recorder = {};
    bool keeps = false; ///< there is a history
    std::vector<Trial> begun = {};
    double secondsBefore = 0;
    std::int64_t passesBefore = 0;
    bool isNew = true; ///< else of the history: stopped again it stays there
};

namespace {

TunedModel tunedModel(const FittedModel& model)
{
    return {model.isSample() ? std::string() : model.path.toStdString(),
        modelFingerprint(model.checkpoint)};
}

std::size_t searchImages(const TuneSpec& spec, const ExperimentSplits& splits)
{
    const auto all = splits.validation.size();
    return spec.images == 0 ? all : std::min(spec.images, all);
}

} // namespace

/// The settings that decide the numbers of a search: data, splits, and how the model was trained.
ExperimentConfig Tuner::configOf(const FittedModel& model, std::uint64_t seed) const
{
    auto config = m_session.settings().config();
    const auto machine = config.training;
    config.training = model.checkpoint.settings;
    config.training.seed = seed;
    config.training.threads = machine.threads;
    config.training.device = machine.device;
    config.validationFraction = model.checkpoint.validationFraction;
    return config;
}

TuneRun& Tuner::newRun(const TuneSpec& spec, const ExperimentConfig& config)
{
    TuneRun run;
    run.spec = spec;
    run.config = config;
    run.dataset = m_key->dataset;
    run.model = m_key->model;
    run.dataName = m_key->dataset->name;
    run.classNames = m_key->dataset->classNames;
    run.dataFingerprint = m_facts.data;
    run.tuned.fingerprint = m_facts.model;
    run.validationImages = m_validation.size();
    run.searchImages =
        spec.images == 0 ? m_validation.size() : std::min(spec.images, m_validation.size());
    run.testImages = m_test.size();
    run.outcome.stopped = true;
    run.running = true;
    return m_runs[static_cast<std::size_t>(spec.method)].emplace(std::move(run));
}

void Tuner::endRun(TuneMethod method, JobEnd end)
{
    auto& run = m_runs[static_cast<std::size_t>(method)];
    run->running = false;
    if (end != JobEnd::Succeeded)
        run->outcome.stopped = true;
    m_history.refresh();
    Q_EMIT runChanged(method);
    Q_EMIT ended(method);
}

void Tuner::start(const TuneSpec& spec)
{
    if (!obstacle().isEmpty() || !spec.validate().empty())
        return;
    const auto config = configOf(*m_key->model, spec.seed);
    newRun(spec, config).id = -(++m_unkeptRuns);
    m_session.start(Session::Task::Tune, tr("Tuning"), searchWork(spec, config),
        [this, method = spec.method](JobEnd end, const QString&) { endRun(method, end); });
    Q_EMIT runChanged(spec.method);
}

Session::Work Tuner::searchWork(const TuneSpec& spec, const ExperimentConfig& config)
{
    return [this, spec, config, key = *m_key, opening = m_session.opening(),
               predictions = m_predictions,
               history = m_history.file()](JobContext& job) -> std::function<void()> {
        Task task{spec, config, key.dataset, key.model,
            splitsFor(*key.dataset, config, key.model->checkpoint), opening, tunedModel(*key.model),
            predictions};
        task.keeps = !history.empty();
        if (task.keeps) {
            TuneOutcome none;
            none.stopped = true;
            auto document =
                tuneDocument(spec, config, *task.dataset, task.tuned, task.splits, none);
            addOpening(document, opening.options, opening.folder);
            task.recorder = TuneRecorder(history, document, [this, &job](const std::string& text) {
                job.post([this, text] { Q_EMIT failed(QString::fromStdString(text)); });
            });
        }
        return search(job, std::move(task));
    };
}

void Tuner::resume(std::int64_t id)
{
    if (!obstacle().isEmpty()) {
        Q_EMIT failed(obstacle());
        return;
    }
    m_resumed.reset();
    m_session.start(Session::Task::Tune, tr("Going on with search %1").arg(id), resumeWork(id),
        [this](JobEnd end, const QString& message) {
            if (m_resumed)
                endRun(*m_resumed, end);
            else if (end == JobEnd::Failed)
                Q_EMIT failed(message);
        });
}

Session::Work Tuner::resumeWork(std::int64_t id)
{
    return [this, id, key = *m_key, opening = m_session.opening(), predictions = m_predictions,
               history = m_history.file()](JobContext& job) -> std::function<void()> {
        const auto name = "Run " + std::to_string(id);
        auto store = RunStore::open(history);
        auto record = store.resume(id);
        Task task{specFromDocument(record.document, name),
            experimentFromJson(record.settings(), name), key.dataset, key.model, {}, opening,
            tunedModel(*key.model), predictions};
        if (textAt(part(record.document, "model"), "fingerprint") != task.tuned.fingerprint)
            throw Error(name + " was begun on another network than the one in hand. Load that one"
                + (textAt(part(record.document, "model"), "path").empty()
                        ? std::string()
                        : " (" + textAt(part(record.document, "model"), "path") + ")")
                + ", and resume again; or begin a new search.");
        if (!isDataOf(record, *key.dataset))
            throw Error(name
                + " was begun on other images than those in hand. Open its data set, "
                  "and resume again; or begin a new search.");
        task.splits = splitsFor(*key.dataset, task.config, key.model->checkpoint);
        task.begun = record.trials;
        task.secondsBefore = record.info.seconds;
        task.passesBefore = static_cast<std::int64_t>(numberAt(record.document, "passes"));
        task.isNew = false;
        task.keeps = true;
        task.recorder = TuneRecorder(std::move(store), id, [this, &job](const std::string& text) {
            job.post([this, text] { Q_EMIT failed(QString::fromStdString(text)); });
        });
        job.post([this, id, spec = task.spec, config = task.config, begun = task.begun,
                     title = QString::fromStdString(record.info.name)] {
            auto& run = newRun(spec, config);
            run.id = id;
            run.name = title;
            run.outcome.trials = begun;
            m_resumed = spec.method;
            Q_EMIT runChanged(spec.method);
            Q_EMIT opened(spec.method);
        });
        return search(job, std::move(task));
    };
}

std::function<void()> Tuner::search(JobContext& job, Task task)
{
    const auto method = task.spec.method;
    const auto place = static_cast<std::size_t>(method);
    auto tellId = [&, last = std::optional<std::int64_t>()]() mutable {
        const auto id = task.recorder.id();
        if (id && id != last)
            job.post([this, place, id = *id] { m_runs[place]->id = id; });
        last = id;
    };
    job.post([this, place, tuned = task.tuned, images = searchImages(task.spec, task.splits)] {
        m_runs[place]->tuned = tuned;
        m_runs[place]->searchImages = images;
    });
    tellId();

    TuneOutcome soFar;
    soFar.stopped = true;
    soFar.trials = task.begun;
    TuneObserver observer;
    observer.onTrials = [&](std::span<const Trial> trials) {
        task.recorder.add(trials); // before anything else can happen to them
        tellId();
        TuneRun kept;
        kept.outcome.trials = std::move(soFar.trials);
        kept.put(trials);
        soFar.trials = std::move(kept.outcome.trials);
        soFar.tried = triedOf(task.spec, soFar.trials);
        job.post([this, place, method, tried = soFar.tried,
                     changed = std::vector(trials.begin(), trials.end())] {
            m_runs[place]->put(changed);
            m_runs[place]->outcome.tried = tried;
            tellSoon(method);
        });
    };
    observer.onProgress = [&](const Progress& p) { job.report(p.phase, p.done, p.total); };

    QElapsedTimer timer;
    timer.start();
    auto predictions = task.predictions;
    std::exception_ptr failure; // what was finished before it is kept all the same
    TuneOutcome outcome;
    try {
        if (!predictions
            || !predictions->isOf(task.model.get(), task.splits.validation, task.config.training))
            predictions = std::make_shared<Predictions>(
                task.model, task.splits.validation, task.config.training);
        outcome = tune(predictions->cache, task.spec, observer, job.stop(), task.begun);
    } catch (...) {
        failure = std::current_exception();
        outcome = std::move(soFar);
    }
    if (outcome.stopped)
        job.markStopped();
    outcome.seconds = double(timer.elapsed()) / 1000 + task.secondsBefore;
    outcome.passes += task.passesBefore;
    auto document =
        tuneDocument(task.spec, task.config, *task.dataset, task.tuned, task.splits, outcome);
    addOpening(document, task.opening.options, task.opening.folder);
    if (outcome.trials.empty() && task.isNew) {
        task.recorder.discard(); // it came to nothing
        job.post([this, place] { m_runs[place]->id = -(++m_unkeptRuns); });
    } else if (task.keeps) {
        task.recorder.finish(document);
        tellId();
    }
    auto deliver = [this, place, predictions, outcome = std::move(outcome),
                       text = std::make_shared<const std::string>(documentText(document))] {
        m_predictions = predictions;
        if (predictions && predictions->cache.passes() > 0)
            m_secondsPerPass = predictions->cache.secondsPerPass();
        m_runs[place]->outcome = outcome;
        m_runs[place]->document = text;
    };
    if (!failure)
        return deliver;
    job.post(std::move(deliver));
    std::rethrow_exception(failure);
}

void Tuner::confirm(TuneMethod method, const std::vector<int>& trials, bool tutorialToo)
{
    const auto* run = this->run(method);
    if (!run || run->running || m_session.isBusy() || !isCurrent(*run) || m_test.size() == 0)
        return;
    std::vector<Trial> chosen;
    for (const int index : trials) {
        if (const auto* trial = run->trial(index))
            chosen.push_back(*trial);
    }
    if (chosen.empty())
        return;
    const auto isTutorial = [](const Trial& trial) {
        return trial.configuration == tutorialConfiguration();
    };
    if (tutorialToo && std::ranges::none_of(chosen, isTutorial)) {
        Trial beside; // of no search: it was tried on no images
        beside.configuration = tutorialConfiguration();
        chosen.push_back(std::move(beside));
    }
    const auto id = run->id > 0 ? std::optional(run->id) : std::nullopt;
    const auto first = static_cast<int>(m_confirmations.size());
    m_session.start(Session::Task::Confirm, tr("Confirming on the test images"),
        [this, method, first, chosen, id, tried = run->outcome.tried, seed = run->spec.seed,
            machine = m_session.settings().config().training, key = *m_key, test = m_test,
            history = m_history.file()](JobContext& job) -> std::function<void()> {
            const auto classifier =
                makeClassifier(key.model->checkpoint, machine.device, machine.threads);
            const auto made = confirmOnTest(
                *classifier, test, chosen, tried, seed, machine.threads, job.coreJob());
            std::vector<KeptConfirmation> kept;
            for (const auto& each : made)
                kept.push_back({0, id, {}, each});
            const auto set = testSetKey(*key.dataset, test);
            QString problem;
            std::vector<KeptConfirmation> all;
            if (!history.empty()) {
                try {
                    auto store = RunStore::open(history);
                    for (std::size_t i = 0; i < made.size(); ++i)
                        store.addConfirmation(
                            set, chosen[i].images() > 0 ? id : std::nullopt, made[i]);
                    all = store.confirmations(set);
                } catch (const Error& error) {
                    problem = tr("The confirmation could not be put down in the history. %1")
                                  .arg(QString::fromUtf8(error.what()));
                }
            }
            return [this, method, first, set, kept, all, problem] {
                if (all.empty()) {
                    auto& unkept = m_unkept[set];
                    unkept.insert(unkept.end(), kept.begin(), kept.end());
                    showConfirmations(unkept);
                } else {
                    showConfirmations(all);
                }
                if (!problem.isEmpty())
                    Q_EMIT failed(problem);
                const auto count = static_cast<int>(m_confirmations.size());
                Q_EMIT confirmed(
                    method, std::max(0, std::min(first, count - static_cast<int>(kept.size()))));
            };
        });
}

} // namespace augury
