// SPDX-License-Identifier: GPL-3.0-or-later
// Every chart of the Compare page as a file: sizes, scales, nothing cropped, whole or not at all;
// and what all of them have in common on screen.
#include "core/support/error.h"
#include "tests/ui/compare_data.h"
#include "ui/charts/box_chart.h"
#include "ui/charts/confusion_chart.h"
#include "ui/charts/copies_curve_chart.h"
#include "ui/charts/ledger_chart.h"
#include "ui/charts/lift_chart.h"
#include "ui/charts/repeats_chart.h"
#include "ui/charts/runs_chart.h"

#include <QAreaSeries>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QLineSeries>
#include <QPainter>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QtTest>

#include <functional>
#include <map>

using namespace augury;

namespace {

using Make = std::function<std::unique_ptr<ChartWidget>()>;

CopiesCurve curve()
{
    CopiesCurve curve;
    curve.images = 10000;
    curve.baselineCorrect = 6860;
    for (int copies = 1; copies <= 16; ++copies) {
        CurvePoint point;
        point.copies = copies;
        point.fixed = 150 + 20 * copies - copies * copies;
        point.broken = 150 - 2 * copies;
        point.correct = curve.baselineCorrect + point.fixed - point.broken;
        point.forwardPasses = curve.images * (copies + 1);
        curve.points.push_back(point);
    }
    return curve;
}

const std::map<QString, Make>& charts()
{
    static const std::map<QString, Make> all{
        {QStringLiteral("repeats"),
            [] {
                auto chart = std::make_unique<RepeatsChart>();
                chart->setRepeats(10, charts_data::repeats(10));
                return chart;
            }},
        {QStringLiteral("box"),
            [] {
                auto chart = std::make_unique<BoxChart>();
                chart->setRepeats(charts_data::repeats(10));
                return chart;
            }},
        {QStringLiteral("lift"),
            [] {
                auto chart = std::make_unique<LiftChart>();
                chart->setRuns(compare_data::runs(3, 10));
                return chart;
            }},
        {QStringLiteral("runs"),
            [] {
                auto chart = std::make_unique<RunsChart>();
                chart->setRuns(compare_data::runs(5, 10));
                return chart;
            }},
        {QStringLiteral("confusion"),
            [] {
                auto chart = std::make_unique<ConfusionChart>();
                chart->setData(compare_data::confusion(10));
                return chart;
            }},
        {QStringLiteral("ledger"),
            [] {
                auto chart = std::make_unique<LedgerChart>();
                chart->setComparison(charts_data::comparison(10000, 6860, 287, 139));
                return chart;
            }},
        {QStringLiteral("curve"),
            [] {
                auto chart = std::make_unique<CopiesCurveChart>();
                chart->setCurve(curve());
                return chart;
            }},
    };
    return all;
}

std::string message(const std::function<void()>& call)
{
    try {
        call();
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

/// Mean difference of two pictures' greys, 0…255.
double difference(const QImage& a, const QImage& b)
{
    double sum = 0;
    for (int y = 0; y < a.height(); ++y)
        for (int x = 0; x < a.width(); ++x)
            sum += std::abs(qGray(a.pixel(x, y)) - qGray(b.pixel(x, y)));
    return sum / a.width() / a.height();
}

/// The part of a picture that differs from its background.
QRect inked(const QImage& image)
{
    QRect found;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            if (image.pixel(x, y) != image.pixel(0, 0))
                found |= QRect(x, y, 1, 1);
    return found;
}

} // namespace

class TestChartsExport : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;
    QString path(const QString& name) const { return m_folder.filePath(name); }

    static void each()
    {
        QTest::addColumn<QString>("name");
        for (const auto& chart : charts())
            QTest::addRow("%s", qPrintable(chart.first)) << chart.first;
    }

private Q_SLOTS:
    void scalesShowTheSame_data() { each(); }
    /// A picture at 3× scaled down is the one at 1×: nothing is cropped, moved or left out.
    void scalesShowTheSame()
    {
        QFETCH(QString, name);
        const auto chart = charts().at(name)();
        chart->setTitle(QStringLiteral("A title"));
        const QSize size(640, 440);
        chart->save(path(QStringLiteral("one.png")), size, 1);
        const QImage one(path(QStringLiteral("one.png")));
        QCOMPARE(one.size(), size);
        const QRect part = inked(one);
        QVERIFY(part.width() > 500 && part.height() > 250);
        // For comparison: the picture without an eighth at the right and below, stretched.
        const QImage cropped =
            one.copy(0, 0, 560, 385).scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
        const double asCropped = difference(one, cropped);
        for (const double scale : {1.5, 2.0, 3.0, 4.0}) {
            chart->save(path(QStringLiteral("big.png")), size, scale);
            const QImage big(path(QStringLiteral("big.png")));
            QCOMPARE(big.size(), size * scale);
            const QImage small = big.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
            const double apart = difference(one, small);
            QVERIFY2(apart < 0.4 * asCropped,
                qPrintable(QStringLiteral("%1 of %2").arg(apart).arg(asCropped)));
            const QRect bigPart = inked(big);
            for (const auto& [small1, big1] : {std::pair{part.left(), bigPart.left()},
                     std::pair{part.top(), bigPart.top()}, std::pair{part.right(), bigPart.right()},
                     std::pair{part.bottom(), bigPart.bottom()}})
                QVERIFY2(std::abs(small1 - big1 / scale) <= 3,
                    qPrintable(QStringLiteral("%1 %2").arg(small1).arg(big1 / scale)));
        }
    }

    void vectors_data() { each(); }
    void vectors()
    {
        QFETCH(QString, name);
        const auto chart = charts().at(name)();
        const QSize size(900, 560);
        chart->save(path(QStringLiteral("v.svg")), size, 3);
        QSvgRenderer svg(path(QStringLiteral("v.svg")));
        QVERIFY(svg.isValid());
        QCOMPARE(svg.viewBox(), QRect(QPoint(0, 0), size));
        QImage drawn(size, QImage::Format_RGB32);
        drawn.fill(Qt::white);
        QPainter painter(&drawn);
        svg.render(&painter);
        painter.end();
        const QRect onScreen = inked(chart->render(size));
        const QRect inFile = inked(drawn);
        QVERIFY(std::abs(onScreen.left() - inFile.left()) <= 4);
        QVERIFY(std::abs(onScreen.right() - inFile.right()) <= 4);
        QVERIFY(std::abs(onScreen.bottom() - inFile.bottom()) <= 4);
        chart->save(path(QStringLiteral("v.pdf")), size, 1);
        QFile pdf(path(QStringLiteral("v.pdf")));
        QVERIFY(pdf.open(QIODevice::ReadOnly));
        const QByteArray bytes = pdf.readAll();
        QVERIFY(bytes.startsWith("%PDF"));
        const auto box = QRegularExpression(
            QStringLiteral("/MediaBox \\[ *0\\S* 0\\S* ([0-9.]+) ([0-9.]+) *\\]"))
                             .match(QString::fromLatin1(bytes));
        QVERIFY(box.hasMatch());
        QCOMPARE(box.captured(1).toDouble(), 675.0); // 900 × 560 at 96 an inch, in points
        QCOMPARE(box.captured(2).toDouble(), 420.0);
        QVERIFY(bytes.trimmed().endsWith("%%EOF"));
    }

    void whatCannotBe()
    {
        RepeatsChart chart;
        chart.setRepeats(3, charts_data::repeats(3));
        const QString file = path(QStringLiteral("kept.png"));
        chart.save(file, QSize(300, 200), 1);
        QFile before(file);
        QVERIFY(before.open(QIODevice::ReadOnly));
        const QByteArray bytes = before.readAll();
        for (const double scale : {0.0, 0.5, 4.5, -1.0, std::numeric_limits<double>::quiet_NaN()})
            QVERIFY(message([&] { chart.save(file, QSize(300, 200), scale); }).find("1 to 4")
                != std::string::npos);
        QVERIFY(!message([&] { chart.save(file, QSize(0, 200), 1); }).empty());
        QVERIFY(!message([&] { chart.save(file, QSize(200000, 200000), 4); }).empty());
        before.seek(0);
        QCOMPARE(before.readAll(), bytes); // as it was
        QCOMPARE(QDir(m_folder.path()).entryList({QStringLiteral("kept*")}, QDir::Files).size(), 1);
        QVERIFY(message([&] {
            chart.save(path(QStringLiteral("one.png/two.png")), QSize(300, 200), 1);
        }).find("two.png")
            != std::string::npos);
    }

    /// On 4K everything grows: the same layout as on a smaller picture, in more pixels.
    void fourK_data() { each(); }
    void fourK()
    {
        QFETCH(QString, name);
        const auto chart = charts().at(name)();
        const QImage large = chart->render(QSize(3840, 2160));
        QCOMPARE(large.size(), QSize(3840, 2160));
        const QImage small = chart->render(QSize(1422, 800));
        const double apart = difference(
            small, large.scaled(small.size(), Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
        QVERIFY2(apart < 3, qPrintable(QString::number(apart)));
    }

    void themeSwitchWhileOpen_data() { each(); }
    void themeSwitchWhileOpen()
    {
        QFETCH(QString, name);
        const auto chart = charts().at(name)();
        chart->resize(640, 440);
        chart->show();
        QVERIFY(QTest::qWaitForWindowExposed(chart.get()));
        QPalette palette = chart->palette();
        for (const bool dark : {true, false}) {
            palette.setColor(QPalette::Base, dark ? QColor(30, 31, 34) : QColor(Qt::white));
            palette.setColor(QPalette::Text, dark ? QColor(238, 238, 238) : QColor(26, 26, 26));
            chart->setPalette(palette);
            QCOMPARE(chart->chartStyle().dark, dark);
            const auto fresh = charts().at(name)();
            fresh->setChartStyle(chart->chartStyle());
            // Nothing of the other theme is left.
            QCOMPARE(chart->render(QSize(640, 440)), fresh->render(QSize(640, 440)));
        }
        chart->setChartStyle(ChartStyle::darkMode());
        QVERIFY(chart->chartStyle().dark);
        chart->followPalette();
        QVERIFY(!chart->chartStyle().dark);
    }

    void everyChartIsAccessible_data() { each(); }
    void everyChartIsAccessible()
    {
        QFETCH(QString, name);
        const auto chart = charts().at(name)();
        chart->render(QSize(640, 440));
        QVERIFY(!chart->accessibleName().isEmpty());
        QVERIFY(chart->summary().endsWith(QLatin1Char('.')));
        QVERIFY(!chart->summary().contains(QLatin1Char('\n')));
        QVERIFY2(!chart->summary().contains(QLatin1Char('%'))
                || !chart->summary().contains(QRegularExpression(QStringLiteral("%\\d"))),
            qPrintable(chart->summary()));
        QCOMPARE(chart->accessibleDescription(), chart->summary());
        QCOMPARE(chart->focusPolicy(), Qt::StrongFocus);
        const ChartTable table = chart->table();
        QVERIFY(!table.rows.empty());
        for (const QVariantList& row : table.rows)
            QCOMPARE(row.size(), table.columns.size());
    }

    /// The cursor of the keyboard is for the screen alone.
    void filesHaveNoCursor()
    {
        ConfusionChart chart;
        chart.setData(compare_data::confusion(5));
        chart.resize(600, 440);
        chart.show();
        chart.activateWindow();
        chart.setFocus();
        const QImage before = chart.render(chart.size());
        QTest::keyClick(&chart, Qt::Key_Down);
        QTest::keyClick(&chart, Qt::Key_Down);
        QCOMPARE(chart.chosenCell(), QPoint(0, 1));
        QCOMPARE(chart.render(chart.size()), before);
        QTRY_VERIFY(chart.hasFocus());
        QVERIFY(chart.grab().toImage() != before);
    }

    /// Ten redraws a second at most, the last data always arrive.
    void liveDataAreThrottled()
    {
        LiftChart chart;
        chart.resize(500, 360);
        chart.show();
        auto* mean = chart.findChild<QLineSeries*>(QStringLiteral("mean"));
        QVERIFY(mean != nullptr);
        QSignalSpy replaced(mean, &QXYSeries::pointsReplaced);
        QElapsedTimer clock;
        clock.start();
        while (clock.elapsed() < 450) {
            for (int done = 1; done <= 50; ++done)
                chart.setRepeats(50, charts_data::repeats(done));
            QCoreApplication::sendPostedEvents();
            QTest::qWait(1);
        }
        QTRY_VERIFY(chart.summary().startsWith(QStringLiteral("50 repeat")));
        const qint64 allowed = clock.elapsed() / 100 + 2;
        QVERIFY2(replaced.count() <= allowed && replaced.count() >= 2,
            qPrintable(QString::number(replaced.count())));
    }
};

QTEST_MAIN(TestChartsExport)
#include "tst_charts_export.moc"
