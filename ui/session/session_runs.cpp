// SPDX-License-Identifier: GPL-3.0-or-later
// The verbs of Session about runs of repeats: done, gone on with, and their networks.
#include "ui/session/session.h"

#include "core/experiment/experiment_json.h"
#include "core/experiment/fit_plan.h"
#include "core/store/resumption.h"
#include "core/store/run_recorder.h"
#include "core/support/error.h"

#include <QElapsedTimer>

#include <algorithm>
#include <exception>

namespace augury {

namespace {

constexpr std::size_t s_modelBytes = 64'000'000;

double seconds(const QElapsedTimer& timer)
{
    return double(timer.elapsed()) / 1000;
}

std::size_t bytesOf(const Checkpoint& checkpoint)
{
    std::size_t bytes = 0;
    for (const auto& tensor : checkpoint.tensors)
        bytes +=
            std::visit([](const auto& values) { return values.size() * sizeof(values.front()); },
                tensor.values);
    return bytes;
}

} // namespace

struct Session::RunTask {
    ExperimentConfig config;
    std::shared_ptr<const Dataset> dataset;
    DataOpening opening;
    RunRecorder recorder;
    bool keeps = false; ///< there is a history
    std::optional<RunRecord> begun = {}; ///< of a run that is gone on with
};

void Session::runRepeats()
{
    if (isBusy() || !m_dataset || !m_settings.problems().empty())
        return;
    if (opensFirst([this] { runRepeats(); }))
        return;
    RepeatsRun run;
    run.config = m_settings.config();
    run.dataset = m_dataset;
    run.opening = m_opening;
    run.dataName = m_dataset->name;
    run.classNames = m_dataset->classNames;
    run.running = true;
    run.id = -(++m_unkeptRuns);
    const auto plan = planFits(run.config, m_dataset->shape());
    run.outcome.parallelFits = plan.parallelFits;
    run.outcome.threadsPerFit = plan.threadsPerFit;
    m_run = std::move(run);
    QElapsedTimer timer;
    timer.start();
    Q_EMIT runStarted();
    start(Task::Repeats, tr("Running repeats"), repeatsWork(m_settings.config()),
        [this, timer](JobEnd end, const QString&) { endRun(end, seconds(timer)); });
}

void Session::endRun(JobEnd end, double seconds)
{
    m_run->running = false;
    m_run->seconds = seconds;
    if (end != JobEnd::Succeeded)
        m_run->outcome.stopped = true;
    Q_EMIT runEnded();
}

Session::Work Session::repeatsWork(const ExperimentConfig& config)
{
    return [this, config, dataset = m_dataset, opening = m_opening, history = m_history](
               JobContext& job) -> std::function<void()> {
        RunTask task{config, dataset, opening, {}};
        if (!history.empty()) {
            const auto plan = planFits(config, dataset->shape());
            auto document =
                repeatDocument(config, *dataset, {{}, true, plan.parallelFits, plan.threadsPerFit});
            addOpening(document, task.opening.options, task.opening.folder);
            task.keeps = true;
            task.recorder = RunRecorder(history, document, [this, &job](const std::string& text) {
                job.post([this, text] { Q_EMIT historyFailed(QString::fromStdString(text)); });
            });
        }
        return doRun(job, std::move(task));
    };
}

void Session::resumeRun(std::int64_t id)
{
    if (isBusy() || m_history.empty())
        return;
    auto secondsBefore = std::make_shared<double>(-1);
    QElapsedTimer timer;
    timer.start();
    start(Task::Repeats, tr("Going on with run %1").arg(id), resumeWork(id, secondsBefore),
        [this, timer, secondsBefore](JobEnd end, const QString&) {
            if (*secondsBefore >= 0) // else it never came to be the run in hand
                endRun(end, *secondsBefore + seconds(timer));
        });
}

Session::Work Session::resumeWork(std::int64_t id, const std::shared_ptr<double>& secondsBefore)
{
    return [this, id, secondsBefore, dataset = m_dataset, history = m_history](
               JobContext& job) -> std::function<void()> {
        auto store = RunStore::open(history);
        auto record = store.resume(id);
        const auto config = experimentFromJson(record.settings(), "Run " + std::to_string(id));
        RunTask task{config, dataset, openingOf(record, config), {}};
        if (!dataset || !isDataOf(record, *dataset)) {
            const auto& folder = task.opening.folder;
            task.dataset = std::make_shared<const Dataset>(
                openDataset(folder, task.opening.options, job.coreJob()));
            if (!isDataOf(record, *task.dataset))
                throw Error("The images in " + folder + " are not those that run "
                    + std::to_string(id)
                    + " was begun on. Open the data set where it is now, and resume again; or "
                      "begin a new run.");
        }
        RepeatsRun run;
        run.config = config;
        run.dataset = task.dataset;
        run.opening = task.opening;
        run.dataName = task.dataset->name;
        run.classNames = task.dataset->classNames;
        run.running = true;
        run.id = id;
        run.name = QString::fromStdString(record.info.name);
        run.outcome.repeats = record.repeats;
        run.outcome.stopped = true;
        const auto plan = planFits(config, task.dataset->shape(), record.plan.threadsPerFit);
        run.outcome.parallelFits = plan.parallelFits;
        run.outcome.threadsPerFit = plan.threadsPerFit;
        job.post(
            [this, run = std::move(run), secondsBefore, before = record.info.seconds]() mutable {
                *secondsBefore = before;
                if (m_run && m_run->id == run.id)
                    run.models = std::move(m_run->models);
                m_run = std::move(run);
                Q_EMIT runStarted();
                Q_EMIT runKept();
            });
        task.keeps = true;
        task.recorder = RunRecorder(std::move(store), id, [this, &job](const std::string& text) {
            job.post([this, text] { Q_EMIT historyFailed(QString::fromStdString(text)); });
        });
        task.begun = std::move(record);
        return doRun(job, std::move(task));
    };
}

std::function<void()> Session::doRun(JobContext& job, RunTask task)
{
    const auto tellId = [&](std::int64_t id) {
        job.post([this, id] {
            m_run->id = id;
            Q_EMIT runKept();
        });
    };
    const auto begunId = task.recorder.id();
    if (begunId && !task.begun)
        tellId(*begunId);

    RepeatsBegun begun;
    if (task.begun)
        begun = {task.begun->repeats, task.begun->plan.threadsPerFit};
    std::vector<RepeatResult> finished(begun.done.begin(), begun.done.end());
    RepeatObserver observer;
    observer.onModel = [&](int repeat, const Checkpoint& fitted) {
        auto checkpoint = std::make_shared<Checkpoint>(fitted);
        complete(*checkpoint, *task.dataset, task.config);
        job.post([this, repeat, checkpoint] { keepModel(repeat, checkpoint); });
    };
    observer.onRepeat = [&](const RepeatResult& repeat) {
        task.recorder.add(repeat); // before anything else can happen to it
        finished.push_back(repeat);
        job.post([this, repeat] {
            m_run->outcome.repeats.push_back(repeat);
            Q_EMIT repeatFinished(repeat);
        });
    };
    observer.onProgress = [&](const Progress& p) { job.report("repeats", p.done, p.total); };
    QElapsedTimer timer;
    timer.start();
    const auto plan = planFits(task.config, task.dataset->shape(), begun.threadsPerFit);
    RepeatsOutcome outcome{{}, true, plan.parallelFits, plan.threadsPerFit};
    std::exception_ptr failure; // what was finished before it is kept all the same
    try {
        outcome = augury::runRepeats(*task.dataset, task.config, observer, job.stop(), begun);
    } catch (...) {
        failure = std::current_exception();
        std::ranges::sort(finished, {}, &RepeatResult::index);
        outcome.repeats = finished;
    }
    if (outcome.stopped)
        job.markStopped();
    auto document = repeatDocument(task.config, *task.dataset, outcome,
        seconds(timer) + (task.begun ? task.begun->info.seconds : 0));
    addOpening(document, task.opening.options, task.opening.folder);
    if (outcome.repeats.empty() && !task.begun) {
        task.recorder.discard(); // it came to nothing
        if (begunId)
            job.post([this] { m_run->id = -(++m_unkeptRuns); });
    } else if (task.keeps) {
        task.recorder.finish(document);
        if (const auto id = task.recorder.id(); id && id != begunId)
            tellId(*id);
    }
    auto deliver = [this, outcome = std::move(outcome),
                       text = std::make_shared<const std::string>(documentText(document))] {
        m_run->outcome = outcome;
        m_run->document = text;
    };
    if (!failure)
        return deliver;
    job.post(std::move(deliver));
    std::rethrow_exception(failure);
}

void Session::catchUp(const RepeatsRun& run)
{
    if (!m_run || m_run->id != run.id || isAt(run.id))
        return;
    m_run = run;
    m_run->running = false;
}

void Session::keepModel(int repeat, std::shared_ptr<const Checkpoint> checkpoint)
{
    auto& models = m_run->models;
    models[repeat] = std::move(checkpoint);
    std::size_t bytes = 0;
    for (const auto& [index, each] : models)
        bytes += bytesOf(*each);
    // The newest stay: repeats begin in their order.
    while (bytes > s_modelBytes && models.size() > 1) {
        const auto oldest =
            models.begin()->first == repeat ? std::next(models.begin()) : models.begin();
        bytes -= bytesOf(*oldest->second);
        models.erase(oldest);
    }
}

void Session::useModel(
    std::shared_ptr<const Checkpoint> checkpoint, const ExperimentConfig& config, std::int64_t run)
{
    if (isBusy() || !checkpoint)
        return;
    auto model = std::make_shared<FittedModel>();
    model->checkpoint = *checkpoint;
    model->config = config;
    model->config->training = checkpoint->settings;
    for (int repeat = 0; repeat < config.repeats && !model->origin; ++repeat) {
        if (repeatSeed(config, repeat) == checkpoint->settings.seed)
            model->origin = {run, repeat};
    }
    take(std::move(model));
}

void Session::trainRepeat(
    const ExperimentConfig& config, int threadsPerFit, int repeat, std::int64_t run)
{
    if (isBusy() || !m_dataset || repeat < 0 || !config.validate().empty())
        return;
    auto own = config;
    own.training.seed = repeatSeed(config, repeat);
    own.training.threads = threadsPerFit;
    m_epochsTrained = 0;
    m_trainsRepeat = true;
    Q_EMIT trainingStarted(own.training.epochs);
    start(Task::Train, tr("Training repeat %1 again").arg(repeat + 1),
        trainingWork(own, FittedModel::Origin{run, repeat}));
}

} // namespace augury
