// SPDX-License-Identifier: GPL-3.0-or-later
// LiftChart and RunsChart: means, intervals and zones against an independent computation.
#include "tests/ui/compare_data.h"
#include "ui/charts/lift_chart.h"
#include "ui/charts/runs_chart.h"

#include <QAreaSeries>
#include <QLineSeries>
#include <QtTest>

#include <boost/math/distributions/students_t.hpp>

#include <cmath>
#include <limits>
#include <numeric>

using namespace augury;

namespace {

struct Mean {
    double mean = 0;
    double low = 0;
    double high = 0;
};

/// The t interval from its formula, by Boost's quantile.
Mean meanOf(const RunData& run)
{
    const auto n = double(run.points.size());
    double sum = 0;
    for (const RepeatPoint& point : run.points)
        sum += point.lift;
    const double mean = sum / n;
    double squares = 0;
    for (const RepeatPoint& point : run.points)
        squares += (point.lift - mean) * (point.lift - mean);
    const boost::math::students_t distribution(n - 1);
    const double half =
        boost::math::quantile(distribution, 0.975) * std::sqrt(squares / (n - 1) / n);
    return {mean, mean - half, mean + half};
}

RunData runOf(const std::vector<double>& lifts, const QString& name = QStringLiteral("a run"))
{
    RunData run;
    run.id = 1;
    run.name = name;
    for (std::size_t i = 0; i < lifts.size(); ++i)
        run.points.push_back({static_cast<int>(i) + 1, 70, 70 + lifts[i], lifts[i]});
    return run;
}

/// Pixels of a colour, or nearly.
int count(const QImage& image, const QColor& colour)
{
    int found = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x) {
            const QColor pixel = image.pixelColor(x, y);
            found += std::abs(pixel.red() - colour.red()) + std::abs(pixel.green() - colour.green())
                    + std::abs(pixel.blue() - colour.blue())
                < 12;
        }
    return found;
}

} // namespace

class TestLiftCharts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void meansAndIntervals()
    {
        RunsChart chart;
        const std::vector<RunData> runs = compare_data::runs(8, 10);
        chart.setRuns(runs);
        const ChartTable table = chart.table();
        QCOMPARE(table.rows.size(), std::size_t(8));
        for (std::size_t i = 0; i < runs.size(); ++i) {
            const Mean expected = meanOf(runs[i]);
            const QVariantList& row = table.rows[i];
            QCOMPARE(row.size(), table.columns.size());
            QCOMPARE(row[0].toString(), runs[i].name); // in the order given
            QVERIFY(std::abs(row[2].toDouble() - expected.mean) < 1e-9);
            QVERIFY(std::abs(row[3].toDouble() - expected.low) < 1e-9);
            QVERIFY(std::abs(row[4].toDouble() - expected.high) < 1e-9);
            QCOMPARE(row[5].toDouble(), runs[i].adjustedP);
        }
    }

    void oneRunHasItsBand()
    {
        LiftChart chart;
        const std::vector<RepeatResult> repeats = charts_data::repeats(10);
        chart.setRepeats(12, repeats);
        chart.render(QSize(640, 400));
        RunData run;
        run.points = repeatPoints(repeats);
        const Mean expected = meanOf(run);
        auto* band = chart.findChild<QAreaSeries*>(QStringLiteral("interval"));
        auto* mean = chart.findChild<QLineSeries*>(QStringLiteral("mean"));
        QVERIFY(band && mean && band->isVisible());
        QVERIFY(std::abs(band->lowerSeries()->at(0).y() - expected.low) < 1e-9);
        QVERIFY(std::abs(band->upperSeries()->at(0).y() - expected.high) < 1e-9);
        QVERIFY(std::abs(mean->at(0).y() - expected.mean) < 1e-9);
        QCOMPARE(mean->at(1).x(), 12.5); // as far as is planned
        QCOMPARE(chart.table().rows.size(), std::size_t(10));
    }

    void theZoneInWords_data()
    {
        QTest::addColumn<QList<double>>("lifts");
        QTest::addColumn<double>("zone");
        QTest::addColumn<QString>("words");
        // Mean 1.2, interval 0.70 … 1.70 (sd 0.2, n = 3: ± 4.303 · 0.2/√3 = 0.497).
        const QList<double> clear{1.0, 1.2, 1.4};
        const QList<double> small{-0.02, 0.0, 0.02};
        const QList<double> loss{-1.0, -1.2, -1.4};
        QTest::newRow("above") << clear << 0.2
                               << QStringLiteral("above the negligible zone of ±0.2");
        QTest::newRow("into") << clear << 0.8 << QStringLiteral("reaches into the negligible zone");
        QTest::newRow("within") << small << 0.2 << QStringLiteral("within the negligible zone");
        QTest::newRow("below") << loss << 0.2 << QStringLiteral("below the negligible zone");
        QTest::newRow("no zone") << clear << 0.0 << QStringLiteral("above zero");
        QTest::newRow("no zone, zero") << small << 0.0 << QStringLiteral("reaches zero");
    }

    void theZoneInWords()
    {
        QFETCH(QList<double>, lifts);
        QFETCH(double, zone);
        QFETCH(QString, words);
        const RunData run = runOf({lifts.begin(), lifts.end()});
        LiftChart lift;
        lift.setNegligible(zone);
        lift.setRuns({run});
        lift.render(QSize(400, 300));
        QVERIFY2(lift.summary().contains(words), qPrintable(lift.summary()));
        RunsChart chart;
        chart.setNegligible(zone);
        chart.setRuns({run});
        chart.render(QSize(400, 300));
        QVERIFY2(chart.summary().contains(words), qPrintable(chart.summary()));
    }

    void theZoneIsShaded()
    {
        LiftChart chart;
        chart.setChartStyle(ChartStyle::light());
        QCOMPARE(chart.negligible(), usualNegligible);
        const auto shaded = [&chart](double zone) {
            chart.setNegligible(zone);
            const QImage image = chart.render(QSize(600, 400));
            QColor wash = chart.chartStyle().mutedText;
            const double a = 38 / 255.0;
            const QColor mixed(int(255 + (wash.red() - 255) * a),
                int(255 + (wash.green() - 255) * a), int(255 + (wash.blue() - 255) * a));
            return count(image, mixed);
        };
        chart.setRuns({runOf({3.0, 2.5, 3.5, 2.8})});
        const int none = shaded(0);
        const int some = shaded(0.2);
        const int more = shaded(0.6);
        QVERIFY(some > none + 1000);
        QVERIFY(more > 2 * some);
        chart.setNegligible(-1);
        QCOMPARE(chart.negligible(), 0.0);
        chart.setNegligible(std::numeric_limits<double>::quiet_NaN());
        QCOMPARE(chart.negligible(), 0.0);
    }

    void everyRunIsDrawnInItsColour()
    {
        for (const bool dark : {false, true}) {
            const std::vector<RunData> runs = compare_data::runs(8, 10);
            LiftChart lift;
            RunsChart rows;
            const ChartStyle style = dark ? ChartStyle::darkMode() : ChartStyle::light();
            lift.setChartStyle(style);
            rows.setChartStyle(style);
            lift.setRuns(runs);
            rows.setRuns(runs);
            const QImage columns = lift.render(QSize(900, 560), 2);
            const QImage forest = rows.render(QSize(900, 560), 2);
            for (const RunData& run : runs) {
                QVERIFY(count(columns, run.look.colourIn(style)) > 150);
                QVERIFY(count(forest, run.look.colourIn(style)) > 150);
            }
            // A run that leaves takes its colour with it, and the others keep theirs.
            std::vector<RunData> fewer = runs;
            fewer.erase(fewer.begin() + 2);
            rows.setRuns(fewer);
            const QImage without = rows.render(QSize(900, 560), 2);
            QVERIFY(count(without, runs[2].look.colourIn(style)) < 20);
            QVERIFY(count(without, runs[0].look.colourIn(style)) > 150);
            QVERIFY(count(without, runs[7].look.colourIn(style)) > 150);
        }
    }

    void fewRepeatsAndNone()
    {
        RunsChart chart;
        LiftChart lift;
        QVERIFY(chart.summary().contains(QStringLiteral("No runs")));
        QVERIFY(lift.summary().contains(QStringLiteral("No repeats")));
        std::vector<RunData> runs{runOf({}, QStringLiteral("empty")),
            runOf({1}, QStringLiteral("one")), runOf({1, 1.2}, QStringLiteral("two"))};
        runs[1].id = 2;
        runs[2].id = 3;
        chart.setRuns(runs);
        lift.setRuns(runs);
        QVERIFY(!chart.render(QSize(640, 400)).isNull());
        QVERIFY(!lift.render(QSize(640, 400)).isNull());
        QVERIFY(chart.summary().contains(QStringLiteral("empty, no repeats yet")));
        QVERIFY(std::isnan(chart.table().rows[1][3].toDouble()));
        QCOMPARE(lift.table().rows.size(), std::size_t(3));
        lift.setRuns({});
        QTRY_VERIFY(lift.summary().contains(QStringLiteral("No repeats")));
        chart.setRuns({});
        QTRY_VERIFY(chart.summary().contains(QStringLiteral("No runs")));
    }

    void theHeightGrowsWithTheRuns()
    {
        RunsChart chart;
        chart.setRuns(compare_data::runs(3, 5));
        const int few = chart.minimumSizeHint().height();
        chart.setRuns(compare_data::runs(40, 5));
        QVERIFY(chart.minimumSizeHint().height() > few + 37 * 12);
    }

    /// In a live run the points come in one call at a time, and the newest are drawn.
    void repeatsArrive()
    {
        LiftChart chart;
        chart.resize(640, 400);
        chart.show();
        for (int done = 1; done <= 50; ++done)
            chart.setRepeats(50, charts_data::repeats(done));
        QCOMPARE(chart.table().rows.size(), std::size_t(50));
        QTRY_VERIFY(chart.summary().startsWith(QStringLiteral("50 repeat")));
    }
};

QTEST_MAIN(TestLiftCharts)
#include "tst_lift_charts.moc"
