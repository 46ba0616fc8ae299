// SPDX-License-Identifier: GPL-3.0-or-later
// The verbs of Session: what runs on the worker, and how its results come back.
#include "ui/session/session.h"

#include "core/data/open_dataset.h"
#include "core/model/runtime.h"
#include "core/store/run_documents.h"
#include "ui/session/file_path.h"
#include "ui/session/history.h"

#include <nlohmann/json.hpp>

#include <QElapsedTimer>
#include <QTimer>

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
    DataOpening opening;
    opening.folder = path.isEmpty() ? defaultDatasetPath().string() : path.toStdString();
    opening.options.seed = m_settings.config().splitSeed; // as on the command line
    openDataAs(opening);
}

void Session::openDataAs(const DataOpening& opening)
{
    m_worker.beginGeneration();
    startOpening(opening, true);
    if (!m_devicesKnown)
        findDevices(); // behind the data: these are what one waits for
}

void Session::startOpening(const DataOpening& opening, bool isNew, std::function<void()> then)
{
    const auto folder = QString::fromStdString(opening.folder);
    start(
        Task::OpenData, tr("Opening data"),
        [this, folder, opening, isNew](JobContext& job) -> std::function<void()> {
            auto dataset = std::make_shared<const Dataset>(
                openDataset(toPath(folder), opening.options, job.coreJob()));
            auto samples = sampleImages(*dataset, s_samples);
            return [this, folder, opening, isNew, dataset, samples] {
                m_dataset = dataset;
                m_samples = samples;
                m_opening = opening;
                m_failedSeed.reset();
                m_dataPath = folder;
                m_dataError.clear();
                if (isNew)
                    m_settings.edit([&](ExperimentConfig& c) { c.dataPath = opening.folder; });
                Q_EMIT dataChanged();
                refitOwnImages();
            };
        },
        [this, folder, seed = opening.options.seed, isNew, then = std::move(then)](
            JobEnd end, const QString& message) {
            if (end == JobEnd::Succeeded && then)
                QTimer::singleShot(0, this, then); // whoever hears of the end has a say first
            if (end == JobEnd::Succeeded || (end == JobEnd::Stopped && isNew))
                return;
            if (!isNew)
                m_failedSeed = seed; // is not tried again by itself
            if (end == JobEnd::Stopped)
                return;
            m_dataError = message;
            if (!m_dataset)
                m_dataPath = folder;
            Q_EMIT dataChanged();
        });
}

bool Session::isSplitOld() const
{
    // Other formats say themselves which images are test images. Image folders may, too: opening
    // those again is for nothing, and does no harm.
    return m_dataset && m_dataset->format == "image folder"
        && m_opening.options.seed != m_settings.config().splitSeed;
}

void Session::followSplitSeed()
{
    const auto& config = m_settings.config();
    // Data that are not there yet belong to settings of other data.
    if (isBusy() || !isSplitOld() || m_failedSeed == config.splitSeed
        || config.dataPath != m_opening.folder)
        return;
    auto opening = m_opening;
    opening.options.seed = config.splitSeed;
    startOpening(opening, false);
}

bool Session::opensFirst(std::function<void()> verb)
{
    if (!isSplitOld())
        return false;
    auto opening = m_opening;
    opening.options.seed = m_settings.config().splitSeed;
    startOpening(opening, false, std::move(verb));
    return true;
}

void Session::train()
{
    if (isBusy() || !m_dataset || !m_settings.problems().empty())
        return;
    if (opensFirst([this] { train(); }))
        return;
    const auto config = m_settings.config();
    m_epochsTrained = 0;
    m_trainsRepeat = false;
    Q_EMIT trainingStarted(config.training.epochs);
    start(Task::Train, tr("Training"), trainingWork(config));
}

Session::Work Session::trainingWork(
    const ExperimentConfig& config, std::optional<FittedModel::Origin> origin)
{
    return [this, config, origin, dataset = m_dataset, history = m_history](
               JobContext& job) -> std::function<void()> {
        if (origin)
            requireDataOf(history, origin->run, *dataset);
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
        complete(result.checkpoint, *dataset, config);
        const double took = seconds(timer);
        // Stopped within the first epoch: a network that has learnt next to nothing must not take
        // the place of one that has. A repeat's network is it only when it is whole.
        const bool worthKeeping =
            !result.stopped || (!origin && !result.checkpoint.history.empty());
        auto model = std::make_shared<FittedModel>();
        model->checkpoint = result.checkpoint;
        model->stoppedEarly = result.stopped;
        model->config = config;
        model->origin = origin;
        if (worthKeeping && !origin && !history.empty()) {
            const int threads = config.training.threads;
            const auto problem = keepInHistory(history,
                trainDocument(config, *dataset,
                    {{}, std::move(result), took, threads > 0 ? threads : availableThreads()}),
                trainKind);
            if (!problem.isEmpty())
                job.post([this, problem] { Q_EMIT historyFailed(problem); });
        }
        return [this, model, dataset, config, took, worthKeeping] {
            if (!model->stoppedEarly)
                m_cost.learn(*dataset, config, took);
            if (worthKeeping)
                take(model);
        };
    };
}

void Session::take(std::shared_ptr<const FittedModel> model)
{
    m_model = std::move(model);
    forgetEvaluations();
    Q_EMIT modelChanged();
    refitOwnImages();
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
