// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/experiment/repeats.h"
#include "core/experiment/report.h"
#include "core/model/checkpoint.h"
#include "ui/session/cost_estimate.h"
#include "ui/session/eta.h"
#include "ui/session/images.h"
#include "ui/session/settings.h"
#include "ui/session/worker.h"

#include <QDateTime>
#include <QStringList>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace augury {

/// A fitted network in hand. Immutable once shared.
struct FittedModel {
    Checkpoint checkpoint;
    QString path; ///< where it is stored; empty: nowhere yet
    bool stoppedEarly = false;
    std::optional<ExperimentConfig> config; ///< when it was trained here
};

/// The experiment of Compare, running or over.
struct RepeatsRun {
    ExperimentConfig config;
    std::shared_ptr<const Dataset> dataset; ///< null for a run of the history
    std::string dataName;
    RepeatsOutcome outcome;
    double seconds = 0; ///< 0 while it runs
    bool running = false;
    std::shared_ptr<const std::string> document; ///< its JSON once it is over
    QDateTime finished; ///< set for a run of the history
};

/// A model's test with and without TTA.
struct Evaluation {
    ExperimentConfig config;
    std::shared_ptr<const Dataset> dataset;
    std::shared_ptr<const FittedModel> model;
    EvaluateOutcome outcome;
};

/// What the window works with: settings, data, model, results, and the verbs that change them.
/// Verbs return at once; the work happens on the worker and comes back as signals. One verb at a
/// time: a verb called while another works does nothing, except openData, which stops and replaces
/// what runs, and stop. Lives on the window's thread.
class Session : public QObject {
    Q_OBJECT

public:
    enum class Task { None, OpenData, LoadModel, SaveModel, Train, Evaluate, Repeats };
    Q_ENUM(Task)

    explicit Session(QObject* parent = nullptr);

    /// Where finished runs are kept; empty, as at first: nowhere.
    void setHistory(const std::filesystem::path& file) { m_history = file; }
    /// Reads the last run of the history, unless there is one in hand by then; see runRestored().
    void restoreLastRun();

    Settings& settings() { return m_settings; }
    const Settings& settings() const { return m_settings; }
    const Worker& worker() const { return m_worker; }

    std::shared_ptr<const Dataset> dataset() const { return m_dataset; }
    const QVector<SampleImage>& samples() const { return m_samples; }
    QString dataPath() const { return m_dataPath; } ///< of dataset(), or the one that failed
    QString dataError() const { return m_dataError; }

    std::shared_ptr<const FittedModel> model() const { return m_model; }
    /// Closing now would lose a network that was trained here, or is being trained.
    bool hasUnsavedModel() const
    {
        return (m_model && m_model->path.isEmpty())
            || (m_task == Task::Train && m_epochsTrained > 0);
    }
    std::shared_ptr<const Evaluation> evaluation() const { return m_evaluation; }
    const RepeatsRun* run() const { return m_run ? &*m_run : nullptr; }

    Task task() const { return m_task; }
    bool isBusy() const { return m_task != Task::None; }
    bool isIdle() const { return m_worker.isIdle(); } ///< nothing queued or running at all

    /// Seconds that a training, or all repeats, would take with the present settings; from this
    /// machine's own pace once something was trained.
    std::optional<double> trainEstimate() const;
    std::optional<double> repeatsEstimate() const;

    /// A result shown with `config` no longer matches the settings.
    bool isOutdated(const ExperimentConfig& config) const;
    /// The same for what concerns a training alone.
    bool isTrainingOutdated(const ExperimentConfig& config) const;

    void openData(const QString& path); ///< empty: the sample data set
    void train();
    void evaluate(); ///< the model in hand on the test images, with and without TTA
    void runRepeats();
    void loadModel(const QString& path);
    void saveModel(const QString& path);
    void stop();

Q_SIGNALS:
    void taskChanged();
    void stopping();
    void progressed(const augury::JobProgress& progress, std::optional<double> secondsLeft);
    /// How a verb ended; `message` says what went wrong, for Failed.
    void taskEnded(augury::Session::Task task, augury::JobEnd end, const QString& message);
    void idle();

    void devicesFound(const QStringList& devices);
    void dataChanged(); ///< opened, or failed: see dataError()
    void modelChanged();
    void trainingStarted(int epochs);
    void batchesTrained(const std::vector<augury::BatchProgress>& batches);
    void epochTrained(int epoch, const augury::EpochMetrics& metrics);
    void evaluationChanged();
    void runStarted();
    void repeatFinished(const augury::RepeatResult& repeat);
    void runEnded();
    void runRestored();
    void historyFailed(const QString& message); ///< the run itself is unharmed

private:
    using Work = std::function<std::function<void()>(JobContext&)>;

    void start(Task task, const QString& name, Work work,
        std::function<void(JobEnd, const QString&)> ended = {});
    void setTask(Task task);
    void findDevices(); ///< asks LibTorch, on the worker, once
    void onProgress(quint64 job, const JobProgress& progress);
    Work trainingWork(const ExperimentConfig& config);
    Work repeatsWork(const ExperimentConfig& config);
    Work evaluationWork(const ExperimentConfig& config);

    Settings m_settings;
    std::filesystem::path m_history;
    std::shared_ptr<const Dataset> m_dataset;
    QVector<SampleImage> m_samples;
    QString m_dataPath;
    QString m_dataError;
    std::shared_ptr<const FittedModel> m_model;
    std::shared_ptr<const Evaluation> m_evaluation;
    std::optional<RepeatsRun> m_run;
    Task m_task = Task::None;
    bool m_devicesKnown = false;
    int m_epochsTrained = 0; ///< of the training that runs
    quint64 m_taskSerial = 0;
    Eta m_eta;
    CostEstimate m_cost;
    Worker m_worker; // last: its thread ends before what its jobs report to
};

} // namespace augury
