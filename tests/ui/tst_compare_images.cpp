// SPDX-License-Identifier: GPL-3.0-or-later
// A run in the real window: it grows on the page, and a click on its charts opens its images.
#include "core/experiment/repeat_details.h"
#include "tests/ui/inspect_fixture.h"
#include "ui/charts/confusion_chart.h"
#include "ui/charts/ledger_chart.h"
#include "ui/views/compare/chart_pane.h"
#include "ui/views/compare/compare_charts.h"
#include "ui/views/compare/detail_panes.h"
#include "ui/views/compare/repeat_choice.h"
#include "ui/views/compare/run_chips.h"
#include "ui/views/compare/run_header.h"
#include "ui/views/compare_view.h"
#include "ui/views/query_rows.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/primary_button.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QToolButton>

using namespace augury;
using test::s_patience;

class CompareImagesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_fixture.make());
        openWindow();
    }

    void cleanupTestCase()
    {
        QTRY_VERIFY_WITH_TIMEOUT(session().isIdle() && m_window->history().isIdle(), s_patience);
    }

    void growsWhileItRuns()
    {
        session().settings().edit([](ExperimentConfig& c) {
            c.training.epochs = 2;
            c.training.batchSize = 20;
            c.repeats = 3;
            c.copies = 5;
            c.policy.heightShiftRange = 0.3;
        });
        m_window->pages()->setCurrentWidget(compare());
        QSignalSpy begun(&session(), &Session::runStarted);
        QSignalSpy repeats(&session(), &Session::repeatFinished);
        QSet<int> rows; // that the table had on the way
        connect(compare(), &CompareView::resultsChanged, this, [&] {
            rows.insert(compare()->panes()->front()->model().rowCount());
            QCOMPARE(compare()->panes()->front()->model().rowCount(),
                static_cast<int>(front()->outcome.repeats.size()));
            QCOMPARE(compare()->verdictText(), verdictOf(*front()));
        });
        QTest::mouseClick(compare()->emptyState()->button(), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(begun.count(), 1, s_patience);
        QVERIFY(compare()->verdictText().contains(QStringLiteral("Training the first of 3")));
        QVERIFY(!compare()->header()->runButton()->isEnabled());
        QTRY_VERIFY_WITH_TIMEOUT(repeats.count() > 0, s_patience);
        QTRY_VERIFY_WITH_TIMEOUT(!session().isBusy(), s_patience);
        compare()->panes()->setCurrent(CompareCharts::Repeats);
        QTRY_COMPARE(compare()->panes()->front()->model().rowCount(), 3);
        QTRY_VERIFY(!compare()->verdictText().contains(QStringLiteral("so far")));
        QVERIFY(rows.size() >= 2); // it grew
        disconnect(compare(), &CompareView::resultsChanged, this, nullptr);
        QCOMPARE(compare()->chips()->runs().size(), std::size_t(1));
        QVERIFY(front()->id > 0); // the history keeps it
        QCOMPARE(compare()->outdatedText(), QString());
        session().settings().edit([](ExperimentConfig& c) { c.copies = 6; });
        QVERIFY(compare()->outdatedText().contains(QStringLiteral("earlier settings")));
        session().settings().edit([](ExperimentConfig& c) { c.copies = 5; });
        QCOMPARE(compare()->outdatedText(), QString());
    }

    void aSegmentOpensItsImages()
    {
        int clicked = 0;
        const auto run = front();
        for (const auto& repeat : run->outcome.repeats) {
            choose(CompareCharts::Ledger, repeat.index);
            auto* chart = qobject_cast<LedgerChart*>(compare()->panes()->front()->chart());
            for (const auto kind : {OutcomeKind::Fixed, OutcomeKind::Broken, OutcomeKind::BothRight,
                     OutcomeKind::BothWrong}) {
                const auto place = chart->segmentPlace(kind);
                if (place.width() < 2)
                    continue;
                QTest::mouseClick(chart, Qt::LeftButton, {}, place.center().toPoint());
                checkInspect(repeat.index);
                const auto& c = repeat.comparison;
                const std::map<OutcomeKind, std::int64_t> counts{{OutcomeKind::Fixed, c.fixed},
                    {OutcomeKind::Broken, c.broken},
                    {OutcomeKind::BothRight, c.ttaCorrect - c.fixed},
                    {OutcomeKind::BothWrong, c.images - c.ttaCorrect - c.broken}};
                QCOMPARE(grid(), counts.at(kind));
                m_window->pages()->setCurrentWidget(compare());
                ++clicked;
            }
        }
        QVERIFY2(clicked >= 6, qPrintable(QString::number(clicked)));
    }

    void theSettingsComeBackByUndo()
    {
        const auto before = session().settings().config();
        session().settings().edit([](ExperimentConfig& c) { c.copies = 3; });
        const auto run = front();
        const auto& repeat = run->outcome.repeats.front();
        choose(CompareCharts::Ledger, repeat.index);
        auto* chart = compare()->panes()->front()->chart();
        QTest::keyClick(chart, Qt::Key_Right);
        QTest::keyClick(chart, Qt::Key_Return);
        checkInspect(repeat.index);
        QVERIFY2(
            page()->messageText().contains(QStringLiteral("Setup now has the settings of run")),
            qPrintable(page()->messageText()));
        QCOMPARE(compare()->messageText(), page()->messageText());
        m_window->project().undoStack().undo();
        QCOMPARE(session().settings().config().copies, 3);
        session().settings().setConfig(before);
    }

    void aCellOpensItsImages_data()
    {
        QTest::addColumn<int>("mode"); // of the box
        QTest::newRow("TTA") << 0;
        QTest::newRow("baseline") << 1;
        QTest::newRow("difference") << 2;
    }

    void aCellOpensItsImages()
    {
        QFETCH(int, mode);
        const auto run = front();
        const auto& repeat = run->outcome.repeats[1];
        choose(CompareCharts::Confusion, repeat.index);
        auto* pane = qobject_cast<ConfusionPane*>(compare()->panes()->front());
        pane->mode()->setCurrentIndex(mode);
        auto* chart = qobject_cast<ConfusionChart*>(pane->chart());
        const auto& details = *repeat.details;
        const auto k = details.tta.classes;
        int clicked = 0;
        for (int label = 0; label < k; ++label) {
            for (int predicted = 0; predicted < k; ++predicted) {
                const auto cell = static_cast<std::size_t>(label * k + predicted);
                const auto baseline = details.baseline.confusion[cell];
                const auto tta = details.tta.confusion[cell];
                // By hand: what the cell's images are.
                std::int64_t moved = 0;
                for (const auto& image : details.changed)
                    moved += image.label == label
                        && (tta < baseline ? image.baseline : image.merged) == predicted;
                const auto expected = mode == 0 ? tta : mode == 1 ? baseline : moved;
                if (expected == 0 || clicked >= 5)
                    continue;
                const auto place = chart->cellPlace(label, predicted).center().toPoint();
                QTest::mouseClick(chart, Qt::LeftButton, {}, place);
                checkInspect(repeat.index);
                QCOMPARE(grid(), expected);
                const auto& query = page()->bar()->rows()->query();
                QCOMPARE(query.label, label);
                QCOMPARE(std::max(query.predicted, query.original), predicted);
                m_window->pages()->setCurrentWidget(compare());
                ++clicked;
            }
        }
        QVERIFY(clicked >= 2);
    }

    void aClickOnTheSumTakesTheNewest()
    {
        choose(CompareCharts::Ledger, -1);
        auto* chart = qobject_cast<LedgerChart*>(compare()->panes()->front()->chart());
        const auto place = chart->segmentPlace(OutcomeKind::BothRight).center().toPoint();
        QTest::mouseClick(chart, Qt::LeftButton, {}, place);
        checkInspect(2);
        m_window->pages()->setCurrentWidget(compare());
    }

    void anotherWindowTrainsItAgain()
    {
        const auto before = front();
        QTRY_VERIFY_WITH_TIMEOUT(session().isIdle() && m_window->history().isIdle(), s_patience);
        openWindow();
        m_window->comparedRuns().open(before->id);
        QTRY_VERIFY_WITH_TIMEOUT(
            m_window->comparedRuns().front() && m_window->comparedRuns().front()->id == before->id,
            s_patience);
        QVERIFY(front()->models.empty());
        const auto run = front();
        const auto& repeat = run->outcome.repeats[1];
        choose(CompareCharts::Ledger, repeat.index);
        auto* chart = compare()->panes()->front()->chart();
        QTest::keyClick(chart, Qt::Key_Right);
        QTest::keyClick(chart, Qt::Key_Return);
        QVERIFY(compare()->offerButton()->isVisible());
        QTest::mouseClick(compare()->offerButton(), Qt::LeftButton);
        QCOMPARE(session().task(), Session::Task::Train);
        QTRY_VERIFY_WITH_TIMEOUT(!session().isBusy(), s_patience);
        // The same network, to the last bit.
        const auto& again = session().model()->checkpoint.tensors;
        const auto& first = before->models.at(repeat.index)->tensors;
        QCOMPARE(again.size(), first.size());
        for (std::size_t i = 0; i < first.size(); ++i)
            QVERIFY2(again[i].values == first[i].values, first[i].name.c_str());
        checkInspect(repeat.index);
        QVERIFY(!session().hasUnsavedModel()); // it can be made again
        // The second time it is at hand.
        m_window->pages()->setCurrentWidget(compare());
        QTest::keyClick(chart, Qt::Key_Right);
        QTest::keyClick(chart, Qt::Key_Return);
        QCOMPARE(compare()->offerText(), QString());
        QVERIFY(session().task() != Session::Task::Train);
        checkInspect(repeat.index);
    }

    void stoppingTheTrainingLeavesEverything()
    {
        m_window->pages()->setCurrentWidget(compare());
        const auto model = session().model();
        const auto run = front();
        const auto& repeat = run->outcome.repeats[2];
        choose(CompareCharts::Ledger, repeat.index);
        auto* chart = compare()->panes()->front()->chart();
        QTest::keyClick(chart, Qt::Key_Right);
        QTest::keyClick(chart, Qt::Key_Return);
        QTest::mouseClick(compare()->offerButton(), Qt::LeftButton);
        QCOMPARE(session().task(), Session::Task::Train);
        session().stop();
        QTRY_VERIFY_WITH_TIMEOUT(!session().isBusy(), s_patience);
        QTRY_VERIFY(compare()->messageText().contains(QStringLiteral("Stopped")));
        QCOMPARE(session().model(), model);
        QCOMPARE(m_window->pages()->currentWidget(), compare());
    }

private:
    void openWindow()
    {
        m_window = test::makeWindow(m_dir.filePath(QStringLiteral("%1.ini").arg(++m_windows)),
            test::filesIn(m_dir.path().toStdString()));
        m_window->resize(1400, 900);
        m_window->show();
        m_window->begin(m_fixture.dataPath());
        QTRY_VERIFY_WITH_TIMEOUT(session().dataset() && !session().isBusy(), s_patience);
        m_window->pages()->setCurrentWidget(compare());
    }

    Session& session() { return m_window->session(); }
    CompareView* compare() { return m_window->compareView(); }
    InspectView* page() { return m_window->inspectView(); }
    /// Hold on to it: the page's own is replaced as the history is read.
    std::shared_ptr<const RepeatsRun> front() { return m_window->comparedRuns().front(); }
    std::int64_t grid() { return page()->images()->rowCount(); }

    /// A chart about the images of one repeat, −1: of all.
    void choose(CompareCharts::Tab tab, int index)
    {
        compare()->panes()->setCurrent(tab);
        auto* choice = qobject_cast<DetailPane*>(compare()->panes()->front())->repeatChoice();
        choice->setCurrentIndex(index + 1);
        Q_EMIT choice->activated(index + 1);
        QCOMPARE(
            compare()->panes()->compared().repeat, index < 0 ? std::nullopt : std::optional(index));
        // Drawn, so that there is something to click.
        QTRY_VERIFY(!compare()->panes()->front()->chart()->grab().isNull());
        QTest::qWait(120);
    }

    /// Inspect is in front, with the figures of that repeat.
    void checkInspect(int index)
    {
        QTRY_COMPARE_WITH_TIMEOUT(
            static_cast<QWidget*>(m_window->pages()->currentWidget()), page(), s_patience);
        const auto run = front();
        const auto& wanted = run->outcome.repeats[static_cast<std::size_t>(index)].comparison;
        auto& inspector = m_window->inspector();
        QTRY_VERIFY_WITH_TIMEOUT(inspector.tally()
                && inspector.tally()->evaluation == session().evaluation()
                && inspector.votes() == Inspector::Votes::Current,
            s_patience);
        const auto& got = *inspector.tally()->comparison;
        QCOMPARE(got.images, wanted.images);
        QCOMPARE(got.baselineCorrect, wanted.baselineCorrect);
        QCOMPARE(got.ttaCorrect, wanted.ttaCorrect);
        QCOMPARE(got.fixed, wanted.fixed);
        QCOMPARE(got.broken, wanted.broken);
        QCOMPARE(session().settings().config().training.seed, repeatSeed(run->config, index));
        QTest::qWait(0);
    }

    QTemporaryDir m_dir;
    test::InspectFixture m_fixture;
    std::unique_ptr<MainWindow> m_window;
    int m_windows = 0;
};

QTEST_MAIN(CompareImagesTest)
#include "tst_compare_images.moc"
