// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/jobs.h"

#include <QWidget>

#include <optional>

class QLabel;
class QProgressBar;
class QToolButton;

namespace augury {

class ElidedLabel;

/// The job in the status bar: what runs, how far it is, how long it will take, and Stop.
class JobBar : public QWidget {
    Q_OBJECT

public:
    explicit JobBar(QWidget* parent = nullptr);

    void showJob(const QString& name);
    void showProgress(const JobProgress& progress, std::optional<double> secondsLeft);
    void showStopping();
    void showIdle(const QString& text);

    QString text() const;
    QString timeLeft() const;

Q_SIGNALS:
    void stopClicked();

private:
    QString m_name;
    ElidedLabel* m_text; ///< gives way in a narrow window
    QProgressBar* m_progress;
    QLabel* m_left;
    QToolButton* m_stop;
};

} // namespace augury
