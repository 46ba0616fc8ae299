// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/train_view.h"

#include "ui/charts/learning_chart.h"
#include "ui/charts/plot_file.h"
#include "ui/session/number_text.h"
#include "ui/session/session.h"
#include "ui/views/evaluation_card.h"
#include "ui/views/missing_data.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/primary_button.h"
#include "ui/widgets/results_table.h"
#include "ui/widgets/scroll_page.h"
#include "ui/widgets/stat_tile.h"
#include "ui/widgets/tile_row.h"

#include <QFile>
#include <QHBoxLayout>
#include <QLabel>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <nlohmann/json.hpp>

#include <numeric>

namespace augury {

namespace {
constexpr int s_cardWidth = 400; // with the chart's sentences on one line each
}

TrainView::TrainView(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_pages(new QStackedWidget(this))
    , m_empty(new EmptyState(this))
    , m_message(new MessageBar(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 12, 12, 12);
    column->addWidget(m_message);
    column->addWidget(m_pages, 1);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(makeScrollable(buildContent(), m_pages));

    connect(m_empty, &EmptyState::clicked, this, [this] {
        if (m_session.dataset())
            Q_EMIT trainClicked();
        else
            m_session.openData(m_session.dataPath());
    });
    connect(m_train, &QPushButton::clicked, this, &TrainView::trainClicked);
    connectSession();
    refresh();
}

QWidget* TrainView::buildContent()
{
    auto* content = new QWidget(this);
    m_title = new QLabel(content);
    m_title->setWordWrap(true);
    m_title->setTextFormat(Qt::PlainText);
    auto font = m_title->font();
    font.setPointSizeF(font.pointSizeF() * 1.15);
    m_title->setFont(font);
    m_train = new PrimaryButton(tr("Train again"), content);
    auto* header = new QHBoxLayout;
    header->addWidget(m_title, 1);
    header->addWidget(m_train, 0, Qt::AlignTop);

    m_epochTile = new StatTile(tr("Epoch"), content);
    m_lossTile = new StatTile(tr("Training loss"), content);
    m_accuracyTile = new StatTile(tr("Training accuracy"), content);
    m_validationTile = new StatTile(tr("Validation accuracy"), content);
    m_timeTile = new StatTile(tr("Time"), content);
    auto* tiles = new TileRow(6);
    for (auto* tile : {m_epochTile, m_lossTile, m_accuracyTile, m_validationTile, m_timeTile})
        tiles->addWidget(tile);

    m_chart = new LearningChart(content);
    m_chart->setTitle({});
    m_chart->setMinimumHeight(200);
    m_table = new ResultsTable(content);
    m_table->setModel(&m_epochs);
    m_table->setAccessibleName(tr("Epochs"));
    m_table->setMinimumHeight(120);
    m_bottom = new QSplitter(Qt::Horizontal, content);
    m_bottom->setObjectName(QStringLiteral("trainBottom"));
    m_bottom->setChildrenCollapsible(false);
    m_bottom->addWidget(m_table);
    m_bottom->addWidget(new EvaluationCard(m_session, content));
    m_bottom->setStretchFactor(0, 1);
    m_bottom->setStretchFactor(1, 1);
    m_bottom->setSizes({460, 460});
    m_bottom->setHandleWidth(10);
    auto* split = new QSplitter(Qt::Vertical, content);
    split->setObjectName(QStringLiteral("trainSplit"));
    split->setHandleWidth(10);
    split->setChildrenCollapsible(false);
    split->addWidget(m_chart);
    split->addWidget(m_bottom);
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 2);
    split->setSizes({360, 260});

    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);
    column->addLayout(header);
    column->addLayout(tiles);
    column->addWidget(split, 1);
    return content;
}

/// The table beside the test's result where both have the room they need, else above it.
void TrainView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    const bool beside = width() >= m_table->fullWidth() + s_cardWidth;
    const auto orientation = beside ? Qt::Horizontal : Qt::Vertical;
    if (m_bottom->orientation() != orientation) {
        m_bottom->setOrientation(orientation);
        m_bottom->setSizes(beside ? QList<int>{460, 460} : QList<int>{120, 290});
    }
}

void TrainView::connectSession()
{
    connect(&m_session, &Session::dataChanged, this, &TrainView::refresh);
    connect(&m_session, &Session::taskChanged, this, &TrainView::refresh);
    connect(&m_session.settings(), &Settings::changed, this, &TrainView::refresh);
    connect(&m_session, &Session::trainingStarted, this, &TrainView::onTrainingStarted);
    connect(&m_session, &Session::batchesTrained, this, &TrainView::onBatches);
    connect(&m_session, &Session::epochTrained, this, &TrainView::onEpoch);
    connect(&m_session, &Session::modelChanged, this, &TrainView::showModel);
    connect(&m_session, &Session::progressed, this,
        [this](const JobProgress&, std::optional<double> left) { onProgress(left); });
    connect(&m_session, &Session::taskEnded, this,
        [this](Session::Task task, JobEnd end, const QString& message) {
            if (task == Session::Task::Train)
                onEnded(end, message);
        });
}

void TrainView::onTrainingStarted(int epochs)
{
    m_training = true;
    m_started = true;
    m_message->clear();
    m_history.clear();
    m_epochs.setEpochs({});
    m_chart->clear(epochs);
    m_epochTile->setValue(tr("1 of %1").arg(epochs), tr("starting …"));
    for (auto* tile : {m_lossTile, m_accuracyTile, m_timeTile})
        tile->setValue(QStringLiteral("–"));
    const bool validates = m_session.settings().config().validationFraction > 0;
    m_validationTile->setValue(
        QStringLiteral("–"), validates ? tr("after each epoch") : tr("no validation images"));
    refresh();
    Q_EMIT resultsChanged();
}

void TrainView::onBatches(const std::vector<BatchProgress>& batches)
{
    for (const auto& batch : batches)
        m_chart->appendBatch(batch);
    const auto& last = batches.back();
    m_epochTile->setValue(tr("%1 of %2").arg(last.epoch).arg(last.epochs),
        tr("batch %1 of %2").arg(last.batch).arg(last.batches));
    m_lossTile->setValue(QLocale().toString(last.loss, 'f', 3), tr("this epoch so far"));
    m_accuracyTile->setValue(percentText(last.accuracy, 1), tr("this epoch so far"));
}

void TrainView::onEpoch(int epoch, const EpochMetrics& metrics)
{
    m_chart->appendEpoch(epoch, metrics);
    m_epochs.add(metrics);
    m_history.push_back(metrics);
    showValidation(metrics);
    Q_EMIT resultsChanged();
}

void TrainView::showValidation(const EpochMetrics& metrics)
{
    if (metrics.validationAccuracy)
        m_validationTile->setValue(percentText(*metrics.validationAccuracy, 1),
            tr("loss %1").arg(QLocale().toString(*metrics.validationLoss, 'f', 3)));
    else
        m_validationTile->setValue(QStringLiteral("–"), tr("no validation images"));
}

void TrainView::onProgress(std::optional<double> secondsLeft)
{
    if (m_training)
        m_timeTile->setValue(
            secondsLeft ? clockText(*secondsLeft) : QStringLiteral("–"), tr("left"));
}

void TrainView::onEnded(JobEnd end, const QString& message)
{
    m_training = false;
    if (end == JobEnd::Failed) {
        m_message->showMessage(MessageBar::Kind::Error, message);
        if (m_history.empty())
            m_started = false;
    } else if (end == JobEnd::Stopped) {
        m_message->showMessage(MessageBar::Kind::Note,
            m_history.empty()
                ? tr("Stopped before the first epoch was complete, so there is no new model.")
                : tr("Stopped. The model is the one after %1.")
                      .arg(countText(static_cast<qint64>(m_history.size()), tr("%1 complete epoch"),
                          tr("%1 complete epochs"))));
    }
    if (end != JobEnd::Succeeded && m_history.empty() && m_session.model())
        showModel();
    const double total = std::accumulate(m_history.begin(), m_history.end(), 0.0,
        [](double sum, const EpochMetrics& epoch) { return sum + epoch.seconds; });
    m_timeTile->setValue(
        m_history.empty() ? QStringLiteral("–") : clockText(total), tr("for all epochs"));
    refresh();
    Q_EMIT resultsChanged();
}

void TrainView::showModel()
{
    const auto model = m_session.model();
    if (!model)
        return;
    m_started = true;
    const auto& history = model->checkpoint.history;
    // A model trained here keeps its finer curve of batches; a loaded one has its epochs.
    if (!model->config || m_history.size() != history.size()) {
        m_chart->clear(std::max(1, static_cast<int>(history.size())));
        for (std::size_t i = 0; i < history.size(); ++i)
            m_chart->appendEpoch(static_cast<int>(i) + 1, history[i]);
    }
    m_history = history;
    m_epochs.setEpochs(history);
    m_epochTile->setValue(QString::number(history.size()), tr("complete"));
    if (!history.empty()) {
        m_lossTile->setValue(
            QLocale().toString(history.back().trainLoss, 'f', 3), tr("last epoch"));
        m_accuracyTile->setValue(percentText(history.back().trainAccuracy, 1), tr("last epoch"));
        showValidation(history.back());
    }
    refresh();
    Q_EMIT resultsChanged();
}

void TrainView::refresh()
{
    const bool ready =
        m_session.dataset() && !m_session.isBusy() && m_session.settings().problems().empty();
    m_train->setEnabled(ready);
    m_train->setText(m_training ? tr("Training …") : tr("Train again"));
    m_pages->setCurrentIndex(m_started ? 1 : 0);
    if (!m_started) {
        if (showMissingData(*m_empty, m_session))
            return;
        const auto& config = m_session.settings().config();
        m_empty->setSamples(m_session.samples());
        m_empty->setCommand({});
        m_empty->setContent(
            tr("Train a small CNN on %1").arg(QString::fromStdString(m_session.dataset()->name)),
            tr("The network sees every training image %1, and its loss and accuracy appear here "
               "while it learns. That takes about %2 on this computer.")
                .arg(countText(config.training.epochs, tr("once"), tr("%1 times")),
                    roughTimeText(m_session.trainEstimate().value_or(0))),
            tr("Train"));
        m_empty->setButtonEnabled(ready);
        return;
    }
    const auto model = m_session.model();
    if (m_training) {
        m_title->setText(
            tr("Training on %1 …").arg(QString::fromStdString(m_session.dataset()->name)));
    } else if (model) {
        const bool outdated = model->config && m_session.isTrainingOutdated(*model->config);
        const auto name = QString::fromStdString(model->checkpoint.dataName);
        m_title->setText(outdated ? tr("Trained on %1, from earlier settings").arg(name)
                                  : tr("Trained on %1").arg(name));
    } else {
        m_title->setText(tr("No model yet"));
    }
}

bool TrainView::hasResults() const
{
    return !m_history.empty();
}

QString TrainView::fileName() const
{
    return QStringLiteral("training");
}

void TrainView::saveChart(const QString& path) const
{
    const auto model = m_session.model();
    plotLearning(m_history, model ? model->checkpoint.dataName : std::string(),
        QFile::encodeName(path).toStdString());
}

std::vector<ChartWidget*> TrainView::charts() const
{
    if (!hasResults())
        return {};
    return {m_chart};
}

std::string TrainView::csv() const
{
    return trainCsv(m_history);
}

bool TrainView::hasJson() const
{
    const auto model = m_session.model();
    return hasResults() && model && model->config && m_session.dataset();
}

std::string TrainView::json() const
{
    const auto model = m_session.model();
    TrainOutcome outcome;
    outcome.model = model->path.toStdString();
    outcome.result = {model->checkpoint, model->stoppedEarly};
    for (const auto& epoch : m_history)
        outcome.seconds += epoch.seconds;
    outcome.threads = model->config->training.threads;
    return trainDocument(*model->config, *m_session.dataset(), outcome).dump(2) + "\n";
}

QString TrainView::messageText() const
{
    return m_message->text();
}

void TrainView::showError(const QString& message)
{
    m_message->showMessage(MessageBar::Kind::Error, message);
}

} // namespace augury
