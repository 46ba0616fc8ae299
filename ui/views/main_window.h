// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/inspector.h"
#include "ui/session/recent_folders.h"
#include "ui/session/session.h"

#include <QMainWindow>
#include <QTimer>

#include <memory>

class QMenu;
class QSettings;
class QTabWidget;
class QToolBar;

namespace augury {

class CompareView;
class DetailsDock;
class ExportMenu;
class Exportable;
class InspectView;
class JobBar;
class MessageBar;
class SetupDock;
class ShortcutsOverlay;
class TrainView;

/// The workbench: Setup on the left, the pages in the centre, Details on the right, the job in the
/// status bar.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    /// `store` keeps the window's state and the settings between sessions.
    explicit MainWindow(std::unique_ptr<QSettings> store, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// Starts to open the data (empty: those of the last session, or the sample data set) and the
    /// model. Without one the sample data set gets the model that comes with the program, and its
    /// votes where that takes a moment only. Returns at once; call it when the window is shown.
    void begin(const QString& dataFolder = {}, const QString& modelFile = {});

    Session& session() { return m_session; }
    Inspector& inspector() { return m_inspector; }
    SetupDock* setupDock() const { return m_setup; }
    DetailsDock* detailsDock() const { return m_details; }
    InspectView* inspectView() const { return m_inspect; }
    TrainView* trainView() const { return m_train; }
    CompareView* compareView() const { return m_compare; }
    JobBar* jobBar() const { return m_jobBar; }
    ShortcutsOverlay* shortcutsOverlay() const { return m_shortcuts; }
    ExportMenu* exportMenu() const { return m_export; }
    QTabWidget* pages() const { return m_pages; }
    QString noticeText() const;

    void train();
    void runRepeats();
    void openFolder(const QString& folder);
    /// What was dropped: a model, a data set, or a user's own images.
    void openDropped(const QStringList& paths);
    void resetLayout();

Q_SIGNALS:
    /// The window is gone and the worker idle: time to quit. (A window that was hidden at once,
    /// while a job ended, tells Qt nothing when it closes.)
    void closed();

protected:
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    struct Actions {
        QAction* open = nullptr;
        QAction* openImages = nullptr;
        QAction* loadModel = nullptr;
        QAction* saveModel = nullptr;
        QAction* train = nullptr;
        QAction* run = nullptr;
        QAction* stop = nullptr;
        QAction* exportResults = nullptr;
    };

    void buildCentre();
    void buildActions(); // main_window_actions.cpp
    void buildMenus(); // main_window_actions.cpp
    void buildToolBar(); // main_window_actions.cpp
    void connectSession();
    void themeIcons(); // main_window_actions.cpp
    void refreshActions(); // main_window_actions.cpp
    void refreshRecent(); // main_window_actions.cpp
    void askFolder(); // main_window_actions.cpp
    void askImages(); // main_window_actions.cpp
    void askModelToLoad(); // main_window_actions.cpp
    void askModelToSave(); // main_window_actions.cpp
    void loadFirstModel(); ///< after the data
    void onTaskEnded(Session::Task task, JobEnd end, const QString& message);
    Exportable* frontPage() const;
    void saveState();
    void restore();

    std::unique_ptr<QSettings> m_store;
    Session m_session;
    Inspector m_inspector{m_session};
    RecentFolders m_recent;
    QTimer m_saveSoon;
    Actions m_actions;
    SetupDock* m_setup = nullptr;
    DetailsDock* m_details = nullptr;
    QTabWidget* m_pages = nullptr;
    MessageBar* m_notice = nullptr;
    MessageBar* m_unsaved = nullptr;
    InspectView* m_inspect = nullptr;
    TrainView* m_train = nullptr;
    CompareView* m_compare = nullptr;
    JobBar* m_jobBar = nullptr;
    ExportMenu* m_export = nullptr;
    ShortcutsOverlay* m_shortcuts = nullptr;
    QMenu* m_recentMenu = nullptr;
    QToolBar* m_toolBar = nullptr;
    QByteArray m_firstState;
    QString m_modelToLoad;
    bool m_evaluateSample = false; ///< once the sample model is there
    bool m_closing = false;
    bool m_discardModel = false;
};

} // namespace augury
