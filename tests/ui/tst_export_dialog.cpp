// SPDX-License-Identifier: GPL-3.0-or-later
// Charts as pictures through the dialog: sizes, scales, formats, nothing cropped, the chart on
// screen left as it is.
#include "tests/ui/charts_data.h"
#include "ui/charts/chart_widget.h"
#include "ui/charts/repeats_chart.h"
#include "ui/views/export_dialog.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFile>
#include <QFileDialog>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QTest>

#include <cstdlib>

using namespace augury;

namespace {

constexpr int s_patience = 60'000; // ms

/// The smallest rectangle that holds all that is not background.
QRect drawnPart(const QImage& image)
{
    QRect part;
    const auto background = image.pixel(0, 0);
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixel(x, y) != background)
                part |= QRect(x, y, 1, 1);
        }
    }
    return part;
}

/// The mean difference of two pictures along one edge, in grey levels.
double differenceAt(const QImage& a, const QImage& b, const QRect& band)
{
    double sum = 0;
    for (int y = band.top(); y <= band.bottom(); ++y) {
        for (int x = band.left(); x <= band.right(); ++x)
            sum += std::abs(qGray(a.pixel(x, y)) - qGray(b.pixel(x, y)));
    }
    return sum / (double(band.width()) * band.height());
}

QByteArray contents(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class ExportDialogTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_chart = std::make_unique<RepeatsChart>();
        m_chart->setRepeats(10, charts_data::repeats(10));
        m_chart->setTitle({});
        m_chart->setAccessibleName(QStringLiteral("Accuracy by repeat"));
        m_chart->show();
        m_exporter = std::make_unique<Exporter>();
        m_dialog = std::make_unique<ExportDialog>(
            *m_exporter, std::vector<ChartWidget*>{m_chart.get()}, QStringLiteral("run"), nullptr);
        m_dialog->show();
    }

    void cleanup()
    {
        m_dialog.reset();
        m_exporter.reset();
        m_chart.reset();
    }

    void isNotCroppedAtThreeTimes()
    {
        const auto once = written(QStringLiteral("once.png"), 1);
        const auto thrice = written(QStringLiteral("thrice.png"), 3);
        QCOMPARE(once.size(), QSize(900, 600));
        QCOMPARE(thrice.size(), QSize(2700, 1800));
        const auto part = drawnPart(once);
        const auto large = drawnPart(thrice);
        QVERIFY(part.width() > 800 && part.height() > 520);
        const auto near = [](int a, int b) { return std::abs(a - b) <= 2; };
        QVERIFY(near(large.left() / 3, part.left()));
        QVERIFY(near(large.top() / 3, part.top()));
        QVERIFY(near(large.right() / 3, part.right()));
        QVERIFY(near(large.bottom() / 3, part.bottom()));
        // And what is there is the same picture, up to how thin lines are smoothed.
        const auto reduced =
            thrice.scaled(once.size(), Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
        const int band = 60;
        for (const auto& edge : {QRect(0, 0, 900, band), QRect(0, 600 - band, 900, band),
                 QRect(0, 0, band, 600), QRect(900 - band, 0, band, 600)}) {
            const auto blank = QImage(once.size(), QImage::Format_RGB32);
            QImage white = blank;
            white.fill(once.pixel(0, 0));
            const double drawn = differenceAt(once, white, edge);
            QVERIFY2(differenceAt(once, reduced, edge) < std::max(1.5, drawn / 2),
                qPrintable(
                    QString::number(edge.x()) + QLatin1Char(' ') + QString::number(edge.y())));
        }
    }

    void writesEveryFormat()
    {
        const auto png = write(QStringLiteral("a.png"));
        QVERIFY(png.startsWith("\x89PNG"));
        const auto pdf = write(QStringLiteral("a.pdf"));
        QVERIFY(pdf.startsWith("%PDF"));
        const auto svg = write(QStringLiteral("a.svg"));
        QSvgRenderer renderer(svg);
        QVERIFY(renderer.isValid());
        QCOMPARE(renderer.viewBox(), QRect(0, 0, 1200, 750));
    }

    void leavesTheChartOnScreenAsItIs()
    {
        QPalette dark;
        dark.setColor(QPalette::Window, QColor(30, 30, 30));
        dark.setColor(QPalette::Base, QColor(20, 20, 20));
        dark.setColor(QPalette::WindowText, Qt::white);
        dark.setColor(QPalette::Text, Qt::white);
        m_chart->setPalette(dark);
        QVERIFY(m_chart->chartStyle().dark);
        const auto before = m_chart->grab().toImage();
        const auto font = m_chart->font();
        const auto picture = written(QStringLiteral("light.png"), 2);
        QVERIFY(qGray(picture.pixel(0, 0)) > 240); // for paper, whatever the window looks like
        QVERIFY(m_chart->chartStyle().dark);
        QCOMPARE(m_chart->font(), font);
        QVERIFY(m_chart->title().isEmpty());
        QCOMPARE(m_chart->accessibleName(), QStringLiteral("Accuracy by repeat"));
        QCOMPARE(m_chart->grab().toImage(), before);
        m_chart->setPalette(QPalette()); // and it still follows
        QVERIFY(!m_chart->chartStyle().dark);
    }

    void showsPixelsAndAPreviewOfWhatIsChosen()
    {
        QCOMPARE(m_dialog->titleEdit()->text(), QStringLiteral("Accuracy by repeat"));
        m_dialog->widthBox()->setValue(800);
        m_dialog->heightBox()->setValue(800);
        m_dialog->scaleBox()->setValue(2.5);
        const auto thousands = QLocale().toString(2000);
        QCOMPARE(m_dialog->pixelsLabel()->text(), QStringLiteral("%1 × %1 pixels").arg(thousands));
        QTRY_COMPARE(m_dialog->preview()->pixmap().deviceIndependentSize().toSize(),
            QSize(320, 320)); // square, as the picture
        const auto before = m_dialog->preview()->pixmap().toImage();
        // All of the picture, not a corner of it.
        const auto whole = drawnPart(m_chart->render({800, 800}));
        const auto part = drawnPart(before);
        QVERIFY(std::abs(part.right() / double(before.width()) - whole.right() / 800.0) < 0.05);
        QVERIFY(std::abs(part.bottom() / double(before.height()) - whole.bottom() / 800.0) < 0.05);
        m_dialog->titleEdit()->setText(QStringLiteral("Something else"));
        QTRY_VERIFY(m_dialog->preview()->pixmap().toImage() != before);
        const auto titled = m_dialog->preview()->pixmap().toImage();
        m_chart->setRepeats(10, charts_data::repeats(4)); // the chart goes on
        QTRY_VERIFY(m_dialog->preview()->pixmap().toImage() != titled);

        m_dialog->widthBox()->setValue(8000);
        m_dialog->heightBox()->setValue(8000);
        m_dialog->scaleBox()->setValue(4);
        QVERIFY(!m_dialog->saveButton()->isEnabled());
        QVERIFY(m_dialog->pixelsLabel()->text().contains(QStringLiteral("too many")));
        m_dialog->formats()->setCurrentIndex(1); // a drawing has no pixels
        QVERIFY(m_dialog->saveButton()->isEnabled());
        QVERIFY(!m_dialog->scaleBox()->isEnabled());
    }

    void copiesThePicture()
    {
        m_dialog->widthBox()->setValue(640);
        m_dialog->heightBox()->setValue(480);
        m_dialog->scaleBox()->setValue(2);
        QTest::mouseClick(m_dialog->copyButton(), Qt::LeftButton);
        const auto copied = QApplication::clipboard()->image();
        QCOMPARE(copied.size(), QSize(1280, 960));
        QCOMPARE(copied.convertToFormat(QImage::Format_RGB32),
            written(QStringLiteral("same.png"), 2, {640, 480})
                .convertToFormat(QImage::Format_RGB32));
    }

    void asksForAFileOfTheChosenFormat()
    {
        m_dialog->formats()->setCurrentIndex(2);
        QTest::mouseClick(m_dialog->saveButton(), Qt::LeftButton);
        auto* files = m_dialog->findChild<QFileDialog*>();
        QVERIFY(files);
        QCOMPARE(files->defaultSuffix(), QStringLiteral("pdf"));
        QSignalSpy done(m_exporter.get(), &Exporter::written);
        Q_EMIT files->fileSelected(m_dir.filePath(QStringLiteral("chosen.pdf")));
        QTRY_COMPARE_WITH_TIMEOUT(done.count(), 1, s_patience);
        QVERIFY(m_dialog->isHidden());
        QVERIFY(contents(m_dir.filePath(QStringLiteral("chosen.pdf"))).startsWith("%PDF"));
    }

    void saysWhatWentWrong()
    {
        QSignalSpy failed(m_exporter.get(), &Exporter::failed);
        m_dialog->write(QStringLiteral("/proc/no/such/a.png"));
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, s_patience);
        QVERIFY(failed[0][0].toString().contains(QStringLiteral("/proc/no/such")));
        m_dialog->write(m_dir.filePath(QStringLiteral("a.bmp")));
        QCOMPARE(failed.count(), 2);
        m_chart.reset();
        QTRY_VERIFY(!m_dialog->saveButton()->isEnabled());
        QVERIFY(m_dialog->pixelsLabel()->text().contains(QStringLiteral("not there")));
        m_dialog->write(m_dir.filePath(QStringLiteral("b.png"))); // nothing to write
        m_dialog->copy();
        QVERIFY(!QFile::exists(m_dir.filePath(QStringLiteral("b.png"))));
    }

private:
    QByteArray write(const QString& name)
    {
        const auto path = m_dir.filePath(name);
        m_dialog->write(path);
        [this] { QTRY_VERIFY_WITH_TIMEOUT(m_exporter->isIdle(), s_patience); }();
        return contents(path);
    }

    QImage written(const QString& name, double scale, QSize size = {900, 600})
    {
        m_dialog->widthBox()->setValue(size.width());
        m_dialog->heightBox()->setValue(size.height());
        m_dialog->scaleBox()->setValue(scale);
        return QImage::fromData(write(name));
    }

    QTemporaryDir m_dir;
    std::unique_ptr<RepeatsChart> m_chart;
    std::unique_ptr<Exporter> m_exporter;
    std::unique_ptr<ExportDialog> m_dialog;
};

QTEST_MAIN(ExportDialogTest)
#include "tst_export_dialog.moc"
