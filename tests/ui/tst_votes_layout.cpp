// SPDX-License-Identifier: GPL-3.0-or-later
// The room that the votes' rows need, their axis, and the chart without votes or with the focus.
#include "tests/ui/inspect_data.h"
#include "ui/charts/votes_chart.h"
#include "ui/charts/votes_rows.h"

#include <QGraphicsScene>
#include <QGraphicsTextItem>
#include <QtTest>

using namespace augury;
using inspect_data::catAndDog;
using inspect_data::manyClasses;

namespace {

VotesRows& rowsOf(const VotesChart& chart)
{
    const auto* scene = chart.findChild<QGraphicsScene*>();
    for (auto* item : scene->items())
        if (auto* rows = dynamic_cast<VotesRows*>(item))
            return *rows;
    qFatal("the chart has no rows");
}

} // namespace

class TestVotesLayout : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rowsNeverTouch_data()
    {
        QTest::addColumn<int>("classes");
        QTest::addColumn<bool>("all");
        QTest::addColumn<int>("pixelSize");
        for (const int size : {10, 13, 18})
            for (const int classes : {2, 10, 11, 100})
                for (const bool all : {false, true})
                    QTest::addRow("%d classes, %s, %d px", classes, all ? "all" : "largest", size)
                        << classes << all << size;
    }

    void rowsNeverTouch()
    {
        QFETCH(int, classes);
        QFETCH(bool, all);
        QFETCH(int, pixelSize);
        VotesChart chart;
        QFont font = chart.font();
        font.setPixelSize(pixelSize);
        chart.setFont(font);
        chart.setVotes(manyClasses(classes, 7));
        chart.setShowAll(all);
        // The true class within the ten and beside them needs the same room.
        VotesData inside = manyClasses(classes, 7);
        const int height = chart.minimumSizeHint().height();
        inside.label = inside.winner;
        chart.setVotes(inside);
        QCOMPARE(chart.minimumSizeHint().height(), height);
        chart.setVotes(manyClasses(classes, 7));

        const QSize size(360, height);
        chart.render(size);
        const VotesRows& rows = rowsOf(chart);
        const int last = int(rows.rows().size()) - 1;
        QVERIFY2(rows.rowPlace(0).height() >= QFontMetricsF(chart.font()).height() + 2,
            qPrintable(QString::number(rows.rowPlace(0).height())));
        QVERIFY(rows.rowPlace(last).bottom() <= height);
        QCOMPARE(rows.headings().size(), 5); // there is room for all of it
    }

    void axisEndsAtANicePlace_data()
    {
        QTest::addColumn<double>("largest");
        QTest::addColumn<double>("before");
        QTest::addColumn<double>("after");
        QTest::newRow("first, large") << 0.5 << 0.0 << 1.0;
        QTest::newRow("first, below 30 %") << 0.29 << 0.0 << 0.4;
        QTest::newRow("first, small") << 0.02 << 0.0 << 0.05;
        QTest::newRow("none") << 0.0 << 0.0 << 0.05;
        QTest::newRow("falls a little") << 0.35 << 1.0 << 1.0;
        QTest::newRow("falls below 30 %") << 0.299 << 1.0 << 0.4;
        QTest::newRow("rises a little") << 0.39 << 0.4 << 0.4;
        QTest::newRow("rises beyond") << 0.41 << 0.4 << 1.0;
        QTest::newRow("rises far") << 0.99 << 0.05 << 1.0;
        QTest::newRow("rises by a step") << 0.11 << 0.1 << 0.2;
        QTest::newRow("full") << 1.0 << 1.0 << 1.0;
    }

    void axisEndsAtANicePlace()
    {
        QFETCH(double, largest);
        QFETCH(double, before);
        QFETCH(double, after);
        QCOMPARE(votesAxisMaximum(largest, before), after);
        QCOMPARE(votesAxisMaximum(largest, after), after); // and stays there
    }

    void smallScoresStretchTheAxis()
    {
        VotesData votes;
        for (int k = 0; k < 100; ++k) {
            votes.merged.push_back(0.01);
            votes.baseline.push_back(0.01);
            votes.counts.push_back(0);
        }
        votes.baseline[3] = 0.12;
        VotesChart chart;
        const auto measure = [&](double merged) {
            votes.merged[3] = merged;
            chart.setVotes(votes);
            chart.render(QSize(500, 300));
            const VotesRows& rows = rowsOf(chart);
            const auto row =
                int(std::find(rows.rows().begin(), rows.rows().end(), 3) - rows.rows().begin());
            const double right = rows.barsPlace(row).width();
            if (qAbs(rows.mergedBar(row).width() - right * merged / rows.axisMaximum()) > 1e-9
                || qAbs(rows.baselineBar(row).width() - right * 0.12 / rows.axisMaximum()) > 1e-9)
                return -1.0;
            return rows.axisMaximum();
        };
        QCOMPARE(measure(0.12), 0.2);
        QCOMPARE(rowsOf(chart).headings().mid(0, 3),
            (QStringList{QStringLiteral("0"), QStringLiteral("10"), QStringLiteral("20 %")}));
        // A slider that moves to and fro across an edge changes the axis once.
        int changes = 0;
        double before = 0.2;
        for (const double merged : {0.19, 0.21, 0.19, 0.21, 0.18, 0.22, 0.16, 0.2}) {
            const double now = measure(merged);
            QVERIFY(now > 0);
            changes += now != before;
            before = now;
        }
        QCOMPARE(changes, 1);
        QCOMPARE(before, 0.4);
        QCOMPARE(measure(0.7), 1.0);
        chart.clear();
        QCOMPARE(measure(0.35), 1.0); // 0.4 would hold it, but hardly
        chart.clear();
        QCOMPARE(measure(0.03), 0.2);
    }

    void emptyMessageCanBeSet()
    {
        VotesChart chart;
        const auto* scene = chart.findChild<QGraphicsScene*>();
        const auto shown = [&] {
            chart.render(QSize(400, 240));
            QStringList found;
            for (auto* item : scene->items())
                if (auto* text = dynamic_cast<QGraphicsTextItem*>(item); text && text->isVisible())
                    found << text->toPlainText();
            return found.join(QLatin1Char('|'));
        };
        QVERIFY(shown().startsWith(QStringLiteral("No votes yet. Open or train a model")));
        const QString waiting = QStringLiteral("The model is asked about this image.");
        chart.setEmptyMessage(waiting);
        QCOMPARE(shown(), waiting);
        QCOMPARE(chart.summary(), waiting);
        chart.setVotes(catAndDog());
        QCOMPARE(shown(), QString());
        chart.clear();
        QCOMPARE(shown(), waiting);
        chart.setEmptyMessage({});
        QVERIFY(shown().startsWith(QStringLiteral("No votes yet. ")));
    }

    void focusIsARingAndNothingElse()
    {
        VotesChart chart;
        QPalette palette = inspect_data::paletteOf(false);
        chart.setPalette(palette);
        chart.setVotes(catAndDog());
        chart.resize(400, 260);
        chart.show();
        chart.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&chart));
        chart.clearFocus();
        const QImage without = chart.grab().toImage();
        chart.setFocus(Qt::TabFocusReason);
        QVERIFY(chart.hasFocus());
        const QImage with = chart.grab().toImage();
        const int edge = qRound(2 * chart.devicePixelRatioF());
        const QRect inner = with.rect().adjusted(edge, edge, -edge, -edge);
        QCOMPARE(with.copy(inner), without.copy(inner));
        const QColor highlight = palette.color(QPalette::Highlight);
        QCOMPARE(inspect_data::pixelsOf(with, highlight, with.rect()),
            with.width() * with.height() - inner.width() * inner.height());
        // A highlight as faint as the ground is no ring: the text's colour is one.
        palette.setColor(QPalette::Highlight, palette.color(QPalette::Base));
        chart.setPalette(palette);
        QVERIFY(chart.grab().toImage().pixelColor(0, 0) == palette.color(QPalette::Text));
    }
};

QTEST_MAIN(TestVotesLayout)
#include "tst_votes_layout.moc"
