// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tune/tune_spec.h"

#include <QWidget>

class QLabel;
class QTabBar;

namespace augury {

/// The five methods, and what the one in front answers.
class MethodBar : public QWidget {
    Q_OBJECT

public:
    explicit MethodBar(QWidget* parent = nullptr);

    TuneMethod method() const;
    void setMethod(TuneMethod method);
    /// Marks the one whose search runs.
    void setRunning(TuneMethod method, bool running);
    QTabBar* tabs() const { return m_tabs; }
    QString question() const;

Q_SIGNALS:
    void methodChanged();

private:
    QTabBar* m_tabs;
    QLabel* m_question;
};

} // namespace augury
