// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/main_window.h"

#include "core/data/own_images.h"
#include "ui/panels/data_panel.h"
#include "ui/panels/details_dock.h"
#include "ui/panels/model_panel.h"
#include "ui/panels/runs_dock.h"
#include "ui/panels/setup_dock.h"
#include "ui/session/file_path.h"
#include "ui/views/compare_view.h"
#include "ui/views/inspect_view.h"
#include "ui/views/job_status.h"
#include "ui/views/project_actions.h"
#include "ui/views/project_bars.h"
#include "ui/views/train_view.h"
#include "ui/views/tune_view.h"
#include "ui/views/unsaved_guard.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/job_bar.h"
#include "ui/widgets/shortcuts_overlay.h"
#include "ui/widgets/undo_filter.h"

#include <QCloseEvent>
#include <QFileInfo>
#include <QMimeData>
#include <QScreen>
#include <QSettings>
#include <QStatusBar>
#include <QTabWidget>
#include <QToolBar>
#include <QVBoxLayout>

#include <utility>

namespace augury {

namespace {

constexpr int s_stateVersion = 3;
constexpr QLatin1String s_openProject("window/project");
const QSize s_firstSize(1440, 900);
constexpr int s_detailsWidth = 320;
constexpr int s_runsHeight = 190;

bool isModelFile(const QString& path)
{
    return QFileInfo(path).suffix().compare(QStringLiteral("safetensors"), Qt::CaseInsensitive)
        == 0;
}

bool isProject(const QString& path)
{
    return !QFileInfo(path).isDir() && isProjectFile(toPath(path));
}

/// The local files and folders that are dragged.
QStringList draggedPaths(const QMimeData* data)
{
    QStringList paths;
    for (const auto& url : data->urls()) {
        if (url.isLocalFile())
            paths << url.toLocalFile();
    }
    return paths;
}

} // namespace

MainWindow::MainWindow(std::unique_ptr<QSettings> store, WindowFiles files, QWidget* parent)
    : QMainWindow(parent)
    , m_store(std::move(store))
    , m_history(files.history)
{
    m_session.setHistory(files.history);
    setWindowIcon(applicationIcon());
    setAcceptDrops(true);
    const auto problem = m_session.settings().load(*m_store);
    buildCentre();
    m_project = std::make_unique<ProjectFile>(
        m_session.settings(), std::move(files.autosaves), files.times);
    m_project->recent().load(*m_store);
    connectProject();
    buildActions();
    buildMenus();
    buildToolBar();
    m_setup->modelPanel()->setActions(m_actions.train, m_actions.loadModel, m_actions.saveModel);
    m_setup->dataPanel()->setRecentMenu(m_recentMenu);
    connectSession();
    connectPages();
    connectExports();
    connectRuns();
    connectTuning();
    themeIcons();
    restore();
    if (!problem.isEmpty())
        m_bars->showWarning(problem);
    showTitle();
    refreshActions();
}

MainWindow::~MainWindow() = default;

void MainWindow::buildCentre()
{
    m_setup = new SetupDock(m_session, this);
    addDockWidget(Qt::LeftDockWidgetArea, m_setup);
    new UndoFilter(m_setup);
    m_details = new DetailsDock(m_inspector, m_history, this);
    addDockWidget(Qt::RightDockWidgetArea, m_details);
    resizeDocks({m_details}, {s_detailsWidth}, Qt::Horizontal);
    m_runs = new RunsDock(m_history, this);
    addDockWidget(Qt::BottomDockWidgetArea, m_runs);
    m_runs->hide(); // Inspect needs the room

    auto* centre = new QWidget(this);
    m_pages = new QTabWidget(centre);
    m_pages->setDocumentMode(true);
    m_inspect = new InspectView(m_inspector, m_pages);
    m_compare = new CompareView(m_session, m_compared, m_pages);
    m_tune = new TuneView(m_session, m_tuner, m_pages);
    m_train = new TrainView(m_session, m_pages);
    m_pages->addTab(m_inspect, tr("Inspect"));
    m_pages->addTab(m_compare, tr("Compare"));
    m_pages->addTab(m_tune, tr("Tune"));
    m_pages->addTab(m_train, tr("Train"));
    m_pages->setAccessibleName(tr("Pages"));
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_pages, 1);
    setCentralWidget(centre);

    m_shortcuts = new ShortcutsOverlay(this);

    m_jobBar = new JobBar(this);
    statusBar()->addPermanentWidget(m_jobBar, 1);
    showJobs(*m_jobBar, m_session);
}

void MainWindow::connectSession()
{
    connect(&m_session, &Session::taskChanged, this, &MainWindow::refreshActions);
    connect(&m_session, &Session::modelChanged, this, &MainWindow::refreshActions);
    connect(&m_session, &Session::dataChanged, this, [this] {
        if (m_session.dataError().isEmpty()) {
            m_recent.add(m_session.dataPath());
            refreshRecent();
        }
        refreshActions();
    });
    connect(&m_session, &Session::idle, this, &MainWindow::quitWhenIdle);
    connect(m_project.get(), &ProjectFile::idle, this, &MainWindow::quitWhenIdle);
    connect(&m_history, &RunHistory::idle, this, &MainWindow::quitWhenIdle);
    connect(&m_exporter, &Exporter::idle, this, &MainWindow::quitWhenIdle);
    connect(&m_tuner, &Tuner::idle, this, &MainWindow::quitWhenIdle);
    // Settings are kept soon after each change, so that a crash does not lose them.
    m_saveSoon.setSingleShot(true);
    m_saveSoon.setInterval(1000);
    connect(&m_session.settings(), &Settings::changed, this, [this] {
        m_saveSoon.start();
        refreshActions();
    });
    connect(&m_saveSoon, &QTimer::timeout, this, [this] { m_session.settings().save(*m_store); });
}

void MainWindow::showTitle()
{
    setWindowTitle(tr("%1[*] – Augury").arg(m_project->name()));
    setWindowModified(m_project->isDirty());
}

void MainWindow::rememberProject()
{
    if (m_project->path().isEmpty())
        m_store->remove(s_openProject);
    else
        m_store->setValue(s_openProject, m_project->path());
    m_store->sync(); // at once: a crash must not bring another one back
}

void MainWindow::tell(const QString& message)
{
    if (!m_session.isBusy())
        m_jobBar->showIdle(message);
}

void MainWindow::begin(const QString& path, const QString& modelFile)
{
    m_firstModel = modelFile;
    const auto last = m_store->value(s_openProject).toString();
    if (!path.isEmpty() && isProject(path)) {
        m_project->open(path);
    } else if (path.isEmpty() && modelFile.isEmpty() && !last.isEmpty()) {
        m_project->open(last); // as saved: the last settings may have changes that were given up
    } else {
        rememberProject(); // there is none
        const auto former = QString::fromStdString(m_session.settings().config().dataPath);
        m_opener.openData(path.isEmpty() ? former : QFileInfo(path).absoluteFilePath());
        m_opener.loadModel(std::exchange(m_firstModel, {}));
    }
    m_bars->offerRecovery();
}

void MainWindow::train()
{
    m_pages->setCurrentWidget(m_train);
    m_session.train();
}

void MainWindow::runRepeats()
{
    m_pages->setCurrentWidget(m_compare);
    m_session.runRepeats();
}

void MainWindow::openFolder(const QString& folder)
{
    m_opener.openData(folder);
}

Exportable* MainWindow::frontPage() const
{
    if (m_pages->currentWidget() == m_inspect)
        return m_inspect;
    if (m_pages->currentWidget() == m_train)
        return m_train;
    if (m_pages->currentWidget() == m_tune)
        return m_tune;
    return m_compare;
}

void MainWindow::showError(const QString& message)
{
    if (frontPage() == m_inspect)
        m_inspect->showError(message);
    else if (frontPage() == m_train)
        m_train->showError(message);
    else if (frontPage() == m_tune)
        m_tune->showError(message);
    else
        m_compare->showError(message);
}

QString MainWindow::noticeText() const
{
    return m_bars->text();
}

void MainWindow::restore()
{
    resize(s_firstSize.boundedTo(screen()->availableSize()));
    m_firstState = QMainWindow::saveState(s_stateVersion);
    const auto& store = *m_store;
    restoreGeometry(store.value(QStringLiteral("window/geometry")).toByteArray());
    restoreState(store.value(QStringLiteral("window/state")).toByteArray(), s_stateVersion);
    m_inspect->restoreLayout(store.value(QStringLiteral("window/inspect")).toByteArray());
    m_compare->restore(store);
    m_tune->restore(store);
    m_runs->restoreColumns(store.value(QStringLiteral("window/runs")).toByteArray());
    m_recent.load(store);
    refreshRecent();
}

void MainWindow::saveState()
{
    m_store->setValue(QStringLiteral("window/geometry"), saveGeometry());
    m_store->setValue(QStringLiteral("window/state"), QMainWindow::saveState(s_stateVersion));
    m_store->setValue(QStringLiteral("window/inspect"), m_inspect->saveLayout());
    m_compare->save(*m_store);
    m_tune->save(*m_store);
    m_store->setValue(QStringLiteral("window/runs"), m_runs->saveColumns());
    m_recent.save(*m_store);
    m_project->recent().save(*m_store);
    m_session.settings().save(*m_store);
}

void MainWindow::resetLayout()
{
    restoreState(m_firstState, s_stateVersion);
    m_setup->show();
    m_details->show();
    m_toolBar->show();
    m_runs->hide();
    resizeDocks({m_details}, {s_detailsWidth}, Qt::Horizontal);
    resizeDocks({m_runs}, {s_runsHeight}, Qt::Vertical);
    m_inspect->resetLayout();
}

bool MainWindow::isIdle() const
{
    return m_session.isIdle() && m_project->isIdle() && m_history.isIdle() && m_exporter.isIdle()
        && m_tuner.isIdle();
}

void MainWindow::quitWhenIdle()
{
    if (m_closing && isIdle()) {
        m_closing = false;
        Q_EMIT closed();
    }
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (!m_guard->mayClose()) {
        event->ignore();
        return;
    }
    saveState();
    m_project->close();
    if (!isIdle()) {
        // The window goes at once; the program ends when its threads are idle. Nobody waits.
        m_closing = true;
        m_session.stop();
        hide();
        event->ignore();
        return;
    }
    QMainWindow::closeEvent(event);
    Q_EMIT closed();
}

void MainWindow::changeEvent(QEvent* event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_toolBar)
        themeIcons();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (!m_session.isBusy() && !draggedPaths(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    const auto paths = draggedPaths(event->mimeData());
    if (paths.isEmpty() || m_session.isBusy())
        return;
    event->acceptProposedAction();
    openDropped(paths);
}

void MainWindow::openDropped(const QStringList& paths)
{
    const auto only = paths.size() == 1 ? paths.front() : QString();
    if (!only.isEmpty() && isModelFile(only))
        m_session.loadModel(only);
    else if (!only.isEmpty() && isProject(only))
        m_projectActions->openFile(only);
    else if (!only.isEmpty() && QFileInfo(only).isDir() && !looksLikeOwnImages(toPath(only)))
        openFolder(only);
    else
        m_session.openImages(paths);
}

} // namespace augury
