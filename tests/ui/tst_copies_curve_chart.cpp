// SPDX-License-Identifier: GPL-3.0-or-later
// The copies curve as a chart: its data, its labels, its files.
#include "tests/ui/sheet_data.h"
#include "ui/charts/copies_curve_chart.h"
#include "ui/charts/curve_labels.h"
#include "ui/charts/plot_file.h"

#include <QDir>
#include <QGraphicsRectItem>
#include <QGraphicsScene>
#include <QHelpEvent>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QToolTip>
#include <QtTest>

using namespace augury;

namespace {

QXYSeries& series(const QObject& chart, const char* name)
{
    auto* found = chart.findChild<QXYSeries*>(QString::fromLatin1(name));
    if (found == nullptr)
        qFatal("no series %s", name);
    return *found;
}

QList<QPointF> points(const QObject& chart, const char* name)
{
    return series(chart, name).points();
}

/// The texts of the chart drawn as SVG.
QStringList texts(const CopiesCurve& curve, const QString& path)
{
    plotCopiesCurve(curve, "Accuracy & copies", path.toStdString());
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QString svg = QString::fromUtf8(file.readAll());
    QStringList found;
    static const QRegularExpression text(QStringLiteral("<text[^>]*>([^<]*)</text>"));
    for (auto it = text.globalMatch(svg); it.hasNext();)
        found << it.next().captured(1).trimmed();
    return found;
}

} // namespace

class TestCopiesCurveChart : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;

private Q_SLOTS:
    void showsTheData()
    {
        const CopiesCurve curve = sheet_data::curve(20);
        CopiesCurveChart chart;
        chart.setCurve(curve);
        const QList<QPointF> line = points(chart, "tta");
        QCOMPARE(line.size(), 20);
        double highest = 0;
        int bestAt = 0;
        for (int i = 0; i < 20; ++i) {
            const double percent = double(curve.points[std::size_t(i)].correct) / 100;
            QCOMPARE(line[i], QPointF(i + 1, percent));
            if (percent > highest) {
                highest = percent;
                bestAt = i + 1;
            }
        }
        QCOMPARE(points(chart, "ttaPoints"), line);
        const QList<QPointF> level = points(chart, "baseline");
        QCOMPARE(level.size(), 2);
        QCOMPARE(level[0], QPointF(0.5, 68.6));
        QCOMPARE(level[1], QPointF(20.5, 68.6));
        QCOMPARE(series(chart, "baseline").pen().style(), Qt::DashLine);
        QCOMPARE(points(chart, "best"), (QList<QPointF>{{double(bestAt), highest}}));
        QVERIFY2(chart.summary().startsWith(
                     QStringLiteral("10,000 images: baseline 68.6 %, TTA 66.3 % with 1 copy to ")),
            qPrintable(chart.summary()));
        QVERIFY(chart.summary().contains(QStringLiteral("best 70.")));
        QCOMPARE(chart.accessibleDescription(), chart.summary());
        QVERIFY(!chart.accessibleName().isEmpty());
    }

    void theFewestOfEqualsIsBest()
    {
        CopiesCurve curve = sheet_data::curve(6);
        curve.points[2].correct = curve.points[4].correct = 7200;
        CopiesCurveChart chart;
        chart.setCurve(curve);
        QCOMPARE(points(chart, "best"), (QList<QPointF>{{3, 72}}));
        QVERIFY(chart.summary().contains(QStringLiteral("best 72.0 % with 3 copies")));
        QVERIFY(chart.summary().contains(QStringLiteral("+3.40 points")));
    }

    void everyLengthFits_data()
    {
        QTest::addColumn<int>("copies");
        QTest::addColumn<bool>("flat");
        QTest::addColumn<int>("images");
        for (const int copies : {1, 2, 7, 50, 51, 1000})
            for (const bool flat : {false, true})
                QTest::addRow("%d %s", copies, flat ? "flat" : "rising") << copies << flat << 10000;
        QTest::newRow("one image") << 3 << true << 1;
    }

    void everyLengthFits()
    {
        QFETCH(int, copies);
        QFETCH(bool, flat);
        QFETCH(int, images);
        CopiesCurveChart chart;
        chart.setCurve(sheet_data::curve(copies, images, flat));
        const QImage image = chart.render(QSize(640, 440));
        QCOMPARE(points(chart, "tta").size(), copies);
        QCOMPARE(points(chart, "ttaPoints").size(), copies <= 50 ? copies : 0);
        for (const char* name : {"tta", "ttaPoints", "best", "baseline"}) {
            auto& shown = series(chart, name);
            const auto axes = shown.attachedAxes();
            const auto* x = qobject_cast<QValueAxis*>(axes[0]);
            const auto* y = qobject_cast<QValueAxis*>(axes[1]);
            QVERIFY(x && y);
            for (const QPointF& point : shown.points()) {
                QVERIFY(std::isfinite(point.x()) && std::isfinite(point.y()));
                QVERIFY(point.x() >= x->min() && point.x() <= x->max());
                QVERIFY(point.y() >= y->min() && point.y() <= y->max());
            }
        }
        for (int y = 0; y < image.height(); ++y) // nothing is cut at the edges
            for (const int x : {0, 1, 2, 3, 636, 637, 638, 639})
                QCOMPARE(image.pixel(x, y), image.pixel(0, 0));
    }

    void ticksAreWholeNumbers_data()
    {
        QTest::addColumn<int>("copies");
        for (const int copies : {1, 2, 3, 10, 33, 1000})
            QTest::addRow("%d", copies) << copies;
    }

    void ticksAreWholeNumbers()
    {
        QFETCH(int, copies);
        const QStringList all =
            texts(sheet_data::curve(copies), m_folder.filePath(QStringLiteral("c.svg")));
        QVERIFY(all.contains(QStringLiteral("number of copies")));
        QVERIFY(all.contains(QStringLiteral("accuracy (%)")));
        const bool expected =
            all.contains(QString::number(copies)) || all.contains(QString::number(copies / 5 * 5));
        QVERIFY2(expected, qPrintable(all.join(QLatin1Char('|'))));
        // Bare whole numbers are the x axis's; above 50 stand the accuracies', once each.
        QVERIFY(!all.contains(QStringLiteral("0.5")) && !all.contains(QStringLiteral("1.5")));
        QVERIFY(!all.contains(QStringLiteral("0")));
        static const QRegularExpression baseline(QStringLiteral("^baseline 68\\.6 %$"));
        QCOMPARE(all.filter(baseline).size(), 1);
        const QString best = copies == 1 ? QStringLiteral("^66\\.3 % with 1 copy$")
                                         : QStringLiteral("^best: .* % with [0-9]+ copies$");
        QVERIFY2(all.filter(QRegularExpression(best)).size() == 1,
            qPrintable(all.join(QLatin1Char('|'))));
    }

    void emptyCurvesSaySo()
    {
        CopiesCurveChart chart;
        QVERIFY(!chart.summary().isEmpty());
        chart.setCurve(sheet_data::curve(5));
        chart.clear();
        QTRY_VERIFY(points(chart, "tta").isEmpty());
        QVERIFY(points(chart, "best").isEmpty());
        CopiesCurve noPoints;
        noPoints.images = 10;
        chart.setCurve(noPoints);
        QVERIFY(!chart.render(QSize(400, 300)).isNull());
        QCOMPARE(chart.summary(), QStringLiteral("Nothing evaluated yet."));
    }

    void toolTipTellsThePoint()
    {
        CopiesCurveChart chart;
        chart.setCurve(sheet_data::curve(3));
        chart.resize(640, 440);
        chart.show();
        chart.render(QSize(640, 440));
        const QPoint middle(340, 250); // three points: the second is in the middle
        QHelpEvent help(QEvent::ToolTip, middle, chart.mapToGlobal(middle));
        QApplication::sendEvent(&chart, &help);
        const QString said = QToolTip::text();
        QVERIFY2(said.startsWith(QStringLiteral("2 copies\n")), qPrintable(said));
        QVERIFY(said.contains(QStringLiteral("baseline 68.60 %")));
        QVERIFY(said.contains(QStringLiteral("cost 3.00×")));
    }

    /// The two texts on the plot lie in it, apart from each other, and off the lines where there is
    /// room for that.
    void labelsFindRoom_data()
    {
        QTest::addColumn<QList<QPointF>>("curve");
        QTest::addColumn<int>("best");
        const auto add = [](const char* name, auto value) {
            QList<QPointF> curve;
            for (int n = 1; n <= 20; ++n)
                curve.append({double(n), value(n)});
            const auto best = std::max_element(curve.begin(), curve.end(),
                [](const QPointF& a, const QPointF& b) { return a.y() < b.y(); });
            const int index = int(best->x()) - 1;
            QTest::newRow(name) << curve << index;
        };
        add("rising", [](int n) { return 70.5 - 4.0 / n; });
        add("falling", [](int n) { return 67.0 + 2.0 / n; });
        add("below", [](int n) { return 66.0 + 0.1 * n; });
        add("above", [](int n) { return 72.0 - 0.05 * n; });
        add("flat on the baseline", [](int) { return 68.6; });
        add("just below the baseline", [](int n) { return 68.55 - 0.2 / n; });
        QTest::newRow("one point") << QList<QPointF>{{1, 69.0}} << 0;
    }

    void labelsFindRoom()
    {
        QFETCH(QList<QPointF>, curve);
        QFETCH(int, best);
        QGraphicsScene scene;
        QObject owner;
        auto* root = scene.addRect(QRectF());
        Plot plot(*root, owner);
        auto* labels = new CurveLabels(plot);
        const QFont font = QApplication::font();
        plot.setStyle(ChartStyle::light(), font);
        plot.setRanges({curve.front().x() - 0.5, curve.back().x() + 0.5, 1}, {65, 73, 1});
        plot.setGeometry(QRectF(0, 0, 620, 400), QStringLiteral("100.0"));
        labels->setLook(ChartStyle::light(), font, 17);
        plot.setRoom(0, labels->heightNeeded());
        labels->setTexts(curve, curve[best], QStringLiteral("best: 70.3 % with 20 copies"), 68.6,
            QStringLiteral("baseline 68.6 %"));
        const CurveLabels::Places places = labels->places();
        const QRectF area = labels->boundingRect();
        QVERIFY(area.contains(places.best));
        QVERIFY(area.contains(places.level));
        QVERIFY(!places.best.intersects(places.level));
        for (const QPointF& point : curve) {
            const QPointF at = plot.toChart(point);
            QVERIFY2(!places.best.contains(at) && !places.level.contains(at),
                qPrintable(QString::number(point.x())));
        }
        const double level = plot.toChart(QPointF(0, 68.6)).y();
        for (const QRectF& place : {places.best, places.level})
            QVERIFY(place.bottom() <= level || place.top() >= level);
    }

    /// For looking at: build/…/pictures/charts.
    void pictures()
    {
        const QDir folder(QStringLiteral(AUGURY_BUILD_DIR "/pictures/charts"));
        QVERIFY(folder.mkpath(QStringLiteral(".")));
        const auto take = [&](const char* name, const CopiesCurve& curve, QSize size) {
            for (const bool dark : {false, true}) {
                CopiesCurveChart chart;
                chart.setTitle(QStringLiteral("CIFAR-10, shifts and zooms: accuracy by copies"));
                chart.setChartStyle(dark ? ChartStyle::darkMode() : ChartStyle::light());
                chart.setCurve(curve);
                const QString file =
                    QStringLiteral("copies-curve-%1-%2.png")
                        .arg(QString::fromLatin1(name),
                            dark ? QStringLiteral("dark") : QStringLiteral("light"));
                QVERIFY(chart.render(size, 2).save(folder.filePath(file)));
            }
        };
        const QSize wide(900, 560);
        take("20", sheet_data::curve(20), wide);
        take("1", sheet_data::curve(1), wide);
        take("7-small", sheet_data::curve(7), QSize(400, 300));
        take("50", sheet_data::curve(50), wide);
        take("1000", sheet_data::curve(1000), wide);
        take("flat", sheet_data::curve(10, 10000, true), wide);
        CopiesCurve worse = sheet_data::curve(20);
        worse.baselineCorrect = 7150;
        take("worse", worse, wide);
    }
};

QTEST_MAIN(TestCopiesCurveChart)
#include "tst_copies_curve_chart.moc"
