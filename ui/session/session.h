// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/own_images.h"
#include "core/experiment/repeats.h"
#include "core/experiment/report.h"
#include "ui/session/cost_estimate.h"
#include "ui/session/eta.h"
#include "ui/session/evaluation.h"
#include "ui/session/images.h"
#include "ui/session/repeats_run.h"
#include "ui/session/settings.h"
#include "ui/session/worker.h"

#include <QDateTime>
#include <QStringList>

#include <array>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace augury {

/// What the window works with: settings, data, model, results, and the verbs that change them.
/// Verbs return at once; the work happens on the worker and comes back as signals. One verb at a
/// time: a verb called while another works does nothing, except openData, which stops and replaces
/// what runs, and stop. Lives on the window's thread.
class Session : public QObject {
    Q_OBJECT

public:
    enum class Task {
        None,
        OpenData,
        OpenImages,
        LoadModel,
        SaveModel,
        Train,
        Evaluate,
        Repeats,
        Tune,
        Confirm
    };
    Q_ENUM(Task)
    enum class Keep { InHistory, Nowhere };

    explicit Session(QObject* parent = nullptr);

    /// Where finished runs are kept; empty, as at first: nowhere.
    void setHistory(const std::filesystem::path& file) { m_history = file; }
    /// Reads the last run of the history, unless there is one in hand by then; see runRestored().
    /// One that another program is at is not running here: see isAt().
    void restoreLastRun();

    Settings& settings() { return m_settings; }
    const Settings& settings() const { return m_settings; }
    const Worker& worker() const { return m_worker; }

    std::shared_ptr<const Dataset> dataset() const { return m_dataset; }
    const QVector<SampleImage>& samples() const { return m_samples; }
    QString dataPath() const { return m_dataPath; } ///< of dataset(), or the one that failed
    const DataOpening& opening() const { return m_opening; } ///< of dataset()
    /// Whether the data set in hand is the run's, or was opened as that was.
    bool hasDataOf(const RepeatsRun& run) const;
    QString dataError() const { return m_dataError; }

    std::shared_ptr<const FittedModel> model() const { return m_model; }
    /// Closing now would lose a network that was trained here, or is being trained. One that a run
    /// of repeats has fitted can be fitted again.
    bool hasUnsavedModel() const
    {
        return (m_model && m_model->path.isEmpty() && !m_model->origin)
            || (m_task == Task::Train && !m_trainsRepeat && m_epochsTrained > 0);
    }
    /// A user's own images; null before any were opened.
    std::shared_ptr<const OwnImages> ownImages() const { return m_ownImages; }
    /// Whether the model in hand was trained on such images and classes as the data set's.
    bool modelFitsData() const;
    /// The images that are looked at: the settings' subsets, and as validation images those that
    /// the model in hand was kept from. Empty where there are none.
    Split split(SplitKind kind) const;
    /// The votes of the model in hand on a split; null before an evaluation.
    std::shared_ptr<const Evaluation> evaluation(SplitKind kind = SplitKind::Test) const
    {
        return m_evaluations[static_cast<std::size_t>(kind)];
    }
    const RepeatsRun* run() const { return m_run ? &*m_run : nullptr; }
    /// Whether the session itself is doing that run now.
    bool isAt(std::int64_t run) const
    {
        return m_task == Task::Repeats && m_run && m_run->running && m_run->id == run;
    }
    /// Another program went on with run(): this is what the history has of it now. Nothing while
    /// the session is at it, or has another.
    void catchUp(const RepeatsRun& run);

    Task task() const { return m_task; }
    SplitKind evaluatedKind() const { return m_evaluatedKind; } ///< of Task::Evaluate
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

    /// The model that comes with the program, trained on the sample data set.
    static QString sampleModel() { return QStringLiteral(":/models/fashion_mnist.safetensors"); }
    /// Empty: the sample data set. Where the settings' split seed decides which images are test
    /// images, the data set is opened again when that seed changes: at once when nothing is at
    /// work, or else after it, and always before a verb that needs the settings' images.
    void openData(const QString& path);
    /// With options of one's own. The settings should have their seed by then.
    void openDataAs(const DataOpening& opening);
    void train(); ///< the history keeps its figures
    /// The model in hand on all images of the split, with and without TTA. Only adds copies where
    /// the votes in hand are of fewer than are wanted. The history keeps what was predicted anew on
    /// the test images, when asked to. Fails where the data must be those of the run `dataOf` (0:
    /// need not) and the history does not say so.
    void evaluate(
        SplitKind kind = SplitKind::Test, Keep keep = Keep::InHistory, std::int64_t dataOf = 0);
    /// Files and folders of a user's own images, brought to the model's shape, or the data set's.
    void openImages(const QStringList& paths);
    void runRepeats();
    /// Goes on with a stopped run of the history at its first unfinished repeat, with that run's
    /// settings, on its data, which run()->dataset is: they are opened where others are in hand,
    /// which stay, as the settings do. run() changes once the run was taken up.
    void resumeRun(std::int64_t id);
    /// Takes a network that a run of repeats has fitted as the model in hand. model()->config has
    /// its seed then, which decides its test copies, too.
    void useModel(std::shared_ptr<const Checkpoint> checkpoint, const ExperimentConfig& config,
        std::int64_t run = 0);
    /// Fits the network of one repeat of a run once more, the same to the last bit, as the model in
    /// hand. On the data in hand, which must be the run's: fails where the history does not say so
    /// of `run` (0: is in none). Stopped, it leaves the model in hand.
    void trainRepeat(
        const ExperimentConfig& config, int threadsPerFit, int repeat, std::int64_t run = 0);
    void loadModel(const QString& path); ///< may be a resource, as sampleModel()
    void saveModel(const QString& path);
    void stop();

    /// What a job does on the worker; it returns what hands its result over on the window's thread.
    using Work = std::function<std::function<void()>(JobContext&)>;
    /// A verb that lives elsewhere. While the session is idle alone; `ended` as in JobRequest.
    void start(Task task, const QString& name, Work work,
        std::function<void(JobEnd, const QString&)> ended = {});

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
    void ownImagesOpened(); ///< by the user; ownImagesChanged() comes first
    void ownImagesChanged(); ///< opened, or brought to another model's shape
    void evaluationChanged();
    void runStarted();
    void runKept(); ///< the history has begun to keep it: run()->id is its number there
    void repeatFinished(const augury::RepeatResult& repeat);
    void runEnded();
    void runRestored();
    void historyFailed(const QString& message); ///< the run itself is unharmed

private:
    struct RunTask; ///< a run to do, or the rest of one

    void setTask(Task task);
    void startOpening(const DataOpening& opening, bool isNew, std::function<void()> then = {});
    bool isSplitOld() const; ///< the data set was split by another seed than the settings'
    void followSplitSeed();
    /// Opens the data anew before `verb` where their split is old, which is what it tells.
    bool opensFirst(std::function<void()> verb);
    void findDevices(); ///< asks LibTorch, on the worker, once
    void onProgress(quint64 job, const JobProgress& progress);
    Work trainingWork(
        const ExperimentConfig& config, std::optional<FittedModel::Origin> origin = std::nullopt);
    void take(std::shared_ptr<const FittedModel> model); ///< as the model in hand
    Work repeatsWork(const ExperimentConfig& config);
    Work resumeWork(std::int64_t id, const std::shared_ptr<double>& secondsBefore);
    std::function<void()> doRun(JobContext& job, RunTask task);
    void keepModel(int repeat, std::shared_ptr<const Checkpoint> checkpoint);
    void endRun(JobEnd end, double seconds);
    Work evaluationWork(
        const ExperimentConfig& config, SplitKind kind, Keep keep, std::int64_t dataOf);
    void forgetEvaluations();
    void refitOwnImages(); ///< reads them again when they must have another shape

    Settings m_settings;
    std::filesystem::path m_history;
    std::shared_ptr<const Dataset> m_dataset;
    QVector<SampleImage> m_samples;
    DataOpening m_opening;
    std::optional<std::uint64_t> m_failedSeed; ///< opening the data anew with it failed
    QString m_dataPath;
    QString m_dataError;
    std::shared_ptr<const FittedModel> m_model;
    std::shared_ptr<const OwnImages> m_ownImages;
    std::array<std::shared_ptr<const Evaluation>, 4> m_evaluations; ///< by SplitKind
    std::optional<RepeatsRun> m_run;
    Task m_task = Task::None;
    SplitKind m_evaluatedKind = SplitKind::Test;
    bool m_devicesKnown = false;
    int m_epochsTrained = 0; ///< of the training that runs
    bool m_trainsRepeat = false; ///< that training is a repeat's
    std::int64_t m_unkeptRuns = 0; ///< how many there were; they are called −1, −2 …
    quint64 m_taskSerial = 0;
    Eta m_eta;
    CostEstimate m_cost;
    Worker m_worker; // last: its thread ends before what its jobs report to
};

} // namespace augury
