// SPDX-License-Identifier: GPL-3.0-or-later
// Menus, tool bar and file dialogs of the window.
#include "core/data/open_dataset.h"
#include "ui/panels/details_dock.h"
#include "ui/panels/runs_dock.h"
#include "ui/panels/setup_dock.h"
#include "ui/views/about.h"
#include "ui/views/export_menu.h"
#include "ui/views/inspect_view.h"
#include "ui/views/main_window.h"
#include "ui/views/project_actions.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/shortcuts_overlay.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenuBar>
#include <QTabWidget>
#include <QToolBar>
#include <QToolButton>

#include <utility>

namespace augury {

void MainWindow::buildActions()
{
    const auto action = [this](const QString& text, const QString& toolTip,
                            const QKeySequence& shortcut, auto run) {
        auto* made = new QAction(text, this);
        made->setToolTip(shortcut.isEmpty() ? toolTip
                                            : QStringLiteral("%1 (%2)").arg(toolTip,
                                                shortcut.toString(QKeySequence::NativeText)));
        made->setShortcut(shortcut);
        connect(made, &QAction::triggered, this, run);
        addAction(made);
        return made;
    };
    m_actions.open = action(tr("&Open Data Folder…"), tr("Open a folder with a data set"),
        QKeySequence(tr("Ctrl+Shift+O")), [this] { askFolder(); });
    m_actions.openImages =
        action(tr("Open &Images…"), tr("Look at images of your own: they need no labels"),
            QKeySequence(tr("Ctrl+I")), [this] { askImages(); });
    m_actions.loadModel = action(tr("&Load Model…"), tr("Load a model that was saved before"),
        QKeySequence(tr("Ctrl+L")), [this] { askModelToLoad(); });
    m_actions.saveModel = action(tr("Sa&ve Model…"), tr("Save the model in hand"),
        QKeySequence(tr("Ctrl+M")), [this] { askModelToSave(); });
    m_actions.train = action(tr("&Train"), tr("Train one network and watch it learn"),
        QKeySequence(tr("Ctrl+T")), [this] { train(); });
    m_actions.run = action(tr("&Run Repeats"),
        tr("Train several networks and compare baseline with TTA on each"),
        QKeySequence(tr("Ctrl+R")), [this] { runRepeats(); });
    m_actions.stop = action(tr("St&op"), tr("Stop the job; what is finished stays"),
        QKeySequence(Qt::Key_Escape), [this] { m_session.stop(); });
    m_actions.run->setIconText(tr("Run"));

    auto* quickExport = new QAction(this); // the page's picture, in one key
    quickExport->setShortcut(QKeySequence(tr("Ctrl+E")));
    connect(quickExport, &QAction::triggered, this, [this] {
        if (frontPage() == m_inspect)
            m_inspect->askExport();
        else
            m_export->askChart();
    });
    addAction(quickExport);

    m_export = new ExportMenu([this] { return frontPage(); }, m_exporter, this);
    m_actions.exportResults = m_export->menuAction();
    m_actions.exportResults->setToolTip(tr("Write this page's chart or numbers to a file"));
    connect(m_export, &ExportMenu::enabledChanged, this,
        [this](bool enabled) { m_actions.exportResults->setEnabled(enabled); });
    m_actions.exportResults->setEnabled(false);
}

void MainWindow::buildMenus()
{
    auto* file = menuBar()->addMenu(tr("&File"));
    file->addAction(m_projectActions->create());
    file->addAction(m_projectActions->open());
    file->addMenu(m_projectActions->recent());
    file->addAction(m_projectActions->save());
    file->addAction(m_projectActions->saveAs());
    file->addSeparator();
    file->addAction(m_actions.open);
    file->addAction(m_actions.openImages);
    m_recentMenu = file->addMenu(tr("Recent &Data"));
    file->addSeparator();
    file->addAction(m_actions.loadModel);
    file->addAction(m_actions.saveModel);
    file->addMenu(m_export);
    file->addSeparator();
    auto* quit = file->addAction(tr("&Quit"), this, &QWidget::close);
    quit->setShortcut(QKeySequence::Quit);

    auto* edit = menuBar()->addMenu(tr("&Edit"));
    edit->addAction(m_projectActions->undo());
    edit->addAction(m_projectActions->redo());

    auto* experiment = menuBar()->addMenu(tr("E&xperiment"));
    experiment->addAction(m_actions.train);
    experiment->addAction(m_actions.run);
    experiment->addAction(m_actions.stop);

    auto* runs = m_runs->toggleViewAction();
    runs->setShortcut(QKeySequence(tr("Ctrl+H")));
    addAction(runs);
    auto* window = menuBar()->addMenu(tr("&Window"));
    window->addAction(m_setup->toggleViewAction());
    window->addAction(m_details->toggleViewAction());
    window->addAction(runs);
    m_toolBar = addToolBar(tr("Tool Bar"));
    window->addAction(m_toolBar->toggleViewAction());
    window->addSeparator();
    window->addAction(tr("&Reset Layout"), this, &MainWindow::resetLayout);

    auto* help = menuBar()->addMenu(tr("&Help"));
    auto* keys = help->addAction(tr("&Keyboard Shortcuts"), this, &MainWindow::showShortcuts);
    keys->setShortcuts({QKeySequence(QStringLiteral("?")), QKeySequence::HelpContents});
    help->addAction(tr("&About Augury"), this, [this] { showAbout(this); });
}

void MainWindow::showShortcuts()
{
    auto groups = m_inspect->shortcuts();
    groups.push_back({tr("The project"),
        {{QStringLiteral("Ctrl+N"), tr("New project")},
            {QStringLiteral("Ctrl+O"), tr("Open a project")},
            {QStringLiteral("Ctrl+S"), tr("Save it")},
            {QStringLiteral("Ctrl+Shift+S"), tr("Save it as another file")},
            {QStringLiteral("Ctrl+Z"), tr("Undo a setting")},
            {QStringLiteral("Ctrl+Shift+Z"), tr("Redo it")}}});
    groups.push_back({tr("Everywhere"),
        {{QStringLiteral("Ctrl+Shift+O"), tr("Open a data folder")},
            {QStringLiteral("Ctrl+I"), tr("Open images of your own")},
            {QStringLiteral("Ctrl+L"), tr("Load a model")},
            {QStringLiteral("Ctrl+M"), tr("Save the model")},
            {QStringLiteral("Ctrl+T"), tr("Train")}, {QStringLiteral("Ctrl+R"), tr("Run repeats")},
            {QStringLiteral("Ctrl+H"), tr("Show the history of runs")},
            {QStringLiteral("Esc"), tr("Stop the job")}, {QStringLiteral("?"), tr("These keys")}}});
    m_shortcuts->setGroups(std::move(groups));
    m_shortcuts->toggle();
}

void MainWindow::buildToolBar()
{
    m_toolBar->setObjectName(QStringLiteral("toolBar"));
    m_toolBar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_toolBar->setIconSize({18, 18});
    m_toolBar->addAction(m_projectActions->open());
    m_toolBar->addAction(m_projectActions->save());
    for (auto* action : {m_projectActions->undo(), m_projectActions->redo()}) {
        m_toolBar->addAction(action);
        // Their texts name what they undo, which would push the other buttons about.
        auto* button = qobject_cast<QToolButton*>(m_toolBar->widgetForAction(action));
        button->setToolButtonStyle(Qt::ToolButtonIconOnly);
    }
    m_toolBar->addSeparator();
    m_toolBar->addAction(m_actions.train);
    m_toolBar->addAction(m_actions.run);
    m_toolBar->addAction(m_actions.stop);
    m_toolBar->addSeparator();
    m_toolBar->addAction(m_actions.exportResults);
    const auto* undo = m_toolBar->widgetForAction(m_projectActions->undo());
    const auto* redo = m_toolBar->widgetForAction(m_projectActions->redo());
    for (auto* button : m_toolBar->findChildren<QToolButton*>()) {
        button->setFocusPolicy(Qt::TabFocus);
        if (!button->defaultAction())
            continue;
        if (button == undo || button == redo) {
            button->setAccessibleName(button == undo ? tr("Undo") : tr("Redo"));
            continue;
        }
        button->setAccessibleName(button->defaultAction()->iconText());
        if (button->defaultAction() == m_actions.exportResults)
            button->setPopupMode(QToolButton::InstantPopup);
    }
}

void MainWindow::themeIcons()
{
    const auto set = [this](QAction* action, const char* name) {
        action->setIcon(themedIcon(QString::fromLatin1(name), palette()));
    };
    set(m_projectActions->open(), "open");
    set(m_projectActions->save(), "save");
    set(m_projectActions->undo(), "undo");
    set(m_projectActions->redo(), "redo");
    set(m_actions.loadModel, "load");
    set(m_actions.train, "train");
    set(m_actions.run, "run");
    set(m_actions.stop, "stop");
    set(m_actions.exportResults, "export");
}

void MainWindow::refreshActions()
{
    const bool free = !m_session.isBusy();
    const bool ready = free && m_session.dataset() && m_session.settings().problems().empty();
    m_projectActions->setBusy(!free);
    m_actions.open->setEnabled(free);
    m_actions.openImages->setEnabled(free);
    m_recentMenu->setEnabled(free);
    m_actions.loadModel->setEnabled(free);
    m_actions.saveModel->setEnabled(free && m_session.model());
    m_actions.train->setEnabled(ready);
    m_actions.run->setEnabled(ready);
    m_actions.stop->setEnabled(!free);
}

void MainWindow::refreshRecent()
{
    m_recentMenu->clear();
    const auto standard = QDir::cleanPath(QString::fromStdString(defaultDatasetPath().string()));
    for (const auto& folder : m_recent.folders()) {
        if (folder != standard)
            m_recentMenu->addAction(
                QDir::toNativeSeparators(folder), this, [this, folder] { openFolder(folder); });
    }
    m_recentMenu->addSeparator();
    m_recentMenu->addAction(
        tr("Fashion-MNIST (sample data)"), this, [this, standard] { openFolder(standard); });
}

void MainWindow::askFolder()
{
    auto* dialog = new QFileDialog(this, tr("Open a data folder"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    if (!m_recent.folders().isEmpty())
        dialog->setDirectory(QFileInfo(m_recent.folders().front()).absolutePath());
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::openFolder);
    dialog->open();
}

void MainWindow::askImages()
{
    auto* dialog = new QFileDialog(this, tr("Open images"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilters({tr("Images (*.png *.jpg *.jpeg *.bmp *.webp *.tif *.tiff *.pgm *.ppm)"),
        tr("All files (*)")});
    connect(dialog, &QFileDialog::filesSelected, &m_session, &Session::openImages);
    dialog->open();
}

void MainWindow::askModelToLoad()
{
    auto* dialog = new QFileDialog(this, tr("Load a model"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilter(tr("Models (*.safetensors)"));
    connect(dialog, &QFileDialog::fileSelected, &m_session, &Session::loadModel);
    dialog->open();
}

void MainWindow::askModelToSave()
{
    auto* dialog = new QFileDialog(this, tr("Save the model"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("Models (*.safetensors)"));
    dialog->setDefaultSuffix(QStringLiteral("safetensors"));
    dialog->selectFile(QStringLiteral("model.safetensors"));
    connect(dialog, &QFileDialog::fileSelected, &m_session, &Session::saveModel);
    dialog->open();
}

} // namespace augury
