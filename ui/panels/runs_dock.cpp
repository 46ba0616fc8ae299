// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/runs_dock.h"

#include "core/store/run_documents.h"
#include "ui/panels/runs_bar.h"
#include "ui/panels/runs_table.h"
#include "ui/session/number_text.h"
#include "ui/session/run_history.h"
#include "ui/widgets/message_bar.h"

#include <QAction>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace augury {

namespace {

constexpr int s_buttons = 6;
} // namespace

bool isComparable(const RunInfo& run)
{
    return run.kind == repeatKind && run.repeatsDone > 0;
}

bool isResumable(const RunInfo& run)
{
    return (run.kind == repeatKind || run.kind == tuneKind) && run.status == RunStatus::Stopped
        && !run.isComplete();
}

bool isSearch(const RunInfo& run)
{
    return run.kind == tuneKind && run.repeatsDone > 0;
}

RunsDock::RunsDock(RunHistory& history, QWidget* parent)
    : QDockWidget(tr("Runs"), parent)
    , m_history(history)
    , m_filter(new RunsFilter(this))
{
    setObjectName(QStringLiteral("runsDock"));
    setAllowedAreas(Qt::BottomDockWidgetArea | Qt::TopDockWidgetArea);
    setAcceptDrops(true);
    m_filter->setSourceModel(&history.model());
    build();
    addActions();
    connectHistory();
    refresh();
    showPage();
}

void RunsDock::build()
{
    auto* page = new QWidget(this);
    m_bar = new RunsBar(*m_filter, page);
    m_problem = new MessageBar(page);
    m_problem->setClosable(false);
    m_message = new MessageBar(page);
    m_deleted = new MessageBar(page);
    m_table = new RunsTable(*m_filter, page);
    m_empty = new QLabel(page);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    m_pages = new QStackedWidget(page);
    m_pages->addWidget(m_table);
    m_pages->addWidget(m_empty);

    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(8, 6, 8, 8);
    column->setSpacing(6);
    column->addWidget(m_bar);
    column->addWidget(m_problem);
    column->addWidget(m_message);
    column->addWidget(m_deleted);
    column->addWidget(m_pages, 1);
    setWidget(page);

    m_deleted->putButtonsBeside(); // a dock is low
    m_deleted->addAction(tr("&Undo"), [this] { bringBack(); })
        ->setToolTip(tr("Bring back what was deleted (Ctrl+Z while you are in this list)"));
    m_bar->search()->installEventFilter(this);
    connect(m_table, &RunsTable::openAsked, this, [this](const QModelIndex& index) {
        if (selected().size() > 1)
            return openSelected();
        const auto& run = m_history.model().run(m_filter->mapToSource(index).row());
        if (isComparable(run))
            Q_EMIT openWanted(run.id);
        else if (isSearch(run))
            Q_EMIT searchWanted(run.id);
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
        &RunsDock::refresh);
    for (auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(m_filter, signal, this, &RunsDock::showPage);
    connect(m_filter, &QAbstractItemModel::modelReset, this, &RunsDock::showPage);
    connect(m_filter, &QAbstractItemModel::dataChanged, this, &RunsDock::refresh);
}

QAction* RunsDock::add(
    const char* name, const QString& text, const QString& toolTip, void (RunsDock::*run)())
{
    auto* action = new QAction(text, this);
    action->setObjectName(QString::fromLatin1(name));
    action->setToolTip(toolTip);
    connect(action, &QAction::triggered, this, run);
    m_actions << action;
    m_table->addAction(action); // its context menu, and its keys
    return action;
}

void RunsDock::addActions()
{
    const auto separate = [this] {
        auto* line = new QAction(this);
        line->setSeparator(true);
        m_actions << line;
        m_table->addAction(line);
    };
    const auto key = [](QAction* action, const QKeySequence& keys) {
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetShortcut); // not while a cell is edited
    };
    add("open", tr("Open in Compare"), {}, &RunsDock::openSelected);
    add("add", tr("Add to Compare"), tr("Show these runs beside those on the Compare page"),
        &RunsDock::compareSelected);
    add("resume", tr("Resume"), {}, &RunsDock::resumeSelected);
    add("settings", tr("Use Its Settings"),
        tr("Take this run's settings into the window; Undo brings yours back"),
        &RunsDock::useSettings);
    add("report", tr("Report…"), tr("Write a report of this run that opens in any browser"),
        &RunsDock::reportSelected);
    key(add("delete", tr("Delete"), tr("Take these runs off the list; it can be undone (Del)"),
            &RunsDock::deleteSelected),
        QKeySequence(Qt::Key_Delete));
    separate();
    key(add("rename", tr("Rename"), tr("Name this run (F2)"), &RunsDock::renameSelected),
        QKeySequence(Qt::Key_F2));
    add("tags", tr("Edit Tags"), tr("Words to find this run by, with commas between them"),
        &RunsDock::editTags);
    add("note", tr("Edit Note"), tr("Write down what this run was for"), &RunsDock::editNote);
    key(add("copy", tr("Copy Rows"), tr("As text with tabs, for a spreadsheet"),
            &RunsDock::copySelected),
        QKeySequence::Copy);
    separate();
    add("export", tr("Export JSON…"), tr("Write all that is known of this run to a file"),
        &RunsDock::askExport);
    add("import", tr("Import…"), tr("Add runs from files that were exported"),
        &RunsDock::askImport);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_bar->setActions(m_actions, s_buttons);
}

void RunsDock::connectHistory()
{
    connect(&m_history, &RunHistory::listed, this, [this] {
        if (!m_toSelect.empty())
            select(std::exchange(m_toSelect, {}));
        refresh();
        showPage();
    });
    connect(&m_history, &RunHistory::problemChanged, this, [this] {
        m_problem->showMessage(MessageBar::Kind::Warning, m_history.problem());
        showPage();
    });
    connect(&m_history, &RunHistory::failed, this, [this](const QString& message) {
        m_toSelect.clear();
        m_message->showMessage(MessageBar::Kind::Error, message);
    });
    connect(&m_history, &RunHistory::removed, this, [this](const std::vector<std::int64_t>& ids) {
        m_lastDeleted = ids;
        m_deleted->showMessage(MessageBar::Kind::Note,
            ids.size() == 1 ? tr("Deleted run %1.").arg(ids.front())
                            : tr("Deleted %1 runs.").arg(ids.size()));
    });
    connect(&m_history, &RunHistory::exported, this,
        [this](const QString& path) { Q_EMIT told(tr("Wrote %1").arg(path)); });
    connect(&m_history, &RunHistory::imported, this, [this](const std::vector<std::int64_t>& ids) {
        m_toSelect = ids;
        m_bar->clearSearch(); // to be seen
        Q_EMIT told(countText(
            static_cast<qint64>(ids.size()), tr("Imported %1 run"), tr("Imported %1 runs")));
    });
}

QTableView* RunsDock::table() const
{
    return m_table;
}

QString RunsDock::messageText() const
{
    for (const auto* bar : {m_message, m_problem, m_deleted}) {
        if (!bar->text().isEmpty())
            return bar->text();
    }
    return {};
}

QString RunsDock::emptyText() const
{
    return m_pages->currentWidget() == m_empty ? m_empty->text() : QString();
}

QAction* RunsDock::action(const QString& name) const
{
    const auto at = std::ranges::find(m_actions, name, &QAction::objectName);
    return at == m_actions.end() ? nullptr : *at;
}

QByteArray RunsDock::saveColumns() const
{
    return m_table->saveColumns();
}

void RunsDock::restoreColumns(const QByteArray& state)
{
    m_table->restoreColumns(state);
}

void RunsDock::setBusy(bool busy)
{
    m_busy = busy;
    refresh();
}

void RunsDock::select(const std::vector<std::int64_t>& ids)
{
    auto* selection = m_table->selectionModel();
    selection->clearSelection();
    for (const auto id : ids) {
        const auto row = m_history.model().rowOf(id);
        if (!row)
            continue;
        const auto index = m_filter->mapFromSource(m_history.model().index(*row, RunsModel::Name));
        if (!index.isValid())
            continue;
        selection->setCurrentIndex(index, QItemSelectionModel::Select | QItemSelectionModel::Rows);
        m_table->scrollTo(index);
    }
}

void RunsDock::refresh()
{
    const auto runs = selectedRuns();
    const auto* one = runs.size() == 1 ? runs.front() : nullptr;
    const auto any = [&](auto has) { return std::ranges::any_of(runs, has); };
    const auto enable = [this](const char* name, bool on) {
        action(QString::fromLatin1(name))->setEnabled(on);
    };
    const auto toCompare = comparable();
    const bool search = one && isSearch(*one);
    enable("open", !toCompare.empty() || search);
    action(QStringLiteral("open"))
        ->setToolTip(search ? tr("Show this search on the Tune page (Enter)")
                : toCompare.size() > 1
                ? tr("Show these runs beside each other on the Compare page, and no others (Enter)")
                : tr("Show this run alone on the Compare page (Enter)"));
    enable("add", !toCompare.empty());
    enable("resume", one && isResumable(*one) && !m_busy);
    action(QStringLiteral("resume"))
        ->setToolTip(one && isResumable(*one) && m_busy
                ? tr("Something else is running; stop it first, or wait")
                : tr("Go on with a stopped run where it was left"));
    enable("settings", one);
    enable("report", one && one->kind != tuneKind && (one->lift || one->kind == trainKind));
    enable("delete", any([](const RunInfo* run) { return run->status != RunStatus::Running; }));
    for (const char* name : {"rename", "tags", "note"})
        enable(name, one);
    enable("copy", !runs.empty());
    enable("export", one);
    enable("import", !m_history.file().empty());
}

void RunsDock::showPage()
{
    QString text;
    if (m_history.file().empty())
        text = tr("There is no place to keep runs: neither HOME nor XDG_DATA_HOME is set.");
    else if (m_history.model().rowCount() == 0 && !m_history.problem().isEmpty())
        text = tr("No runs can be shown.");
    else if (m_history.model().rowCount() == 0)
        text = tr("Every run of repeats, evaluation and training is listed here, whether it was "
                  "made in this window or with augury-cli.");
    else if (m_filter->rowCount() == 0)
        text = tr("No run has all of these words, and the kind and status chosen.");
    m_empty->setText(text);
    m_pages->setCurrentWidget(text.isEmpty() ? static_cast<QWidget*>(m_table) : m_empty);
}

} // namespace augury
