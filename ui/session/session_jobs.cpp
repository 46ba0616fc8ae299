// SPDX-License-Identifier: GPL-3.0-or-later
// The verbs of Session: what runs on the worker, and how its results come back.
#include "ui/session/session.h"

#include "core/data/open_dataset.h"
#include "core/experiment/fit_plan.h"
#include "core/model/runtime.h"
#include "ui/session/file_path.h"
#include "ui/session/history.h"

#include <nlohmann/json.hpp>

#include <QElapsedTimer>

namespace augury {

namespace {

constexpr int s_samples = 12;

double seconds(const QElapsedTimer& timer)
{
    return double(timer.elapsed()) / 1000;
}

} // namespace

void Session::findDevices()
{
    m_worker.start({tr("Looking for devices"), [this](JobContext&) -> std::function<void()> {
                        QStringList devices;
                        for (const auto& device : availableDevices())
                            devices << QString::fromStdString(device);
                        return [this, devices] {
                            m_devicesKnown = true;
                            Q_EMIT devicesFound(devices);
                        };
                    }});
}

void Session::openData(const QString& path)
{
    m_worker.beginGeneration();
    const auto folder =
        path.isEmpty() ? QString::fromStdString(defaultDatasetPath().string()) : path;
    OpenOptions options;
    options.seed = m_settings.config().splitSeed; // as on the command line
    start(
        Task::OpenData, tr("Opening data"),
        [this, folder, options](JobContext& job) -> std::function<void()> {
            auto dataset = std::make_shared<const Dataset>(
                openDataset(toPath(folder), options, job.coreJob()));
            auto samples = sampleImages(*dataset, s_samples);
            return [this, folder, dataset, samples] {
                m_dataset = dataset;
                m_samples = samples;
                m_dataPath = folder;
                m_dataError.clear();
                m_settings.edit([&](ExperimentConfig& c) { c.dataPath = folder.toStdString(); });
                Q_EMIT dataChanged();
                refitOwnImages();
            };
        },
        [this, folder](JobEnd end, const QString& message) {
            if (end != JobEnd::Failed)
                return;
            m_dataError = message;
            if (!m_dataset)
                m_dataPath = folder;
            Q_EMIT dataChanged();
        });
    if (!m_devicesKnown)
        findDevices(); // behind the data: these are what one waits for
}

void Session::train()
{
    if (isBusy() || !m_dataset || !m_settings.problems().empty())
        return;
    const auto config = m_settings.config();
    m_epochsTrained = 0;
    Q_EMIT trainingStarted(config.training.epochs);
    start(Task::Train, tr("Training"), trainingWork(config));
}

Session::Work Session::trainingWork(const ExperimentConfig& config)
{
    return [this, config, dataset = m_dataset](JobContext& job) -> std::function<void()> {
        const auto splits = splitsFor(*dataset, config);
        if (splits.training.size() == 0)
            throw Error("This data set has no training images, so there is nothing to train on. "
                        "Load a model instead, or open a data set with training images.");
        Throttle<BatchProgress> batches(
            Throttle<BatchProgress>::Keep::All, [this, &job](std::vector<BatchProgress> some) {
                job.post([this, some = std::move(some)] { Q_EMIT batchesTrained(some); });
            });
        TrainObserver observer;
        observer.onBatch = [&](const BatchProgress& p) {
            batches.offer(p);
            job.report("training", (p.epoch - 1) * p.batches + p.batch, p.epochs * p.batches);
        };
        observer.onEpoch = [&](int epoch, const EpochMetrics& metrics) {
            batches.flush(); // a chart wants the epoch after its batches
            job.post([this, epoch, metrics] {
                m_epochsTrained = epoch;
                Q_EMIT epochTrained(epoch, metrics);
            });
        };
        QElapsedTimer timer;
        timer.start();
        auto result = augury::train(splits.training, splits.validation, dataset->classNames,
            config.training, observer, job.stop());
        batches.flush();
        if (result.stopped)
            job.markStopped();
        auto model = std::make_shared<FittedModel>();
        model->checkpoint = std::move(result.checkpoint);
        if (model->checkpoint.dataName.empty())
            model->checkpoint.dataName = dataset->name;
        model->checkpoint.validationFraction = config.validationFraction;
        model->checkpoint.splitSeed = config.splitSeed;
        model->stoppedEarly = result.stopped;
        model->config = config;
        return [this, model, dataset, config, took = seconds(timer)] {
            if (!model->stoppedEarly)
                m_cost.learn(*dataset, config, took);
            // Stopped within the first epoch: a network that has learnt next to nothing must not
            // take the place of one that has.
            if (model->stoppedEarly && model->checkpoint.history.empty())
                return;
            m_model = model;
            forgetEvaluations();
            Q_EMIT modelChanged();
            refitOwnImages();
        };
    };
}

void Session::runRepeats()
{
    if (isBusy() || !m_dataset || !m_settings.problems().empty())
        return;
    RepeatsRun run;
    run.config = m_settings.config();
    run.dataset = m_dataset;
    run.dataName = m_dataset->name;
    run.running = true;
    const auto plan = planFits(run.config, m_dataset->shape());
    run.outcome.parallelFits = plan.parallelFits;
    run.outcome.threadsPerFit = plan.threadsPerFit;
    m_run = std::move(run);
    QElapsedTimer timer;
    timer.start();
    Q_EMIT runStarted();
    start(Task::Repeats, tr("Running repeats"), repeatsWork(m_settings.config()),
        [this, timer](JobEnd end, const QString&) {
            m_run->running = false;
            m_run->seconds = seconds(timer);
            if (end != JobEnd::Succeeded)
                m_run->outcome.stopped = true;
            Q_EMIT runEnded();
        });
}

Session::Work Session::repeatsWork(const ExperimentConfig& config)
{
    return [this, config, dataset = m_dataset, history = m_history](
               JobContext& job) -> std::function<void()> {
        RepeatObserver observer;
        observer.onRepeat = [&](const RepeatResult& repeat) {
            job.post([this, repeat] {
                m_run->outcome.repeats.push_back(repeat);
                Q_EMIT repeatFinished(repeat);
            });
        };
        observer.onProgress = [&](const Progress& p) { job.report("repeats", p.done, p.total); };
        QElapsedTimer timer;
        timer.start();
        auto outcome = augury::runRepeats(*dataset, config, observer, job.stop());
        if (outcome.stopped)
            job.markStopped();
        const auto document = repeatDocument(config, *dataset, outcome, seconds(timer));
        if (!outcome.repeats.empty()) {
            if (const auto problem = keepInHistory(history, document); !problem.isEmpty())
                job.post([this, problem] { Q_EMIT historyFailed(problem); });
        }
        return [this, outcome = std::move(outcome),
                   text = std::make_shared<const std::string>(documentText(document))] {
            m_run->outcome = outcome;
            m_run->document = text;
        };
    };
}

void Session::saveModel(const QString& path)
{
    if (isBusy() || !m_model)
        return;
    start(Task::SaveModel, tr("Saving the model"),
        [this, path, model = m_model](JobContext&) -> std::function<void()> {
            saveCheckpoint(model->checkpoint, toPath(path));
            auto saved = std::make_shared<FittedModel>(*model);
            saved->path = path;
            return [this, model, saved] {
                if (m_model == model) {
                    m_model = saved;
                    Q_EMIT modelChanged();
                }
            };
        });
}

} // namespace augury
