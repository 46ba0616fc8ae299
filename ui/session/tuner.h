// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/session.h"
#include "ui/session/tune_run.h"

#include <QObject>

#include <array>
#include <memory>
#include <optional>
#include <vector>

namespace augury {

class RunHistory;

/// What the Tune page works with: searches of each method on the validation images of the model in
/// hand, and confirmations on the test images. Verbs return at once; the work is a task of
/// Session's worker, and is stopped there. Lives on the window's thread.
class Tuner : public QObject {
    Q_OBJECT

public:
    Tuner(Session& session, RunHistory& history, QObject* parent = nullptr);
    ~Tuner() override;

    Session& session() { return m_session; }

    /// Why nothing can be tuned now, and what to do: no model, no validation images, something at
    /// work … Empty: start() works.
    QString obstacle() const;
    /// The obstacle is that the model was trained without validation images.
    bool lacksValidation() const;
    std::size_t validationImages() const; ///< that there are for a search now
    std::size_t testImages() const; ///< that a confirmation would use now
    /// Seconds that a search takes at most at the pace of the last one on this machine.
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

    /// Policy, copies and vote into the settings: one step for undo. A trial of learned weights
    /// brings them along.
    void use(const Configuration& configuration);

Q_SIGNALS:
    void availabilityChanged(); ///< obstacle(), image counts, isCurrent()
    void runChanged(augury::TuneMethod method); ///< at most ten times a second while it runs
    void ended(augury::TuneMethod method);
    void opened(augury::TuneMethod method); ///< from the history: it belongs in front
    void confirmationsChanged();
    void confirmed(augury::TuneMethod method, int first); ///< place of the first new one
    void failed(const QString& message); ///< of a verb, or of keeping a search in the history

private:
    struct State;
    Session& m_session;
    RunHistory& m_history;
    std::array<std::optional<TuneRun>, tuneMethods> m_runs;
    std::vector<Confirmed> m_confirmations;
    std::unique_ptr<State> m_state;
};

} // namespace augury
