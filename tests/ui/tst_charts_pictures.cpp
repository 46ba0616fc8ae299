// SPDX-License-Identifier: GPL-3.0-or-later
// Renders every chart, light and dark, at 1× and 2×, into build/…/pictures/charts, to be looked at.
// Checks what a program can check of them.
#include "tests/ui/charts_data.h"
#include "ui/charts/learning_chart.h"
#include "ui/charts/ledger_chart.h"
#include "ui/charts/repeats_chart.h"

#include <QDir>
#include <QtTest>

#include <functional>

using namespace augury;

namespace {

struct Picture {
    QString name;
    QSize size;
    std::function<std::unique_ptr<ChartWidget>()> make;
};

std::function<std::unique_ptr<ChartWidget>()> repeatsChart(
    int planned, int done, const QString& title = {})
{
    return [=] {
        auto chart = std::make_unique<RepeatsChart>();
        chart->setTitle(title);
        chart->setRepeats(planned, charts_data::repeats(done));
        return chart;
    };
}

std::function<std::unique_ptr<ChartWidget>()> learningChart(
    int epochs, int endedEpochs, int batches, int batchOfNext, bool validation)
{
    return [=] {
        auto chart = std::make_unique<LearningChart>();
        chart->clear(epochs);
        for (int e = 1; e <= std::min(epochs, endedEpochs + 1); ++e) {
            for (int b = 1; b <= (e <= endedEpochs ? batches : batchOfNext); ++b)
                chart->appendBatch(charts_data::batch(e, epochs, b, batches));
            EpochMetrics metrics = charts_data::epoch(e);
            if (!validation) {
                metrics.validationLoss.reset();
                metrics.validationAccuracy.reset();
            }
            if (e <= endedEpochs)
                chart->appendEpoch(e, metrics);
        }
        return chart;
    };
}

std::function<std::unique_ptr<ChartWidget>()> ledgerChart(const Comparison& comparison)
{
    return [=] {
        auto chart = std::make_unique<LedgerChart>();
        chart->setTitle(QStringLiteral("Baseline against TTA, 10,000 test images"));
        chart->setComparison(comparison);
        return chart;
    };
}

std::vector<Picture> pictures()
{
    const QSize wide(900, 560);
    const QSize page(640, 440);
    const QString title = QStringLiteral("CIFAR-10, horizontal flip × 7");
    return {
        {QStringLiteral("repeats-0-of-10"), page, repeatsChart(10, 0)},
        {QStringLiteral("repeats-none"), page, repeatsChart(0, 0)},
        {QStringLiteral("repeats-1-of-10"), wide, repeatsChart(10, 1)},
        {QStringLiteral("repeats-2-of-10"), wide, repeatsChart(10, 2)},
        {QStringLiteral("repeats-4-of-10"), wide, repeatsChart(10, 4)},
        {QStringLiteral("repeats-10"), wide, repeatsChart(10, 10, title)},
        {QStringLiteral("repeats-10-small"), QSize(420, 320), repeatsChart(10, 10, title)},
        {QStringLiteral("repeats-100"), wide, repeatsChart(100, 100, title)},
        {QStringLiteral("learning-none"), page, learningChart(3, 0, 352, 0, true)},
        {QStringLiteral("learning-first-epoch"), wide, learningChart(3, 0, 352, 200, true)},
        {QStringLiteral("learning-3-epochs"), wide, learningChart(3, 3, 352, 0, true)},
        {QStringLiteral("learning-no-validation"), wide, learningChart(3, 2, 352, 100, false)},
        {QStringLiteral("learning-tall"), QSize(460, 620), learningChart(10, 7, 352, 100, true)},
        {QStringLiteral("learning-100-epochs"), wide, learningChart(100, 100, 352, 0, true)},
        {QStringLiteral("ledger"), wide,
            ledgerChart(charts_data::comparison(10000, 6860, 287, 139))},
        {QStringLiteral("ledger-few"), page, ledgerChart(charts_data::comparison(50, 31, 6, 2))},
        {QStringLiteral("ledger-good"), page,
            ledgerChart(charts_data::comparison(10000, 9950, 12, 4))},
        {QStringLiteral("ledger-bad"), page,
            ledgerChart(charts_data::comparison(10000, 90, 30, 61))},
        {QStringLiteral("ledger-small"), QSize(400, 300),
            ledgerChart(charts_data::comparison(10000, 6860, 287, 139))},
    };
}

} // namespace

class TestChartsPictures : public QObject {
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
        const QDir folder(QStringLiteral(AUGURY_BUILD_DIR "/pictures/charts"));
        QVERIFY(folder.mkpath(QStringLiteral(".")));
        const Picture picture = pictures()[static_cast<std::size_t>(index)];
        const std::unique_ptr<ChartWidget> chart = picture.make();
        chart->setChartStyle(dark ? ChartStyle::darkMode() : ChartStyle::light());
        for (const double scale : {1.0, 2.0}) {
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

QTEST_MAIN(TestChartsPictures)
#include "tst_charts_pictures.moc"
