// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/compare_view.h"

#include "ui/session/compared_runs.h"
#include "ui/session/number_text.h"
#include "ui/views/compare/chart_pane.h"
#include "ui/views/compare/compare_charts.h"
#include "ui/views/compare/repeat_images.h"
#include "ui/views/compare/run_chips.h"
#include "ui/views/compare/run_header.h"
#include "ui/views/compare/run_images.h"
#include "ui/views/missing_data.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/primary_button.h"
#include "ui/widgets/scroll_page.h"

#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <utility>

namespace augury {

namespace {

constexpr int s_pace = 100; // ms: at most ten refreshes a second

QString stateOf(const RepeatsRun& run)
{
    const auto done = static_cast<int>(run.outcome.repeats.size());
    return done < run.config.repeats || run.running
        ? CompareView::tr("%1 of %2").arg(done).arg(run.config.repeats)
        : QString();
}

} // namespace

CompareView::CompareView(Session& session, ComparedRuns& runs, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_runs(runs)
    , m_images(new RunImages(session, this))
    , m_pages(new QStackedWidget(this))
    , m_empty(new EmptyState(this))
    , m_message(new MessageBar(this))
    , m_outdated(new MessageBar(this))
    , m_offer(new MessageBar(this))
{
    m_outdated->setClosable(false);
    m_train = m_offer->addAction(QString(), [this] {
        m_offer->clear();
        if (const auto accept = std::exchange(m_accept, {}))
            accept();
    });
    m_train->setAccessibleName(tr("Train this repeat again"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 12, 12, 12);
    column->addWidget(m_message);
    column->addWidget(m_offer);
    column->addWidget(m_outdated);
    column->addWidget(m_pages, 1);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(makeScrollable(buildContent(), m_pages));

    m_pace.setSingleShot(true);
    m_pace.setInterval(s_pace);
    connect(&m_pace, &QTimer::timeout, this, [this] {
        if (m_stale)
            onGrew();
    });
    connect(m_empty, &EmptyState::clicked, this, [this] {
        if (m_session.dataset())
            Q_EMIT runClicked();
        else
            m_session.openData(m_session.dataPath());
    });
    connectSession();
    connectRuns();
    connectImages();
    refreshRuns();
}

QWidget* CompareView::buildContent()
{
    auto* content = new QWidget(this);
    m_header = new RunHeader(content);
    m_chips = new RunChips(content);
    m_charts = new CompareCharts(content);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);
    column->addWidget(m_header);
    column->addWidget(m_chips);
    column->addWidget(m_charts, 1);
    connect(m_header, &RunHeader::runClicked, this, &CompareView::runClicked);
    connect(m_header, &RunHeader::resumeClicked, this, [this] {
        if (const auto front = m_runs.front())
            m_session.resumeRun(front->id);
    });
    connect(m_charts, &CompareCharts::currentChanged, this, &CompareView::resultsChanged);
    connect(m_charts, &CompareCharts::imagesAsked, this, &CompareView::askImages);
    connect(m_charts, &CompareCharts::tableSaved, this, &CompareView::tableSaved);
    connect(m_charts, &CompareCharts::failed, this, &CompareView::showError);
    return content;
}

void CompareView::connectSession()
{
    connect(&m_session, &Session::dataChanged, this, &CompareView::refreshState);
    connect(&m_session, &Session::taskChanged, this, &CompareView::refreshState);
    connect(&m_session.settings(), &Settings::changed, this, &CompareView::refreshState);
    connect(&m_session, &Session::runStarted, this, [this] {
        m_message->clear();
        m_offer->clear();
    });
    connect(&m_session, &Session::historyFailed, this, [this](const QString& message) {
        m_message->showMessage(MessageBar::Kind::Warning, tr("History of runs: %1").arg(message));
    });
    connect(&m_session, &Session::taskEnded, this,
        [this](Session::Task task, JobEnd end, const QString& message) {
            if (task != Session::Task::Repeats)
                return;
            if (end == JobEnd::Failed)
                m_message->showMessage(MessageBar::Kind::Error, message);
            else if (end == JobEnd::Stopped && m_session.run())
                m_message->showMessage(MessageBar::Kind::Note,
                    tr("Stopped after %1 of %2 repeats; what was finished is kept.")
                        .arg(m_session.run()->outcome.repeats.size())
                        .arg(m_session.run()->config.repeats));
        });
}

void CompareView::connectRuns()
{
    connect(&m_runs, &ComparedRuns::runsChanged, this, [this] {
        m_offer->clear();
        refreshRuns();
    });
    connect(&m_runs, &ComparedRuns::grew, this, &CompareView::onGrew);
    connect(&m_runs, &ComparedRuns::failed, this, &CompareView::showError);
    connect(&m_runs, &ComparedRuns::negligibleChanged, this, [this](double points) {
        auto compared = m_charts->compared();
        compared.negligible = points;
        m_charts->setData(std::move(compared));
    });
    connect(m_charts, &CompareCharts::negligibleEdited, &m_runs, &ComparedRuns::setNegligible);
    connect(m_chips, &RunChips::chosen, &m_runs, &ComparedRuns::bringToFront);
    connect(m_chips, &RunChips::removed, &m_runs, &ComparedRuns::remove);
}

void CompareView::connectImages()
{
    connect(m_images, &RunImages::failed, this, [this](const QString& message) {
        m_message->showMessage(MessageBar::Kind::Error, message);
    });
    connect(
        m_images, &RunImages::opened, this, [this](const ImageQuery& query, const QString& note) {
            m_message->showNoteUntil(&m_session.settings(), &Settings::changed, note);
            Q_EMIT imagesWanted(query, note);
        });
}

void CompareView::onGrew()
{
    m_stale = m_pace.isActive();
    if (!m_stale)
        refreshRuns();
}

void CompareView::refreshRuns()
{
    ++m_refreshes;
    m_stale = false;
    m_pace.start();
    const auto& runs = m_runs.runs();
    const auto front = m_runs.front();
    std::vector<std::int64_t> ids;
    for (const auto& run : runs)
        ids.push_back(run->id);
    const auto looks = m_looks.assign(ids);
    const auto ps = m_runs.adjustedPs();
    ComparedData compared;
    compared.front = front;
    compared.negligible = m_runs.negligible();
    const auto before = m_charts->compared().front;
    if (front && before && before->id == front->id)
        compared.repeat = m_charts->compared().repeat;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        RunData run;
        run.id = runs[i]->id;
        run.name = runs[i]->title();
        run.look = looks[i];
        run.points = repeatPoints(runs[i]->outcome.repeats);
        if (i < ps.size())
            run.adjustedP = ps[i];
        compared.runs.push_back(std::move(run));
    }
    m_charts->setData(std::move(compared));
    showChips(looks);
    if (front)
        m_header->setRun(*front);
    refreshState();
    Q_EMIT resultsChanged();
}

void CompareView::showChips(const std::vector<RunLook>& looks)
{
    const auto front = m_runs.front();
    std::vector<RunChip> chips;
    for (std::size_t i = 0; i < looks.size(); ++i) {
        const auto& run = *m_runs.runs()[i];
        RunChip chip;
        chip.id = run.id;
        chip.name = run.title();
        chip.state = stateOf(run);
        chip.toolTip = tr("%1\n%2, %3")
                           .arg(chip.name, QString::fromStdString(run.dataName),
                               repeatsText(run.outcome.repeats.size()));
        chip.look = looks[i];
        chip.front = front && front->id == run.id;
        chips.push_back(std::move(chip));
    }
    m_chips->setRuns(chips);
}

void CompareView::refreshState()
{
    const auto& config = m_session.settings().config();
    const auto* own = m_session.run();
    const auto front = m_runs.front();
    const bool ready =
        m_session.dataset() && !m_session.isBusy() && m_session.settings().problems().empty();
    const auto label = countText(config.repeats, tr("Run %1 repeat"), tr("Run %1 repeats"));
    m_header->setRunButton(own && own->running ? tr("Running …") : label, ready);
    m_header->setResumable(!m_session.isBusy());
    m_pages->setCurrentIndex(front ? 1 : 0);
    // That a run of the history has settings of its own goes without saying.
    const bool outdated = front && own && own->id == front->id && !front->finished.isValid()
        && m_session.isOutdated(front->config);
    const auto note = outdated
        ? tr("From earlier settings: the Setup panel has changed since this run began.")
        : QString();
    if (note != m_outdated->text())
        m_outdated->showMessage(MessageBar::Kind::Warning, note);
    if (front || showMissingData(*m_empty, m_session))
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

void CompareView::askImages(std::optional<int> repeat, const ImageQuery& query)
{
    const auto front = m_runs.front();
    m_offer->clear();
    if (!front)
        return;
    if (!repeat)
        repeat = newestWith(front->outcome.repeats, query);
    if (!repeat)
        return;
    if (const auto obstacle = m_images->obstacle(*front); !obstacle.isEmpty())
        return m_message->showMessage(MessageBar::Kind::Warning, obstacle);
    if (m_images->isNetworkAtHand(*front, *repeat))
        return openImages(*repeat, query);
    const auto seconds = m_images->estimate(*front, *repeat);
    m_train->setText(seconds
            ? tr("Train repeat %1 again (about %2)").arg(*repeat + 1).arg(roughTimeText(*seconds))
            : tr("Train repeat %1 again").arg(*repeat + 1));
    m_accept = [this, repeat = *repeat, query] { openImages(repeat, query); };
    m_offer->showMessage(MessageBar::Kind::Note,
        tr("The network of %1 is no longer at hand. Training it again with that run's settings "
           "gives the same one, and then these images appear on the Inspect page.")
            .arg(repeatName(*front, *repeat)));
}

void CompareView::openImages(int repeat, const ImageQuery& query)
{
    const auto front = m_runs.front();
    if (!front)
        return;
    if (const auto obstacle = m_images->obstacle(*front); !obstacle.isEmpty())
        return m_message->showMessage(MessageBar::Kind::Warning, obstacle);
    m_message->showMessage(MessageBar::Kind::Note,
        tr("Bringing back the images of %1; they appear on the Inspect page.")
            .arg(repeatName(*front, repeat)));
    m_images->open({front, repeat, query});
}

QString CompareView::verdictText() const
{
    return m_header->verdictText();
}

QString CompareView::messageText() const
{
    return m_message->text();
}

QString CompareView::outdatedText() const
{
    return m_outdated->text();
}

QString CompareView::offerText() const
{
    return m_offer->text();
}

void CompareView::showError(const QString& message)
{
    m_message->showMessage(MessageBar::Kind::Error, message);
}

} // namespace augury
