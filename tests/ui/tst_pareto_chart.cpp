// SPDX-License-Identifier: GPL-3.0-or-later
// ParetoChart and ForestChart, and what all charts of tuning say without data.
#include "tests/ui/tune_charts_data.h"
#include "tests/ui/tune_charts_probe.h"
#include "ui/charts/forest_chart.h"
#include "ui/charts/heat_map_chart.h"
#include "ui/charts/pareto_chart.h"
#include "ui/charts/pareto_marks.h"
#include "ui/charts/tune_curve_chart.h"

#include <QGraphicsRectItem>
#include <QGraphicsScene>
#include <QSignalSpy>

using namespace augury;
using namespace tune_charts_probe;
namespace made = tune_charts_data;

class TestParetoChart : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void emptyChartsSaySo()
    {
        TuneCurveChart curve;
        HeatMapChart heat;
        ParetoChart pareto;
        ForestChart forest;
        for (ChartWidget* chart :
            std::initializer_list<ChartWidget*>{&curve, &heat, &pareto, &forest}) {
            QVERIFY(!chart->accessibleName().isEmpty());
            QVERIFY(chart->summary().startsWith(QStringLiteral("Nothing ")));
            QCOMPARE(chart->accessibleDescription(), chart->summary());
            rowsAreAsLongAsTheHead(*chart, 0);
            nothingTouchesTheEdge(*chart);
            QVERIFY(
                texts(*chart, {640, 440}).join(QLatin1Char(' ')).contains(QStringLiteral("here"))
                || texts(*chart, {640, 440})
                       .join(QLatin1Char(' '))
                       .contains(QStringLiteral("map")));
        }
        // And again after data.
        const TuneSpec spec = made::copiesSpec(2);
        const auto trials = made::copiesTrials(spec);
        curve.setCurve(copiesCurves(spec, trials, TuneMeasure::Accuracy));
        heat.setMap(sweepMap(spec, trials, 0, 1));
        pareto.setPoints(paretoPoints(trials));
        forest.setRows(forestRows(made::confirmations(2)));
        for (ChartWidget* chart :
            std::initializer_list<ChartWidget*>{&curve, &heat, &pareto, &forest}) {
            chart->render({640, 440});
            QVERIFY(!chart->summary().startsWith(QStringLiteral("Nothing ")));
        }
        curve.clear();
        heat.clear();
        pareto.clear();
        forest.clear();
        for (ChartWidget* chart :
            std::initializer_list<ChartWidget*>{&curve, &heat, &pareto, &forest}) {
            chart->render({640, 440});
            QVERIFY(chart->summary().startsWith(QStringLiteral("Nothing ")));
        }
    }

    void aClickOnTheFrontChoosesItsTrial()
    {
        const TuneSpec spec = made::sweepSpec();
        const auto trials = made::sweepTrials(spec, true);
        QVERIFY(trials.size() >= 1500);
        const auto points = paretoPoints(trials);
        ParetoChart chart;
        chart.setPoints(points);
        chart.resize(1000, 640);
        chart.show();
        QSignalSpy clicked(&chart, &ParetoChart::trialClicked);
        int front = 0;
        for (const ParetoPoint& point : points) {
            if (!point.onFront)
                continue;
            ++front;
            clicked.clear();
            click(chart, point.trial);
            QCOMPARE(clicked.count(), 1);
            const auto& got = trials[std::size_t(clicked[0][0].toInt())].comparison;
            const auto& wanted = trials[std::size_t(point.trial)].comparison;
            QVERIFY(std::abs(got.lift() - wanted.lift()) < 0.0005
                && std::abs(got.cost() - wanted.cost()) < 0.2);
        }
        QVERIFY(front >= 2);
        const ParetoPoint& first = points.front();
        const QString tip = tipAt(chart, chart.placeOf(first.trial).center().toPoint());
        QVERIFY2(tip.contains(QStringLiteral("lift ")) && tip.contains(QStringLiteral(" … ")),
            qPrintable(tip)); // with an interval, though it is not on the front
        rowsAreAsLongAsTheHead(chart, trials.size());
        nothingTouchesTheEdge(chart);
        chart.setFocus();
        QTest::keyClick(&chart, Qt::Key_Home);
        QTest::keyClick(&chart, Qt::Key_Home);
        QTest::keyClick(&chart, Qt::Key_Right);
        clicked.clear();
        QTest::keyClick(&chart, Qt::Key_Return);
        QCOMPARE(trials[std::size_t(clicked.takeFirst()[0].toInt())].configuration.copies, 2);
    }

    void theFrontIsStepped()
    {
        QGraphicsScene scene;
        QObject owner;
        Plot plot(*scene.addRect(QRectF()), owner);
        auto* marks = new ParetoMarks(plot);
        std::vector<ParetoPoint> points(4);
        points[0] = {.cost = 5,
            .lift = 2,
            .low = 1,
            .high = 3,
            .trial = 0,
            .onFront = true,
            .best = true,
            .faded = false,
            .toolTip = {},
            .facts = {}};
        points[1] = {.cost = 2,
            .lift = 1,
            .low = 0,
            .high = 2,
            .trial = 1,
            .onFront = true,
            .best = false,
            .faded = false,
            .toolTip = {},
            .facts = {}};
        points[2] = {.cost = 4,
            .lift = 0,
            .low = 0,
            .high = 2,
            .trial = 2,
            .onFront = false,
            .best = false,
            .faded = false,
            .toolTip = {},
            .facts = {}};
        points[3] = {.cost = 3,
            .lift = 1.5,
            .low = 0,
            .high = 2,
            .trial = 3,
            .onFront = true,
            .best = false,
            .faded = false,
            .toolTip = {},
            .facts = {}};
        marks->setPoints(points);
        QCOMPARE(marks->frontLine(), (QList<QPointF>{{2, 1}, {3, 1}, {3, 1.5}, {5, 1.5}, {5, 2}}));
        ParetoChart chart;
        chart.setPoints(points);
        chart.setCostLimit(3.5);
        chart.render({800, 500});
        QVERIFY2(
            chart.summary().contains(QStringLiteral("the best at no more than 3.50× gains +1.50")),
            qPrintable(chart.summary()));
        QVERIFY(chart.summary().contains(
            QStringLiteral("the best gains +2.00 (1.00 … 3.00) points at a cost of 5×")));
        chart.setCostLimit(1);
        const QStringList said = texts(chart, {1200, 600});
        QVERIFY(!said.filter(QStringLiteral("nothing is that cheap")).isEmpty());
    }

    void aForestOfConfirmations()
    {
        ForestChart chart;
        const auto confirmations = made::confirmations(6);
        chart.setRows(forestRows(confirmations));
        chart.setTitle(QStringLiteral("Confirmed"));
        nothingTouchesTheEdge(chart);
        rowsAreAsLongAsTheHead(chart, 6);
        const ChartTable table = chart.table();
        QVERIFY(std::isnan(table.rows[1][1].toDouble()));
        QVERIFY(std::abs(table.rows[0][4].toDouble() - 1.21) < 1e-9);
        const QStringList said = texts(chart, {1200, 750});
        QVERIFY(!said.filter(QStringLiteral("+1.21 (")).isEmpty());
        QVERIFY(!said.filter(QStringLiteral("+2.10 (")).isEmpty());
        QVERIFY(said.contains(QStringLiteral("on the test images")));
        QVERIFY(chart.summary().startsWith(QStringLiteral(
            "6 confirmations: tutorial × 5, mean, on the validation images +2.10 (")));
        chart.resize(900, 560);
        chart.show();
        bool found = false;
        for (int y = 0; y < 560 && !found; y += 8)
            found =
                tipAt(chart, {450, y})
                    .startsWith(QString::fromStdString(describe(confirmations[3].configuration)));
        QVERIFY(found);
        QVERIFY(chart.minimumSizeHint().height() > ForestChart().minimumSizeHint().height());
    }
};

QTEST_MAIN(TestParetoChart)
#include "tst_pareto_chart.moc"
