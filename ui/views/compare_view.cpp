// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/compare_view.h"

#include "core/experiment/verdict.h"
#include "ui/charts/plot_file.h"
#include "ui/charts/repeats_chart.h"
#include "ui/session/compared_runs.h"
#include "ui/session/number_text.h"
#include "ui/session/session.h"
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
#include <QPushButton>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <nlohmann/json.hpp>

namespace augury {

namespace {
constexpr int s_narrow = 600;
}

CompareView::CompareView(Session& session, ComparedRuns& runs, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_runs(runs)
    , m_pages(new QStackedWidget(this))
    , m_empty(new EmptyState(this))
    , m_message(new MessageBar(this))
    , m_outdated(new MessageBar(this))
{
    m_outdated->setClosable(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 12, 12, 12);
    column->addWidget(m_message);
    column->addWidget(m_outdated);
    column->addWidget(m_pages, 1);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(makeScrollable(buildContent(), m_pages));

    connect(m_empty, &EmptyState::clicked, this, [this] {
        if (m_session.dataset())
            Q_EMIT runClicked();
        else
            m_session.openData(m_session.dataPath());
    });
    connect(m_run, &QPushButton::clicked, this, &CompareView::runClicked);
    connectSession();
    refresh();
}

QWidget* CompareView::buildContent()
{
    auto* content = new QWidget(this);
    m_verdict = new QLabel(content);
    m_verdict->setWordWrap(true);
    m_verdict->setTextFormat(Qt::PlainText);
    m_verdict->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto font = m_verdict->font();
    font.setPointSizeF(font.pointSizeF() * 1.15);
    m_verdict->setFont(font);
    m_run = new PrimaryButton(tr("Run repeats"), content);
    m_header = new QBoxLayout(QBoxLayout::LeftToRight);
    m_header->addWidget(m_verdict, 1);

    m_baselineTile = new StatTile(tr("Baseline"), content);
    m_ttaTile = new StatTile(tr("TTA"), content);
    m_liftTile = new StatTile(tr("Lift, points"), content);
    m_pTile = new StatTile(tr("p value"), content);
    m_costTile = new StatTile(tr("Cost"), content);
    auto* tiles = new TileRow(6);
    for (auto* tile : {m_baselineTile, m_ttaTile, m_liftTile, m_pTile, m_costTile})
        tiles->addWidget(tile);

    m_chart = new RepeatsChart(content);
    m_chart->setTitle({});
    m_chart->setMinimumHeight(320);
    m_table = new ResultsTable(content);
    m_table->setModel(&m_results);
    m_table->setAccessibleName(tr("Results, one row a repeat"));
    m_table->setMinimumHeight(110);
    auto* copy = new QPushButton(tr("Copy table"), content);
    copy->setToolTip(tr("Copy the table as text, for a spreadsheet"));
    copy->setMinimumHeight(m_run->sizeHint().height());
    copy->setEnabled(false);
    connect(copy, &QPushButton::clicked, m_table, &ResultsTable::copy);
    connect(
        this, &CompareView::resultsChanged, copy, [this, copy] { copy->setEnabled(hasResults()); });
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(copy, 0, Qt::AlignTop);
    buttons->addWidget(m_run, 0, Qt::AlignTop);
    buttons->addStretch();
    m_header->addLayout(buttons);
    auto* split = new QSplitter(Qt::Vertical, content);
    split->setObjectName(QStringLiteral("compareSplit"));
    split->setHandleWidth(10);
    split->setChildrenCollapsible(false);
    split->addWidget(m_chart);
    split->addWidget(m_table);
    split->setStretchFactor(0, 5);
    split->setStretchFactor(1, 2);
    split->setSizes({420, 190});

    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);
    column->addLayout(m_header);
    column->addLayout(tiles);
    column->addWidget(split, 1);
    return content;
}

void CompareView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    // Beside the buttons, a narrow window would leave the sentence a word a line.
    m_header->setDirection(width() < s_narrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

void CompareView::connectSession()
{
    connect(&m_session, &Session::dataChanged, this, &CompareView::refresh);
    connect(&m_session, &Session::taskChanged, this, &CompareView::refresh);
    connect(&m_session.settings(), &Settings::changed, this, &CompareView::refresh);
    connect(&m_session, &Session::runStarted, this, &CompareView::onRunStarted);
    connect(&m_session, &Session::repeatFinished, this, [this](const RepeatResult& repeat) {
        m_results.add(repeat);
        showResults();
    });
    connect(&m_session, &Session::runEnded, this, &CompareView::onRunEnded);
    connect(&m_session, &Session::runRestored, this, [this] {
        onRunEnded();
        m_message->showMessage(MessageBar::Kind::Note,
            (m_session.run()->outcome.stopped
                    ? tr("Your last run, on %1, of %2; it was stopped early.")
                    : tr("Your last run, on %1, of %2."))
                .arg(QString::fromStdString(m_session.run()->dataName),
                    QLocale().toString(
                        m_session.run()->finished.toLocalTime(), QLocale::ShortFormat)));
    });
    connect(&m_session, &Session::historyFailed, this, [this](const QString& message) {
        m_message->showMessage(
            MessageBar::Kind::Warning, tr("The history of runs cannot be used: %1").arg(message));
    });
    connect(&m_session, &Session::taskEnded, this,
        [this](Session::Task task, JobEnd end, const QString& message) {
            if (task != Session::Task::Repeats)
                return;
            if (end == JobEnd::Failed)
                m_message->showMessage(MessageBar::Kind::Error, message);
            else if (end == JobEnd::Stopped)
                m_message->showMessage(MessageBar::Kind::Note,
                    tr("Stopped after %1 of %2 repeats; what was finished is kept.")
                        .arg(m_results.repeats().size())
                        .arg(m_session.run()->config.repeats));
        });
}

void CompareView::onRunStarted()
{
    m_message->clear();
    m_results.clear();
    showResults();
    refresh();
}

void CompareView::onRunEnded()
{
    if (const auto& outcome = m_session.run()->outcome;
        outcome.repeats.size() != m_results.repeats().size())
        m_results.setRepeats(outcome.repeats);
    showResults();
    refresh();
}

void CompareView::showResults()
{
    m_chart->setRepeats(m_session.run()->config.repeats, m_results.repeats());
    showFigures();
    Q_EMIT resultsChanged();
}

void CompareView::showFigures()
{
    const auto& repeats = m_results.repeats();
    const auto& run = *m_session.run();
    const auto done = static_cast<int>(repeats.size());
    auto text = repeats.empty() ? QString() : QString::fromStdString(verdict(repeats));
    if (run.running)
        text = repeats.empty()
            ? tr("Training the first of %1 networks; its result appears here when it is tested.")
                  .arg(run.config.repeats)
            : tr("%1 of %2 repeats so far. %3").arg(done).arg(run.config.repeats).arg(text);
    m_verdict->setText(text);
    if (repeats.empty()) {
        for (auto* tile : {m_baselineTile, m_ttaTile, m_liftTile, m_pTile, m_costTile})
            tile->setValue(QStringLiteral("–"));
        return;
    }
    const auto summary = summarise(repeats);
    const auto spread = [](double std) {
        return std::isfinite(std) ? tr("σ %1").arg(pointsText(std).remove(QLatin1Char('+')))
                                  : tr("σ needs two repeats");
    };
    m_baselineTile->setValue(percentText(summary.baseline.mean), spread(summary.baseline.std));
    m_ttaTile->setValue(percentText(summary.tta.mean), spread(summary.tta.std));
    m_liftTile->setValue(pointsText(summary.lift.mean),
        std::isfinite(summary.liftCi95.low)
            ? tr("95 %: %1 to %2")
                  .arg(pointsText(summary.liftCi95.low), pointsText(summary.liftCi95.high))
            : tr("one repeat"));
    const QLocale locale;
    m_pTile->setValue(summary.pValue < 0.0001 ? tr("< %1").arg(locale.toString(0.0001, 'f', 4))
                                              : locale.toString(summary.pValue, 'f', 4),
        tr("Wilcoxon, n = %1").arg(done));
    double cost = 0;
    for (const auto& repeat : repeats)
        cost += repeat.comparison.cost() / done;
    m_costTile->setValue(
        QStringLiteral("%1×").arg(locale.toString(cost, 'f', 1)), tr("passes an image"));
}

void CompareView::refresh()
{
    const auto& config = m_session.settings().config();
    const auto* run = m_session.run();
    const bool ready =
        m_session.dataset() && !m_session.isBusy() && m_session.settings().problems().empty();
    const auto label = countText(config.repeats, tr("Run %1 repeat"), tr("Run %1 repeats"));
    m_run->setText(run && run->running ? tr("Running …") : label);
    m_run->setEnabled(ready);
    m_pages->setCurrentIndex(run ? 1 : 0);
    if (run) {
        m_outdated->showMessage(MessageBar::Kind::Warning,
            m_session.isOutdated(run->config)
                ? tr("From earlier settings: the Setup panel has changed since this run began.")
                : QString());
        return;
    }
    if (showMissingData(*m_empty, m_session))
        return;
    m_empty->setSamples(m_session.samples());
    m_empty->setCommand({});
    m_empty->setContent(tr("Does voting over augmented copies help?"),
        tr("Augury trains %1 afresh on %2 and tests each twice: from one look at every image, and "
           "with %3 voting. Each result appears here as it ends; all of it takes about %4 on this "
           "computer.")
            .arg(countText(config.repeats, tr("%1 network"), tr("%1 networks")),
                QString::fromStdString(m_session.dataset()->name),
                countText(config.copies, tr("%1 augmented copy"), tr("%1 augmented copies")),
                roughTimeText(m_session.repeatsEstimate().value_or(0))),
        label);
    m_empty->setButtonEnabled(ready);
}

bool CompareView::hasResults() const
{
    return !m_results.repeats().empty();
}

QString CompareView::fileName() const
{
    return QStringLiteral("repeats");
}

void CompareView::saveChart(const QString& path) const
{
    plotRepeats(
        m_results.repeats(), m_session.run()->dataName, QFile::encodeName(path).toStdString());
}

std::string CompareView::csv() const
{
    return repeatCsv(m_results.repeats());
}

std::string CompareView::json() const
{
    const auto& run = *m_session.run();
    if (run.document)
        return *run.document;
    auto outcome = run.outcome;
    outcome.repeats = m_results.repeats();
    return documentText(repeatDocument(run.config, *run.dataset, outcome, run.seconds));
}

QString CompareView::verdictText() const
{
    return m_verdict->text();
}

QString CompareView::messageText() const
{
    return m_message->text();
}

void CompareView::showError(const QString& message)
{
    m_message->showMessage(MessageBar::Kind::Error, message);
}

void CompareView::save(QSettings& store) const
{
    store.setValue(QStringLiteral("compare/negligible"), m_runs.negligible());
}

void CompareView::restore(const QSettings& store)
{
    m_runs.setNegligible(
        store.value(QStringLiteral("compare/negligible"), m_runs.negligible()).toDouble());
}

} // namespace augury
