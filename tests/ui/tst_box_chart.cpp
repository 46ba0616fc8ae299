// SPDX-License-Identifier: GPL-3.0-or-later
// Box plots: quantiles by their definition, whiskers and outliers after Tukey, few repeats.
#include "tests/ui/charts_data.h"
#include "ui/charts/box_chart.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <random>

using namespace augury;

namespace {

/// Definition 7 of Hyndman & Fan as they write it: with p_k = (k − 1)/(n − 1) the k-th smallest
/// value is the p_k quantile, and between two of these the quantile function is a straight line.
double type7(std::vector<double> values, double p)
{
    std::sort(values.begin(), values.end());
    const auto n = double(values.size());
    for (std::size_t k = 1; k < values.size(); ++k) {
        const double from = (double(k) - 1) / (n - 1);
        const double to = double(k) / (n - 1);
        if (p >= from && p <= to)
            return values[k - 1] + (values[k] - values[k - 1]) * (p - from) / (to - from);
    }
    return values.front();
}

bool near(double a, double b)
{
    return std::abs(a - b) < 1e-9;
}

std::vector<RepeatResult> repeatsOf(const std::vector<int>& fixed)
{
    std::vector<RepeatResult> repeats;
    for (std::size_t i = 0; i < fixed.size(); ++i) {
        RepeatResult repeat;
        repeat.index = static_cast<int>(i);
        repeat.comparison = charts_data::comparison(1000, 600 + 2 * int(i), fixed[i], 0);
        repeats.push_back(repeat);
    }
    return repeats;
}

} // namespace

class TestBoxChart : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// As R prints: summary(1:10) has 3.25, 5.50 and 7.75; quantile(c(1, 2, 3, 4), .25) is 1.75.
    void knownQuantiles()
    {
        const std::vector<double> ten{7, 1, 10, 4, 2, 9, 3, 8, 5, 6};
        QVERIFY(near(quantile(ten, 0.25), 3.25));
        QVERIFY(near(quantile(ten, 0.5), 5.5));
        QVERIFY(near(quantile(ten, 0.75), 7.75));
        QVERIFY(near(quantile(std::vector<double>{1, 2, 3, 4}, 0.25), 1.75));
        QVERIFY(near(quantile(std::vector<double>{3}, 0.9), 3));
        QVERIFY(std::isnan(quantile({}, 0.5)));
    }

    void quantilesByDefinition()
    {
        std::mt19937 random(1);
        std::uniform_real_distribution<double> value(-3, 80);
        for (int n = 2; n <= 60; ++n) {
            std::vector<double> values(static_cast<std::size_t>(n));
            std::generate(values.begin(), values.end(), [&] { return value(random); });
            for (const double p : {0.0, 0.1, 0.25, 0.5, 0.75, 0.99, 1.0})
                QVERIFY(near(quantile(values, p), type7(values, p)));
        }
    }

    void whiskersEndAtValues()
    {
        // Quartiles 2 and 8 (the 4th and the 10th of 13): 1.5 boxes reach to −7 and 17.
        const std::vector<double> values{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 40, -30};
        const BoxStats stats(values);
        QCOMPARE(stats.n, 13);
        QVERIFY(near(stats.lowerQuartile, type7(values, 0.25)));
        QVERIFY(near(stats.upperQuartile, type7(values, 0.75)));
        QCOMPARE(stats.low, 0.0);
        QCOMPARE(stats.high, 10.0);
        QCOMPARE(stats.outliers, (std::vector<double>{-30, 40}));
    }

    /// A value exactly 1.5 boxes away is not beyond.
    void theFenceItselfIsInside()
    {
        // Quartiles 1 and 3: the fence is at 6.
        const BoxStats inside(std::vector<double>{0, 1, 2, 3, 6});
        QCOMPARE(inside.lowerQuartile, 1.0);
        QCOMPARE(inside.upperQuartile, 3.0);
        QVERIFY(inside.outliers.empty());
        QCOMPARE(inside.high, 6.0);
        const BoxStats outside(std::vector<double>{0, 1, 2, 3, 6.001});
        QCOMPARE(outside.outliers.size(), std::size_t(1));
        QCOMPARE(outside.high, 3.0);
    }

    void equalValues()
    {
        const BoxStats stats(std::vector<double>(7, 2.5));
        QCOMPARE(stats.low, 2.5);
        QCOMPARE(stats.high, 2.5);
        QVERIFY(stats.outliers.empty());
        BoxChart chart;
        chart.setRepeats(repeatsOf({5, 5, 5, 5, 5, 5}));
        QVERIFY(!chart.render(QSize(500, 300)).isNull());
    }

    void theTableHoldsTheNumbers()
    {
        BoxChart chart;
        chart.setRepeats(repeatsOf({10, 12, 14, 11, 60, 13, 12}));
        const ChartTable table = chart.table();
        QCOMPARE(table.rows.size(), std::size_t(3));
        const std::vector<double> lifts{1.0, 1.2, 1.4, 1.1, 6.0, 1.3, 1.2};
        const QVariantList& row = table.rows[2];
        QCOMPARE(row.size(), table.columns.size());
        QCOMPARE(row[1].toInt(), 7);
        QVERIFY(near(row[3].toDouble(), type7(lifts, 0.25)));
        QVERIFY(near(row[4].toDouble(), type7(lifts, 0.5)));
        QVERIFY(near(row[5].toDouble(), type7(lifts, 0.75)));
        QVERIFY(near(row[6].toDouble(), 1.4));
        QVERIFY(near(row[7].toDouble(), 6.0)); // the only outlier
        QVERIFY(chart.summary().contains(QStringLiteral("n = 7")));
        QVERIFY(chart.summary().contains(QStringLiteral("outliers 6.00")));
        QCOMPARE(chart.accessibleDescription(), chart.summary());
    }

    void fewRepeatsAreNoBox()
    {
        BoxChart chart;
        QVERIFY(!chart.summary().isEmpty());
        chart.setRepeats(repeatsOf({10, 12, 14, 11}));
        chart.render(QSize(500, 300));
        QVERIFY(chart.summary().contains(QStringLiteral("a box needs 5")));
        QVERIFY(!chart.summary().contains(QStringLiteral("median")));
        QVERIFY(chart.summary().contains(QStringLiteral("1.00, 1.20, 1.40, 1.10")));
        chart.setRepeats(repeatsOf({10, 12, 14, 11, 13}));
        chart.render(QSize(500, 300));
        QVERIFY(chart.summary().contains(QStringLiteral("median")));
    }
};

QTEST_MAIN(TestBoxChart)
#include "tst_box_chart.moc"
