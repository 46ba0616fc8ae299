// SPDX-License-Identifier: GPL-3.0-or-later
// What the parts of the window tell each other.
#include "ui/panels/details_dock.h"
#include "ui/panels/runs_dock.h"
#include "ui/panels/setup_dock.h"
#include "ui/views/compare_view.h"
#include "ui/views/export_menu.h"
#include "ui/views/inspect_view.h"
#include "ui/views/main_window.h"
#include "ui/views/project_actions.h"
#include "ui/views/project_bars.h"
#include "ui/views/report_export.h"
#include "ui/views/train_view.h"
#include "ui/views/tune_view.h"
#include "ui/views/unsaved_guard.h"

#include <QDir>
#include <QFileInfo>
#include <QItemSelectionModel>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <utility>

namespace augury {

void MainWindow::connectProject()
{
    m_bars = new ProjectBars(*m_project, centralWidget());
    m_guard = new UnsavedGuard(m_session, *m_project, m_bars->unsavedBar());
    m_bars->setGuard(*m_guard);
    static_cast<QVBoxLayout*>(centralWidget()->layout())->insertWidget(0, m_bars);
    m_projectActions = new ProjectActions(*m_project, *m_guard, this);
    connect(m_guard, &UnsavedGuard::saveModelWanted, this, &MainWindow::askModelToSave);
    connect(m_guard, &UnsavedGuard::closeWanted, this, &QWidget::close);

    auto* project = m_project.get();
    connect(project, &ProjectFile::pathChanged, this, &MainWindow::showTitle);
    connect(project, &ProjectFile::pathChanged, this, &MainWindow::rememberProject);
    connect(project, &ProjectFile::dirtyChanged, this, &MainWindow::showTitle);
    connect(project, &ProjectFile::dataWanted, &m_opener, &Opener::openData);
    connect(project, &ProjectFile::opened, this, [this](const QString& path) {
        m_opener.ensureData();
        if (!m_firstModel.isEmpty())
            m_opener.loadModel(std::exchange(m_firstModel, {}));
        if (!path.isEmpty())
            tell(tr("Opened %1").arg(QDir::toNativeSeparators(path)));
    });
    connect(project, &ProjectFile::openFailed, this, [this] {
        if (!m_session.dataset())
            m_opener.ensureData(); // the project was to be the first thing on screen
        rememberProject();
    });
    connect(project, &ProjectFile::saved, this,
        [this](const QString& path) { tell(tr("Saved %1").arg(QDir::toNativeSeparators(path))); });
    connect(
        project, &ProjectFile::recentChanged, this, [this] { m_project->recent().save(*m_store); });

    // The project's model is the file that is in hand, and none once a network was trained here.
    // The sample's model and those of a run's repeats say nothing about the project.
    connect(&m_session, &Session::modelChanged, this, [this] {
        const auto model = m_session.model();
        if (model && !model->path.isEmpty() && model->path != Session::sampleModel())
            m_project->setModel(model->path);
        else if (m_session.hasUnsavedModel())
            m_project->setModel({});
    });
    connect(project, &ProjectFile::modelChanged, this, [this] {
        const auto wanted = m_project->model();
        const auto inHand = m_session.model();
        if (wanted.isEmpty() || (inHand && inHand->path == wanted))
            return;
        if (!QFileInfo::exists(wanted))
            return; // opened() tells
        if (m_session.hasUnsavedModel())
            m_bars->showWarning(
                tr("The project names the model %1 again. The network that was trained here is "
                   "not saved and stays in hand; load the model (Ctrl+L) to use it instead.")
                    .arg(QDir::toNativeSeparators(wanted)));
        else
            m_opener.loadModel(wanted);
    });
}

void MainWindow::connectPages()
{
    connect(&m_session, &Session::ownImagesOpened, this,
        [this] { m_pages->setCurrentWidget(m_inspect); });
    connect(m_inspect, &InspectView::exported, this, &MainWindow::tell);
    connect(m_details, &DetailsDock::copied, this, &MainWindow::tell);
    connect(m_train, &TrainView::trainClicked, this, &MainWindow::train);
    connect(m_compare, &CompareView::runClicked, this, &MainWindow::runRepeats);
    connect(m_compare, &CompareView::imagesWanted, this,
        [this](const ImageQuery& query, const QString& note) {
            m_inspect->showQuery(query, note);
            m_pages->setCurrentWidget(m_inspect);
        });
    connect(m_compare, &CompareView::tableSaved, this,
        [this](const QString& path) { tell(tr("Wrote %1").arg(QDir::toNativeSeparators(path))); });
}

void MainWindow::connectTuning()
{
    connect(&m_tuner, &Tuner::opened, this, [this] { m_pages->setCurrentWidget(m_tune); });
    connect(&m_tuner, &Tuner::failed, this, [this](const QString& message) {
        if (m_pages->currentWidget() != m_tune) // which says it otherwise
            showError(message);
    });
    connect(m_tune, &TuneView::tableSaved, this,
        [this](const QString& path) { tell(tr("Wrote %1").arg(QDir::toNativeSeparators(path))); });
    connect(m_tune, &TuneView::inspectWanted, this, [this](const Configuration& configuration) {
        m_tuner.use(configuration);
        m_inspector.setKind(SplitKind::Validation); // the images that it was chosen on
        m_pages->setCurrentWidget(m_inspect);
        tell(tr("Setup has the configuration that was found. Undo brings the former back."));
    });
    connect(m_tune, &TuneView::compareWanted, this, [this](const Configuration& configuration) {
        auto wanted = configuration;
        wanted.vote.weights.clear(); // each repeat's network learns its own
        m_tuner.use(wanted);
        const auto model = m_session.model();
        m_session.settings().edit([&](ExperimentConfig& config) {
            if (isLearned(config.vote.rule) && config.validationFraction == 0 && model)
                config.validationFraction = model->checkpoint.validationFraction;
        });
        runRepeats();
    });
    connect(m_tune, &TuneView::projectWanted, this, [this](const Configuration& configuration) {
        m_tuner.use(configuration);
        m_projectActions->saveAs()->trigger();
    });
    connect(m_tune, &TuneView::trainWanted, this, [this] {
        constexpr double usual = 0.1;
        m_session.settings().edit([](ExperimentConfig& config) {
            if (config.validationFraction == 0)
                config.validationFraction = usual;
        });
        m_setup->show();
        m_pages->setCurrentWidget(m_train);
        tell(tr("A tenth of the training images is now kept for validation. Train (Ctrl+T) when "
                "the rest suits you."));
    });
}

void MainWindow::connectExports()
{
    m_report = new ReportExport(m_history, m_compared, m_exporter, this);
    connect(m_inspect, &InspectView::resultsChanged, m_export, &ExportMenu::refresh);
    connect(m_train, &TrainView::resultsChanged, m_export, &ExportMenu::refresh);
    connect(m_compare, &CompareView::resultsChanged, m_export, &ExportMenu::refresh);
    connect(m_tune, &TuneView::resultsChanged, m_export, &ExportMenu::refresh);
    connect(m_pages, &QTabWidget::currentChanged, m_export, &ExportMenu::refresh);
    const auto refresh = [this] { m_export->setHasReport(m_report->hasFront()); };
    connect(&m_compared, &ComparedRuns::runsChanged, this, refresh);
    connect(&m_compared, &ComparedRuns::grew, this, refresh);
    connect(&m_history, &RunHistory::listed, this, refresh);
    connect(m_export, &ExportMenu::reportWanted, m_report, &ReportExport::askFront);
    connect(m_runs, &RunsDock::reportWanted, m_report, &ReportExport::ask);

    const auto wrote = [this](const QString& path) {
        tell(tr("Wrote %1").arg(QDir::toNativeSeparators(path)));
    };
    connect(m_export, &ExportMenu::written, this, wrote);
    connect(&m_exporter, &Exporter::written, this, wrote);
    connect(&m_exporter, &Exporter::began, this, [this](const QString& path) {
        tell(tr("Writing %1 …").arg(QDir::toNativeSeparators(path)));
    });
    connect(m_export, &ExportMenu::failed, this, &MainWindow::showError);
    connect(&m_exporter, &Exporter::failed, this, &MainWindow::showError);
    connect(m_report, &ReportExport::failed, this, &MainWindow::showError);
}

void MainWindow::connectRuns()
{
    const auto toCompare = [this] { m_pages->setCurrentWidget(m_compare); };
    connect(m_runs, &RunsDock::openWanted, &m_compared, &ComparedRuns::open);
    connect(m_runs, &RunsDock::compareWanted, &m_compared, &ComparedRuns::add);
    connect(&m_compared, &ComparedRuns::opened, this, toCompare);
    connect(m_runs, &RunsDock::resumeWanted, this, [this](std::int64_t id, bool search) {
        if (search)
            m_tuner.resume(id);
        else
            m_session.resumeRun(id);
    });
    connect(m_runs, &RunsDock::searchWanted, &m_tuner, &Tuner::open);
    connect(&m_session, &Session::runStarted, this, toCompare);
    connect(m_runs, &RunsDock::settingsWanted, this,
        [this](const ExperimentConfig& config, const QString& title) {
            auto wanted = config;
            wanted.dataPath = m_session.settings().config().dataPath;
            m_session.settings().setConfig(wanted);
            tell(tr("The settings are those of %1. Undo brings the former back.").arg(title));
        });
    connect(m_runs, &RunsDock::told, this, &MainWindow::tell);
    connect(&m_history, &RunHistory::failed, this, [this](const QString& message) {
        if (!m_runs->isVisible()) // which says it otherwise
            m_bars->showError(message);
    });
    connect(
        &m_session, &Session::taskChanged, m_runs, [this] { m_runs->setBusy(m_session.isBusy()); });

    // Details follow what was last looked at: the page in front, or a run chosen in the dock.
    const auto details = [this] {
        const auto front = m_compared.front();
        if (m_pages->currentWidget() == m_compare && front)
            m_details->showRun(front->id);
        else
            m_details->showImages();
    };
    connect(m_pages, &QTabWidget::currentChanged, this, details);
    connect(&m_compared, &ComparedRuns::runsChanged, this, details);
    connect(&m_inspector, &Inspector::positionChanged, this, details);
    connect(
        m_runs->table()->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
            if (const auto chosen = m_runs->selected(); chosen.size() == 1)
                m_details->showRun(chosen.front());
        });
}

} // namespace augury
