// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/project_actions.h"

#include "ui/session/project_file.h"
#include "ui/views/unsaved_guard.h"

#include <QAction>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMainWindow>
#include <QMenu>

namespace augury {

namespace {

QString folderOf(const ProjectFile& project, const QStringList& recent)
{
    if (!project.path().isEmpty())
        return QFileInfo(project.path()).absolutePath();
    return recent.isEmpty() ? QDir::homePath() : QFileInfo(recent.front()).absolutePath();
}

} // namespace

ProjectActions::ProjectActions(ProjectFile& project, UnsavedGuard& guard, QMainWindow* window)
    : QObject(window)
    , m_project(project)
    , m_guard(guard)
    , m_window(window)
{
    const auto action = [&](const QString& text, const QString& toolTip,
                            const QKeySequence& shortcut, auto run) {
        auto* made = new QAction(text, window);
        made->setShortcut(shortcut);
        made->setToolTip(
            QStringLiteral("%1 (%2)").arg(toolTip, shortcut.toString(QKeySequence::NativeText)));
        connect(made, &QAction::triggered, this, run);
        window->addAction(made);
        return made;
    };
    m_create = action(tr("&New Project"), tr("Begin a project with the default settings"),
        QKeySequence(tr("Ctrl+N")),
        [this] { m_guard.beforeReplacing([this] { m_project.create(); }); });
    m_open = action(tr("&Open Project…"), tr("Open a project: settings, data and model"),
        QKeySequence(tr("Ctrl+O")), [this] { askOpen(); });
    m_save = action(tr("&Save"), tr("Save the project"), QKeySequence(tr("Ctrl+S")), [this] {
        if (m_project.path().isEmpty())
            askSaveAs();
        else
            m_project.save();
    });
    m_saveAs = action(tr("Save &As…"), tr("Save the project as another file"),
        QKeySequence(tr("Ctrl+Shift+S")), [this] { askSaveAs(); });
    m_open->setIconText(tr("Open"));
    m_save->setIconText(tr("Save"));

    // While a text has the focus, the same keys undo what was typed.
    m_undo = m_project.undoStack().createUndoAction(window, tr("&Undo"));
    m_undo->setShortcut(QKeySequence(tr("Ctrl+Z")));
    m_redo = m_project.undoStack().createRedoAction(window, tr("&Redo"));
    m_redo->setShortcuts({QKeySequence(tr("Ctrl+Shift+Z")), QKeySequence(tr("Ctrl+Y"))});
    window->addAction(m_undo);
    window->addAction(m_redo);

    m_recent = new QMenu(tr("&Recent Projects"), window);
    connect(&m_guard, &UnsavedGuard::saveProjectWanted, m_save, &QAction::trigger);
    connect(&m_project, &ProjectFile::recentChanged, this, &ProjectActions::refreshRecent);
    connect(&m_project, &ProjectFile::dirtyChanged, this, &ProjectActions::refresh);
    connect(&m_project, &ProjectFile::pathChanged, this, &ProjectActions::refresh);
    refreshRecent();
    refresh();
}

void ProjectActions::setBusy(bool busy)
{
    m_busy = busy;
    refresh();
}

void ProjectActions::refresh()
{
    m_create->setEnabled(!m_busy);
    m_open->setEnabled(!m_busy);
    m_recent->setEnabled(!m_busy && !m_project.recent().paths().isEmpty());
    m_save->setEnabled(m_project.isDirty() || m_project.path().isEmpty());
}

void ProjectActions::refreshRecent()
{
    m_recent->clear();
    for (const auto& path : m_project.recent().paths()) {
        auto text = QDir::toNativeSeparators(path);
        text.replace(QLatin1Char('&'), QStringLiteral("&&"));
        m_recent->addAction(text, this, [this, path] { openFile(path); });
    }
    refresh();
}

void ProjectActions::openFile(const QString& path)
{
    m_guard.beforeReplacing([this, path] { m_project.open(path); });
}

void ProjectActions::askOpen()
{
    auto* dialog = new QFileDialog(m_window, tr("Open a project"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Projects (*.augury *.json)"), tr("All files (*)")});
    dialog->setDirectory(folderOf(m_project, m_project.recent().paths()));
    connect(dialog, &QFileDialog::fileSelected, this, &ProjectActions::openFile);
    dialog->open();
}

void ProjectActions::askSaveAs()
{
    auto* dialog = new QFileDialog(m_window, tr("Save the project"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("Projects (*.augury)"), tr("JSON documents (*.json)")});
    dialog->setDefaultSuffix(QStringLiteral("augury"));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString& chosen) {
        dialog->setDefaultSuffix(chosen.contains(QStringLiteral("*.json"))
                ? QStringLiteral("json")
                : QStringLiteral("augury"));
    });
    dialog->setDirectory(folderOf(m_project, m_project.recent().paths()));
    dialog->selectFile(m_project.path().isEmpty() ? tr("experiment.augury")
                                                  : QFileInfo(m_project.path()).fileName());
    connect(dialog, &QFileDialog::fileSelected, this,
        [this](const QString& path) { m_project.saveAs(path); });
    dialog->open();
}

} // namespace augury
