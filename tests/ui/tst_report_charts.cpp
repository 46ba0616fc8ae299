// SPDX-License-Identifier: GPL-3.0-or-later
// The charts of a kept run: which there are, and what the SVG files hold.
#include "core/support/error.h"
#include "tests/core/report/made_record.h"
#include "ui/charts/plot_file.h"
#include "ui/charts/report_charts.h"

#include <QImage>
#include <QPainter>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QtTest>

using namespace augury;
using namespace augury::testing;

class ReportChartsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whichThereAre()
    {
        using enum RunChart;
        using Charts = std::vector<RunChart>;
        QCOMPARE(runCharts(madeRecord()), (Charts{Repeats, Lift, Boxes, Curve, Confusion, Ledger}));
        QCOMPARE(runCharts(madeRecord(madeData(), false)), (Charts{Repeats, Lift, Boxes, Ledger}));
        QCOMPARE(runCharts(madeEvaluation()), (Charts{Curve, Confusion, Ledger}));
        QCOMPARE(runCharts(madeTraining()), (Charts{Learning}));
        QVERIFY_EXCEPTION_THROWN(makeRunChart(Learning, madeRecord()), Error);
        for (const auto chart : {Repeats, Boxes, Lift, Curve, Confusion, Ledger, Learning})
            QCOMPARE(runChartFromString(toString(chart)), chart);
        QVERIFY_EXCEPTION_THROWN(runChartFromString("pie"), Error);
    }

    void drawnForAReport()
    {
        auto names = madeData();
        names.classNames = {"<cat>", "dog & \"co\""};
        const auto record = madeRecord(names);
        QSet<QString> titles;
        ReportParts parts;
        for (const auto kind : runCharts(record)) {
            const auto chart = reportChart(kind, record);
            titles.insert(QString::fromStdString(chart.title));
            // What a screen reader says is of these data, as in the picture.
            QVERIFY(!chart.summary.empty());
            QVERIFY(QString::fromStdString(chart.svg).contains(
                QString::fromStdString(chart.summary).toHtmlEscaped()));
            if (kind == RunChart::Confusion)
                QVERIFY2(
                    chart.summary.find("24 images") != std::string::npos, chart.summary.c_str());
            QVERIFY(!chart.table.rows.empty());
            for (const auto& row : chart.table.rows)
                QCOMPARE(row.size(), chart.table.columns.size());
            QVERIFY(chart.svg != chart.darkSvg);
            for (const auto& [svg, light] :
                {std::pair(&chart.svg, true), std::pair(&chart.darkSvg, false)}) {
                QSvgRenderer renderer(QByteArray::fromStdString(*svg));
                QVERIFY(renderer.isValid());
                QCOMPARE(renderer.viewBox(), QRect(0, 0, 960, 560));
                QImage image(960, 560, QImage::Format_ARGB32);
                image.fill(Qt::magenta);
                QPainter painter(&image);
                renderer.render(&painter);
                painter.end();
                QCOMPARE(image.pixelColor(2, 2).lightness() > 127, light);
                QSet<QRgb> colours;
                for (int y = 0; y < image.height(); y += 3) {
                    for (int x = 0; x < image.width(); x += 3)
                        colours.insert(image.pixel(x, y));
                }
                QVERIFY(colours.size() > 10); // something is drawn
            }
            parts.charts.push_back(chart);
        }
        QCOMPARE(titles.size(), 6);
        const auto html = htmlReport(record, parts);
        for (const auto& title : titles)
            QVERIFY(QString::fromStdString(html).contains(title.toHtmlEscaped()));
    }

    void inASizeOfTheUsers()
    {
        QTemporaryDir folder;
        const std::filesystem::path path(folder.filePath(QStringLiteral("c.png")).toStdString());
        plotRun(madeRecord(), RunChart::Lift, path, {700, 450, 3});
        const QImage image(QString::fromStdString(path.string()));
        QCOMPARE(image.size(), QSize(2100, 1350));
        plotRepeats(madeRepeats(), "a", path, {600, 400, 1});
        QCOMPARE(QImage(QString::fromStdString(path.string())).size(), QSize(600, 400));
        QVERIFY_EXCEPTION_THROWN(plotRun(madeRecord(), RunChart::Lift, path, {700, 450, 9}), Error);
    }
};

QTEST_MAIN(ReportChartsTest)
#include "tst_report_charts.moc"
