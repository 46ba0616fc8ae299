// SPDX-License-Identifier: GPL-3.0-or-later
// The history of runs in the real window: the dock, the Compare page, settings, reports.
#include "tests/support/tiny_data.h"
#include "tests/support/window_fixture.h"
#include "ui/panels/details_dock.h"
#include "ui/panels/run_details.h"
#include "ui/panels/runs_dock.h"
#include "ui/views/compare_view.h"
#include "ui/views/inspect_view.h"
#include "ui/views/project_actions.h"
#include "ui/views/project_bars.h"
#include "ui/views/report_export.h"
#include "ui/widgets/job_bar.h"

#include <QAction>
#include <QFile>
#include <QFileDialog>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace augury;
using namespace std::chrono_literals;

namespace {
constexpr int s_patience = 60'000; // ms
}

class WindowRunsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// A window that has made one run of two repeats and was closed.
    void initTestCase()
    {
        m_data = m_dir.filePath(QStringLiteral("tiny"));
        QVERIFY(test::writeTinyIdx(m_data));
        make();
        QVERIFY(m_window->runsDock()->isHidden()); // the pages have the room
        m_window->session().settings().edit([](ExperimentConfig& c) {
            c.training.epochs = 1;
            c.repeats = 2;
            c.copies = 3;
            c.policy.rotationRange = 20;
        });
        m_window->runRepeats();
        QTRY_VERIFY_WITH_TIMEOUT(m_window->history().model().rowCount() == 1
                && m_window->session().isIdle() && m_window->history().isIdle(),
            s_patience);
        m_window->close();
    }

    void init() { make(); }
    void cleanup() { m_window.reset(); }

    void theDockIsShownAndRemembered()
    {
        auto* dock = m_window->runsDock();
        QVERIFY(dock->isHidden());
        dock->toggleViewAction()->trigger();
        QVERIFY(dock->isVisible());
        QTRY_COMPARE_WITH_TIMEOUT(dock->table()->model()->rowCount(), 1, s_patience);
        m_window->close();
        make();
        dock = m_window->runsDock();
        QVERIFY(dock->isVisible());
        m_window->resetLayout();
        QVERIFY(dock->isHidden());
        m_window->close();
    }

    void detailsFollowWhatWasLookedAtLast()
    {
        auto& session = m_window->session();
        const auto& details = m_window->detailsDock()->runDetails();
        QTRY_VERIFY_WITH_TIMEOUT(session.run() && m_window->history().isIdle(), s_patience);
        m_window->pages()->setCurrentWidget(m_window->compareView());
        QTRY_VERIFY_WITH_TIMEOUT(
            details.isVisible() && details.text().contains(QStringLiteral("rotation ±20°")),
            s_patience);
        QVERIFY(details.text().contains(session.settings().config().training.device == "cpu"
                ? QStringLiteral("cpu")
                : QStringLiteral("cuda")));
        QVERIFY(details.text().contains(QString::number(session.run()->outcome.repeats[1].seed)));
        // What is changed in the dock is seen here.
        m_window->history().setNote(session.run()->id, QStringLiteral("for the lecture"));
        QTRY_VERIFY_WITH_TIMEOUT(
            details.text().contains(QStringLiteral("for the lecture")), s_patience);
        m_window->pages()->setCurrentWidget(m_window->inspectView());
        QVERIFY(!details.isVisible());
        m_window->runsDock()->show();
        QTRY_COMPARE_WITH_TIMEOUT(
            m_window->runsDock()->table()->model()->rowCount(), 1, s_patience);
        m_window->runsDock()->table()->selectRow(0);
        QVERIFY(details.isVisible());
        m_window->runsDock()->hide();
        m_window->close();
    }

    void inspectKeepsItsRoomBesideIt()
    {
        m_window->resize(1440, 900);
        m_window->runsDock()->show();
        m_window->pages()->setCurrentWidget(m_window->inspectView());
        QTRY_VERIFY(m_window->runsDock()->height() > 80);
        QVERIFY(m_window->height() <= 900);
        QVERIFY(m_window->inspectView()->height()
            >= m_window->inspectView()->minimumSizeHint().height());
        QVERIFY(m_window->inspectView()->height() > m_window->runsDock()->height());
        m_window->runsDock()->hide();
    }

    void opensARunOnTheComparePage()
    {
        select();
        m_window->pages()->setCurrentWidget(m_window->inspectView());
        m_window->runsDock()->action(QStringLiteral("open"))->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(
            m_window->pages()->currentWidget(), m_window->compareView(), s_patience);
        QVERIFY(m_window->comparedRuns().front());
        QTRY_VERIFY(m_window->compareView()->verdictText().contains(QStringLiteral("2 repeats")));
    }

    void takesItsSettingsWhichCanBeUndone()
    {
        m_window->session().settings().edit([](ExperimentConfig& c) {
            c.copies = 9;
            c.policy = tutorialPolicy();
        });
        m_window->project().undoStack().clear();
        const auto before = m_window->session().settings().config();
        select();
        m_window->runsDock()->action(QStringLiteral("settings"))->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(m_window->session().settings().config().copies, 3, s_patience);
        QCOMPARE(m_window->session().settings().config().policy.rotationRange, 20);
        QCOMPARE(m_window->session().settings().config().dataPath, before.dataPath);
        QVERIFY(m_window->jobBar()->text().contains(QStringLiteral("Undo")));
        m_window->projectActions()->undo()->trigger();
        QVERIFY(m_window->session().settings().config() == before);
    }

    void writesItsReport()
    {
        select();
        m_window->runsDock()->action(QStringLiteral("report"))->trigger();
        QTRY_VERIFY(m_window->findChild<QFileDialog*>());
        auto* dialog = m_window->findChild<QFileDialog*>();
        QCOMPARE(dialog->defaultSuffix(), QStringLiteral("html"));
        QVERIFY(!dialog->selectedFiles().isEmpty());
        QVERIFY(dialog->selectedFiles().front().endsWith(QStringLiteral("tiny-1.html")));
        const auto path = m_dir.filePath(QStringLiteral("report.html"));
        QSignalSpy written(&m_window->exporter(), &Exporter::written);
        Q_EMIT dialog->fileSelected(path);
        dialog->close();
        QTRY_COMPARE_WITH_TIMEOUT(written.count(), 1, s_patience);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto page = file.readAll();
        QVERIFY(page.startsWith("<!DOCTYPE html>"));
        QVERIFY(page.contains("image/svg+xml")); // charts
        QVERIFY(page.endsWith("</html>\n"));
    }

    void saysWhyAReportCannotBeWritten()
    {
        const auto id = select();
        m_window->runsDock()->hide();
        m_window->pages()->setCurrentWidget(m_window->compareView());
        m_window->reportExport()->write(id, QStringLiteral("/proc/no/such/r.html"));
        QTRY_VERIFY_WITH_TIMEOUT(
            m_window->compareView()->messageText().contains(QStringLiteral("/proc/no/such")),
            s_patience);
        m_window->reportExport()->write(id + 77, m_dir.filePath(QStringLiteral("r.html")));
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->noticeText().isEmpty(), s_patience);
    }

    void proposesNamesThatAreFiles()
    {
        QCOMPARE(ReportExport::fileName(QStringLiteral("12 · hflip × 7")),
            QStringLiteral("12-hflip-7.html"));
        QCOMPARE(ReportExport::fileName(QStringLiteral("../../etc/passwd")),
            QStringLiteral("etc-passwd.html"));
        QCOMPARE(ReportExport::fileName(QStringLiteral("…")), QStringLiteral("run.html"));
    }

    void closesOnlyWhenTheReportIsWritten()
    {
        const auto id = select();
        const auto path = m_dir.filePath(QStringLiteral("late.html"));
        QSignalSpy began(&m_window->exporter(), &Exporter::began);
        QSignalSpy closed(m_window.get(), &MainWindow::closed);
        m_window->reportExport()->write(id, path);
        QTRY_COMPARE_WITH_TIMEOUT(began.count(), 1, s_patience);
        m_window->close();
        QVERIFY(m_window->isHidden()); // at once
        QTRY_COMPARE_WITH_TIMEOUT(closed.count(), 1, s_patience);
        QVERIFY(m_window->exporter().isIdle());
        QVERIFY(QFile::exists(path));
    }

private:
    void make()
    {
        m_window.reset();
        m_window = test::makeWindow(m_dir.filePath(QStringLiteral("store.ini")),
            test::filesIn(m_dir.filePath(QStringLiteral("user")).toStdString(), {24h, 24h}));
        m_window->show();
        m_window->begin(m_data);
        QTRY_VERIFY_WITH_TIMEOUT(m_window->session().dataset() && m_window->session().isIdle()
                && m_window->history().isIdle(),
            s_patience);
    }

    /// Selects the run and returns its number.
    std::int64_t select()
    {
        auto* dock = m_window->runsDock();
        dock->show();
        [dock] { QTRY_COMPARE_WITH_TIMEOUT(dock->table()->model()->rowCount(), 1, s_patience); }();
        dock->table()->selectRow(0);
        return dock->selected().at(0);
    }

    QTemporaryDir m_dir;
    QString m_data;
    std::unique_ptr<MainWindow> m_window;
};

QTEST_MAIN(WindowRunsTest)
#include "tst_window_runs.moc"
