// SPDX-License-Identifier: GPL-3.0-or-later
// TuneCurveChart: clicks and keys choose trials, legends, pictures along the axis.
#include "tests/ui/tune_charts_data.h"
#include "tests/ui/tune_charts_probe.h"
#include "ui/charts/axis_pictures.h"
#include "ui/charts/series_look.h"
#include "ui/charts/tune_curve_chart.h"

#include <QGraphicsRectItem>
#include <QGraphicsScene>
#include <QSignalSpy>

#include <set>

using namespace augury;
using namespace tune_charts_probe;
namespace made = tune_charts_data;

class TestTuneCurveChart : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aClickOnACurveChoosesItsTrial()
    {
        const TuneSpec spec = made::copiesSpec(8);
        const auto trials = made::copiesTrials(spec);
        TuneCurveChart chart;
        chart.setCurve(copiesCurves(spec, trials, TuneMeasure::Accuracy));
        chart.resize(1000, 640);
        chart.show();
        QSignalSpy clicked(&chart, &TuneCurveChart::trialClicked);
        for (const int trial : {0, 19, 25, 77, 159}) {
            const QRectF place = chart.placeOf(trial);
            QVERIFY(QRectF(chart.rect()).contains(place));
            clicked.clear();
            click(chart, trial);
            QCOMPARE(clicked.count(), 1);
            // Another of nearly the same place may lie on top, but not one that is elsewhere.
            const int got = clicked[0][0].toInt();
            QVERIFY(QLineF(chart.placeOf(got).center(), place.center()).length() < 1.5);
        }
        clicked.clear();
        QTest::mouseClick(&chart, Qt::LeftButton, {}, QPoint(3, 3));
        QTest::mouseClick(&chart, Qt::RightButton, {}, chart.placeOf(0).center().toPoint());
        QCOMPARE(clicked.count(), 0);
        const QString tip = tipAt(chart, chart.placeOf(0).center().toPoint());
        QVERIFY2(
            tip.contains(QStringLiteral("fixed ")) && tip.contains(QStringLiteral("cost 2.00×")),
            qPrintable(tip));
    }

    void keysWalkAlongTheCurves()
    {
        const TuneSpec spec = made::copiesSpec(3, 5);
        const auto trials = made::copiesTrials(spec);
        TuneCurveChart chart;
        chart.setCurve(copiesCurves(spec, trials, TuneMeasure::Accuracy));
        chart.resize(800, 500);
        chart.show();
        chart.setFocus();
        QVERIFY(QTest::qWaitForWindowActive(&chart));
        QSignalSpy clicked(&chart, &TuneCurveChart::trialClicked);
        QTest::keyClick(&chart, Qt::Key_Return);
        QCOMPARE(clicked.count(), 0); // nothing is under the cursor
        QTest::keyClick(&chart, Qt::Key_Right); // to the first
        QTest::keyClick(&chart, Qt::Key_Right);
        QTest::keyClick(&chart, Qt::Key_Right);
        QTest::keyClick(&chart, Qt::Key_Return);
        QCOMPARE(clicked.takeFirst()[0].toInt(), 2);
        QVERIFY(chart.accessibleDescription().contains(QStringLiteral("tutorial")));
        QTest::keyClick(&chart, Qt::Key_End);
        QTest::keyClick(&chart, Qt::Key_Right); // stays
        QTest::keyClick(&chart, Qt::Key_Space);
        QCOMPARE(clicked.takeFirst()[0].toInt(), 4);
        // Down: the next lower curve at five copies.
        const auto accuracy = [&](int trial) {
            return trials[std::size_t(trial)].comparison.ttaCorrect;
        };
        QTest::keyClick(&chart, Qt::Key_Down);
        QTest::keyClick(&chart, Qt::Key_Space);
        const int below = clicked.takeFirst()[0].toInt();
        QCOMPARE(trials[std::size_t(below)].configuration.copies, 5);
        QVERIFY(below != 4 && accuracy(below) <= accuracy(4));
        QTest::keyClick(&chart, Qt::Key_Up);
        QTest::keyClick(&chart, Qt::Key_Home);
        QTest::keyClick(&chart, Qt::Key_Return);
        QCOMPARE(clicked.takeFirst()[0].toInt(), 0);
        // It starts where the choice is, and stays with its trial while points arrive.
        chart.clearFocus();
        chart.setChosen(13);
        chart.setFocus();
        QTest::keyClick(&chart, Qt::Key_Right);
        QTest::keyClick(&chart, Qt::Key_Return);
        QCOMPARE(clicked.takeFirst()[0].toInt(), 13);
        const std::vector<Trial> later(trials.begin() + 5, trials.end());
        chart.setCurve(copiesCurves(spec, later, TuneMeasure::Accuracy));
        chart.render(chart.size());
        QTest::keyClick(&chart, Qt::Key_Return);
        QCOMPARE(clicked.takeFirst()[0].toInt(), 13);
    }

    void theTableOfACurve()
    {
        const TuneSpec spec = made::copiesSpec(2, 3);
        const auto trials = made::copiesTrials(spec);
        TuneCurveChart chart;
        chart.setCurve(copiesCurves(spec, trials, TuneMeasure::Nll));
        rowsAreAsLongAsTheHead(chart, 6);
        const ChartTable table = chart.table();
        QCOMPARE(table.columns[1], QStringLiteral("copies"));
        QCOMPARE(table.rows[4][0].toString(), QStringLiteral("gentle"));
        QCOMPARE(table.rows[4][1].toDouble(), 2.0);
        QCOMPARE(table.rows[4][2].toDouble(), trials[4].nll.mean(5000));
        QCOMPARE(table.rows[4][5].toDouble(), trials[4].baselineNll.mean(5000));
    }

    void aCurveFits_data()
    {
        QTest::addColumn<int>("policies");
        QTest::addColumn<int>("copies");
        QTest::addColumn<int>("measure");
        for (const int policies : {1, 2, 8, 12})
            for (const int copies : {1, 2, 20, 200})
                for (const int measure : {0, 1, 2})
                    QTest::addRow("%d %d %d", policies, copies, measure)
                        << policies << copies << measure;
    }

    void aCurveFits()
    {
        QFETCH(int, policies);
        QFETCH(int, copies);
        QFETCH(int, measure);
        const TuneSpec spec = made::copiesSpec(policies, copies);
        const auto trials = made::copiesTrials(spec);
        TuneCurveChart chart;
        chart.setTitle(QStringLiteral("Copies"));
        chart.setCurve(copiesCurves(spec, trials, TuneMeasure(measure)));
        chart.setChosen(0);
        nothingTouchesTheEdge(chart);
        const QStringList said = texts(chart, {1200, 750});
        QCOMPARE(said.filter(QStringLiteral("copies")).isEmpty(), false);
        // Ticks are whole numbers of copies, and there is no 0th.
        QVERIFY(!said.contains(QStringLiteral("0.5")) && !said.contains(QStringLiteral("1.5")));
        QVERIFY(measure == 1 || !said.contains(QStringLiteral("0")));
        QVERIFY(chart.summary().endsWith(QLatin1Char('.')));
        QVERIFY(chart.summary().contains(QStringLiteral("the original alone")));
    }

    /// For whom colours look alike, shapes and dashes tell eight apart; colours do, too.
    void eightSeriesAreToldApart()
    {
        for (const ChartStyle& style : {ChartStyle::light(), ChartStyle::darkMode()}) {
            std::set<QRgb> colours;
            std::set<std::pair<int, int>> shapes;
            for (std::size_t i = 0; i < 8; ++i) {
                const SeriesLook look = seriesLook(style, i);
                colours.insert(look.colour.rgb());
                shapes.insert({int(look.marker), int(look.dash)});
                QVERIFY(contrastRatio(look.colour, style.background) >= 3);
            }
            QCOMPARE(colours.size(), std::size_t(8));
            QCOMPARE(shapes.size(), std::size_t(8));
        }
    }

    /// Long names are elided in the legend, and whole in its tip.
    void longNamesInTheLegend()
    {
        const TuneSpec spec = made::copiesSpec(8);
        TuneCurveChart chart;
        chart.setCurve(copiesCurves(spec, made::copiesTrials(spec), TuneMeasure::Accuracy));
        chart.resize(640, 440);
        chart.show();
        nothingTouchesTheEdge(chart);
        const QString whole = QString::fromStdString(shortName(spec.policies[5]));
        QVERIFY(whole.size() > 50);
        const QStringList said = texts(chart, {640, 440});
        QVERIFY(!said.contains(whole));
        bool found = false;
        chart.render(chart.size());
        for (int y = 0; y < 200 && !found; y += 6)
            for (int x = 40; x < 640 && !found; x += 40)
                found = tipAt(chart, {x, y}) == whole;
        QVERIFY(found);
    }

    void picturesDoNotOverlap_data()
    {
        QTest::addColumn<int>("count");
        QTest::addColumn<int>("width");
        for (const int count : {1, 2, 11, 46})
            for (const int width : {320, 640, 1280})
                QTest::addRow("%d %d", count, width) << count << width;
    }

    void picturesDoNotOverlap()
    {
        QFETCH(int, count);
        QFETCH(int, width);
        QGraphicsScene scene;
        QObject owner;
        Plot plot(*scene.addRect(QRectF()), owner);
        plot.setStyle(ChartStyle::light(), QApplication::font());
        plot.setRanges({-1, 46, 5}, {60, 70, 2});
        auto* pictures = new AxisPictures(plot);
        pictures->setLook(ChartStyle::light(), QApplication::font());
        std::vector<TuneCurve::Thumbnail> thumbnails;
        for (int i = 0; i < count; ++i)
            thumbnails.push_back({count == 1 ? 45.0 : 45.0 * i / (count - 1), made::picture(i)});
        pictures->setPictures(thumbnails, QStringLiteral("rotation (°)"));
        const QRectF outer(10, 10, width, 400);
        plot.setGeometry(pictures->layOut(outer), QStringLiteral("100.0"));
        const auto places = pictures->places();
        QVERIFY(!places.empty() && places.size() <= std::size_t(count));
        if (count <= 11 && width >= 640)
            QCOMPARE(places.size(), std::size_t(count));
        for (std::size_t i = 0; i < places.size(); ++i) {
            QVERIFY(outer.contains(places[i]));
            QVERIFY(places[i].top() > plot.plotArea().bottom());
            QVERIFY(places[i].width() >= 28);
            if (i > 0)
                QVERIFY(places[i].left() > places[i - 1].right());
        }
        // The first stands under its x.
        if (count > 1)
            QVERIFY(std::abs(places[0].center().x() - plot.toRoot({0, 60}).x()) < 1);
    }

    void sensitivityHasItsPictures()
    {
        const TuneSpec spec = made::sensitivitySpec();
        const auto trials = made::sensitivityTrials(spec);
        TuneCurveChart chart;
        chart.setChartStyle(ChartStyle::light());
        TuneCurve curve = sensitivityCurve(spec, trials, TuneMeasure::Accuracy);
        chart.setCurve(curve);
        const auto reddish = [&] {
            const QImage image = chart.render({900, 560});
            int count = 0;
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                    count += image.pixelColor(x, y) == QColor(120, 160, 200) ? 1 : 0;
            return count;
        };
        QCOMPARE(reddish(), 0);
        for (const double x : spec.swept.strengths)
            curve.thumbnails.push_back({x, made::picture(x)});
        chart.setCurve(curve);
        QVERIFY(reddish() > 2000);
        nothingTouchesTheEdge(chart);
        QCOMPARE(texts(chart, {900, 560}).filter(QStringLiteral("rotation (°)")).size(), 1);
    }
};

QTEST_MAIN(TestTuneCurveChart)
#include "tst_tune_curve_chart.moc"
