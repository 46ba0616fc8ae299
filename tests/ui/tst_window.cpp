// SPDX-License-Identifier: GPL-3.0-or-later
// The real window on tiny data: open, train, test, stop, run, export, close.
#include "core/support/error.h"
#include "tests/support/tiny_data.h"
#include "tests/support/window_fixture.h"
#include "ui/panels/data_panel.h"
#include "ui/panels/setup_dock.h"
#include "ui/views/compare/chart_pane.h"
#include "ui/views/compare/compare_charts.h"
#include "ui/views/compare_view.h"
#include "ui/views/export_menu.h"
#include "ui/views/report_export.h"
#include "ui/views/train_view.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/job_bar.h"
#include "ui/widgets/primary_button.h"

#include <QAction>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QToolBar>

using namespace augury;

namespace {
constexpr int s_patience = 60'000; // ms
}

class WindowTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_data = m_dir.filePath(QStringLiteral("tiny"));
        QVERIFY(test::writeTinyIdx(m_data));
    }

    void init()
    {
        m_store = m_dir.filePath(QStringLiteral("%1.ini").arg(++m_count));
        m_window = test::makeWindow(m_store);
        m_window->show();
    }

    void cleanup() { m_window.reset(); }

    void opensDataAtStart()
    {
        m_window->begin(m_data);
        QVERIFY(m_window->compareView()->emptyState()->title().contains(QStringLiteral("Opening")));
        QTRY_VERIFY_WITH_TIMEOUT(session().dataset() != nullptr, s_patience);
        QTRY_VERIFY_WITH_TIMEOUT(!session().isBusy(), s_patience);
        QCOMPARE(m_window->windowTitle(), QStringLiteral("Untitled[*] – Augury"));
        bool named = false; // the data set has its name on screen, too
        for (const auto* label : m_window->setupDock()->findChildren<ElidedLabel*>())
            named = named || (label->isVisible() && label->fullText() == QStringLiteral("tiny"));
        QVERIFY(named);
        QVERIFY(m_window->compareView()->emptyState()->button()->isEnabled());
        QVERIFY(m_window->trainView()->emptyState()->button()->isEnabled());
    }

    void saysHowToGetMissingData()
    {
        m_window->begin(m_dir.filePath(QStringLiteral("missing")));
        QTRY_VERIFY_WITH_TIMEOUT(!session().dataError().isEmpty(), s_patience);
        const auto* state = m_window->compareView()->emptyState();
        QVERIFY(state->text().contains(QStringLiteral("missing")));
        QCOMPARE(state->button()->text(), QStringLiteral("Try again"));
        QVERIFY(
            m_window->setupDock()->dataPanel()->errorText().contains(QStringLiteral("missing")));
    }

    void trainsFromTheButton()
    {
        open();
        edit([](ExperimentConfig& c) { c.training.epochs = 2; });
        m_window->pages()->setCurrentWidget(m_window->trainView());
        QTest::mouseClick(m_window->trainView()->emptyState()->button(), Qt::LeftButton);
        QVERIFY(session().task() == Session::Task::Train);
        QVERIFY(m_window->jobBar()->text().contains(QStringLiteral("Training")));
        QTRY_VERIFY_WITH_TIMEOUT(session().model() && !session().isBusy(), s_patience);
        QCOMPARE(m_window->trainView()->epochs().rowCount(), 2);
        QVERIFY(m_window->trainView()->hasResults());
        m_window->train(); // again
        QTRY_VERIFY_WITH_TIMEOUT(!session().isBusy(), s_patience);
        QCOMPARE(m_window->trainView()->epochs().rowCount(), 2);
    }

    void stopsWithEsc()
    {
        open();
        edit([](ExperimentConfig& c) { c.training.epochs = 10'000; });
        QSignalSpy epochs(&session(), &Session::epochTrained);
        m_window->train();
        QTRY_VERIFY_WITH_TIMEOUT(epochs.count() >= 1, s_patience);
        QSignalSpy stopping(&session(), &Session::stopping);
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QTest::keyClick(m_window.get(), Qt::Key_Escape);
        QCOMPARE(stopping.count(), 1);
        QVERIFY(m_window->jobBar()->text().contains(QStringLiteral("Stopping")));
        QTRY_VERIFY_WITH_TIMEOUT(!session().isBusy(), s_patience);
        QVERIFY(m_window->trainView()->messageText().contains(QStringLiteral("Stopped")));
        QVERIFY(session().model());
    }

    void runsRepeatsAndExportsThem()
    {
        open();
        edit([](ExperimentConfig& c) {
            c.training.epochs = 1;
            c.repeats = 2;
            c.copies = 2;
        });
        QTest::mouseClick(m_window->compareView()->emptyState()->button(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(session().run() && !session().isBusy(), s_patience);
        const auto* compare = m_window->compareView();
        QTRY_COMPARE(compare->panes()->front()->model().rowCount(), 2); // at its own pace
        QTRY_VERIFY(compare->verdictText().contains(QStringLiteral("2 repeats")));

        QSignalSpy written(m_window->exportMenu(), &ExportMenu::written);
        QSignalSpy failed(m_window->exportMenu(), &ExportMenu::failed);
        for (const char* suffix : {"png", "svg", "pdf", "csv", "json"}) {
            const auto path =
                m_dir.filePath(QStringLiteral("run.%1").arg(QString::fromLatin1(suffix)));
            m_window->exportMenu()->write(*m_window->compareView(), path);
            QVERIFY2(QFile(path).size() > 50, suffix);
        }
        QCOMPARE(written.count(), 5);
        QCOMPARE(failed.count(), 0);
        QFile json(m_dir.filePath(QStringLiteral("run.json")));
        QVERIFY(json.open(QIODevice::ReadOnly));
        const auto document = QJsonDocument::fromJson(json.readAll());
        QCOMPARE(document[QStringLiteral("repeats")].toArray().size(), 2);

        // The report, though no history keeps the run here.
        QVERIFY(m_window->reportExport()->hasFront());
        QSignalSpy reported(&m_window->exporter(), &Exporter::written);
        const auto report = m_dir.filePath(QStringLiteral("run.html"));
        m_window->reportExport()->writeFront(report);
        QVERIFY(!QFile::exists(report)); // the window goes on first
        QTRY_COMPARE_WITH_TIMEOUT(reported.count(), 1, s_patience);
        QFile html(report);
        QVERIFY(html.open(QIODevice::ReadOnly));
        const auto page = html.readAll();
        QVERIFY(page.startsWith("<!DOCTYPE html>"));
        QVERIFY(page.contains("image/svg+xml"));
        QVERIFY(page.contains("</html>"));
        QTRY_VERIFY(m_window->jobBar()->text().contains(QStringLiteral("run.html")));

        m_window->exportMenu()->write(
            *m_window->compareView(), QStringLiteral("/proc/no/such/run.csv"));
        QCOMPARE(failed.count(), 1);
        QVERIFY(compare->messageText().contains(QStringLiteral("/proc/no/such")));
    }

    void showsALoadedModel()
    {
        open();
        edit([](ExperimentConfig& c) { c.training.epochs = 2; });
        m_window->train();
        QTRY_VERIFY_WITH_TIMEOUT(session().model() && !session().isBusy(), s_patience);
        const auto file = m_dir.filePath(QStringLiteral("window.safetensors"));
        session().saveModel(file);
        QTRY_VERIFY_WITH_TIMEOUT(!session().hasUnsavedModel(), s_patience);

        auto other = test::makeWindow(m_dir.filePath(QStringLiteral("other.ini")));
        other->show();
        other->begin(m_data, file);
        QTRY_VERIFY_WITH_TIMEOUT(other->session().model() != nullptr, s_patience);
        QCOMPARE(other->trainView()->epochs().rowCount(), 2);
        QVERIFY(other->trainView()->hasResults());
        QVERIFY(!other->trainView()->hasJson());
    }

    void closesDuringAJob()
    {
        open();
        edit([](ExperimentConfig& c) { c.training.epochs = 10'000; });
        QSignalSpy progress(&session(), &Session::progressed);
        QSignalSpy closed(m_window.get(), &MainWindow::closed);
        m_window->runRepeats();
        QTRY_VERIFY_WITH_TIMEOUT(progress.count() >= 1, s_patience);
        m_window->close();
        QVERIFY(m_window->isHidden()); // at once
        QTRY_COMPARE_WITH_TIMEOUT(closed.count(), 1, s_patience);
        QVERIFY(session().isIdle());
    }

    void closingATrainingSaysWhatWouldBeLost()
    {
        open();
        edit([](ExperimentConfig& c) { c.training.epochs = 10'000; });
        QSignalSpy epochs(&session(), &Session::epochTrained);
        QSignalSpy closed(m_window.get(), &MainWindow::closed);
        m_window->train();
        QTRY_VERIFY_WITH_TIMEOUT(epochs.count() >= 1, s_patience);
        m_window->close();
        QVERIFY(m_window->isVisible());
        QVERIFY(m_window->noticeText().contains(QStringLiteral("not saved")));
        m_window->close();
        QVERIFY(m_window->isHidden());
        QTRY_COMPARE_WITH_TIMEOUT(closed.count(), 1, s_patience);
    }

    void closingOffersToSaveTheModelFirst()
    {
        open();
        edit([](ExperimentConfig& c) { c.training.epochs = 1; });
        m_window->train();
        QTRY_VERIFY_WITH_TIMEOUT(session().model() && session().isIdle(), s_patience);
        QSignalSpy closed(m_window.get(), &MainWindow::closed);
        m_window->close();
        QCOMPARE(closed.count(), 0);
        QVERIFY(m_window->isVisible());
        QVERIFY(m_window->noticeText().contains(QStringLiteral("not saved")));
        m_window->close();
        QTRY_COMPARE_WITH_TIMEOUT(closed.count(), 1, s_patience);
        QVERIFY(!m_window->isVisible());
    }

    void remembersSettingsAndLayout()
    {
        open();
        edit([](ExperimentConfig& c) { c.copies = 33; });
        m_window->setupDock()->hide();
        // Newer Qt limits a restored window to the screen, which offscreen is 800 × 800 and
        // narrower than ours: the height tells.
        m_window->resize(1111, 711);
        m_window->close();
        m_window = test::makeWindow(m_store);
        m_window->show();
        QCOMPARE(session().settings().config().copies, 33);
        QCOMPARE(session().settings().config().dataPath, m_data.toStdString());
        QVERIFY(m_window->setupDock()->isHidden());
        QCOMPARE(m_window->height(), 711);
        m_window->resetLayout();
        QVERIFY(m_window->setupDock()->isVisible());
    }

private:
    Session& session() { return m_window->session(); }

    template <typename Change> void edit(Change change) { session().settings().edit(change); }

    void open()
    {
        m_window->begin(m_data);
        QTRY_VERIFY_WITH_TIMEOUT(session().dataset() && !session().isBusy(), s_patience);
    }

    QTemporaryDir m_dir;
    QString m_data;
    QString m_store;
    int m_count = 0;
    std::unique_ptr<MainWindow> m_window;
};

QTEST_MAIN(WindowTest)
#include "tst_window.moc"
