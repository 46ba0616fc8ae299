// SPDX-License-Identifier: GPL-3.0-or-later
// Renders the charts of the Compare page, light and dark, at 1× and 2×, into
// build/…/pictures/compare, to be looked at. Checks what a program can check of them.
#include "tests/ui/compare_data.h"
#include "ui/charts/box_chart.h"
#include "ui/charts/confusion_chart.h"
#include "ui/charts/lift_chart.h"
#include "ui/charts/repeats_chart.h"
#include "ui/charts/runs_chart.h"

#include <QDir>
#include <QtTest>

#include <functional>

using namespace augury;

namespace {

using Make = std::function<std::unique_ptr<ChartWidget>()>;

struct Picture {
    QString name;
    QSize size;
    Make make;
};

template <typename Chart> Make chartOf(const std::function<void(Chart&)>& fill)
{
    return [fill] {
        auto chart = std::make_unique<Chart>();
        chart->setTitle(QStringLiteral("CIFAR-10, horizontal flip × 7"));
        fill(*chart);
        return chart;
    };
}

std::vector<Picture> pictures()
{
    const QSize wide(900, 560);
    const QSize page(640, 440);
    const QSize large(3840, 2160);
    std::vector<Picture> all;
    const auto add = [&all](const QString& name, QSize size, Make make) {
        all.push_back({name, size, std::move(make)});
    };
    for (const int n : {1, 2, 10, 50}) {
        const QString count = QString::number(n);
        add(QStringLiteral("repeats-") + count, page, chartOf<RepeatsChart>([n](RepeatsChart& c) {
            c.setRepeats(n, charts_data::repeats(n));
        }));
        add(QStringLiteral("box-") + count, page,
            chartOf<BoxChart>([n](BoxChart& c) { c.setRepeats(charts_data::repeats(n)); }));
        add(QStringLiteral("lift-") + count, page,
            chartOf<LiftChart>([n](LiftChart& c) { c.setRepeats(n, charts_data::repeats(n)); }));
        add(QStringLiteral("lift-8-runs-") + count, n == 10 ? page : wide,
            chartOf<LiftChart>([n](LiftChart& c) { c.setRuns(compare_data::runs(8, n)); }));
        add(QStringLiteral("runs-8-") + count, n == 10 ? page : wide,
            chartOf<RunsChart>([n](RunsChart& c) { c.setRuns(compare_data::runs(8, n)); }));
    }
    add(QStringLiteral("lift-3-runs"), wide,
        chartOf<LiftChart>([](LiftChart& c) { c.setRuns(compare_data::runs(3, 10)); }));
    add(QStringLiteral("runs-1"), page,
        chartOf<RunsChart>([](RunsChart& c) { c.setRuns(compare_data::runs(1, 10)); }));
    add(QStringLiteral("runs-8-narrow"), QSize(420, 440),
        chartOf<RunsChart>([](RunsChart& c) { c.setRuns(compare_data::runs(8, 10)); }));
    for (const int k : {2, 10, 100})
        for (const auto& [mode, word] :
            {std::pair{ConfusionMode::Tta, "tta"}, std::pair{ConfusionMode::Difference, "diff"}}) {
            const QString name =
                QStringLiteral("confusion-%1-%2").arg(k).arg(QString::fromLatin1(word));
            const auto fill = [k, mode = mode](ConfusionChart& c) {
                c.setMode(mode);
                c.setData(compare_data::confusion(k));
            };
            add(name, k == 100 ? wide : page, chartOf<ConfusionChart>(fill));
        }
    add(QStringLiteral("confusion-10-baseline-wide"), wide,
        chartOf<ConfusionChart>([](ConfusionChart& c) {
            c.setMode(ConfusionMode::Baseline);
            c.setData(compare_data::confusion(10));
        }));
    add(QStringLiteral("confusion-15-long-names"), wide,
        chartOf<ConfusionChart>(
            [](ConfusionChart& c) { c.setData(compare_data::confusion(15, true)); }));
    add(QStringLiteral("confusion-100-page"), page, chartOf<ConfusionChart>([](ConfusionChart& c) {
        c.setData(compare_data::confusion(100, true));
    }));
    add(QStringLiteral("confusion-10-4k"), large,
        chartOf<ConfusionChart>([](ConfusionChart& c) { c.setData(compare_data::confusion(10)); }));
    add(QStringLiteral("lift-8-runs-4k"), large,
        chartOf<LiftChart>([](LiftChart& c) { c.setRuns(compare_data::runs(8, 10)); }));
    add(QStringLiteral("box-4k"), large,
        chartOf<BoxChart>([](BoxChart& c) { c.setRepeats(charts_data::repeats(10)); }));
    add(QStringLiteral("runs-none"), page, chartOf<RunsChart>([](RunsChart&) {}));
    add(QStringLiteral("confusion-none"), page, chartOf<ConfusionChart>([](ConfusionChart&) {}));
    return all;
}

} // namespace

class TestComparePictures : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void render_data()
    {
        QTest::addColumn<int>("index");
        QTest::addColumn<bool>("dark");
        const std::vector<Picture> all = pictures();
        for (std::size_t i = 0; i < all.size(); ++i)
            for (const bool dark : {false, true})
                QTest::addRow("%s-%s", qPrintable(all[i].name), dark ? "dark" : "light")
                    << int(i) << dark;
    }

    void render()
    {
        QFETCH(int, index);
        QFETCH(bool, dark);
        const QDir folder(QStringLiteral(AUGURY_BUILD_DIR "/pictures/compare"));
        QVERIFY(folder.mkpath(QStringLiteral(".")));
        static const std::vector<Picture> all = pictures();
        const Picture& picture = all[static_cast<std::size_t>(index)];
        const std::unique_ptr<ChartWidget> chart = picture.make();
        chart->setChartStyle(dark ? ChartStyle::darkMode() : ChartStyle::light());
        for (const double scale : {1.0, 2.0}) {
            if (scale > 1 && picture.size.width() > 2000)
                continue;
            const QImage image = chart->render(picture.size, scale);
            QCOMPARE(image.size(), picture.size * scale);
            QVERIFY(image.save(folder.filePath(
                QStringLiteral("%1-%2-%3x.png")
                    .arg(picture.name, dark ? QStringLiteral("dark") : QStringLiteral("light"),
                        QString::number(scale)))));
            // An empty rim: nothing is cut at the edges.
            const QRgb background = chart->chartStyle().background.rgb();
            const int rim = int(4 * scale);
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x) {
                    const bool inside =
                        x >= rim && y >= rim && x < image.width() - rim && y < image.height() - rim;
                    if (!inside && image.pixel(x, y) != background)
                        QFAIL(
                            qPrintable(QStringLiteral("drawn at the edge: %1, %2").arg(x).arg(y)));
                }
        }
    }
};

QTEST_MAIN(TestComparePictures)
#include "tst_compare_pictures.moc"
