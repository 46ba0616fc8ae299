// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

class QAction;
class QMainWindow;
class QMenu;

namespace augury {

class ProjectFile;
class UnsavedGuard;

/// What a user does with projects from menus and tool bar: new, open, save, recent ones, undo and
/// redo; with the file dialogs, which block nothing. Asks before unsaved changes would be lost.
class ProjectActions : public QObject {
    Q_OBJECT

public:
    /// The actions belong to `window`, and work everywhere in it.
    ProjectActions(ProjectFile& project, UnsavedGuard& guard, QMainWindow* window);

    QAction* create() const { return m_create; }
    QAction* open() const { return m_open; }
    QAction* save() const { return m_save; }
    QAction* saveAs() const { return m_saveAs; }
    QAction* undo() const { return m_undo; }
    QAction* redo() const { return m_redo; }
    QMenu* recent() const { return m_recent; }

    void openFile(const QString& path); ///< asks first where changes would be lost
    /// A job runs that other data would end: nothing can be opened now.
    void setBusy(bool busy);
    void refreshRecent();

private:
    void askOpen();
    void askSaveAs();
    void refresh();

    ProjectFile& m_project;
    UnsavedGuard& m_guard;
    QMainWindow* m_window;
    QAction* m_create;
    QAction* m_open;
    QAction* m_save;
    QAction* m_saveAs;
    QAction* m_undo;
    QAction* m_redo;
    QMenu* m_recent;
    bool m_busy = false;
};

} // namespace augury
