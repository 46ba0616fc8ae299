// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;
class QPushButton;

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
    void refresh();

    Session& m_session;
    QLabel* m_text;
    QPushButton* m_test;
    MessageBar* m_error;
    LedgerChart* m_chart;
};

} // namespace augury
