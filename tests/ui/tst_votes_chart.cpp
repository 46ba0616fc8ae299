// SPDX-License-Identifier: GPL-3.0-or-later
// The votes on one image as a chart: which rows, how long the bars, what the words say.
#include "tests/ui/inspect_data.h"
#include "ui/charts/chart_style.h"
#include "ui/charts/votes_chart.h"
#include "ui/charts/votes_rows.h"

#include <QGraphicsScene>
#include <QHelpEvent>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QToolTip>
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

/// Pixels of exactly this colour from the left edge of a bar on, in the middle of it.
int paintedLength(const QImage& image, const QRectF& bar, const QColor& colour)
{
    const int y = int(bar.center().y());
    int x = int(bar.left());
    while (x < image.width() && image.pixelColor(x, y) == colour)
        ++x;
    return x - int(bar.left());
}

QStringList textsOf(VotesChart& chart, const QString& path)
{
    chart.save(path, QSize(600, 300));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QString svg = QString::fromUtf8(file.readAll());
    static const QRegularExpression text(QStringLiteral("<text[^>]*>([^<]*)</text>"));
    QStringList found;
    for (auto it = text.globalMatch(svg); it.hasNext();)
        found << it.next().captured(1).trimmed();
    return found;
}

} // namespace

class TestVotesChart : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;

private Q_SLOTS:
    void barsAreAsLongAsTheData_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::newRow("small") << QSize(360, 180);
        QTest::newRow("large") << QSize(900, 400);
    }

    void barsAreAsLongAsTheData()
    {
        QFETCH(QSize, size);
        const VotesData votes = catAndDog();
        VotesChart chart;
        chart.setChartStyle(ChartStyle::light());
        chart.setVotes(votes);
        const QImage image = chart.render(size);
        const VotesRows& rows = rowsOf(chart);
        QCOMPARE(rows.rows().size(), std::size_t(10));
        for (int row = 0; row < 10; ++row) {
            const auto k = std::size_t(row);
            const QRectF scale = rows.barsPlace(row);
            const QRectF baseline = rows.baselineBar(row);
            const QRectF merged = rows.mergedBar(row);
            QVERIFY(qAbs(baseline.width() - votes.baseline[k] * scale.width()) < 1e-9);
            QVERIFY(qAbs(merged.width() - votes.merged[k] * scale.width()) < 1e-9);
            QCOMPARE(baseline.left(), scale.left());
            QCOMPARE(merged.left(), scale.left());
            QVERIFY(baseline.bottom() < merged.top());
            QVERIFY(baseline.height() >= 3);
            QVERIFY(rows.rowPlace(row).contains(baseline));
            QVERIFY(rows.rowPlace(row).contains(merged));
            // And so it is painted: the solid bar to the pixel.
            const int painted = paintedLength(image, merged, chart.chartStyle().tta);
            QVERIFY2(qAbs(painted - merged.width()) <= 1,
                qPrintable(
                    QStringLiteral("row %1: %2 of %3").arg(row).arg(painted).arg(merged.width())));
            QVERIFY(scale.right() <= size.width());
        }
        // One scale for all rows and for all images.
        VotesData others = votes;
        std::swap(others.merged[3], others.merged[8]);
        const QRectF before = rows.barsPlace(0);
        chart.setVotes(others);
        chart.render(size);
        QCOMPARE(rows.barsPlace(0), before);
    }

    void largestClassesAreShownInClassOrder()
    {
        VotesData votes;
        const int classes = 100;
        for (int k = 0; k < classes; ++k) {
            votes.merged.push_back(0.001 * ((k * 37) % classes));
            votes.baseline.push_back(k == 4 ? 0.5 : 0.0);
            votes.counts.push_back(0);
        }
        votes.winner = 27; // 27 · 37 ≡ 99
        const auto naive = [&](int most) {
            std::vector<int> chosen;
            std::vector<bool> taken(classes, false);
            for (int i = 0; i < most; ++i) {
                int best = -1;
                for (int k = 0; k < classes; ++k) {
                    const auto size = [&](int c) {
                        return std::max(
                            votes.merged[std::size_t(c)], votes.baseline[std::size_t(c)]);
                    };
                    if (!taken[std::size_t(k)] && (best < 0 || size(k) > size(best)))
                        best = k;
                }
                taken[std::size_t(best)] = true;
            }
            for (int k = 0; k < classes; ++k)
                if (taken[std::size_t(k)])
                    chosen.push_back(k);
            return chosen;
        };
        VotesChart chart;
        chart.setVotes(votes);
        chart.render(QSize(600, 300));
        QCOMPARE(rowsOf(chart).rows(), naive(10));
        QVERIFY(std::find(rowsOf(chart).rows().begin(), rowsOf(chart).rows().end(), 4)
            != rowsOf(chart).rows().end());
        QCOMPARE(chart.hiddenClasses(), 90);
        QCOMPARE(rowsOf(chart).footer(), QStringLiteral("90 more classes, each at most 9.0 %"));

        votes.label = 0; // the least probable
        chart.setVotes(votes);
        chart.render(QSize(600, 300));
        auto expected = naive(10);
        expected.insert(expected.begin(), 0);
        QCOMPARE(rowsOf(chart).rows(), expected);
        QCOMPARE(chart.hiddenClasses(), 89);

        votes.label = 27; // among them already
        chart.setVotes(votes);
        chart.render(QSize(600, 300));
        QCOMPARE(rowsOf(chart).rows(), naive(10));
    }

    void showAllGrowsInHeight()
    {
        VotesChart chart;
        chart.setVotes(manyClasses(100, 7));
        const int before = chart.minimumSizeHint().height();
        QVERIFY(before <= 17 * (QFontMetrics(chart.font()).height() + 2)); // 11 rows, and the rest
        chart.setShowAll(true);
        QCOMPARE(chart.hiddenClasses(), 0);
        const QSize size(400, chart.minimumSizeHint().height());
        chart.render(size);
        const VotesRows& rows = rowsOf(chart);
        QCOMPARE(rows.rows().size(), std::size_t(100));
        QVERIFY(rows.footer().isEmpty());
        QVERIFY(rows.rowPlace(99).bottom() <= size.height());
        QVERIFY(rows.rowPlace(0).height() >= QFontMetrics(chart.font()).height());
        chart.setShowAll(false);
        QCOMPARE(chart.minimumSizeHint().height(), before);
        QCOMPARE(chart.hiddenClasses(), 100 - int(largestClasses(manyClasses(100, 7), 10).size()));
    }

    void sentences_data()
    {
        QTest::addColumn<std::vector<double>>("merged");
        QTest::addColumn<int>("winner");
        QTest::addColumn<bool>("tied");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char* name, std::vector<double> merged, int winner, bool tied,
                             const char* sentence) {
            QTest::newRow(name) << std::move(merged) << winner << tied
                                << QString::fromUtf8(sentence);
        };
        row("clear", {0.2, 0.63, 0.17}, 1, false, "dog 63 %, 43 points ahead of cat");
        row("close", {0.503, 0.497, 0}, 0, false, "cat 50 %, 0.6 points ahead of dog");
        row("one point", {0.50, 0.49, 0.01}, 0, false, "cat 50 %, 1 point ahead of dog");
        row("hair", {0.3331, 0.3335, 0.3334}, 1, false,
            "dog 33 %, less than 0.1 points ahead of bird");
        row("tie", {0.4, 0.2, 0.4}, 0, true, "tie between cat and bird");
        row("seconds alike", {0.1 + 0.2, 0.3, 0.3999}, 2, false,
            "bird 40 %, 10 points ahead of cat");
        row("rounded tie", {0.5, 0.5 - 1e-16, 0}, 0, true, "tie between cat and dog");
        row("three", {1 / 3., 1 / 3., 1 / 3.}, 0, true, "tie between cat, dog and bird");
        row("five", {0.2, 0.2, 0.2, 0.2, 0.2}, 0, true, "tie between cat, dog, bird and 2 more");
        row("one class", {1}, 0, false, "cat 100 %");
        row("unnamed", {0.1, 0.1, 0.1, 0.7}, 3, false, "class 3 70 %, 60 points ahead of cat");
        row("nothing", {}, -1, false, "");
    }

    void sentences()
    {
        QFETCH(std::vector<double>, merged);
        QFETCH(int, winner);
        QFETCH(bool, tied);
        QFETCH(QString, sentence);
        VotesData votes;
        votes.classNames = {QStringLiteral("cat"), QStringLiteral("dog"), QStringLiteral("bird")};
        votes.merged = merged;
        votes.winner = winner;
        votes.tied = tied;
        QCOMPARE(winnerSentence(votes), sentence);
    }

    void summaryNamesWinnerBaselineAndTruth()
    {
        VotesChart chart;
        chart.setVotes(catAndDog());
        chart.render(QSize(400, 200));
        QCOMPARE(chart.summary(),
            QStringLiteral("cat 63 %, 33 points ahead of dog; 5 of 7 copies say so; original dog "
                           "51 %; true class cat."));
        QCOMPARE(chart.accessibleDescription(), chart.summary());
        QVERIFY(!chart.accessibleName().isEmpty());
        VotesData votes = catAndDog();
        votes.merged[5] = votes.merged[3];
        votes.tied = true;
        chart.setVotes(votes);
        chart.render(QSize(400, 200));
        QVERIFY2(
            chart.summary().startsWith(QStringLiteral("tie between cat and dog; counted as cat; ")),
            qPrintable(chart.summary()));
        chart.clear();
        chart.render(QSize(400, 200));
        QCOMPARE(chart.summary(), QStringLiteral("No votes yet."));
        QVERIFY(!rowsOf(chart).isVisible());
    }

    void wordsOfTheRows()
    {
        VotesChart chart;
        chart.setVotes(catAndDog());
        const QStringList texts = textsOf(chart, m_folder.filePath(QStringLiteral("votes.svg")));
        for (const char* expected : {"cat", "dog", "truck", "63.0 %", "29.9 %", "5 votes",
                 "2 votes", "original", "of 7 copies", "0", "50", "100 %"})
            QVERIFY2(texts.contains(QString::fromUtf8(expected)), expected);
        QCOMPARE(texts.count(QStringLiteral("merged")), 2); // the legend, and its column
        QVERIFY(!texts.join(QLatin1Char(' ')).contains(QStringLiteral("baseline")));
        QCOMPARE(texts.count(QStringLiteral("true")), 1); // not by colour alone
        QVERIFY(!texts.contains(QStringLiteral("0 votes")));
        VotesData unlabelled = catAndDog();
        unlabelled.label = -1;
        chart.setVotes(unlabelled);
        QVERIFY(!textsOf(chart, m_folder.filePath(QStringLiteral("u.svg")))
                     .contains(QStringLiteral("true")));
        QCOMPARE(votesText(1), QStringLiteral("1 vote"));
        QCOMPARE(votesText(1200), QStringLiteral("1,200 votes"));
    }

    void toolTipTellsTheWholeRow()
    {
        VotesData votes = manyClasses(10, 20, 60);
        votes.classNames[9] =
            QStringLiteral("<b>& a class of sixty letters with something of markup</b>");
        VotesChart chart;
        chart.setVotes(votes);
        chart.resize(360, 180);
        chart.show();
        QVERIFY(QTest::qWaitForWindowExposed(&chart));
        chart.grab();
        const VotesRows& rows = rowsOf(chart);
        QVERIFY(rows.shownName(1) != votes.classNames[1]); // elided on so little room
        QVERIFY(rows.rowToolTip(1).startsWith(votes.classNames[1] + QLatin1Char('\n')));
        QVERIFY(rows.rowToolTip(1).contains(
            QStringLiteral("merged %1 %").arg(100 * votes.merged[1], 0, 'f', 1)));
        QVERIFY(rows.rowToolTip(1).contains(
            QStringLiteral("original %1 %").arg(100 * votes.baseline[1], 0, 'f', 1)));
        QVERIFY(rows.rowToolTip(1).contains(QStringLiteral("0 of 20 copies say so")));
        QVERIFY(rows.rowToolTip(5).contains(QStringLiteral("(the true class)")));
        QVERIFY(!rows.rowToolTip(1).contains(QStringLiteral("true class")));

        const QPoint place = rows.rowPlace(9).center().toPoint();
        QHelpEvent help(QEvent::ToolTip, place, chart.mapToGlobal(place));
        QVERIFY(QApplication::sendEvent(&chart, &help));
        QVERIFY(QToolTip::text().contains(QStringLiteral("&lt;b&gt;&amp;"))); // not as markup
        QToolTip::hideText();
    }

    void everythingFits_data()
    {
        QTest::addColumn<int>("classes");
        QTest::addColumn<int>("nameLength");
        QTest::addColumn<QSize>("size");
        for (const int classes : {1, 2, 10, 11, 100, 1000})
            for (const int length : {0, 60})
                for (const QSize size : {QSize(360, 180), QSize(900, 400)})
                    QTest::addRow("%d classes, %d letters, %d wide", classes, length, size.width())
                        << classes << length << size;
    }

    void everythingFits()
    {
        QFETCH(int, classes);
        QFETCH(int, nameLength);
        QFETCH(QSize, size);
        VotesChart chart;
        chart.setVotes(manyClasses(classes, 50, nameLength));
        const QImage image = chart.render(size);
        const VotesRows& rows = rowsOf(chart);
        const int count = int(rows.rows().size());
        QVERIFY(count >= std::min(classes, 10) && count <= 11);
        QVERIFY(rows.rowPlace(count - 1).bottom() <= size.height());
        QVERIFY(rows.barsPlace(0).width() >= 55);
        for (int row = 1; row < count; ++row)
            QVERIFY(rows.rowPlace(row).top() >= rows.rowPlace(row - 1).bottom() - 1e-9);
        for (int y = 0; y < image.height(); ++y) // nothing is cut at the edges
            for (const int x : {0, 1, 2, 3, size.width() - 3, size.width() - 2, size.width() - 1})
                QCOMPARE(image.pixel(x, y), image.pixel(0, 0));
        for (int x = 0; x < image.width(); ++x)
            for (const int y : {0, 1, size.height() - 2, size.height() - 1})
                QCOMPARE(image.pixel(x, y), image.pixel(0, 0));
    }

    void newVotesAreDrawnSoon()
    {
        VotesChart chart;
        chart.resize(400, 200);
        chart.show();
        QVERIFY(QTest::qWaitForWindowExposed(&chart));
        chart.setVotes(catAndDog());
        VotesData second = catAndDog();
        second.merged[3] = 0.5;
        VotesData last = second;
        last.merged[3] = 0.4;
        chart.setVotes(second);
        chart.setVotes(last); // of what comes too quickly, the newest counts
        QTRY_VERIFY(chart.summary().startsWith(QStringLiteral("cat 40 %")));
    }
};

QTEST_MAIN(TestVotesChart)
#include "tst_votes_chart.moc"
