// SPDX-License-Identifier: GPL-3.0-or-later
// What a user does with the runs that are selected.
#include "ui/panels/runs_dock.h"

#include "core/experiment/experiment_json.h"
#include "core/support/error.h"
#include "ui/panels/runs_table.h"
#include "ui/session/number_text.h"
#include "ui/session/run_history.h"
#include "ui/widgets/message_bar.h"

#include <QDragEnterEvent>
#include <QFileDialog>
#include <QMimeData>

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

void RunsDock::openSelected()
{
    if (const auto ids = selected(); !ids.empty())
        Q_EMIT openWanted(ids.front());
}

void RunsDock::compareSelected()
{
    std::vector<std::int64_t> ids;
    for (const auto* run : selectedRuns()) {
        if (isComparable(*run))
            ids.push_back(run->id);
    }
    if (!ids.empty())
        Q_EMIT compareWanted(ids);
}

void RunsDock::resumeSelected()
{
    const auto runs = selectedRuns();
    if (runs.size() == 1 && isResumable(*runs.front()) && !m_busy)
        Q_EMIT resumeWanted(runs.front()->id);
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
    if (selected().size() == 1)
        m_table->editCurrent();
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
