// SPDX-License-Identifier: GPL-3.0-or-later
// Colours, axes and number texts: what the charts are made of, without a chart.
#include "ui/charts/axis_range.h"
#include "ui/charts/chart_style.h"
#include "ui/charts/chart_text.h"
#include "ui/charts/decimated_line.h"

#include <QtTest>

#include <cmath>
#include <limits>

using namespace augury;

namespace {

std::vector<QColor> meaningfulColours(const ChartStyle& style)
{
    return {style.text, style.mutedText, style.axis, style.baseline, style.tta, style.lift,
        style.train, style.validation, style.fixed, style.broken, style.bothRight, style.bothWrong};
}

QPalette palette(const QColor& base, const QColor& text)
{
    QPalette palette;
    palette.setColor(QPalette::Base, base);
    palette.setColor(QPalette::Text, text);
    return palette;
}

} // namespace

class TestChartsStyle : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void contrastRatioOfKnownPairs()
    {
        // Published values of the WCAG formula: #777 on white fails 4.5 by a hair, #767676 passes.
        QCOMPARE(contrastRatio(Qt::black, Qt::white), 21.0);
        QCOMPARE(contrastRatio(Qt::white, Qt::white), 1.0);
        QVERIFY(std::abs(contrastRatio(QColor(0x77, 0x77, 0x77), Qt::white) - 4.478) < 0.001);
        QVERIFY(std::abs(contrastRatio(Qt::white, QColor(0x76, 0x76, 0x76)) - 4.542) < 0.001);
        QVERIFY(std::abs(contrastRatio(QColor(255, 0, 0), Qt::white) - 3.998) < 0.001);
    }

    void everyColourHasContrast_data()
    {
        QTest::addColumn<QColor>("base");
        QTest::addColumn<QColor>("text");
        QTest::newRow("white") << QColor(Qt::white) << QColor(Qt::black);
        QTest::newRow("off-white") << QColor(0xee, 0xee, 0xe8) << QColor(0x30, 0x30, 0x30);
        QTest::newRow("black") << QColor(Qt::black) << QColor(Qt::white);
        QTest::newRow("breeze dark") << QColor(0x1b, 0x1e, 0x20) << QColor(0xfc, 0xfc, 0xfc);
        QTest::newRow("grey") << QColor(0x80, 0x80, 0x80) << QColor(0x60, 0x60, 0x60);
        QTest::newRow("cream") << QColor(0xfd, 0xf6, 0xe3) << QColor(0x65, 0x7b, 0x83);
        QTest::newRow("blue") << QColor(0, 0, 0x80) << QColor(0xff, 0xff, 0);
    }

    void everyColourHasContrast()
    {
        QFETCH(QColor, base);
        QFETCH(QColor, text);
        const ChartStyle style = ChartStyle::fromPalette(palette(base, text));
        QCOMPARE(style.background, base);
        for (const QColor& colour : meaningfulColours(style))
            QVERIFY2(contrastRatio(colour, base) >= 3.0, qPrintable(colour.name()));
        QVERIFY(contrastRatio(style.text, base) >= 4.5);
        QVERIFY(contrastRatio(style.mutedText, base) >= 4.5);
        QVERIFY(style.baseline != style.tta);
        QVERIFY(style.train != style.validation);
        QVERIFY(style.fixed != style.broken);
    }

    void okabeItoStaysWhereItMay()
    {
        QCOMPARE(ChartStyle::light().tta, QColor(0x00, 0x72, 0xb2));
        QCOMPARE(ChartStyle::light().baseline, QColor(0xd5, 0x5e, 0x00));
        QCOMPARE(ChartStyle::darkMode().tta, QColor(0x56, 0xb4, 0xe9));
        QCOMPARE(ChartStyle::darkMode().baseline, QColor(0xe6, 0x9f, 0x00));
        QVERIFY(!ChartStyle::light().dark);
        QVERIFY(ChartStyle::darkMode().dark);
    }

    void niceRanges_data()
    {
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("high");
        QTest::newRow("accuracies") << 68.13 << 71.2;
        QTest::newRow("one value") << 70.0 << 70.0;
        QTest::newRow("zero") << 0.0 << 0.0;
        QTest::newRow("hundred") << 100.0 << 100.0;
        QTest::newRow("all") << 0.0 << 100.0;
        QTest::newRow("tiny") << 50.0001 << 50.0002;
    }

    void niceRanges()
    {
        QFETCH(double, low);
        QFETCH(double, high);
        const AxisRange range = niceRange(low, high, 6, 1.0, 0, 100);
        QVERIFY(range.isValid());
        QVERIFY(range.contains(low, high));
        QVERIFY(range.low >= 0 && range.high <= 100);
        const double digits =
            range.step / std::pow(10.0, std::floor(std::log10(range.step) + 1e-9));
        QVERIFY2(std::abs(digits - 1) < 1e-6 || std::abs(digits - 2) < 1e-6
                || std::abs(digits - 5) < 1e-6,
            qPrintable(QString::number(range.step)));
        QVERIFY(range.ticks(100).size() >= 2);
        QVERIFY(range.ticks(100).size() <= 9);
        QVERIFY(range.ticks(3).size() <= 3);
    }

    void ticksAreExactMultiples()
    {
        const AxisRange range{-0.3, 0.3, 0.1};
        const std::vector<double> ticks = range.ticks(10);
        QCOMPARE(ticks.size(), std::size_t(7));
        QVERIFY(ticks[3] == 0 && !std::signbit(ticks[3]));
        QCOMPARE(range.decimals(), 1);
        QCOMPARE((AxisRange{0, 100, 20}).decimals(), 0);
        QCOMPARE((AxisRange{0, 1, 0.05}).decimals(), 2);
    }

    void aSteadyRangeJumpsSeldom()
    {
        AxisRange range;
        int changes = 0;
        double low = 70;
        double high = 70;
        for (int i = 0; i < 100; ++i) { // a random walk of the extremes, as repeats arrive
            const double value = 70 + 2 * std::sin(i * 1.7);
            low = std::min(low, value);
            high = std::max(high, value);
            const AxisRange next = steadyRange(range, low, high, 6, 1.0, 0, 100);
            QVERIFY(next.contains(low, high));
            changes += next == range ? 0 : 1;
            range = next;
        }
        QVERIFY2(changes <= 4, qPrintable(QString::number(changes)));
        const AxisRange narrow = steadyRange(range, 70.0, 70.2, 6, 1.0, 0, 100);
        QVERIFY(narrow.high - narrow.low < (range.high - range.low) / 2);
    }

    void numbers()
    {
        using namespace chart_text;
        QCOMPARE(number(-0.04, 1), QStringLiteral("0.0"));
        QCOMPARE(number(-0.06, 1), QStringLiteral("−0.1"));
        QCOMPARE(signedNumber(1.25, 2), QStringLiteral("+1.25"));
        QCOMPARE(signedNumber(0.004, 2), QStringLiteral("0.00"));
        QCOMPARE(number(std::numeric_limits<double>::quiet_NaN(), 1), QStringLiteral("–"));
        QCOMPARE(percent(0.686), QStringLiteral("68.6 %"));
        QCOMPARE(count(1234567), QStringLiteral("1,234,567"));
    }

    void aDecimatedLineStaysShortAndTrue()
    {
        DecimatedLine line(100);
        for (int i = 0; i < 12345; ++i) {
            line.append({double(i), 2.0 * i});
            QVERIFY(line.points().size() <= 100);
            QCOMPARE(line.points().front(), QPointF(0, 0));
            QCOMPARE(line.points().back(), QPointF(i, 2.0 * i));
        }
        const QList<QPointF> points = line.points();
        QVERIFY(points.size() >= 45);
        const double stride = points[1].x() - points[0].x();
        for (qsizetype i = 1; i + 1 < points.size(); ++i) {
            QCOMPARE(points[i].x() - points[i - 1].x(), stride); // even: no stretch is lost
            QCOMPARE(points[i].y(), 2 * points[i].x());
        }
        line.append({99999, std::numeric_limits<double>::quiet_NaN()});
        QCOMPARE(line.points(), points);
        line.clear();
        QVERIFY(line.points().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestChartsStyle)
#include "tst_charts_style.moc"
