// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/jobs.h"
#include "ui/session/repeats_model.h"
#include "ui/views/exportable.h"

#include <QWidget>

class QBoxLayout;
class QLabel;
class QStackedWidget;

namespace augury {

class EmptyState;
class MessageBar;
class PrimaryButton;
class RepeatsChart;
class ResultsTable;
class Session;
class StatTile;

/// Baseline against TTA across repeats, each repeat as it ends.
class CompareView : public QWidget, public Exportable {
    Q_OBJECT

public:
    explicit CompareView(Session& session, QWidget* parent = nullptr);

    bool hasResults() const override;
    QString fileName() const override;
    void saveChart(const QString& path) const override;
    std::string csv() const override;
    std::string json() const override;

    EmptyState* emptyState() const { return m_empty; }
    const RepeatsModel& results() const { return m_results; }
    QString verdictText() const;
    QString messageText() const;
    void showError(const QString& message);

Q_SIGNALS:
    void runClicked();
    void resultsChanged();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* buildContent();
    void connectSession();
    void onRunStarted();
    void onRunEnded();
    void showResults();
    void showFigures();
    void refresh();

    Session& m_session;
    QStackedWidget* m_pages;
    EmptyState* m_empty;
    MessageBar* m_message;
    MessageBar* m_outdated;
    QBoxLayout* m_header;
    QLabel* m_verdict;
    PrimaryButton* m_run;
    StatTile* m_baselineTile;
    StatTile* m_ttaTile;
    StatTile* m_liftTile;
    StatTile* m_pTile;
    StatTile* m_costTile;
    RepeatsChart* m_chart;
    ResultsTable* m_table;
    RepeatsModel m_results;
};

} // namespace augury
