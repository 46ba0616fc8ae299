// SPDX-License-Identifier: GPL-3.0-or-later
// A run in the real window: it grows on the page, and a click on its charts opens its images.
#include "core/experiment/repeat_details.h"
#include "tests/ui/compare_images_fixture.h"
#include "ui/charts/confusion_chart.h"
#include "ui/charts/ledger_chart.h"
#include "ui/views/compare/run_chips.h"
#include "ui/views/compare/run_header.h"
#include "ui/views/query_rows.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/primary_button.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>

using namespace augury;
using test::s_patience;

class CompareImagesTest : public QObject, private test::CompareImagesFixture {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_fixture.make());
        openWindow();
    }

    void cleanupTestCase() { settle(); }

    void growsWhileItRuns()
    {
        setUpRun();
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
        QVERIFY2(page()->messageText()
                == QStringLiteral("Setup now has the settings and the seed of run %1, repeat %2; "
                                  "Undo takes them back.")
                       .arg(run->id)
                       .arg(repeat.index + 1),
            qPrintable(page()->messageText()));
        QCOMPARE(compare()->messageText(), page()->messageText());
        m_window->project().undoStack().undo();
        QCOMPARE(session().settings().config().copies, 3);
        QCOMPARE(page()->messageText(), QString()); // they are not there any more
        QCOMPARE(compare()->messageText(), QString());
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
};

QTEST_MAIN(CompareImagesTest)
#include "tst_compare_images.moc"
