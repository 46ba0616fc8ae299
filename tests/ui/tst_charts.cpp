// SPDX-License-Identifier: GPL-3.0-or-later
// The chart widgets: they show the data, seldom enough, in the palette's colours.
#include "core/evaluate/statistics.h"
#include "tests/ui/charts_data.h"
#include "ui/charts/box_chart.h"
#include "ui/charts/learning_chart.h"
#include "ui/charts/ledger_chart.h"
#include "ui/charts/repeats_chart.h"

#include <QAreaSeries>
#include <QBarSet>
#include <QElapsedTimer>
#include <QHorizontalStackedBarSeries>
#include <QLineSeries>
#include <QScatterSeries>
#include <QSignalSpy>
#include <QValueAxis>
#include <QtTest>

#include <algorithm>
#include <random>

using namespace augury;

namespace {

template <typename Series> Series& series(const QObject& chart, const char* name)
{
    auto* found = chart.findChild<Series*>(QString::fromLatin1(name));
    if (found == nullptr)
        qFatal("no series %s", name);
    return *found;
}

QList<QPointF> points(const QObject& chart, const char* name)
{
    return series<QXYSeries>(chart, name).points();
}

/// A line: the same colour in 60 neighbouring pixels of a row, unlike the background's.
bool hasLevelLine(const QImage& image)
{
    for (int y = 0; y < image.height(); ++y)
        for (int x = 1, run = 1; x < image.width(); ++x) {
            run = image.pixel(x, y) == image.pixel(x - 1, y) ? run + 1 : 1;
            if (run >= 60 && image.pixel(x, y) != image.pixel(0, 0))
                return true;
        }
    return false;
}

bool contains(const QImage& image, const QColor& colour)
{
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            if (image.pixel(x, y) == colour.rgb())
                return true;
    return false;
}

} // namespace

class TestCharts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void repeatsShowTheData()
    {
        std::vector<RepeatResult> repeats = charts_data::repeats(10);
        const std::vector<RepeatResult> ordered = repeats;
        std::shuffle(repeats.begin(), repeats.end(), std::mt19937(1)); // as side-by-side fits end
        RepeatsChart chart;
        chart.setRepeats(12, repeats);
        const QList<QPointF> baseline = points(chart, "baseline");
        const QList<QPointF> tta = points(chart, "tta");
        const QList<QPointF> lift = points(chart, "lift");
        QCOMPARE(baseline.size(), 10);
        QCOMPARE(tta.size(), 10);
        QCOMPARE(lift.size(), 10);
        std::vector<double> lifts;
        for (int i = 0; i < 10; ++i) {
            const Comparison& c = ordered[std::size_t(i)].comparison;
            QCOMPARE(qRound(baseline[i].x()), i + 1);
            QCOMPARE(qRound(tta[i].x()), i + 1);
            QVERIFY(baseline[i].x() < tta[i].x()); // beside each other, not on top
            QCOMPARE(lift[i].x(), i + 1.0);
            QCOMPARE(baseline[i].y(), double(c.baselineCorrect) / 100);
            QCOMPARE(tta[i].y(), double(c.ttaCorrect) / 100);
            QVERIFY(std::abs(lift[i].y() - double(c.fixed - c.broken) / 100) < 1e-9);
            lifts.push_back(lift[i].y());
        }
        const Interval interval = tInterval(lifts);
        const auto& band = series<QAreaSeries>(chart, "liftInterval");
        QVERIFY(band.isVisible());
        QVERIFY(std::abs(band.lowerSeries()->at(0).y() - interval.low) < 1e-9);
        QVERIFY(std::abs(band.upperSeries()->at(1).y() - interval.high) < 1e-9);
        QVERIFY(std::abs(points(chart, "liftMean")[0].y() - mean(lifts)) < 1e-9);
        QCOMPARE(points(chart, "liftMean")[1].x(), 12.5); // the planned repeats, not the done ones
        QVERIFY(chart.summary().contains(QStringLiteral("10 repeat")));
        QCOMPARE(chart.accessibleDescription(), chart.summary());
    }

    void anotherExperimentHasItsOwnAxes()
    {
        auto wide = charts_data::repeats(6);
        for (auto& repeat : wide) { // −4 points each
            repeat.comparison.broken += 400;
            repeat.comparison.ttaCorrect -= 400;
        }
        const auto narrow = charts_data::repeats(8);
        const auto drawn = [](ChartWidget& chart) { return chart.render({640, 420}); };
        RepeatsChart pairs, freshPairs;
        pairs.setRepeats(8, wide);
        QVERIFY(!drawn(pairs).isNull());
        pairs.setRepeats(8, narrow);
        freshPairs.setRepeats(8, narrow);
        QCOMPARE(drawn(pairs), drawn(freshPairs));
        BoxChart boxes, freshBoxes;
        boxes.setRepeats(wide);
        QVERIFY(!drawn(boxes).isNull());
        boxes.setRepeats(narrow);
        freshBoxes.setRepeats(narrow);
        QCOMPARE(drawn(boxes), drawn(freshBoxes));
    }

    void repeatsWithinTheAxes_data()
    {
        QTest::addColumn<int>("count");
        for (const int count : {1, 2, 3, 10, 100, 1000})
            QTest::addRow("%d", count) << count;
    }

    void repeatsWithinTheAxes()
    {
        QFETCH(int, count);
        RepeatsChart chart;
        for (int done = 1; done <= count; done += std::max(1, count / 7))
            chart.setRepeats(count, charts_data::repeats(done));
        chart.setRepeats(count, charts_data::repeats(count));
        chart.render(QSize(640, 440));
        QCOMPARE(points(chart, "tta").size(), count);
        QVERIFY(hasLevelLine(chart.render(QSize(640, 440))));
        for (const char* name :
            {"baseline", "tta", "lift", "baselineMean", "ttaMean", "liftMean"}) {
            auto& line = series<QXYSeries>(chart, name);
            const auto axes = line.attachedAxes();
            QCOMPARE(axes.size(), 2);
            const auto* x = qobject_cast<QValueAxis*>(axes[0]);
            const auto* y = qobject_cast<QValueAxis*>(axes[1]);
            QVERIFY(x && y);
            for (const QPointF& point : line.points()) {
                QVERIFY(point.x() >= x->min() && point.x() <= x->max());
                QVERIFY(point.y() >= y->min() && point.y() <= y->max());
            }
        }
    }

    void negativeAndZeroLifts()
    {
        for (const int sign : {-1, 0, 1}) {
            std::vector<RepeatResult> repeats(3);
            for (int i = 0; i < 3; ++i) {
                repeats[std::size_t(i)].index = i;
                repeats[std::size_t(i)].comparison = charts_data::comparison(
                    100, 50 + i, sign > 0 ? 5 + i : 0, sign < 0 ? 5 + i : 0);
            }
            RepeatsChart chart;
            chart.setRepeats(3, repeats);
            for (int i = 0; i < 3; ++i)
                QVERIFY(std::abs(points(chart, "lift")[i].y() - sign * (5 + i)) < 1e-9);
            QVERIFY(!chart.render(QSize(400, 300)).isNull());
        }
    }

    void emptyChartsSaySo()
    {
        RepeatsChart repeats;
        LearningChart learning;
        LedgerChart ledger;
        for (ChartWidget* chart :
            std::initializer_list<ChartWidget*>{&repeats, &learning, &ledger}) {
            QVERIFY(!chart->summary().isEmpty());
            QVERIFY(!chart->accessibleName().isEmpty());
            const QImage image = chart->render(QSize(400, 300));
            QVERIFY(!hasLevelLine(image)); // no bare axes
            QVERIFY(contains(image, chart->chartStyle().mutedText)); // but words
        }
        repeats.setRepeats(3, charts_data::repeats(2));
        repeats.setRepeats(3, {});
        QTRY_VERIFY(points(repeats, "tta").isEmpty());
    }

    void learningShowsTheData()
    {
        LearningChart chart;
        chart.clear(3);
        for (int e = 1; e <= 2; ++e) {
            for (int b = 1; b <= 100; ++b)
                chart.appendBatch(charts_data::batch(e, 3, b, 100));
            chart.appendEpoch(e, charts_data::epoch(e));
        }
        chart.render(QSize(640, 440)); // shows the newest
        const QList<QPointF> batches = points(chart, "lossBatches");
        QCOMPARE(batches.size(), 200);
        QCOMPARE(batches[0].x(), 0.01);
        QCOMPARE(batches[0].y(), charts_data::batch(1, 3, 1, 100).loss);
        QCOMPARE(batches[199].x(), 2.0);
        QCOMPARE(points(chart, "accuracyBatches")[150].y(),
            100 * charts_data::batch(2, 3, 51, 100).accuracy);
        for (const char* name : {"lossTrain", "lossTrainEpochs"}) {
            QCOMPARE(points(chart, name).size(), 2);
            QCOMPARE(points(chart, name)[1], QPointF(2, charts_data::epoch(2).trainLoss));
        }
        QCOMPARE(
            points(chart, "lossValidation")[0], QPointF(1, *charts_data::epoch(1).validationLoss));
        QCOMPARE(points(chart, "accuracyTrain")[0],
            QPointF(1, 100 * charts_data::epoch(1).trainAccuracy));
        QCOMPARE(points(chart, "accuracyValidationEpochs")[1],
            QPointF(2, 100 * *charts_data::epoch(2).validationAccuracy));
        chart.clear(3);
        chart.render(QSize(640, 440));
        QVERIFY(points(chart, "lossBatches").isEmpty());
    }

    void learningSurvivesDivergence()
    {
        LearningChart chart;
        chart.clear(1);
        BatchProgress batch = charts_data::batch(1, 1, 1, 3);
        chart.appendBatch(batch);
        batch.batch = 2;
        batch.loss = std::numeric_limits<double>::quiet_NaN();
        chart.appendBatch(batch);
        batch.batch = 3;
        batch.loss = std::numeric_limits<double>::infinity();
        chart.appendBatch(batch);
        EpochMetrics metrics;
        metrics.trainLoss = batch.loss;
        metrics.trainAccuracy = 0.1;
        chart.appendEpoch(1, metrics);
        QVERIFY(!chart.render(QSize(640, 440)).isNull());
        QCOMPARE(points(chart, "lossBatches").size(), 1);
        QCOMPARE(points(chart, "accuracyBatches").size(), 3);
    }

    /// At most one refresh in 100 ms, the first at once, and the last data always arrive.
    void refreshIsThrottled()
    {
        LearningChart chart;
        chart.clear(1);
        QTRY_COMPARE(points(chart, "lossBatches").size(), 0);
        QSignalSpy replaced(&series<QXYSeries>(chart, "lossBatches"), &QXYSeries::pointsReplaced);
        QSignalSpy added(&series<QXYSeries>(chart, "lossBatches"), &QXYSeries::pointAdded);
        QElapsedTimer clock;
        clock.start();
        constexpr int batches = 10000;
        for (int b = 1; b <= batches; ++b) {
            chart.appendBatch(charts_data::batch(1, 1, b, batches));
            if (b % 500 == 0)
                QCoreApplication::sendPostedEvents();
        }
        QTRY_VERIFY(!points(chart, "lossBatches").isEmpty()
            && points(chart, "lossBatches").back().x() == 1.0);
        const qint64 allowed = clock.elapsed() / 100 + 2;
        QVERIFY2(replaced.count() <= allowed, qPrintable(QString::number(replaced.count())));
        QVERIFY(replaced.count() >= 1);
        QCOMPARE(added.count(), 0);
        QVERIFY(points(chart, "lossBatches").size() <= 1000);
    }

    void ledgerShowsTheData()
    {
        LedgerChart chart;
        chart.setComparison(charts_data::comparison(10000, 6860, 287, 139));
        const auto& bars = series<QHorizontalStackedBarSeries>(chart, "ledger");
        const auto value = [&bars](const char* name, int row) {
            for (const QBarSet* set : bars.barSets())
                if (set->label() == QString::fromLatin1(name))
                    return set->at(row);
            return -1.0;
        };
        QCOMPARE(value("baseline", 2), 68.60);
        QCOMPARE(value("tta", 1), 70.08);
        QCOMPARE(value("bothRight", 0), 67.21);
        QCOMPARE(value("fixed", 0), 2.87);
        QCOMPARE(value("broken", 0), 1.39);
        QCOMPARE(value("bothWrong", 0), 28.53);
        QVERIFY(chart.summary().contains(QStringLiteral("287 fixed, 139 broken")));
    }

    void followsThePalette()
    {
        RepeatsChart chart;
        chart.setRepeats(3, charts_data::repeats(3));
        QPalette dark = chart.palette();
        dark.setColor(QPalette::Base, QColor(20, 20, 20));
        dark.setColor(QPalette::Text, QColor(240, 240, 240));
        chart.setPalette(dark);
        QVERIFY(chart.chartStyle().dark);
        QCOMPARE(series<QScatterSeries>(chart, "tta").color(), chart.chartStyle().tta);
        QVERIFY(contains(chart.render(QSize(500, 400)), ChartStyle::darkMode().tta));
        QPalette light = dark;
        light.setColor(QPalette::Base, Qt::white);
        light.setColor(QPalette::Text, Qt::black);
        chart.setPalette(light);
        QVERIFY(!chart.chartStyle().dark);
        chart.setChartStyle(ChartStyle::darkMode());
        chart.setPalette(light);
        QCOMPARE(chart.chartStyle(), ChartStyle::darkMode()); // pinned
    }

    void scalesWithTheScreen()
    {
        RepeatsChart chart;
        chart.setRepeats(3, charts_data::repeats(3));
        const QImage once = chart.render(QSize(500, 400));
        const QImage twice = chart.render(QSize(500, 400), 2.0);
        QCOMPARE(once.size(), QSize(500, 400));
        QCOMPARE(twice.size(), QSize(1000, 800));
        // The same picture: about four times as many pixels that are not background.
        const auto inked = [](const QImage& image) {
            qint64 count = 0;
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                    count += image.pixel(x, y) == image.pixel(0, 0) ? 0 : 1;
            return double(count);
        };
        const double ratio = inked(twice) / inked(once);
        QVERIFY2(ratio > 3.4 && ratio < 4.2, qPrintable(QString::number(ratio)));
    }

    void rendersWhileShownAtAnotherSize()
    {
        LedgerChart chart;
        chart.setComparison(charts_data::comparison(10000, 6860, 287, 139));
        chart.resize(500, 400);
        chart.show();
        QVERIFY(QTest::qWaitForWindowExposed(&chart));
        const QImage before = chart.grab().toImage();
        QCOMPARE(chart.render(QSize(900, 500)).size(), QSize(900, 500));
        QCOMPARE(chart.grab().toImage(), before);
    }

    void tabReachesIt()
    {
        QVERIFY(RepeatsChart().focusPolicy() & Qt::TabFocus);
        QVERIFY(LearningChart().focusPolicy() & Qt::TabFocus);
        QVERIFY(LedgerChart().focusPolicy() & Qt::TabFocus);
    }
};

QTEST_MAIN(TestCharts)
#include "tst_charts.moc"
