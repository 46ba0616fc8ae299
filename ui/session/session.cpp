// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/session.h"

#include <QDir>

#include <utility>

namespace augury {

Session::Session(QObject* parent)
    : QObject(parent)
{
    connect(&m_worker, &Worker::progressed, this, &Session::onProgress);
    connect(&m_worker, &Worker::stopping, this, &Session::stopping);
    connect(&m_worker, &Worker::idle, this, &Session::idle);
    // Queued: who changes the seed may open other data in the same breath.
    connect(&m_settings, &Settings::changed, this, &Session::followSplitSeed, Qt::QueuedConnection);
    connect(this, &Session::taskEnded, this, &Session::followSplitSeed, Qt::QueuedConnection);
}

bool Session::hasDataOf(const RepeatsRun& run) const
{
    if (!m_dataset)
        return false;
    if (m_dataset == run.dataset)
        return true;
    const auto place = [](const std::string& folder) {
        return QDir::cleanPath(QDir(QString::fromStdString(folder)).absolutePath());
    };
    const auto wanted = openingOf(run);
    return place(wanted.folder) == place(m_opening.folder)
        && wanted.options.seed == m_opening.options.seed
        && openingJson(wanted.options) == openingJson(m_opening.options);
}

std::optional<double> Session::trainEstimate() const
{
    if (!m_dataset)
        return {};
    return m_cost.trainSeconds(*m_dataset, m_settings.config());
}

std::optional<double> Session::repeatsEstimate() const
{
    if (!m_dataset)
        return {};
    return m_cost.repeatsSeconds(*m_dataset, m_settings.config());
}

bool Session::isOutdated(const ExperimentConfig& config) const
{
    return config != m_settings.config();
}

bool Session::isTrainingOutdated(const ExperimentConfig& config) const
{
    const auto& now = m_settings.config();
    return config.dataPath != now.dataPath || config.training != now.training
        || config.splitSeed != now.splitSeed || config.validationFraction != now.validationFraction
        || config.subsetTrain != now.subsetTrain;
}

void Session::stop()
{
    m_worker.stop();
}

void Session::setTask(Task task)
{
    if (task == m_task)
        return;
    m_task = task;
    Q_EMIT taskChanged();
}

void Session::start(
    Task task, const QString& name, Work work, std::function<void(JobEnd, const QString&)> ended)
{
    // openData may replace a task whose job has yet to end: its end must not end the new task.
    const auto serial = ++m_taskSerial;
    m_eta.start();
    m_worker.start({name, std::move(work),
        [this, task, serial, ended = std::move(ended)](JobEnd end, const QString& message) {
            if (serial == m_taskSerial)
                setTask(Task::None);
            if (ended)
                ended(end, message);
            Q_EMIT taskEnded(task, end, message);
        }});
    setTask(task);
}

void Session::onProgress(quint64, const JobProgress& progress)
{
    if (!isBusy())
        return; // of a task-less job, such as looking for devices
    m_eta.update(progress.phase, progress.done, progress.total);
    Q_EMIT progressed(progress, m_eta.secondsLeft());
}

} // namespace augury
