// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/compared_runs.h"
#include "ui/session/inspector.h"
#include "ui/session/project_file.h"
#include "ui/session/recent_folders.h"
#include "ui/session/run_history.h"
#include "ui/session/session.h"
#include "ui/session/tuner.h"
#include "ui/views/exporter.h"
#include "ui/views/opener.h"

#include <QMainWindow>
#include <QTimer>

#include <filesystem>
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
class ProjectActions;
class ProjectBars;
class ReportExport;
class RunsDock;
class SetupDock;
class ShortcutsOverlay;
class TrainView;
class TuneView;
class UnsavedGuard;

/// Where a window keeps what outlives it. Empty paths: it is not kept.
struct WindowFiles {
    std::filesystem::path history; ///< of runs
    std::filesystem::path autosaves; ///< folder
    ProjectFile::AutosaveTimes times = {};
};

/// The workbench: Setup on the left, the pages in the centre, Details on the right, Runs below, the
/// job in the status bar. It puts the parts together; what they do is theirs.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    /// `store` keeps the window's state and the settings between sessions.
    explicit MainWindow(
        std::unique_ptr<QSettings> store, WindowFiles files = {}, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// Starts to open `path`, a project file or a data folder (empty, and no model either: the
    /// project that was open last; without one the last settings and their data), and the model.
    /// Returns at once; call it when the window is shown.
    void begin(const QString& path = {}, const QString& modelFile = {});

    Session& session() { return m_session; }
    Inspector& inspector() { return m_inspector; }
    ProjectFile& project() { return *m_project; }
    RunHistory& history() { return m_history; }
    ComparedRuns& comparedRuns() { return m_compared; }
    Tuner& tuner() { return m_tuner; }
    SetupDock* setupDock() const { return m_setup; }
    DetailsDock* detailsDock() const { return m_details; }
    RunsDock* runsDock() const { return m_runs; }
    InspectView* inspectView() const { return m_inspect; }
    TrainView* trainView() const { return m_train; }
    CompareView* compareView() const { return m_compare; }
    TuneView* tuneView() const { return m_tune; }
    JobBar* jobBar() const { return m_jobBar; }
    ShortcutsOverlay* shortcutsOverlay() const { return m_shortcuts; }
    ExportMenu* exportMenu() const { return m_export; }
    Exporter& exporter() { return m_exporter; }
    ReportExport* reportExport() const { return m_report; }
    ProjectActions* projectActions() const { return m_projectActions; }
    ProjectBars* projectBars() const { return m_bars; }
    QTabWidget* pages() const { return m_pages; }
    QString noticeText() const;

    void train();
    void runRepeats();
    void openFolder(const QString& folder);
    /// What was dropped: a project, a model, a data set, or a user's own images.
    void openDropped(const QStringList& paths);
    void resetLayout();

Q_SIGNALS:
    /// The window is gone and nothing works any more: time to quit. (A window that was hidden at
    /// once, while a job ended, tells Qt nothing when it closes.)
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
    void connectProject(); // main_window_connect.cpp
    void connectRuns(); // main_window_connect.cpp
    void connectPages(); // main_window_connect.cpp
    void connectTuning(); // main_window_connect.cpp
    void connectExports(); // main_window_connect.cpp
    void showError(const QString& message); ///< on the page in front
    void showTitle();
    void rememberProject(); ///< that is open, for the next start
    void tell(const QString& message); ///< in the status bar, unless a job is shown there
    void themeIcons(); // main_window_actions.cpp
    void refreshActions(); // main_window_actions.cpp
    void refreshRecent(); // main_window_actions.cpp
    void showShortcuts(); // main_window_actions.cpp
    void askFolder(); // main_window_actions.cpp
    void askImages(); // main_window_actions.cpp
    void askModelToLoad(); // main_window_actions.cpp
    void askModelToSave(); // main_window_actions.cpp
    Exportable* frontPage() const;
    bool isIdle() const; ///< nothing works on any thread
    void quitWhenIdle();
    void saveState();
    void restore();

    std::unique_ptr<QSettings> m_store;
    Session m_session;
    Inspector m_inspector{m_session};
    RunHistory m_history;
    ComparedRuns m_compared{m_session, m_history};
    Tuner m_tuner{m_session, m_history};
    Opener m_opener{m_session, m_inspector, nullptr};
    Exporter m_exporter;
    std::unique_ptr<ProjectFile> m_project; ///< begins with the settings of the last session
    RecentFolders m_recent;
    QTimer m_saveSoon;
    Actions m_actions;
    SetupDock* m_setup = nullptr;
    DetailsDock* m_details = nullptr;
    RunsDock* m_runs = nullptr;
    QTabWidget* m_pages = nullptr;
    ProjectBars* m_bars = nullptr;
    UnsavedGuard* m_guard = nullptr;
    ProjectActions* m_projectActions = nullptr;
    InspectView* m_inspect = nullptr;
    TrainView* m_train = nullptr;
    CompareView* m_compare = nullptr;
    TuneView* m_tune = nullptr;
    JobBar* m_jobBar = nullptr;
    ExportMenu* m_export = nullptr;
    ReportExport* m_report = nullptr;
    ShortcutsOverlay* m_shortcuts = nullptr;
    QMenu* m_recentMenu = nullptr;
    QToolBar* m_toolBar = nullptr;
    QByteArray m_firstState;
    QString m_firstModel; ///< of the command line
    bool m_closing = false;
};

} // namespace augury
