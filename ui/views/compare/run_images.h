// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/image_query.h"
#include "ui/session/repeats_run.h"
#include "ui/session/session.h"

#include <QObject>

#include <memory>
#include <optional>

namespace augury {

/// Brings the images of one repeat of a run back: its settings, its data, its network, its votes.
/// The network is the one at hand, or else is trained once more, the same to the last bit. One at
/// a time. Lives on the window's thread.
class RunImages : public QObject {
    Q_OBJECT

public:
    struct Wanted {
        std::shared_ptr<const RepeatsRun> run;
        int repeat = 0; ///< its index
        ImageQuery query;
    };

    explicit RunImages(Session& session, QObject* parent = nullptr);

    /// Why they cannot be shown now, and what to do; empty: they can.
    QString obstacle(const RepeatsRun& run) const;
    /// Whether there is no need to train.
    bool isNetworkAtHand(const RepeatsRun& run, int repeat) const;
    /// Seconds that training it again may take.
    std::optional<double> estimate(const RepeatsRun& run, int repeat) const;
    bool isWorking() const { return m_wanted.has_value(); }

    /// Starts; opened() or failed() follows. Nothing while it is at others, or there is an
    /// obstacle.
    void open(const Wanted& wanted);

Q_SIGNALS:
    /// The votes in hand are that repeat's. `note` says what has changed in Setup; may be empty.
    void opened(const augury::ImageQuery& query, const QString& note);
    void failed(const QString& message); ///< or stopped by the user, or Setup was changed

private:
    enum class Step { Data, Network, Votes };

    bool isInHand(const RepeatsRun& run, int repeat) const; ///< as the model of the session
    void advance();
    void onSettingsChanged();
    void ask(Step step);
    void onTaskEnded(Session::Task task, JobEnd end, const QString& message);
    void end();
    void fail(const QString& message);
    void finish();

    Session& m_session;
    std::optional<Wanted> m_wanted;
    std::optional<Step> m_step; ///< what was asked for
    bool m_voted = false;
    bool m_changed = false; ///< Setup has other settings for it
    ExperimentConfig m_before;
    std::optional<ExperimentConfig> m_during; ///< what Setup must keep until they are shown
    std::weak_ptr<const Dataset> m_dataBefore;
    DataOpening m_openingBefore; ///< of it
};

/// "run 12", or "this run" where it is in no history; and "run 12, repeat 3".
QString runName(const RepeatsRun& run);
QString repeatName(const RepeatsRun& run, int repeat);

} // namespace augury
