// SPDX-License-Identifier: GPL-3.0-or-later
// HeatMapChart: cells, colours, names, numbers where they fit.
#include "tests/ui/tune_charts_data.h"
#include "tests/ui/tune_charts_probe.h"
#include "ui/charts/heat_map_chart.h"
#include "ui/charts/matrix_names.h"

#include <QGraphicsRectItem>
#include <QGraphicsScene>
#include <QSignalSpy>

using namespace augury;
using namespace tune_charts_probe;
namespace made = tune_charts_data;

namespace {

HeatMap map(int rows, int columns)
{
    HeatMap map;
    map.rowTitle = QStringLiteral("policy");
    map.columnTitle = QStringLiteral("copies");
    map.valueTitle = QStringLiteral("lift (points)");
    for (int r = 0; r < rows; ++r)
        map.rows.push_back(QStringLiteral("policy %1").arg(r));
    for (int c = 0; c < columns; ++c)
        map.columns.push_back(QString::number(c + 1));
    for (int i = 0; i < rows * columns; ++i)
        map.cells.push_back(
            {2.0 * made::noise(i), i, false, false, QStringLiteral("cell %1").arg(i)});
    return map;
}

} // namespace

class TestHeatMapChart : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aClickOnACellChoosesItsTrial()
    {
        HeatMapChart chart;
        HeatMap cells = map(12, 20);
        cells.cells[25].value = std::nan("");
        cells.cells[25].trial = -1;
        chart.setMap(cells);
        chart.resize(1000, 620);
        chart.show();
        QSignalSpy clicked(&chart, &HeatMapChart::trialClicked);
        for (const int trial : {0, 19, 220, 239, 100}) {
            click(chart, trial);
            QCOMPARE(clicked.takeFirst()[0].toInt(), trial);
        }
        // The empty one chooses nothing, and says so.
        const QPointF empty = (chart.placeOf(24).center() + chart.placeOf(26).center()) / 2;
        QTest::mouseClick(&chart, Qt::LeftButton, {}, empty.toPoint());
        QCOMPARE(clicked.count(), 0);
        QVERIFY(tipAt(chart, empty.toPoint()).contains(QStringLiteral("not tried")));
        QCOMPARE(tipAt(chart, chart.placeOf(100).center().toPoint()), QStringLiteral("cell 100"));
        // Keys.
        chart.setFocus();
        QTest::keyClick(&chart, Qt::Key_Down); // to the first
        QTest::keyClick(&chart, Qt::Key_Down);
        QTest::keyClick(&chart, Qt::Key_End);
        QTest::keyClick(&chart, Qt::Key_Right);
        QTest::keyClick(&chart, Qt::Key_Return);
        QCOMPARE(clicked.takeFirst()[0].toInt(), 39);
        QTest::keyClick(&chart, Qt::Key_PageDown);
        QTest::keyClick(&chart, Qt::Key_Home);
        QTest::keyClick(&chart, Qt::Key_Return);
        QCOMPARE(clicked.takeFirst()[0].toInt(), 220);
        chart.setChosen(100);
        rowsAreAsLongAsTheHead(chart, 239);
        QCOMPARE(chart.table().rows[24][0].toString(), QStringLiteral("policy 1"));
        QCOMPARE(chart.table().rows[25][1].toString(), QStringLiteral("7")); // 25 is left out
    }

    void colourSaysTheSign()
    {
        HeatMapChart chart;
        HeatMap cells = map(1, 3);
        cells.cells[0].value = -2;
        cells.cells[1].value = 0;
        cells.cells[2].value = 2;
        chart.setMap(cells);
        for (const ChartStyle& style : {ChartStyle::light(), ChartStyle::darkMode()}) {
            chart.setChartStyle(style);
            chart.resize(640, 440);
            const QImage image = chart.render(chart.size());
            const auto colour = [&](int trial) {
                return image.pixelColor((chart.placeOf(trial).topLeft() + QPointF(4, 4)).toPoint());
            };
            QCOMPARE(colour(1), style.background);
            QVERIFY(colour(0).red() > colour(0).blue());
            QVERIFY(colour(2).blue() > colour(2).red());
            QVERIFY(contrastRatio(colour(0), style.background) > 3);
            QVERIFY(contrastRatio(colour(2), style.background) > 3);
        }
    }

    void aMapFits_data()
    {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("columns");
        for (const auto& [rows, columns] :
            {std::pair{1, 1}, {1, 20}, {12, 1}, {12, 20}, {40, 60}, {300, 2}})
            QTest::addRow("%d %d", rows, columns) << rows << columns;
    }

    void aMapFits()
    {
        QFETCH(int, rows);
        QFETCH(int, columns);
        HeatMapChart chart;
        HeatMap cells = map(rows, columns);
        cells.cells[0].marked = true;
        cells.cells.back().faded = true;
        for (QString& name : cells.rows)
            name += QStringLiteral(", rotation ±10°, shift ±5 %, zoom 0.9–1.1, brightness 0.8–1.2");
        chart.setMap(cells);
        chart.setChosen(0);
        nothingTouchesTheEdge(chart);
        // Every cell is on the chart, and the key is, too.
        chart.resize(640, 440);
        for (const int trial : {0, rows * columns - 1})
            QVERIFY(QRectF(chart.rect()).contains(chart.placeOf(trial)));
        QVERIFY(texts(chart, {640, 440}).contains(QStringLiteral("lift (points)")));
    }

    /// Numbers only where they have room; then all of them.
    void numbersInCells()
    {
        HeatMapChart chart;
        HeatMap cells = map(12, 20);
        chart.setMap(cells);
        const auto numbers = [&](QSize size) {
            static const QRegularExpression value(QStringLiteral("^[+−]?[0-9]\\.[0-9]{2}$"));
            return texts(chart, size).filter(value).size();
        };
        QVERIFY(numbers({640, 440}) < 10); // those of the key
        QVERIFY(numbers({1200, 750}) >= 240);
    }

    void picturesAboveColumns()
    {
        MatrixNames names;
        names.setLook(ChartStyle::light(), QApplication::font());
        std::vector<QString> columns(10, QStringLiteral("view"));
        names.setNames({10, QStringLiteral("automobile")}, columns, QStringLiteral("class"),
            QStringLiteral("view"));
        MatrixNames::Limits limits;
        limits.pictures = 60;
        limits.widestCell = 4;
        limits.keyWidth = 90;
        const QRectF area(10, 20, 700, 420);
        names.layOut(area, limits);
        for (int c = 0; c < 10; ++c) {
            const QRectF place = names.picturePlace(c);
            QVERIFY(!place.isEmpty() && area.contains(place));
            QVERIFY(place.bottom() <= names.cells().top());
            QVERIFY(std::abs(place.center().x() - names.cellPlace(0, c).center().x()) < 0.6);
            if (c > 0)
                QVERIFY(place.left() >= names.picturePlace(c - 1).right());
        }
        QVERIFY(names.cells().right() <= area.right() - 90 + 1);
        QCOMPARE(names.cellAt(names.cellPlace(7, 3).center()), QPoint(3, 7));
        QCOMPARE(names.cellAt(QPointF(0, 0)), QPoint(-1, -1));
    }
};

QTEST_MAIN(TestHeatMapChart)
#include "tst_heat_map_chart.moc"
