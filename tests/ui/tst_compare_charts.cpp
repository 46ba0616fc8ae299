// SPDX-License-Identifier: GPL-3.0-or-later
// The charts of the Compare page with their controls and tables.
#include "tests/ui/compare_page.h"
#include "ui/charts/lift_chart.h"
#include "ui/charts/runs_chart.h"
#include "ui/views/compare/detail_panes.h"
#include "ui/views/compare/negligible_zone.h"
#include "ui/views/compare/repeat_choice.h"
#include "ui/widgets/results_table.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QDoubleSpinBox>
#include <QFile>
#include <QGuiApplication>
#include <QSettings>
#include <QSignalSpy>

#include <cmath>

using namespace augury;
using compare_page::Page;
using compare_page::patience;

namespace {

QString said(const QVariant& value)
{
    return value.typeId() == QMetaType::Double
        ? QString::number(value.toDouble(), 'g', QLocale::FloatingPointShortest)
        : value.toString();
}

} // namespace

class CompareChartsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_runs = std::make_unique<compare_page::Runs>(); }

    void tablesSayWhatChartsShow()
    {
        Page page(m_runs->file);
        QVERIFY(page.open({m_runs->ten, m_runs->other}));
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
        Page page(m_runs->file);
        QVERIFY(page.open({m_runs->named}));
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
        Page page(m_runs->file);
        QVERIFY(page.open({m_runs->ten}));
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
        const auto path = m_runs->dir.filePath(QStringLiteral("table.csv"));
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
        Page page(m_runs->file);
        QVERIFY(page.open({m_runs->ten, m_runs->other}));
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

        QSettings store(m_runs->dir.filePath(QStringLiteral("page.ini")), QSettings::IniFormat);
        page.view.save(store);
        Page next(m_runs->file);
        QVERIFY(next.open({m_runs->ten}));
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
        Page page(m_runs->file);
        QVERIFY(page.open({m_runs->ten, m_runs->other}));
        auto* panes = page.view.panes();
        panes->setCurrent(CompareCharts::Runs);
        QCOMPARE(panes->front()->model().rowCount(), 2);
        const auto ps = page.runs.adjustedPs();
        for (int row = 0; row < 2; ++row)
            QCOMPARE(panes->front()->model().index(row, 5).data(ChartTableModel::SortRole),
                QVariant(ps[static_cast<std::size_t>(row)]));
        page.runs.remove(m_runs->other);
        QVERIFY(!panes->isOffered(CompareCharts::Runs));
        QCOMPARE(panes->current(), CompareCharts::Lift);
        QVERIFY(panes->front()->isVisible());
    }

    void holmNeedsMoreRepeatsOfMoreRuns()
    {
        Page page(m_runs->file);
        QVERIFY(page.open({m_runs->small[6], m_runs->small[5]}));
        page.view.panes()->setCurrent(CompareCharts::Runs);
        const auto* pane = page.view.panes()->front();
        // Five repeats never reach 0.05; six, the best of two runs: 2 · 2/2⁶ = 0.0625.
        QVERIFY(pane->noteText().contains(QStringLiteral("Too few repeats")));
        page.runs.add({m_runs->small[7]});
        QTRY_COMPARE_WITH_TIMEOUT(page.runs.runs().size(), std::size_t(3), patience);
        page.runs.remove(m_runs->small[5]);
        // The second of two stands as it is, 2/2⁶ = 0.031; the first, 2 · 2/2⁷ = 0.031.
        QVERIFY(!pane->noteText().contains(QStringLiteral("oo few")));
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
        Page page(m_runs->file);
        QVERIFY(page.open({early ? m_runs->early : m_runs->old}));
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
        Page page(m_runs->file);
        QVERIFY(page.open({m_runs->ten}));
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

    void theTableGoesBesideWhereThereIsRoom()
    {
        Page page(m_runs->file);
        QVERIFY(page.open({m_runs->ten}));
        auto* pane = page.view.panes()->front();
        const auto left = [&](const QWidget* widget) { return widget->mapTo(pane, QPoint()).x(); };
        for (const int width : {500, 1600, 420}) {
            page.view.resize(width, 900);
            const bool beside = width > 1000;
            QTRY_COMPARE(left(pane->table()) > left(pane->chart()) + 100, beside);
            QVERIFY(page.view.width() == width);
        }
    }

private:
    std::unique_ptr<compare_page::Runs> m_runs;
};

QTEST_MAIN(CompareChartsTest)
#include "tst_compare_charts.moc"
