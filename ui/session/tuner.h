// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/latest_job.h"
#include "ui/session/session.h"
#include "ui/session/tune_run.h"

#include <QObject>
#include <QTimer>

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace augury {

class RunHistory;

/// What the Tune page works with: searches of each method on the validation images of the model in
/// hand, and confirmations on the test images. Verbs return at once; the work is a task of
/// Session's worker, and is stopped there. What has to be known of model, data and earlier
/// confirmations is read on a thread of its own. Lives on the window's thread.
class Tuner : public QObject {
    Q_OBJECT

public:
    Tuner(Session& session, RunHistory& history, QObject* parent = nullptr);
    ~Tuner() override;

    Session& session() { return m_session; }
    bool isIdle() const { return m_worker.isIdle(); }

    /// Why nothing can be tuned now, and what to do: no model, no validation images, something at
    /// work … Empty: start() works.
    QString obstacle() const;
    /// The obstacle is that the model was trained without validation images.
    bool lacksValidation() const;
    std::size_t validationImages() const { return m_validation.size(); } ///< for a search now
    std::size_t testImages() const { return m_test.size(); } ///< that a confirmation would use now
    const Split& validation() const { return m_validation; } ///< to show what a view does
    /// Seconds that a search takes at most at the pace of the last one in this window.
    std::optional<double> estimate(const TuneSpec& spec) const;

    /// The search of that method in hand: running, just over, or opened; null: none yet.
    const TuneRun* run(TuneMethod method) const;
    /// Its model and data are those in hand: its configurations can be confirmed and looked at.
    bool isCurrent(const TuneRun& run) const;

    void start(const TuneSpec& spec);
    void resume(std::int64_t id); ///< a stopped search of the history, on the model in hand
    void open(std::int64_t id); ///< of the history; opened() when it is there
    void forget(TuneMethod method); ///< takes it off the page; it stays in the history

    /// Evaluates these trials on the test images, once, and the tutorial's seven flips beside them
    /// where asked for. confirmed() when it is done.
    void confirm(TuneMethod method, const std::vector<int>& trials, bool tutorialToo);
    /// Of the test set in hand, the oldest first, with Holm's p over all of them.
    struct Confirmed {
        KeptConfirmation kept;
        double adjustedP = 1;
        QString text; ///< confirmationText()
    };
    const std::vector<Confirmed>& confirmations() const { return m_confirmations; }

    /// Policy, copies and vote into the settings: one step for undo. Learned weights come along.
    void use(const Configuration& configuration);

Q_SIGNALS:
    void availabilityChanged(); ///< obstacle(), image counts, isCurrent()
    void runChanged(augury::TuneMethod method); ///< at most ten times a second while it runs
    void ended(augury::TuneMethod method);
    void opened(augury::TuneMethod method); ///< from the history: it belongs in front
    void confirmationsChanged();
    void confirmed(augury::TuneMethod method, int first); ///< place of the first new one
    void failed(const QString& message); ///< of a verb, or of keeping a search in the history
    void idle();

private:
    /// What decides the splits; they are not computed again while a slider moves.
    struct Key {
        std::shared_ptr<const Dataset> dataset;
        std::shared_ptr<const FittedModel> model;
        std::size_t subsetTrain = 0;
        std::size_t subsetTest = 0;
        std::uint64_t splitSeed = 0;
        bool operator==(const Key&) const = default;
    };
    /// What takes a moment to find out.
    struct Facts {
        std::string model; ///< fingerprints; empty: not known yet
        std::string data;
        std::string testSet;
    };
    struct Predictions; ///< a classifier and what it has predicted of the validation images
    struct Task; ///< a search to do, or the rest of one

    QString splitDoubt() const;
    void refresh(); ///< splits, facts
    void refreshFacts();
    void refreshConfirmations();
    void showConfirmations(std::vector<KeptConfirmation> kept);
    ExperimentConfig configOf(const FittedModel& model, std::uint64_t seed) const;
    TuneRun& newRun(const TuneSpec& spec, const ExperimentConfig& config);
    void endRun(TuneMethod method, JobEnd end);
    void tellSoon(TuneMethod method);
    Session::Work searchWork(const TuneSpec& spec, const ExperimentConfig& config);
    Session::Work resumeWork(std::int64_t id);
    std::function<void()> search(JobContext& job, Task task);

    Session& m_session;
    RunHistory& m_history;
    std::optional<Key> m_key;
    Split m_validation;
    Split m_test;
    Facts m_facts;
    std::array<std::optional<TuneRun>, tuneMethods> m_runs;
    /// By test set, where there is no history.
    std::map<std::string, std::vector<KeptConfirmation>> m_unkept;
    std::vector<Confirmed> m_confirmations;
    std::shared_ptr<Predictions> m_predictions; ///< used by tasks of the session alone
    double m_secondsPerPass = 0;
    std::int64_t m_unkeptRuns = 0; ///< how many there were; they are called −1, −2 …
    std::optional<TuneMethod> m_resumed; ///< of the task that runs, once it is known
    std::array<bool, tuneMethods> m_stale{};
    QTimer m_pace; ///< runs while nothing may be told anew
    Worker m_worker{Worker::Priority::Window}; // its thread ends before what its jobs report to
    LatestJob m_factsJob{m_worker};
    LatestJob m_confirmationsJob{m_worker};
};

} // namespace augury
