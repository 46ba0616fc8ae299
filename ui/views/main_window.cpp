// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/main_window.h"

#include "core/data/open_dataset.h"
#include "ui/panels/data_panel.h"
#include "ui/panels/details_dock.h"
#include "ui/panels/model_panel.h"
#include "ui/panels/setup_dock.h"
#include "ui/views/compare_view.h"
#include "ui/views/export_menu.h"
#include "ui/views/inspect_view.h"
#include "ui/views/train_view.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/job_bar.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/shortcuts_overlay.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDir>
#include <QFile>
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

constexpr int s_stateVersion = 2;
const QSize s_firstSize(1440, 900);
constexpr int s_detailsWidth = 320;
/// Copies up to which the sample data set is evaluated unasked: seconds on a small machine.
constexpr int s_quickCopies = 8;

bool isModelFile(const QString& path)
{
    return QFileInfo(path).suffix().compare(QStringLiteral("safetensors"), Qt::CaseInsensitive)
        == 0;
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

QString samplePath()
{
    return QString::fromStdString(defaultDatasetPath().string());
}

} // namespace

MainWindow::MainWindow(std::unique_ptr<QSettings> store, QWidget* parent)
    : QMainWindow(parent)
    , m_store(std::move(store))
{
    setWindowTitle(tr("Augury"));
    setWindowIcon(applicationIcon());
    setAcceptDrops(true);
    buildCentre();
    buildActions();
    buildMenus();
    buildToolBar();
    m_setup->modelPanel()->setActions(m_actions.train, m_actions.loadModel, m_actions.saveModel);
    m_setup->dataPanel()->setRecentMenu(m_recentMenu);
    connectSession();
    themeIcons();
    restore();
    refreshActions();
}

MainWindow::~MainWindow() = default;

void MainWindow::buildCentre()
{
    m_setup = new SetupDock(m_session, this);
    addDockWidget(Qt::LeftDockWidgetArea, m_setup);
    m_details = new DetailsDock(m_inspector, this);
    addDockWidget(Qt::RightDockWidgetArea, m_details);
    resizeDocks({m_details}, {s_detailsWidth}, Qt::Horizontal);

    auto* centre = new QWidget(this);
    m_notice = new MessageBar(centre);
    m_unsaved = new MessageBar(centre);
    m_pages = new QTabWidget(centre);
    m_pages->setDocumentMode(true);
    m_inspect = new InspectView(m_inspector, m_pages);
    m_compare = new CompareView(m_session, m_pages);
    m_train = new TrainView(m_session, m_pages);
    m_pages->addTab(m_inspect, tr("Inspect"));
    m_pages->addTab(m_compare, tr("Compare"));
    m_pages->addTab(m_train, tr("Train"));
    m_pages->setAccessibleName(tr("Pages"));
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_notice);
    column->addWidget(m_unsaved);
    column->addWidget(m_pages, 1);
    setCentralWidget(centre);

    m_shortcuts = new ShortcutsOverlay(this);

    m_jobBar = new JobBar(this);
    statusBar()->addPermanentWidget(m_jobBar, 1);

    m_unsaved->addAction(tr("Save the model…"), [this] { askModelToSave(); });
    m_unsaved->addAction(tr("Close without saving"), [this] {
        m_discardModel = true;
        close();
    });
}

void MainWindow::connectSession()
{
    connect(&m_session, &Session::taskChanged, this, [this] {
        using enum Session::Task;
        refreshActions();
        switch (m_session.task()) {
        case None:
            return;
        case OpenData:
            return m_jobBar->showJob(tr("Opening data"));
        case OpenImages:
            return m_jobBar->showJob(tr("Opening images"));
        case LoadModel:
            return m_jobBar->showJob(tr("Loading a model"));
        case SaveModel:
            return m_jobBar->showJob(tr("Saving the model"));
        case Train:
            return m_jobBar->showJob(tr("Training"));
        case Evaluate:
            return m_jobBar->showJob(tr("Evaluating"));
        case Repeats:
            return m_jobBar->showJob(tr("Running repeats"));
        }
    });
    connect(&m_session, &Session::progressed, m_jobBar, &JobBar::showProgress);
    connect(&m_session, &Session::taskChanged, this, [this] {
        // "Close again" must not stay armed while something else goes on.
        if (m_session.isBusy())
            m_unsaved->clear();
    });
    connect(&m_session, &Session::stopping, this, [this] {
        if (m_session.isBusy())
            m_jobBar->showStopping();
    });
    connect(&m_session, &Session::taskEnded, this, &MainWindow::onTaskEnded);
    connect(m_jobBar, &JobBar::stopClicked, &m_session, &Session::stop);
    connect(&m_session, &Session::modelChanged, this, [this] {
        m_discardModel = false;
        if (!m_session.hasUnsavedModel())
            m_unsaved->clear();
        refreshActions();
    });
    connect(&m_session, &Session::dataChanged, this, [this] {
        const auto dataset = m_session.dataset();
        if (dataset)
            setWindowTitle(tr("%1 – Augury").arg(QString::fromStdString(dataset->name)));
        if (m_session.dataError().isEmpty()) {
            m_recent.add(m_session.dataPath());
            refreshRecent();
        }
        refreshActions();
    });
    connect(&m_session, &Session::idle, this, [this] {
        if (std::exchange(m_closing, false))
            Q_EMIT closed();
    });
    // Settings are kept soon after each change, so that a crash does not lose them.
    m_saveSoon.setSingleShot(true);
    m_saveSoon.setInterval(1000);
    connect(&m_session.settings(), &Settings::changed, this, [this] {
        m_saveSoon.start();
        refreshActions();
    });
    connect(&m_saveSoon, &QTimer::timeout, this, [this] { m_session.settings().save(*m_store); });

    connect(&m_session, &Session::ownImagesOpened, this,
        [this] { m_pages->setCurrentWidget(m_inspect); });
    connect(m_inspect, &InspectView::resultsChanged, m_export, &ExportMenu::refresh);
    const auto tell = [this](const QString& message) {
        if (!m_session.isBusy())
            m_jobBar->showIdle(message);
    };
    connect(m_inspect, &InspectView::exported, this, tell);
    connect(m_details, &DetailsDock::copied, this, tell);
    connect(m_train, &TrainView::trainClicked, this, &MainWindow::train);
    connect(m_compare, &CompareView::runClicked, this, &MainWindow::runRepeats);
    connect(m_train, &TrainView::resultsChanged, m_export, &ExportMenu::refresh);
    connect(m_compare, &CompareView::resultsChanged, m_export, &ExportMenu::refresh);
    connect(m_pages, &QTabWidget::currentChanged, m_export, &ExportMenu::refresh);
    connect(m_export, &ExportMenu::written, this, [this](const QString& path) {
        statusBar()->clearMessage();
        if (!m_session.isBusy())
            m_jobBar->showIdle(tr("Wrote %1").arg(QDir::toNativeSeparators(path)));
    });
    connect(m_export, &ExportMenu::failed, this, [this](const QString& message) {
        if (frontPage() == m_inspect)
            m_inspect->showError(message);
        else if (frontPage() == m_train)
            m_train->showError(message);
        else
            m_compare->showError(message);
    });
}

void MainWindow::onTaskEnded(Session::Task task, JobEnd end, const QString&)
{
    using enum Session::Task;
    if (m_session.isBusy())
        return; // opening other data has replaced it
    if (end != JobEnd::Succeeded) {
        const char* const failed = task == OpenData ? QT_TR_NOOP("The data set can't be opened")
            : task == OpenImages                    ? QT_TR_NOOP("The images can't be opened")
            : task == LoadModel                     ? QT_TR_NOOP("The model can't be loaded")
            : task == SaveModel                     ? QT_TR_NOOP("The model can't be saved")
            : task == Train                         ? QT_TR_NOOP("The training failed")
            : task == Evaluate                      ? QT_TR_NOOP("The evaluation failed")
                                                    : QT_TR_NOOP("The repeats failed");
        m_jobBar->showIdle(end == JobEnd::Stopped ? tr("Stopped") : tr(failed));
    } else {
        const char* const done = task == OpenData ? QT_TR_NOOP("Data set opened")
            : task == OpenImages                  ? QT_TR_NOOP("Images opened")
            : task == LoadModel                   ? QT_TR_NOOP("Model loaded")
            : task == SaveModel                   ? QT_TR_NOOP("Model saved")
            : task == Train                       ? QT_TR_NOOP("Training is done")
            : task == Evaluate                    ? QT_TR_NOOP("Evaluated")
                                                  : QT_TR_NOOP("All repeats are done");
        m_jobBar->showIdle(tr(done));
    }
    if (task == OpenData)
        loadFirstModel();
    if (task == LoadModel && std::exchange(m_evaluateSample, false) && end == JobEnd::Succeeded
        && m_session.settings().config().copies <= s_quickCopies)
        m_inspector.evaluate();
    if (task == SaveModel && end == JobEnd::Succeeded)
        m_unsaved->clear();
}

void MainWindow::begin(const QString& dataFolder, const QString& modelFile)
{
    m_modelToLoad = modelFile;
    const auto last = QString::fromStdString(m_session.settings().config().dataPath);
    m_session.openData(dataFolder.isEmpty() ? last : QFileInfo(dataFolder).absoluteFilePath());
    m_session.restoreLastRun(); // behind the data: opening drops what was asked for before
}

void MainWindow::loadFirstModel()
{
    if (!m_modelToLoad.isEmpty()) {
        m_session.loadModel(std::exchange(m_modelToLoad, {}));
        return;
    }
    const bool sample = m_session.dataset() && !m_session.model()
        && QDir::cleanPath(m_session.dataPath()) == QDir::cleanPath(samplePath());
    if (!sample)
        return;
    m_session.loadModel(Session::sampleModel());
    m_evaluateSample = m_session.task() == Session::Task::LoadModel;
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
    m_session.openData(folder);
}

Exportable* MainWindow::frontPage() const
{
    if (m_pages->currentWidget() == m_inspect)
        return m_inspect;
    if (m_pages->currentWidget() == m_train)
        return m_train;
    return m_compare;
}

QString MainWindow::noticeText() const
{
    return m_unsaved->text().isEmpty() ? m_notice->text() : m_unsaved->text();
}

void MainWindow::restore()
{
    resize(s_firstSize.boundedTo(screen()->availableSize()));
    m_firstState = QMainWindow::saveState(s_stateVersion);
    const auto& store = *m_store;
    restoreGeometry(store.value(QStringLiteral("window/geometry")).toByteArray());
    restoreState(store.value(QStringLiteral("window/state")).toByteArray(), s_stateVersion);
    m_inspect->restoreLayout(store.value(QStringLiteral("window/inspect")).toByteArray());
    m_recent.load(store);
    refreshRecent();
    const auto problem = m_session.settings().load(store);
    if (!problem.isEmpty())
        m_notice->showMessage(MessageBar::Kind::Warning, problem);
}

void MainWindow::saveState()
{
    m_store->setValue(QStringLiteral("window/geometry"), saveGeometry());
    m_store->setValue(QStringLiteral("window/state"), QMainWindow::saveState(s_stateVersion));
    m_store->setValue(QStringLiteral("window/inspect"), m_inspect->saveLayout());
    m_recent.save(*m_store);
    m_session.settings().save(*m_store);
}

void MainWindow::resetLayout()
{
    restoreState(m_firstState, s_stateVersion);
    m_setup->show();
    m_details->show();
    m_toolBar->show();
    resizeDocks({m_details}, {s_detailsWidth}, Qt::Horizontal);
    m_inspect->resetLayout();
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (m_session.hasUnsavedModel() && !m_discardModel && m_unsaved->text().isEmpty()) {
        m_unsaved->showMessage(MessageBar::Kind::Warning,
            tr("The trained model is not saved and would be lost. Close again to go without it."));
        event->ignore();
        return;
    }
    saveState();
    if (!m_session.isIdle()) {
        // The window goes at once; the program ends when the worker is idle. Nobody waits.
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
    if (paths.size() == 1 && isModelFile(paths.front())) {
        m_session.loadModel(paths.front());
        return;
    }
    const bool folder = paths.size() == 1 && QFileInfo(paths.front()).isDir();
    if (folder && !looksLikeOwnImages(QFile::encodeName(paths.front()).toStdString()))
        openFolder(paths.front());
    else
        m_session.openImages(paths);
}

} // namespace augury
