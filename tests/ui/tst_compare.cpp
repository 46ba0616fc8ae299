// SPDX-License-Identifier: GPL-3.0-or-later
// The Compare page on made-up runs of a history.
#include "core/experiment/verdict.h"
#include "tests/ui/compare_page.h"
#include "ui/charts/chart_widget.h"
#include "ui/charts/ledger_chart.h"
#include "ui/views/compare/run_chips.h"
#include "ui/views/compare/run_header.h"
#include "ui/widgets/empty_state.h"

#include <QElapsedTimer>
#include <QPushButton>
#include <QToolButton>

#include <cmath>

using namespace augury;
using compare_page::Page;
using compare_page::patience;

namespace {

std::map<std::int64_t, RunLook> looksOf(const CompareView& view)
{
    std::map<std::int64_t, RunLook> looks;
    for (const auto& chip : view.chips()->runs())
        looks[chip.id] = chip.look;
    return looks;
}

} // namespace

class CompareTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_runs = std::make_unique<compare_page::Runs>(); }

    void beginsWithoutRuns()
    {
        Page page({});
        QVERIFY(page.view.emptyState()->isVisible());
        QVERIFY(!page.view.hasResults());
        QVERIFY(page.view.charts().empty());
        QCOMPARE(page.view.csv(), std::string());
    }

    void coloursStayWithTheirRuns()
    {
        Page page(m_runs->file);
        QVERIFY(page.open({m_runs->ten, m_runs->other, m_runs->named}));
        const auto before = looksOf(page.view);
        QCOMPARE(before.size(), std::size_t(3));
        QVERIFY(before.at(m_runs->ten).colour != before.at(m_runs->other).colour);
        QVERIFY(before.at(m_runs->named).colour != before.at(m_runs->other).colour);
        QTest::mouseClick(page.view.chips()->cross(m_runs->other), Qt::LeftButton);
        QCOMPARE(page.runs.runs().size(), std::size_t(2));
        QVERIFY(!page.view.chips()->button(m_runs->other));
        const auto after = looksOf(page.view);
        QCOMPARE(after.at(m_runs->ten), before.at(m_runs->ten));
        QCOMPARE(after.at(m_runs->named), before.at(m_runs->named));
        page.runs.add({m_runs->other});
        QTRY_COMPARE_WITH_TIMEOUT(page.runs.runs().size(), std::size_t(3), patience);
        QCOMPARE(looksOf(page.view), before);
        for (const auto& run : page.view.panes()->compared().runs)
            QCOMPARE(run.look, before.at(run.id)); // the charts' are the chips'
    }

    void aChipBringsItsRunToTheFront()
    {
        Page page(m_runs->file);
        QVERIFY(page.open({m_runs->ten, m_runs->other}));
        const auto text = [&](int shift, int copies) {
            return QString::fromStdString(
                verdict(compare_data::repeatsOf({.shift = 0.1 * shift, .copies = copies})));
        };
        QCOMPARE(page.view.verdictText(), text(0, 7));
        QVERIFY(page.view.chips()->button(m_runs->ten)->isChecked());
        QTest::mouseClick(page.view.chips()->button(m_runs->other), Qt::LeftButton);
        QCOMPARE(page.view.verdictText(), text(-9, 15));
        QVERIFY(!page.view.chips()->button(m_runs->ten)->isChecked());
        QVERIFY(page.view.chips()->button(m_runs->other)->isChecked());
        QTest::mouseClick(page.view.chips()->button(m_runs->other), Qt::LeftButton);
        QVERIFY(page.view.chips()->button(m_runs->other)->isChecked()); // stays
        QTest::mouseClick(page.view.chips()->cross(m_runs->other), Qt::LeftButton);
        QCOMPARE(page.view.verdictText(), text(0, 7));
        QTest::mouseClick(page.view.chips()->cross(m_runs->ten), Qt::LeftButton);
        QVERIFY(page.view.emptyState()->isVisible());
    }

    void tooFewRepeatsAreWarnedOf_data()
    {
        QTest::addColumn<int>("n");
        for (int n = 1; n <= 7; ++n)
            QTest::addRow("%d", n) << n;
    }

    void tooFewRepeatsAreWarnedOf()
    {
        QFETCH(int, n);
        Page page(m_runs->file);
        QVERIFY(page.open({m_runs->small[n]}));
        const auto warning = page.view.header()->warningText();
        // All signs alike is the most extreme of 2ⁿ assignments, on either side.
        const double least = 2 / std::pow(2.0, n);
        QCOMPARE(warning.isEmpty(), least < 0.05);
        if (n == 1)
            QVERIFY(warning.contains(QStringLiteral("no interval and no test")));
        else if (least >= 0.05)
            QVERIFY2(warning.contains(QString::number(std::floor(least * 1000) / 1000).left(4)),
                qPrintable(warning));
    }

    void aStoppedRunOffersToGoOn()
    {
        Page page(m_runs->file);
        page.session.setHistory(m_runs->file);
        QVERIFY(page.open({m_runs->stopped}));
        auto* resume = page.view.header()->resumeButton();
        QVERIFY(resume->isVisible());
        QVERIFY(resume->isEnabled());
        QVERIFY(page.view.header()->captionText().contains(
            QStringLiteral("stopped after 4 of 10 repeats")));
        QTest::mouseClick(resume, Qt::LeftButton);
        QVERIFY(page.session.task() == Session::Task::Repeats);
        QVERIFY(!resume->isEnabled());
        // Its images are made up; why it cannot go on stands on the page.
        QTRY_VERIFY_WITH_TIMEOUT(!page.view.messageText().isEmpty(), patience);
        page.runs.open(m_runs->ten);
        QTRY_VERIFY_WITH_TIMEOUT(page.runs.front()->id == m_runs->ten, patience);
        QVERIFY(!resume->isVisible());
        QVERIFY(!page.view.header()->captionText().contains(QStringLiteral("stopped")));
    }

    void aRunningRunSaysSo()
    {
        RepeatsRun run;
        run.config.repeats = 10;
        run.running = true;
        QVERIFY(verdictOf(run).contains(QStringLiteral("Training the first of 10 networks")));
        run.outcome.repeats = compare_data::repeatsOf({.done = 3});
        QVERIFY(verdictOf(run).startsWith(QStringLiteral("3 of 10 repeats so far. ")));
        run.running = false;
        QCOMPARE(verdictOf(run), QString::fromStdString(verdict(run.outcome.repeats)));
        run.outcome.repeats.clear();
        QVERIFY(verdictOf(run).contains(QStringLiteral("No repeat of this run has ended")));
    }

    void atMostTenRefreshesASecond()
    {
        Page page(m_runs->file);
        QVERIFY(page.open({m_runs->ten}));
        QTest::qWait(150);
        auto* pane = page.view.panes()->front();
        const int refreshes = page.view.refreshes();
        const int updates = pane->updates();
        QElapsedTimer timer;
        timer.start();
        constexpr int bursts = 60;
        for (int i = 0; i < bursts; ++i) {
            for (int k = 0; k < 20; ++k)
                Q_EMIT page.runs.grew(m_runs->ten);
            QTest::qWait(5);
        }
        QTRY_VERIFY(page.view.refreshes() > refreshes + 1); // the last one, too, is drawn
        QTest::qWait(250);
        const auto most = 1 + (timer.elapsed() + 99) / 100;
        QVERIFY2(page.view.refreshes() - refreshes <= most,
            qPrintable(QStringLiteral("%1 in %2 ms")
                           .arg(page.view.refreshes() - refreshes)
                           .arg(timer.elapsed())));
        QCOMPARE(pane->updates() - updates, page.view.refreshes() - refreshes);
        // Hidden panes wait until they are looked at.
        QCOMPARE(page.view.panes()->pane(CompareCharts::Boxes)->updates(), 0);
        page.view.panes()->setCurrent(CompareCharts::Boxes);
        QCOMPARE(page.view.panes()->front()->updates(), 1);
        QCOMPARE(page.view.panes()->front()->model().rowCount(), 3);
    }

    void anOfferIsMadeWhereTheNetworkIsGone()
    {
        Page page(m_runs->file);
        QVERIFY(page.open({m_runs->ten}));
        page.view.panes()->setCurrent(CompareCharts::Ledger);
        auto* chart = qobject_cast<LedgerChart*>(page.view.panes()->front()->chart());
        const auto place = chart->segmentPlace(OutcomeKind::BothRight).center().toPoint();
        QTest::mouseClick(chart, Qt::LeftButton, {}, place);
        QVERIFY2(page.view.offerText().contains(
                     QStringLiteral("run %1, repeat 10").arg(m_runs->ten)), // the newest
            qPrintable(page.view.offerText()));
        QVERIFY(page.view.offerButton()->isVisible());
        QCOMPARE(page.view.offerButton()->text(),
            QStringLiteral("Train repeat 10 again (about %1)").arg(roughTimeText(68 + 9 + 4)));
        page.runs.add({m_runs->other}); // another run in front: the offer is about the one before
        QTRY_COMPARE_WITH_TIMEOUT(page.runs.runs().size(), std::size_t(2), patience);
        QCOMPARE(page.view.offerText(), QString());
    }

    void dataThatAreGoneLeaveTheSettings()
    {
        Page page(m_runs->file);
        QVERIFY(page.open({m_runs->ten}));
        const auto before = page.session.settings().config();
        page.view.panes()->setCurrent(CompareCharts::Ledger);
        auto* chart = page.view.panes()->front()->chart();
        QTest::keyClick(chart, Qt::Key_Right);
        QTest::keyClick(chart, Qt::Key_Return);
        QTest::mouseClick(page.view.offerButton(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(
            page.view.messageText().contains(QStringLiteral("/nowhere/cifar10")), patience);
        QCOMPARE(page.session.settings().config(), before);
        QCOMPARE(page.view.offerText(), QString());
    }

    void learnedWeightsCannotBeBroughtBack()
    {
        Page page(m_runs->file);
        QVERIFY(page.open({m_runs->learned}));
        page.view.panes()->setCurrent(CompareCharts::Ledger);
        auto* chart = page.view.panes()->front()->chart();
        QTest::keyClick(chart, Qt::Key_Right);
        QTest::keyClick(chart, Qt::Key_Return);
        QCOMPARE(page.view.offerText(), QString());
        QVERIFY(page.view.messageText().contains(QStringLiteral("learned its weights")));
    }

    void exportsAreOfTheRunInFront()
    {
        Page page(m_runs->file);
        QVERIFY(page.open({m_runs->other, m_runs->ten}));
        QCOMPARE(
            page.view.csv(), repeatCsv(compare_data::repeatsOf({.shift = -0.9, .copies = 15})));
        QCOMPARE(page.view.fileName(), QStringLiteral("run-%1-repeats").arg(m_runs->other));
        const auto path = m_runs->dir.filePath(QStringLiteral("front.svg"));
        const auto name = page.view.panes()->front()->chart()->accessibleName();
        page.view.saveChart(path);
        QVERIFY(QFileInfo(path).size() > 1000);
        QCOMPARE(page.view.panes()->front()->chart()->title(), QString());
        QCOMPARE(page.view.panes()->front()->chart()->accessibleName(), name);
    }

private:
    std::unique_ptr<compare_page::Runs> m_runs;
};

QTEST_MAIN(CompareTest)
#include "tst_compare.moc"
