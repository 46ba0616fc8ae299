// SPDX-License-Identifier: GPL-3.0-or-later
// LedgerChart's four parts by mouse and keyboard.
#include "tests/ui/charts_data.h"
#include "ui/charts/ledger_chart.h"

#include <QSignalSpy>
#include <QtTest>

using namespace augury;

namespace {

const std::vector<OutcomeKind> kinds{
    OutcomeKind::BothRight, OutcomeKind::Fixed, OutcomeKind::Broken, OutcomeKind::BothWrong};

OutcomeKind kind(const QSignalSpy& spy, int i)
{
    return spy[i][0].value<OutcomeKind>();
}

} // namespace

class TestLedgerClicks : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void clicks_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::newRow("page") << QSize(640, 440);
        QTest::newRow("4K") << QSize(3840, 2160);
    }

    void clicks()
    {
        QFETCH(QSize, size);
        LedgerChart chart;
        chart.resize(size);
        chart.setComparison(charts_data::comparison(1000, 600, 150, 100));
        QSignalSpy clicked(&chart, &LedgerChart::segmentClicked);
        double right = 0;
        for (const OutcomeKind one : kinds) {
            const QRectF place = chart.segmentPlace(one);
            QVERIFY(place.left() >= right - 0.01); // from the left, in this order
            right = place.right();
            clicked.clear();
            QTest::mouseClick(&chart, Qt::LeftButton, {}, place.center().toPoint());
            QCOMPARE(clicked.count(), 1);
            QCOMPARE(kind(clicked, 0), one);
        }
        // As wide as their shares: 500, 150, 100 and 250 of 1,000.
        const double whole = chart.segmentPlace(kinds[0]).width() * 2;
        QVERIFY(std::abs(chart.segmentPlace(kinds[1]).width() / whole - 0.15) < 0.005);
        QVERIFY(std::abs(chart.segmentPlace(kinds[2]).width() / whole - 0.10) < 0.005);
        QVERIFY(std::abs(chart.segmentPlace(kinds[3]).width() / whole - 0.25) < 0.005);
        clicked.clear();
        const QPoint above =
            chart.segmentPlace(kinds[1]).center().toPoint() - QPoint(0, size.height() / 4);
        QTest::mouseClick(&chart, Qt::LeftButton, {}, above); // the bar of TTA
        QCOMPARE(clicked.count(), 0);
    }

    /// Where a part is thinner than a pixel, the words under it can be clicked.
    void thinPartsByTheirWords()
    {
        LedgerChart chart;
        chart.resize(640, 440);
        chart.setComparison(charts_data::comparison(1000000, 600000, 90, 40));
        chart.render(chart.size());
        QSignalSpy clicked(&chart, &LedgerChart::segmentClicked);
        const QRectF bar = chart.segmentPlace(OutcomeKind::BothRight);
        const int y = int(bar.bottom()) + chart.fontMetrics().height();
        const int x = int(bar.right());
        QTest::mouseClick(&chart, Qt::LeftButton, {}, QPoint(x - 20, y));
        QTest::mouseClick(&chart, Qt::LeftButton, {}, QPoint(x + 20, y));
        QCOMPARE(clicked.count(), 2);
        QCOMPARE(kind(clicked, 0), OutcomeKind::Fixed);
        QCOMPARE(kind(clicked, 1), OutcomeKind::Broken);
    }

    void keys()
    {
        LedgerChart chart;
        chart.resize(640, 440);
        chart.show();
        chart.setFocus();
        chart.setComparison(charts_data::comparison(1000, 600, 150, 0)); // nothing broken
        QSignalSpy clicked(&chart, &LedgerChart::segmentClicked);
        QTest::keyClick(&chart, Qt::Key_Return);
        QCOMPARE(clicked.count(), 0);
        QTest::keyClick(&chart, Qt::Key_Right);
        QCOMPARE(chart.chosenSegment(), OutcomeKind::BothRight);
        QTest::keyClick(&chart, Qt::Key_Right);
        QTest::keyClick(&chart, Qt::Key_Return);
        QTest::keyClick(&chart, Qt::Key_Right); // over the empty one
        QTest::keyClick(&chart, Qt::Key_Space);
        QTest::keyClick(&chart, Qt::Key_Right);
        QTest::keyClick(&chart, Qt::Key_Enter);
        QTest::keyClick(&chart, Qt::Key_Home);
        QTest::keyClick(&chart, Qt::Key_Left);
        QTest::keyClick(&chart, Qt::Key_Enter);
        QCOMPARE(clicked.count(), 4);
        QCOMPARE(kind(clicked, 0), OutcomeKind::Fixed);
        QCOMPARE(kind(clicked, 1), OutcomeKind::BothWrong);
        QCOMPARE(kind(clicked, 2), OutcomeKind::BothWrong);
        QCOMPARE(kind(clicked, 3), OutcomeKind::BothRight);
        QVERIFY(chart.accessibleDescription().contains(
            QStringLiteral("both right: 600 of 1,000 images (60.00 %)")));
        // New numbers while it is chosen; and then the part is gone.
        chart.setComparison(charts_data::comparison(1000, 500, 150, 0));
        QVERIFY(chart.accessibleDescription().contains(QStringLiteral("500 of 1,000")));
        chart.clear();
        QVERIFY(!chart.chosenSegment());
        QTest::keyClick(&chart, Qt::Key_Return);
        QCOMPARE(clicked.count(), 4);
    }

    void theTable()
    {
        LedgerChart chart;
        QVERIFY(chart.table().rows.empty());
        chart.setComparison(charts_data::comparison(1000, 600, 150, 100));
        const ChartTable table = chart.table();
        QCOMPARE(table.rows.size(), std::size_t(6));
        const std::vector<int> counts{600, 650, 500, 150, 100, 250};
        for (std::size_t i = 0; i < counts.size(); ++i) {
            QCOMPARE(table.rows[i][1].toInt(), counts[i]);
            QCOMPARE(table.rows[i][2].toDouble(), counts[i] / 10.0);
        }
    }
};

QTEST_MAIN(TestLedgerClicks)
#include "tst_ledger_clicks.moc"
