// SPDX-License-Identifier: GPL-3.0-or-later
// What a user does with the runs that are selected.
#include "ui/panels/runs_dock.h"

#include "core/experiment/experiment_json.h"
#include "core/store/run_documents.h"
#include "core/support/error.h"
#include "ui/panels/runs_table.h"
#include "ui/session/number_text.h"
#include "ui/session/run_history.h"
#include "ui/widgets/message_bar.h"

#include <QDragEnterEvent>
#include <QFileDialog>
#include <QLineEdit>
#include <QMimeData>

#include <algorithm>

namespace augury {

namespace {

QStringList runFiles(const QMimeData& data)
{
    QStringList files;
    for (const auto& url : data.urls()) {
        const auto path = url.toLocalFile();
        if (path.endsWith(QStringLiteral(".json"), Qt::CaseInsensitive))
            files << path;
    }
    return files;
}

} // namespace

std::vector<const RunInfo*> RunsDock::selectedRuns() const
{
    std::vector<const RunInfo*> runs;
    auto rows = m_table->selectionModel()->selectedRows();
    std::ranges::sort(rows, {}, &QModelIndex::row);
    for (const auto& row : rows)
        runs.push_back(&m_history.model().run(m_filter->mapToSource(row).row()));
    return runs;
}

std::vector<std::int64_t> RunsDock::selected() const
{
    std::vector<std::int64_t> ids;
    for (const auto* run : selectedRuns())
        ids.push_back(run->id);
    return ids;
}

std::vector<std::int64_t> RunsDock::comparable() const
{
    std::vector<std::int64_t> ids;
    for (const auto* run : selectedRuns()) {
        if (isComparable(*run))
            ids.push_back(run->id);
    }
    return ids;
}

void RunsDock::openSelected()
{
    const auto ids = comparable();
    if (const auto runs = selectedRuns(); runs.size() == 1 && isSearch(*runs.front()))
        Q_EMIT searchWanted(runs.front()->id);
    if (ids.empty())
        return;
    Q_EMIT openWanted(ids.front());
    if (ids.size() > 1)
        Q_EMIT compareWanted({ids.begin() + 1, ids.end()});
}

void RunsDock::compareSelected()
{
    if (const auto ids = comparable(); !ids.empty())
        Q_EMIT compareWanted(ids);
}

void RunsDock::resumeSelected()
{
    const auto runs = selectedRuns();
    if (runs.size() == 1 && isResumable(*runs.front()) && !m_busy)
        Q_EMIT resumeWanted(runs.front()->id, runs.front()->kind == tuneKind);
}

void RunsDock::useSettings()
{
    m_history.load(selected(), this, [this](const RunRecords& records) {
        const auto title = tr("run %1").arg(records.front()->info.id);
        try {
            Q_EMIT settingsWanted(
                experimentFromJson(records.front()->settings(), title.toStdString()), title);
        } catch (const Error& error) {
            m_message->showMessage(MessageBar::Kind::Error, QString::fromUtf8(error.what()));
        }
    });
}

void RunsDock::reportSelected()
{
    if (const auto ids = selected(); !ids.empty())
        Q_EMIT reportWanted(ids.front());
}

void RunsDock::askExport()
{
    const auto ids = selected();
    if (ids.empty())
        return;
    auto* dialog = new QFileDialog(this, tr("Export run %1").arg(ids.front()));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("Runs (*.json)"));
    dialog->setDefaultSuffix(QStringLiteral("json"));
    dialog->selectFile(QStringLiteral("run-%1.json").arg(ids.front()));
    connect(dialog, &QFileDialog::fileSelected, this,
        [this, id = ids.front()](const QString& path) { m_history.exportRun(id, path); });
    dialog->open();
}

void RunsDock::askImport()
{
    auto* dialog = new QFileDialog(this, tr("Import runs"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilter(tr("Runs (*.json)"));
    connect(dialog, &QFileDialog::filesSelected, &m_history, &RunHistory::importRuns);
    dialog->open();
}

void RunsDock::renameSelected()
{
    m_table->editSelected(RunsModel::Name);
}

void RunsDock::editTags()
{
    m_table->editSelected(RunsModel::Tags);
}

void RunsDock::editNote()
{
    m_table->editSelected(RunsModel::Note);
}

void RunsDock::deleteSelected()
{
    std::vector<std::int64_t> ids;
    for (const auto* run : selectedRuns()) {
        if (run->status != RunStatus::Running)
            ids.push_back(run->id);
    }
    m_history.remove(ids);
}

void RunsDock::bringBack()
{
    m_history.restore(m_lastDeleted);
    m_toSelect = m_lastDeleted;
    m_deleted->clear();
    m_table->setFocus();
}

bool RunsDock::isForDeleted(const QEvent& event) const
{
    if (event.type() != QEvent::ShortcutOverride && event.type() != QEvent::KeyPress)
        return false;
    return !m_deleted->text().isEmpty()
        && static_cast<const QKeyEvent&>(event).matches(QKeySequence::Undo);
}

bool RunsDock::event(QEvent* event)
{
    if (!isForDeleted(*event)) // whoever has the focus here does nothing with the key
        return QDockWidget::event(event);
    event->accept();
    if (event->type() == QEvent::KeyPress)
        bringBack();
    return true;
}

bool RunsDock::eventFilter(QObject* watched, QEvent* event)
{
    const auto* line = qobject_cast<QLineEdit*>(watched);
    if (!line || line->isUndoAvailable() || !isForDeleted(*event))
        return QDockWidget::eventFilter(watched, event);
    return RunsDock::event(event); // the line would swallow the key
}

void RunsDock::copySelected()
{
    m_table->copy();
    Q_EMIT told(countText(
        static_cast<qint64>(selected().size()), tr("Copied %1 row"), tr("Copied %1 rows")));
}

void RunsDock::dragEnterEvent(QDragEnterEvent* event)
{
    if (!runFiles(*event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void RunsDock::dropEvent(QDropEvent* event)
{
    m_history.importRuns(runFiles(*event->mimeData()));
    event->acceptProposedAction();
}

} // namespace augury
