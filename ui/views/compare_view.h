// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/image_query.h"
#include "ui/session/jobs.h"
#include "ui/session/repeats_model.h"
#include "ui/views/exportable.h"

#include <QWidget>

class QBoxLayout;
class QLabel;
class QSettings;
class QStackedWidget;

namespace augury {

class ComparedRuns;
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
    CompareView(Session& session, ComparedRuns& runs, QWidget* parent = nullptr);

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

    // What the page keeps from one session to the next: the tab in front, the negligible zone.
    void save(QSettings& store) const;
    void restore(const QSettings& store);

Q_SIGNALS:
    void runClicked();
    void resultsChanged();
    /// The votes of one repeat are in hand: these images belong in front, on the Inspect page, and
    /// `note` says what has changed for it.
    void imagesWanted(const augury::ImageQuery& query, const QString& note);
    void tableSaved(const QString& path);

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
    ComparedRuns& m_runs;
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
