// SPDX-License-Identifier: GPL-3.0-or-later
// ConfusionChart: counts, colours, clicks and keys on the right cells, for few and many classes.
#include "core/support/error.h"
#include "tests/ui/compare_data.h"
#include "ui/charts/confusion_chart.h"

#include <QHelpEvent>
#include <QSignalSpy>
#include <QToolTip>
#include <QtTest>

#include <random>

using namespace augury;

namespace {

/// Mean grey of a cell's inside, without frame and number.
double greyOf(const QImage& image, const QRectF& cell)
{
    const QPointF corner = cell.topLeft() + QPointF(cell.width(), cell.height()) * 0.15;
    return qGray(image.pixel(corner.toPoint()));
}

} // namespace

class TestConfusionChart : public QObject {
    Q_OBJECT

    static void classCounts()
    {
        QTest::addColumn<int>("classes");
        for (const int classes : {2, 10, 15, 16, 100})
            QTest::addRow("%d", classes) << classes;
    }

private Q_SLOTS:
    void aClickHitsTheCell_data() { classCounts(); }
    void aClickHitsTheCell()
    {
        QFETCH(int, classes);
        ConfusionChart chart;
        chart.setData(compare_data::confusion(classes));
        chart.resize(700, 520);
        chart.show();
        QSignalSpy clicked(&chart, &ConfusionChart::cellClicked);
        std::mt19937 random(5);
        std::vector<QPoint> cells{
            {0, 0}, {classes - 1, 0}, {0, classes - 1}, {classes - 1, classes - 1}};
        for (int i = 0; i < 40; ++i)
            cells.push_back({int(random() % unsigned(classes)), int(random() % unsigned(classes))});
        for (const QPoint& cell : cells) {
            const QRectF place = chart.cellPlace(cell.y(), cell.x());
            QVERIFY(place.width() >= 1 && place.height() >= 1);
            QVERIFY(QRectF(chart.rect()).contains(place));
            clicked.clear();
            QTest::mouseClick(&chart, Qt::LeftButton, {}, place.center().toPoint());
            QCOMPARE(clicked.count(), 1);
            QCOMPARE(clicked[0][0].toInt(), cell.y()); // the label is the row
            QCOMPARE(clicked[0][1].toInt(), cell.x());
        }
        // Rows lie below each other and columns beside each other.
        QVERIFY(chart.cellPlace(1, 0).top() >= chart.cellPlace(0, 0).bottom() - 0.01);
        QVERIFY(chart.cellPlace(0, 1).left() >= chart.cellPlace(0, 0).right() - 0.01);
        clicked.clear();
        QTest::mouseClick(&chart, Qt::LeftButton, {}, QPoint(3, 3));
        QTest::mouseClick(&chart, Qt::RightButton, {}, chart.cellPlace(0, 0).center().toPoint());
        QTest::mousePress(&chart, Qt::LeftButton, {}, chart.cellPlace(0, 0).center().toPoint());
        QTest::mouseRelease(&chart, Qt::LeftButton, {}, chart.cellPlace(1, 1).center().toPoint());
        QCOMPARE(clicked.count(), 0);
    }

    /// On a screen so large that the chart grows, too.
    void aClickHitsTheCellAtFourK()
    {
        ConfusionChart chart;
        chart.setData(compare_data::confusion(10));
        chart.resize(3840, 2160);
        QSignalSpy clicked(&chart, &ConfusionChart::cellClicked);
        const QRectF place = chart.cellPlace(7, 2);
        QVERIFY(place.height() > 130);
        QTest::mouseClick(&chart, Qt::LeftButton, {}, place.center().toPoint());
        QCOMPARE(clicked.count(), 1);
        QCOMPARE(clicked[0], (QVariantList{7, 2}));
    }

    void keysMoveACursor()
    {
        ConfusionChart chart;
        chart.setData(compare_data::confusion(10));
        chart.resize(700, 520);
        chart.show();
        chart.setFocus();
        QSignalSpy clicked(&chart, &ConfusionChart::cellClicked);
        QTest::keyClick(&chart, Qt::Key_Return);
        QCOMPARE(clicked.count(), 0); // nothing is chosen
        QTest::keyClick(&chart, Qt::Key_Down);
        QCOMPARE(chart.chosenCell(), QPoint(0, 0));
        for (int i = 0; i < 3; ++i)
            QTest::keyClick(&chart, Qt::Key_Down);
        for (int i = 0; i < 5; ++i)
            QTest::keyClick(&chart, Qt::Key_Right);
        QTest::keyClick(&chart, Qt::Key_Return);
        QTest::keyClick(&chart, Qt::Key_Space);
        QCOMPARE(clicked.count(), 2);
        QCOMPARE(clicked[0], (QVariantList{3, 5})); // cat taken for dog
        QVERIFY(chart.accessibleDescription().contains(QStringLiteral("cat, predicted as dog")));
        QVERIFY(chart.accessibleDescription().startsWith(chart.summary()));
        QTest::keyClick(&chart, Qt::Key_End);
        QTest::keyClick(&chart, Qt::Key_Right);
        QCOMPARE(chart.chosenCell(), QPoint(9, 3)); // stays inside
        QTest::keyClick(&chart, Qt::Key_Home);
        QTest::keyClick(&chart, Qt::Key_PageDown);
        QTest::keyClick(&chart, Qt::Key_Down);
        QCOMPARE(chart.chosenCell(), QPoint(0, 9));
        chart.setData(compare_data::confusion(2));
        QTRY_COMPARE(chart.chosenCell(), QPoint(-1, -1)); // that cell is gone
        QCOMPARE(chart.accessibleDescription(), chart.summary());
    }

    void tipsHaveTheExactNumbers()
    {
        ConfusionChart chart;
        ConfusionData data = compare_data::confusion(2);
        data.baseline = {700, 300, 200, 800};
        data.tta = {750, 250, 210, 790};
        data.classNames = {"<b>yes</b>", ""};
        chart.setData(data);
        QVERIFY(chart.cellText(0, 1).contains(QStringLiteral("<b>yes</b>, predicted as class 1")));
        QVERIFY(chart.cellText(0, 1).contains(
            QStringLiteral("baseline: 300 of 1,000 images (30.00 %)")));
        QVERIFY(
            chart.cellText(0, 1).contains(QStringLiteral("TTA: 250 of 1,000 images (25.00 %)")));
        QVERIFY(chart.cellText(0, 1).contains(QStringLiteral("difference: −50")));
        QVERIFY(chart.cellText(1, 1).contains(QStringLiteral("predicted rightly")));
        chart.resize(600, 440);
        chart.show();
        const QPoint place = chart.cellPlace(0, 1).center().toPoint();
        QHelpEvent event(QEvent::ToolTip, place, chart.mapToGlobal(place));
        QCoreApplication::sendEvent(&chart, &event);
        QVERIFY(QToolTip::text().contains(QStringLiteral("&lt;b&gt;yes"))); // not bold
        QToolTip::hideText();
    }

    void modes()
    {
        ConfusionChart chart;
        chart.setChartStyle(ChartStyle::light());
        ConfusionData data = compare_data::confusion(3);
        data.baseline = {60, 40, 0, 10, 90, 0, 0, 5, 95};
        data.tta = {90, 10, 0, 10, 90, 0, 20, 5, 75};
        chart.setData(data);
        chart.setMode(ConfusionMode::Baseline);
        QImage image = chart.render(chart.size());
        QVERIFY(chart.summary().contains(QStringLiteral("Baseline, 3 classes: 245 of 300")));
        QVERIFY(greyOf(image, chart.cellPlace(0, 0)) < greyOf(image, chart.cellPlace(0, 1)));
        QVERIFY(greyOf(image, chart.cellPlace(0, 1)) < greyOf(image, chart.cellPlace(0, 2)));
        QCOMPARE(greyOf(image, chart.cellPlace(0, 2)), 255.0);
        chart.setMode(ConfusionMode::Tta);
        image = chart.render(chart.size());
        QVERIFY(chart.summary().contains(QStringLiteral("TTA, 3 classes: 255 of 300")));
        chart.setMode(ConfusionMode::Difference);
        image = chart.render(chart.size());
        QVERIFY(chart.summary().contains(QStringLiteral("+10 more")));
        const auto colourOf = [&](int label, int predicted) {
            const QRectF cell = chart.cellPlace(label, predicted);
            return image.pixelColor((cell.topLeft() + QPointF(6, 6)).toPoint());
        };
        QVERIFY(colourOf(0, 0).blue() > colourOf(0, 0).red()); // 30 more
        QVERIFY(colourOf(0, 1).red() > colourOf(0, 1).blue()); // 30 fewer
        QCOMPARE(colourOf(1, 1), QColor(Qt::white)); // as many
    }

    void oneMatrixAlone()
    {
        ConfusionChart chart;
        ConfusionData data = compare_data::confusion(10);
        data.tta.clear();
        chart.setData(data);
        chart.setMode(ConfusionMode::Difference);
        chart.render(chart.size());
        QVERIFY(chart.summary().contains(QStringLiteral("No confusion matrix")));
        chart.setMode(ConfusionMode::Baseline);
        chart.render(chart.size());
        QVERIFY(chart.summary().contains(QStringLiteral("10 classes")));
        data.baseline.pop_back();
        QVERIFY_EXCEPTION_THROWN(chart.setData(data), Error);
        chart.clear();
        chart.render(chart.size());
        QVERIFY(chart.summary().contains(QStringLiteral("No confusion matrix")));
    }

    /// Stronger is further from the background for every kind of colour vision: by luminance.
    void thePaletteIsMonotone()
    {
        for (const ChartStyle& style : {ChartStyle::light(), ChartStyle::darkMode()})
            for (const double sign : {-1.0, 1.0}) {
                double contrast = 1;
                for (int i = 1; i <= 50; ++i) {
                    const double next =
                        contrastRatio(confusionColour(style, sign * i / 50), style.background);
                    QVERIFY(next > contrast);
                    contrast = next;
                }
                QVERIFY(contrast > 4.5);
            }
        QCOMPARE(confusionStrength(0.25, 1), 0.5);
        QCOMPARE(confusionStrength(-0.25, 1), -0.5);
        QCOMPARE(confusionStrength(0.1, 0), 0.0);
    }

    /// The diagonal's frame is there where all cells have one colour.
    void theDiagonalShowsWithoutColour_data() { classCounts(); }
    void theDiagonalShowsWithoutColour()
    {
        QFETCH(int, classes);
        ConfusionChart chart;
        chart.setChartStyle(ChartStyle::light());
        ConfusionData data = compare_data::confusion(classes);
        std::fill(data.baseline.begin(), data.baseline.end(), 7);
        chart.setData(data);
        chart.setMode(ConfusionMode::Baseline);
        chart.resize(700, 520);
        const QImage image = chart.render(chart.size());
        const auto darkest = [&](int label, int predicted) {
            const QRect cell = chart.cellPlace(label, predicted).toRect();
            int least = 255;
            for (int x = cell.left() + 1; x < cell.right(); ++x)
                for (const int y : {cell.top(), cell.top() + 1})
                    least = std::min(least, qGray(image.pixel(x, y)));
            return least;
        };
        const int middle = classes / 2;
        const int far = middle > 4 ? middle - 4 : 0;
        QVERIFY2(darkest(middle, middle) + 15 < darkest(middle, far) || classes == 2,
            qPrintable(
                QStringLiteral("%1 %2").arg(darkest(middle, middle)).arg(darkest(middle, far))));
    }

    void theTableSkipsEmptyCells()
    {
        ConfusionChart chart;
        ConfusionData data = compare_data::confusion(3);
        data.baseline = {60, 40, 0, 10, 90, 0, 0, 0, 0};
        data.tta = {90, 10, 0, 10, 89, 1, 0, 0, 0};
        chart.setData(data);
        const ChartTable table = chart.table();
        QCOMPARE(table.rows.size(), std::size_t(6)); // 5 with images, and the empty class's own
        QCOMPARE(table.rows[1][0].toString(), QStringLiteral("class 0"));
        QCOMPARE(table.rows[1][1].toString(), QStringLiteral("class 1"));
        QCOMPARE(table.rows[1][2].toInt(), 40);
        QCOMPARE(table.rows[1][3].toInt(), 10);
        QCOMPARE(table.rows[1][4].toInt(), -30);
        QCOMPARE(table.rows[1][5].toInt(), 100);
        for (const QVariantList& row : table.rows)
            QCOMPARE(row.size(), table.columns.size());
    }

    void aThousandClasses()
    {
        ConfusionChart chart;
        chart.setData(compare_data::confusion(1000, true));
        QVERIFY(!chart.render(QSize(900, 700)).isNull());
    }
};

QTEST_MAIN(TestConfusionChart)
#include "tst_confusion_chart.moc"
