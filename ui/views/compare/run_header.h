// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/repeats_run.h"

#include <QWidget>

class QBoxLayout;
class QLabel;
class QPushButton;

namespace augury {

class MessageBar;
class PrimaryButton;
class StatTile;

/// What the run in front says: the verdict in a sentence, what it is of, what to doubt in it, its
/// figures.
class RunHeader : public QWidget {
    Q_OBJECT

public:
    explicit RunHeader(QWidget* parent = nullptr);

    void setRun(const RepeatsRun& run);
    void setRunButton(const QString& text, bool enabled);
    void setResumable(bool now); ///< no other job runs

    QString verdictText() const;
    QString captionText() const;
    QString warningText() const;
    PrimaryButton* runButton() const { return m_run; }
    QPushButton* resumeButton() const { return m_resume; } ///< where repeats are missing

Q_SIGNALS:
    void runClicked();
    void resumeClicked();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void showFigures(const std::vector<RepeatResult>& repeats);

    QBoxLayout* m_top;
    QLabel* m_verdict;
    QLabel* m_caption;
    MessageBar* m_warning;
    PrimaryButton* m_run;
    QPushButton* m_resume;
    StatTile* m_baseline;
    StatTile* m_tta;
    StatTile* m_lift;
    StatTile* m_p;
    StatTile* m_cost;
};

/// The verdict of a run at any moment of it.
QString verdictOf(const RepeatsRun& run);

/// Of which data and vote it is, and how it ended: "CIFAR-10 · mean of 7 copies · 22.11.26 07:04".
QString captionOf(const RepeatsRun& run);

/// What too few repeats cannot say; empty where there are enough, or none yet.
QString smallSampleWarning(const std::vector<RepeatResult>& repeats);

} // namespace augury
