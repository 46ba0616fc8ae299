// SPDX-License-Identifier: GPL-3.0-or-later
// Charts as files: the three formats, and what cannot be written.
#include "core/support/error.h"
#include "tests/ui/charts_data.h"
#include "ui/charts/plot_file.h"
#include "ui/charts/repeats_chart.h"

#include <QApplication>
#include <QFile>
#include <QImage>
#include <QProcess>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QtTest>

#include <cstdio>

using namespace augury;

namespace {

std::filesystem::path fsPath(const QString& path)
{
    return path.toStdString();
}

QByteArray contents(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
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

std::vector<EpochMetrics> history()
{
    return {charts_data::epoch(1), charts_data::epoch(2), charts_data::epoch(3)};
}

} // namespace

class TestChartsFiles : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;
    QString path(const char* name) const { return m_folder.filePath(QString::fromUtf8(name)); }

private Q_SLOTS:
    void png()
    {
        plotRepeats(charts_data::repeats(10), "a title", fsPath(path("r.png")));
        plotLearning(history(), "a title", fsPath(path("l.PNG")));
        plotComparison(
            charts_data::comparison(10000, 6860, 287, 139), "a title", fsPath(path("c.png")));
        for (const char* name : {"r.png", "l.PNG", "c.png"}) {
            const QImage image(path(name), "PNG");
            QCOMPARE(image.size(), QSize(2400, 1500));
            QCOMPARE(image.pixelColor(0, 0), QColor(Qt::white));
            QVERIFY(image.convertToFormat(QImage::Format_Indexed8).colorCount() > 10);
        }
    }

    void svg()
    {
        plotRepeats(charts_data::repeats(10), "Flips & <shifts>", fsPath(path("ü.svg")));
        const QByteArray text = contents(path("ü.svg"));
        QSvgRenderer renderer(text);
        QVERIFY(renderer.isValid());
        QCOMPARE(renderer.viewBox(), QRect(0, 0, 1200, 750));
        QVERIFY(text.contains("Flips &amp; &lt;shifts&gt;"));
        for (const char* expected : {">accuracy (%)<", ">repeat<", ">Baseline ", ">TTA "})
            QVERIFY2(text.contains(expected), expected);
    }

    void pdf()
    {
        plotComparison(
            charts_data::comparison(10000, 6860, 287, 139), "a title", fsPath(path("c.pdf")));
        const QByteArray data = contents(path("c.pdf"));
        QVERIFY(data.startsWith("%PDF-1."));
        QVERIFY(data.trimmed().endsWith("%%EOF"));
        QCOMPARE(data.count("/Type /Page\n"), 1);
        QVERIFY(data.contains("/MediaBox [0 0 900.0"));
    }

    void unknownExtension()
    {
        for (const char* name : {"chart.gif", "chart", "chart.png.txt", ""}) {
            const std::string said =
                message([&] { plotRepeats(charts_data::repeats(2), "", fsPath(path(name))); });
            QVERIFY2(said.find(".png, .svg or .pdf") != std::string::npos, name);
            QVERIFY(message([&] { checkPlotExtension(fsPath(path(name))); }) == said);
        }
        checkPlotExtension("somewhere/chart.Svg");
    }

    void unwritablePath()
    {
        QFile file(path("a file"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.close();
        for (const char* name : {"a file/chart.png", "a file/chart.svg", "a file/chart.pdf"}) {
            const std::string said =
                message([&] { plotLearning(history(), "", fsPath(path(name))); });
            QVERIFY2(said.find(name) != std::string::npos, said.c_str());
        }
        QVERIFY(QDir().mkpath(path("taken.png"))); // a folder of that name
        QVERIFY(!message([&] { plotLearning(history(), "", fsPath(path("taken.png"))); }).empty());
    }

    void keepsTheOldFileOnFailure()
    {
        plotLearning(history(), "", fsPath(path("kept.png")));
        const QByteArray before = contents(path("kept.png"));
        RepeatsChart chart;
        QVERIFY(!message([&] { chart.save(path("kept.png"), QSize(0, 0)); }).empty());
        QCOMPARE(contents(path("kept.png")), before);
    }

    void emptyData()
    {
        plotRepeats({}, "nothing", fsPath(path("empty.svg")));
        QVERIFY(contents(path("empty.svg")).contains("No repeats yet"));
    }

    /// This program again, in a world without fonts (see main).
    void withoutFonts()
    {
        QFile config(path("fonts.conf"));
        QVERIFY(config.open(QIODevice::WriteOnly));
        config.write("<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\">"
                     "<fontconfig></fontconfig>");
        config.close();
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("FONTCONFIG_FILE"), config.fileName());
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
        process.setProcessEnvironment(environment);
        process.start(QCoreApplication::applicationFilePath(),
            {QStringLiteral("--plot"), path("fontless.png")});
        QVERIFY(process.waitForFinished());
        const QByteArray said = process.readAllStandardOutput();
        QVERIFY2(said.contains("fonts-dejavu-core"), said.constData());
        QVERIFY(!QFile::exists(path("fontless.png")));
    }
};

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    if (argc == 3 && QByteArrayView(argv[1]) == "--plot") {
        std::puts(message([&] { plotRepeats(charts_data::repeats(2), "", argv[2]); }).c_str());
        return 0;
    }
    TestChartsFiles test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_charts_files.moc"
