// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;
class QPushButton;
class QStackedWidget;

namespace augury {

class LedgerChart;
class MessageBar;
class Session;

/// The model in hand on the test images, with and without TTA.
class EvaluationCard : public QFrame {
    Q_OBJECT

public:
    explicit EvaluationCard(Session& session, QWidget* parent = nullptr);

    QString verdictText() const;

private:
    QWidget* buildInvitation();
    QWidget* buildResult();
    void connectSession();
    void refresh();

    Session& m_session;
    MessageBar* m_error;
    QStackedWidget* m_pages;
    QLabel* m_invitation = nullptr;
    QPushButton* m_test = nullptr;
    QLabel* m_verdict = nullptr;
    QPushButton* m_testAgain = nullptr;
    LedgerChart* m_chart = nullptr;
};

} // namespace augury
