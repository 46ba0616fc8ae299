// SPDX-License-Identifier: GPL-3.0-or-later
// The Compare page on made-up runs of a history.
#include "core/experiment/verdict.h"
#include "tests/ui/compare_runs.h"
#include "ui/charts/chart_widget.h"
#include "ui/charts/ledger_chart.h"
#include "ui/charts/lift_chart.h"
#include "ui/charts/runs_chart.h"
#include "ui/session/compared_runs.h"
#include "ui/session/run_history.h"
#include "ui/session/session.h"
#include "ui/views/compare/chart_pane.h"
#include "ui/views/compare/compare_charts.h"
#include "ui/views/compare/detail_panes.h"
#include "ui/views/compare/negligible_zone.h"
#include "ui/views/compare/repeat_choice.h"
#include "ui/views/compare/run_chips.h"
#include "ui/views/compare/run_header.h"
#include "ui/views/compare_view.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/results_table.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QDoubleSpinBox>
#include <QGuiApplication>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <cmath>
#include <map>

using namespace augury;
using compare_data::MadeRun;

namespace {

constexpr int s_patience = 60'000;

struct Page {
    explicit Page(const std::filesystem::path& file)
        : history(file)
        , runs(session, history)
        , view(session, runs)
    {
        view.resize(900, 800);
        view.show();
    }
    ~Page()
    {
        static_cast<void>(
            QTest::qWaitFor([&] { return history.isIdle() && session.isIdle(); }, s_patience));
    }

    bool open(const std::vector<std::int64_t>& ids)
    {
        runs.open(ids.front());
        if (!QTest::qWaitFor(
                [&] { return runs.front() && runs.front()->id == ids.front(); }, s_patience))
            return false;
        runs.add({ids.begin() + 1, ids.end()});
        if (!QTest::qWaitFor([&] { return runs.runs().size() == ids.size(); }, s_patience))
            return false;
        runs.bringToFront(ids.front());
        return true;
    }

    Session session;
    RunHistory history;
    ComparedRuns runs;
    CompareView view;
};

std::map<std::int64_t, RunLook> looksOf(const CompareView& view)
{
    std::map<std::int64_t, RunLook> looks;
    for (const auto& chip : view.chips()->runs())
        looks[chip.id] = chip.look;
    return looks;
}

QString said(const QVariant& value)
{
    return value.typeId() == QMetaType::Double
        ? QString::number(value.toDouble(), 'g', QLocale::FloatingPointShortest)
        : value.toString();
}

} // namespace

class CompareTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_file = (m_dir.path() + QStringLiteral("/runs.sqlite")).toStdString();
        using compare_data::store;
        m_ten = store(m_file, {});
        m_other = store(m_file, {.shift = -0.9, .copies = 15});
        m_named = store(m_file, {.name = "crop & flip", .shift = 0.4});
        m_early = store(m_file, {.name = "early", .earlyExit = true});
        m_old = store(m_file, {.name = "old", .details = false});
        m_stopped = store(m_file, {.name = "stopped", .done = 4});
        m_learned = store(m_file, {.name = "learned", .rule = VoteRule::Learned});
        for (int n = 1; n <= 7; ++n)
            m_small[n] = store(m_file, {.done = n, .planned = n});
    }

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
        Page page(m_file);
        QVERIFY(page.open({m_ten, m_other, m_named}));
        const auto before = looksOf(page.view);
        QCOMPARE(before.size(), std::size_t(3));
        QVERIFY(before.at(m_ten).colour != before.at(m_other).colour);
        QVERIFY(before.at(m_named).colour != before.at(m_other).colour);
        QTest::mouseClick(page.view.chips()->cross(m_other), Qt::LeftButton);
        QCOMPARE(page.runs.runs().size(), std::size_t(2));
        QVERIFY(!page.view.chips()->button(m_other));
        const auto after = looksOf(page.view);
        QCOMPARE(after.at(m_ten), before.at(m_ten));
        QCOMPARE(after.at(m_named), before.at(m_named));
        page.runs.add({m_other});
        QTRY_COMPARE_WITH_TIMEOUT(page.runs.runs().size(), std::size_t(3), s_patience);
        QCOMPARE(looksOf(page.view), before);
        for (const auto& run : page.view.panes()->compared().runs)
            QCOMPARE(run.look, before.at(run.id)); // the charts' are the chips'
    }

    void aChipBringsItsRunToTheFront()
    {
        Page page(m_file);
        QVERIFY(page.open({m_ten, m_other}));
        const auto text = [&](int shift, int copies) {
            return QString::fromStdString(
                verdict(compare_data::repeatsOf({.shift = 0.1 * shift, .copies = copies})));
        };
        QCOMPARE(page.view.verdictText(), text(0, 7));
        QVERIFY(page.view.chips()->button(m_ten)->isChecked());
        QTest::mouseClick(page.view.chips()->button(m_other), Qt::LeftButton);
        QCOMPARE(page.view.verdictText(), text(-9, 15));
        QVERIFY(!page.view.chips()->button(m_ten)->isChecked());
        QVERIFY(page.view.chips()->button(m_other)->isChecked());
        QTest::mouseClick(page.view.chips()->button(m_other), Qt::LeftButton);
        QVERIFY(page.view.chips()->button(m_other)->isChecked()); // stays
        QTest::mouseClick(page.view.chips()->cross(m_other), Qt::LeftButton);
        QCOMPARE(page.view.verdictText(), text(0, 7));
        QTest::mouseClick(page.view.chips()->cross(m_ten), Qt::LeftButton);
        QVERIFY(page.view.emptyState()->isVisible());
    }

    void tablesSayWhatChartsShow()
    {
        Page page(m_file);
        QVERIFY(page.open({m_ten, m_other}));
        auto* panes = page.view.panes();
        for (int tab = 0; tab < CompareCharts::TabCount; ++tab) {
            panes->setCurrent(static_cast<CompareCharts::Tab>(tab));
            auto* pane = panes->front();
            QCOMPARE(panes->current(), tab);
            QVERIFY(pane->isVisible() && pane->chart()->isVisible());
            const QAbstractItemModelTester tester(
                pane->table()->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
            const auto table = pane->chart()->table();
            QVERIFY2(!table.rows.empty(), qPrintable(pane->name()));
            QCOMPARE(pane->model().rowCount(), static_cast<int>(table.rows.size()));
            for (std::size_t row = 0; row < table.rows.size(); ++row)
                for (int column = 0; column < table.columns.size(); ++column)
                    QCOMPARE(said(pane->model()
                                      .index(static_cast<int>(row), column)
                                      .data(ChartTableModel::SortRole)),
                        said(table.rows[row][column]));
            QVERIFY(!pane->chart()->accessibleName().isEmpty());
            QVERIFY(!pane->table()->accessibleName().isEmpty());
        }
        QCOMPARE(page.view.charts().size(), std::size_t(CompareCharts::TabCount));
    }

    void repeatsTableHasTheRunsFigures()
    {
        Page page(m_file);
        QVERIFY(page.open({m_named}));
        const auto repeats = compare_data::repeatsOf({.shift = 0.4});
        const auto& model = page.view.panes()->pane(CompareCharts::Repeats)->model();
        QCOMPARE(model.rowCount(), 10);
        for (int row = 0; row < 10; ++row) {
            const auto& c = repeats[static_cast<std::size_t>(row)].comparison;
            const auto at = [&](int column) {
                return model.index(row, column).data(ChartTableModel::SortRole);
            };
            QCOMPARE(at(0).toInt(), row + 1);
            QVERIFY(std::abs(at(1).toDouble() - 100.0 * double(c.baselineCorrect) / 1e4) < 1e-9);
            QVERIFY(std::abs(at(2).toDouble() - 100.0 * double(c.ttaCorrect) / 1e4) < 1e-9);
            QVERIFY(std::abs(at(3).toDouble() - 100.0 * double(c.fixed - c.broken) / 1e4) < 1e-9);
            QCOMPARE(at(4).toLongLong(), c.fixed);
            QCOMPARE(at(5).toLongLong(), c.broken);
            QCOMPARE(
                at(8).toString(), QString::number(repeats[static_cast<std::size_t>(row)].seed));
        }
    }

    void tablesAreCopiedAndSaved()
    {
        Page page(m_file);
        QVERIFY(page.open({m_ten}));
        auto* pane = page.view.panes()->front();
        pane->table()->sortByColumn(3, Qt::DescendingOrder);
        pane->table()->setFocus();
        QTest::keyClick(pane->table(), Qt::Key_C, Qt::ControlModifier);
        const auto lines =
            QGuiApplication::clipboard()->text().split(QLatin1Char('\n'), Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 11);
        QVERIFY(lines[0].startsWith(QStringLiteral("repeat\tbaseline")));
        QVERIFY(lines[1].split(QLatin1Char('\t'))[3].toDouble()
            >= lines[10].split(QLatin1Char('\t'))[3].toDouble());

        QSignalSpy saved(&page.view, &CompareView::tableSaved);
        const auto path = m_dir.filePath(QStringLiteral("table.csv"));
        pane->saveTable(path);
        QCOMPARE(saved.count(), 1);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll().toStdString(), pane->model().csv());
        pane->saveTable(QStringLiteral("/proc/no/such/table.csv"));
        QCOMPARE(saved.count(), 1);
        QVERIFY(page.view.messageText().contains(QStringLiteral("/proc/no/such")));
    }

    void theNegligibleZoneIsTheUsers()
    {
        Page page(m_file);
        QVERIFY(page.open({m_ten, m_other}));
        auto* panes = page.view.panes();
        panes->setCurrent(CompareCharts::Lift);
        auto* pane = panes->front();
        auto* box = pane->findChild<NegligibleZone*>()->box();
        auto* lift = qobject_cast<LiftChart*>(pane->chart());
        QCOMPARE(box->value(), 0.2);
        QCOMPARE(lift->negligible(), 0.2);
        QVERIFY2(pane->noteText().contains(QStringLiteral("above the negligible zone of ±0.2")),
            qPrintable(pane->noteText()));
        box->stepUp();
        QCOMPARE(page.runs.negligible(), 0.25);
        box->setFocus();
        box->selectAll();
        QTest::keyClicks(box, QStringLiteral("1.2"));
        QTest::keyClick(box, Qt::Key_Return);
        QCOMPARE(page.runs.negligible(), 1.2);
        QCOMPARE(lift->negligible(), 1.2);
        QVERIFY(pane->noteText().contains(QStringLiteral("reaches into")));
        box->setValue(9);
        QCOMPARE(page.runs.negligible(), 5.0);
        QVERIFY(pane->noteText().contains(QStringLiteral("within")));
        panes->setCurrent(CompareCharts::Runs);
        QCOMPARE(panes->front()->findChild<NegligibleZone*>()->points(), 5.0);
        QCOMPARE(qobject_cast<RunsChart*>(panes->front()->chart())->negligible(), 5.0);

        QSettings store(m_dir.filePath(QStringLiteral("page.ini")), QSettings::IniFormat);
        page.view.save(store);
        Page next(m_file);
        QVERIFY(next.open({m_ten}));
        next.view.restore(store);
        QCOMPARE(next.runs.negligible(), 5.0);
        QCOMPARE(next.view.panes()->current(), CompareCharts::Repeats); // one run has no Runs
        panes->setCurrent(CompareCharts::Boxes);
        page.view.save(store);
        next.view.restore(store);
        QCOMPARE(next.view.panes()->current(), CompareCharts::Boxes);
    }

    void runsNeedTwo()
    {
        Page page(m_file);
        QVERIFY(page.open({m_ten, m_other}));
        auto* panes = page.view.panes();
        panes->setCurrent(CompareCharts::Runs);
        QCOMPARE(panes->front()->model().rowCount(), 2);
        const auto ps = page.runs.adjustedPs();
        for (int row = 0; row < 2; ++row)
            QCOMPARE(panes->front()->model().index(row, 5).data(ChartTableModel::SortRole),
                QVariant(ps[static_cast<std::size_t>(row)]));
        page.runs.remove(m_other);
        QVERIFY(!panes->isOffered(CompareCharts::Runs));
        QCOMPARE(panes->current(), CompareCharts::Lift);
        QVERIFY(panes->front()->isVisible());
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
        Page page(m_file);
        QVERIFY(page.open({m_small[n]}));
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

    void holmNeedsMoreRepeatsOfMoreRuns()
    {
        Page page(m_file);
        QVERIFY(page.open({m_small[6], m_small[1]}));
        page.view.panes()->setCurrent(CompareCharts::Runs);
        // The best of two runs: 2 · 2/2⁶ = 0.0625; seven repeats give 0.031.
        QVERIFY(page.view.panes()->front()->noteText().contains(QStringLiteral("at least 7")));
        page.runs.add({m_small[7]});
        QTRY_COMPARE_WITH_TIMEOUT(page.runs.runs().size(), std::size_t(3), s_patience);
        // Three: 3 · 2/2⁷ = 0.047.
        QVERIFY(!page.view.panes()->front()->noteText().contains(QStringLiteral("too few")));
    }

    void runsWithoutDetailsSayWhy_data()
    {
        QTest::addColumn<bool>("early");
        QTest::newRow("early exit") << true;
        QTest::newRow("older") << false;
    }

    void runsWithoutDetailsSayWhy()
    {
        QFETCH(bool, early);
        Page page(m_file);
        QVERIFY(page.open({early ? m_early : m_old}));
        auto* panes = page.view.panes();
        for (const auto tab : {CompareCharts::Confusion, CompareCharts::Curve}) {
            panes->setCurrent(tab);
            QVERIFY(!panes->front()->chart()->isVisible());
            QVERIFY(panes->front()->emptyText().contains(
                early ? QStringLiteral("early exit") : QStringLiteral("older version")));
            QCOMPARE(panes->front()->model().rowCount(), 0);
        }
        panes->setCurrent(CompareCharts::Ledger); // counts are there all the same
        QVERIFY(panes->front()->chart()->isVisible());
        QCOMPARE(page.view.charts().size(), std::size_t(4));
    }

    void oneRepeatOrAll()
    {
        Page page(m_file);
        QVERIFY(page.open({m_ten}));
        auto* panes = page.view.panes();
        panes->setCurrent(CompareCharts::Ledger);
        const auto fixed = [&] { // baseline right, TTA right, both right, fixed, …
            return panes->front()->model().index(3, 1).data(ChartTableModel::SortRole).toLongLong();
        };
        const auto repeats = compare_data::repeatsOf({});
        std::int64_t sum = 0;
        for (const auto& repeat : repeats)
            sum += repeat.comparison.fixed;
        QCOMPARE(fixed(), sum);
        auto* choice = qobject_cast<DetailPane*>(panes->front())->repeatChoice();
        QCOMPARE(choice->count(), 11);
        choice->setFocus();
        for (int i = 0; i < 3; ++i)
            QTest::keyClick(choice, Qt::Key_Down);
        QCOMPARE(fixed(), repeats[2].comparison.fixed);
        panes->setCurrent(CompareCharts::Confusion); // the choice is one for all panes
        QCOMPARE(qobject_cast<DetailPane*>(panes->front())->repeatChoice()->currentIndex(), 3);
    }

    void atMostTenRefreshesASecond()
    {
        Page page(m_file);
        QVERIFY(page.open({m_ten}));
        QTest::qWait(150);
        auto* pane = page.view.panes()->front();
        const int refreshes = page.view.refreshes();
        const int updates = pane->updates();
        QElapsedTimer timer;
        timer.start();
        constexpr int bursts = 60;
        for (int i = 0; i < bursts; ++i) {
            for (int k = 0; k < 20; ++k)
                Q_EMIT page.runs.grew(m_ten);
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

    void theTableGoesBesideWhereThereIsRoom()
    {
        Page page(m_file);
        QVERIFY(page.open({m_ten}));
        auto* pane = page.view.panes()->front();
        const auto left = [&](const QWidget* widget) { return widget->mapTo(pane, QPoint()).x(); };
        for (const int width : {500, 1600, 420}) {
            page.view.resize(width, 900);
            const bool beside = width > 1000;
            QTRY_COMPARE(left(pane->table()) > left(pane->chart()) + 100, beside);
            QVERIFY(page.view.width() == width);
        }
    }

    void anOfferIsMadeWhereTheNetworkIsGone()
    {
        Page page(m_file);
        QVERIFY(page.open({m_ten}));
        page.view.panes()->setCurrent(CompareCharts::Ledger);
        auto* chart = qobject_cast<LedgerChart*>(page.view.panes()->front()->chart());
        const auto place = chart->segmentPlace(OutcomeKind::BothRight).center().toPoint();
        QTest::mouseClick(chart, Qt::LeftButton, {}, place);
        QVERIFY2(page.view.offerText().contains(
                     QStringLiteral("run %1, repeat 10").arg(m_ten)), // the newest
            qPrintable(page.view.offerText()));
        QVERIFY(page.view.offerButton()->isVisible());
        QCOMPARE(page.view.offerButton()->text(),
            QStringLiteral("Train repeat 10 again (about %1)").arg(roughTimeText(68 + 9 + 4)));
        page.runs.add({m_other}); // another run in front: the offer is about the one before
        QTRY_COMPARE_WITH_TIMEOUT(page.runs.runs().size(), std::size_t(2), s_patience);
        QCOMPARE(page.view.offerText(), QString());
    }

    void dataThatAreGoneLeaveTheSettings()
    {
        Page page(m_file);
        QVERIFY(page.open({m_ten}));
        const auto before = page.session.settings().config();
        page.view.panes()->setCurrent(CompareCharts::Ledger);
        auto* chart = page.view.panes()->front()->chart();
        QTest::keyClick(chart, Qt::Key_Right);
        QTest::keyClick(chart, Qt::Key_Return);
        QTest::mouseClick(page.view.offerButton(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(
            page.view.messageText().contains(QStringLiteral("/nowhere/cifar10")), s_patience);
        QCOMPARE(page.session.settings().config(), before);
        QCOMPARE(page.view.offerText(), QString());
    }

    void learnedWeightsCannotBeBroughtBack()
    {
        Page page(m_file);
        QVERIFY(page.open({m_learned}));
        page.view.panes()->setCurrent(CompareCharts::Ledger);
        auto* chart = page.view.panes()->front()->chart();
        QTest::keyClick(chart, Qt::Key_Right);
        QTest::keyClick(chart, Qt::Key_Return);
        QCOMPARE(page.view.offerText(), QString());
        QVERIFY(page.view.messageText().contains(QStringLiteral("learned its weights")));
    }

    void exportsAreOfTheRunInFront()
    {
        Page page(m_file);
        QVERIFY(page.open({m_other, m_ten}));
        QCOMPARE(
            page.view.csv(), repeatCsv(compare_data::repeatsOf({.shift = -0.9, .copies = 15})));
        QCOMPARE(page.view.fileName(), QStringLiteral("run-%1-repeats").arg(m_other));
        const auto path = m_dir.filePath(QStringLiteral("front.svg"));
        const auto name = page.view.panes()->front()->chart()->accessibleName();
        page.view.saveChart(path);
        QVERIFY(QFileInfo(path).size() > 1000);
        QCOMPARE(page.view.panes()->front()->chart()->title(), QString());
        QCOMPARE(page.view.panes()->front()->chart()->accessibleName(), name);
    }

private:
    QTemporaryDir m_dir;
    std::filesystem::path m_file;
    std::int64_t m_ten = 0;
    std::int64_t m_other = 0;
    std::int64_t m_named = 0;
    std::int64_t m_early = 0;
    std::int64_t m_old = 0;
    std::int64_t m_stopped = 0;
    std::int64_t m_learned = 0;
    std::map<int, std::int64_t> m_small;
};

QTEST_MAIN(CompareTest)
#include "tst_compare.moc"
