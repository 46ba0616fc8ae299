// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/trainer.h"
#include "ui/session/epochs_model.h"
#include "ui/session/jobs.h"
#include "ui/views/exportable.h"

#include <QWidget>

#include <optional>

class QLabel;
class QSplitter;
class QStackedWidget;

namespace augury {

class EmptyState;
class EvaluationCard;
class LearningChart;
class MessageBar;
class PrimaryButton;
class ResultsTable;
class Session;
class StatTile;

/// The training as it happens, and the model that came out of it.
class TrainView : public QWidget, public Exportable {
    Q_OBJECT

public:
    explicit TrainView(Session& session, QWidget* parent = nullptr);

    bool hasResults() const override;
    QString fileName() const override;
    void saveChart(const QString& path) const override;
    std::vector<ChartWidget*> charts() const override;
    std::string csv() const override;
    bool hasJson() const override;
    std::string json() const override;

    EmptyState* emptyState() const { return m_empty; }
    const EpochsModel& epochs() const { return m_epochs; }
    QString messageText() const;
    void showError(const QString& message);

Q_SIGNALS:
    void trainClicked();
    void resultsChanged();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* buildContent();
    void connectSession();
    void onTrainingStarted(int epochs);
    void onBatches(const std::vector<BatchProgress>& batches);
    void onEpoch(int epoch, const EpochMetrics& metrics);
    void onProgress(std::optional<double> secondsLeft);
    void onEnded(JobEnd end, const QString& message);
    void showModel();
    void showValidation(const EpochMetrics& metrics);
    void refresh();

    Session& m_session;
    QStackedWidget* m_pages;
    EmptyState* m_empty;
    MessageBar* m_message;
    QLabel* m_title;
    PrimaryButton* m_train;
    StatTile* m_epochTile;
    StatTile* m_lossTile;
    StatTile* m_accuracyTile;
    StatTile* m_validationTile;
    StatTile* m_timeTile;
    LearningChart* m_chart;
    ResultsTable* m_table;
    QSplitter* m_bottom;
    EpochsModel m_epochs;
    std::vector<EpochMetrics> m_history;
    bool m_training = false;
    bool m_started = false;
};

} // namespace augury
