// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of every view of the real window after real work, light and dark, at 1× and 2×:
//   augury_screenshots [DATA-FOLDER] [--out FOLDER] [--full]
// Without a folder it uses made-up data. The program starts itself once for each scale.
#include "tests/support/tiny_data.h"
#include "tests/support/window_fixture.h"
#include "tests/ui/sheet_data.h"
#include "ui/charts/copies_curve_chart.h"
#include "ui/panels/setup_dock.h"
#include "ui/views/compare_view.h"
#include "ui/views/missing_data.h"
#include "ui/views/train_view.h"
#include "ui/widgets/contact_sheet.h"
#include "ui/widgets/empty_state.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QProcess>
#include <QScrollArea>
#include <QScrollBar>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

using namespace augury;

namespace {

constexpr int s_patience = 600'000; // ms

QPalette darkPalette()
{
    QPalette palette;
    const QColor window(0x2d, 0x2d, 0x30);
    const QColor text(0xe8, 0xe8, 0xe8);
    const QColor base(0x1e, 0x1e, 0x20);
    const QColor faint(0x80, 0x80, 0x80);
    palette.setColor(QPalette::Window, window);
    palette.setColor(QPalette::WindowText, text);
    palette.setColor(QPalette::Base, base);
    palette.setColor(QPalette::AlternateBase, QColor(0x27, 0x27, 0x2a));
    palette.setColor(QPalette::ToolTipBase, window);
    palette.setColor(QPalette::ToolTipText, text);
    palette.setColor(QPalette::PlaceholderText, QColor(0xa8, 0xa8, 0xa8));
    palette.setColor(QPalette::Text, text);
    palette.setColor(QPalette::Button, QColor(0x3a, 0x3a, 0x3e));
    palette.setColor(QPalette::ButtonText, text);
    palette.setColor(QPalette::Light, QColor(0x50, 0x50, 0x54));
    palette.setColor(QPalette::Midlight, QColor(0x44, 0x44, 0x48));
    palette.setColor(QPalette::Mid, QColor(0x28, 0x28, 0x2a));
    palette.setColor(QPalette::Dark, QColor(0x18, 0x18, 0x1a));
    palette.setColor(QPalette::Link, QColor(0x56, 0xb4, 0xe9));
    palette.setColor(QPalette::Highlight, QColor(0x2a, 0x82, 0xda));
    palette.setColor(QPalette::HighlightedText, Qt::white);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, faint);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, QColor(0x50, 0x50, 0x50));
    return palette;
}

class Photographer {
public:
    Photographer(QString folder, QString scale)
        : m_folder(std::move(folder))
        , m_scale(std::move(scale))
        , m_light(QApplication::palette())
    {
    }

    void take(QWidget& widget, const char* name)
    {
        for (const bool dark : {false, true}) {
            QApplication::setPalette(dark ? darkPalette() : m_light);
            QTest::qWait(250); // charts draw at most ten times a second
            const auto path =
                QStringLiteral("%1/%2-%3-%4x.png")
                    .arg(m_folder, QString::fromLatin1(name),
                        dark ? QStringLiteral("dark") : QStringLiteral("light"), m_scale);
            if (!widget.grab().save(path))
                std::fprintf(stderr, "could not write %s\n", qPrintable(path));
            else
                std::printf("%s\n", qPrintable(path));
            std::fflush(stdout);
        }
        QApplication::setPalette(m_light);
    }

    /// What always has the same size and colours.
    void keep(const QImage& picture, const char* name)
    {
        const auto path = QStringLiteral("%1/%2.png").arg(m_folder, QString::fromLatin1(name));
        std::printf("%s%s\n", picture.save(path) ? "" : "could not write ", qPrintable(path));
    }

private:
    QString m_folder;
    QString m_scale;
    QPalette m_light;
};

bool waitFor(const std::function<bool()>& done)
{
    return QTest::qWaitFor(done, s_patience);
}

/// The pictures that the command line draws, and the window will.
void photographPictures(const Dataset& dataset, Photographer& camera)
{
    CopiesCurveChart curve;
    curve.setTitle(QStringLiteral("Accuracy against the number of copies (made up)"));
    curve.setCurve(sheet_data::curve(20));
    curve.resize(900, 560);
    curve.show();
    camera.take(curve, "copies-curve");

    ContactSheet sheet;
    sheet.name = dataset.name + ", test image 0";
    sheet.classNames = dataset.classNames;
    sheet.label = dataset.test->labels[0];
    sheet.copies = 7;
    PredictOptions options;
    options.policy = tutorialPolicy();
    sheet.variants = variantsOf(nullptr, {dataset.test, {0}}, 0, options);
    camera.keep(paintContactSheet(sheet), "contact-sheet-flips");
    options.policy.rotationRange = 10;
    options.policy.widthShiftRange = options.policy.heightShiftRange = 0.1;
    options.policy.zoomRange = {0.9, 1.1};
    sheet.variants = variantsOf(nullptr, {dataset.test, {0}}, 0, options);
    camera.keep(paintContactSheet(sheet), "contact-sheet-affine");
    camera.keep(paintContactSheet(sheet_data::sheet({3, 32, 32}, sheet_data::affineDraws(20),
                    sheet_data::cifarNames(), 3, {5, 3, 3, 5, 3, 2, 3})),
        "contact-sheet-votes");
}

/// Small runs, unless `full`: then the experiment as a user gets it.
bool photograph(const QString& data, bool full, Photographer& camera, const QTemporaryDir& dir)
{
    auto window = test::makeWindow(dir.filePath(QStringLiteral("store.ini")));
    window->resize(1280, 800);
    window->show();
    auto& session = window->session();
    auto* pages = window->pages();

    window->begin(dir.filePath(QStringLiteral("no data set here")));
    if (!waitFor([&] { return session.isIdle() && !session.dataError().isEmpty(); }))
        return false;
    camera.take(*window, "missing-data");

    EmptyState missing;
    missing.resize(960, 640);
    showMissingSample(missing);
    missing.show();
    camera.take(missing, "missing-sample");
    missing.hide();

    session.openData(data);
    if (!waitFor([&] { return session.dataset() && session.isIdle(); }))
        return false;
    camera.take(*window, "first-launch");
    photographPictures(*session.dataset(), camera);
    pages->setCurrentWidget(window->trainView());
    camera.take(*window, "train-empty");

    session.settings().edit([full](ExperimentConfig& c) {
        c.training.epochs = 4;
        c.validationFraction = 0.1;
        if (!full) {
            c.training.batchSize = 64;
            c.subsetTrain = 6000;
            c.subsetTest = 2000;
        }
        c.policy.rotationRange = 8;
        c.policy.zoomRange = {0.9, 1.1};
    });
    int epochs = 0;
    QObject guard;
    QObject::connect(&session, &Session::epochTrained, &guard, [&] { ++epochs; });
    window->train();
    if (!waitFor([&] { return epochs >= 2 || !session.isBusy(); }))
        return false;
    camera.take(*window, "train-live");
    if (!waitFor([&] { return session.model() && session.isIdle(); }))
        return false;
    session.evaluate();
    if (!waitFor([&] { return session.evaluation() && session.isIdle(); }))
        return false;
    camera.take(*window, "train-done");

    session.settings().edit([full](ExperimentConfig& c) {
        c.training.epochs = full ? 3 : 1;
        c.validationFraction = 0;
        c.policy = tutorialPolicy();
        c.subsetTrain = full ? 0 : 4000;
    });
    window->runRepeats();
    camera.take(*window, "compare-start");
    if (!waitFor([&] { return session.run()->outcome.repeats.size() >= 4 || !session.isBusy(); }))
        return false;
    camera.take(*window, "compare-live");
    if (!waitFor([&] { return session.isIdle(); }))
        return false;
    camera.take(*window, "compare-done");

    session.settings().edit([](ExperimentConfig& c) {
        c.policy.rotationRange = 10;
        c.policy.widthShiftRange = 0.05;
        c.policy.heightShiftRange = 0.05;
        c.policy.zoomRange = {0.9, 1.1};
        c.policy.fillMode = FillMode::Constant;
    });
    auto* bar = window->setupDock()->findChild<QScrollArea*>()->verticalScrollBar();
    bar->setValue(bar->maximum());
    camera.take(*window, "compare-outdated");
    window->resize(1024, 700);
    camera.take(*window, "compare-small");
    bar->setValue(0);
    pages->setCurrentWidget(window->trainView());
    camera.take(*window, "train-small");
    return true;
}

} // namespace

int main(int argc, char** argv)
{
    const auto scale = qEnvironmentVariable("QT_SCALE_FACTOR");
    QApplication application(argc, argv);
    QApplication::setStyle(QStringLiteral("Fusion"));
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOption({QStringLiteral("out"), QStringLiteral("Folder of the pictures."),
        QStringLiteral("FOLDER"), QStringLiteral(AUGURY_BUILD_DIR "/screenshots")});
    parser.addOption({QStringLiteral("full"),
        QStringLiteral("All images and the tutorial's ten repeats: minutes, not seconds.")});
    parser.addPositionalArgument(QStringLiteral("data"), QStringLiteral("Data folder."));
    parser.process(application);

    if (scale.isEmpty()) {
        for (const char* factor : {"1", "2"}) {
            QProcess child;
            auto environment = QProcessEnvironment::systemEnvironment();
            environment.insert(QStringLiteral("QT_SCALE_FACTOR"), QString::fromLatin1(factor));
            child.setProcessEnvironment(environment);
            child.setProcessChannelMode(QProcess::ForwardedChannels);
            child.start(QApplication::applicationFilePath(), QApplication::arguments().mid(1));
            if (!child.waitForFinished(-1) || child.exitCode() != 0)
                return 1;
        }
        return 0;
    }

    const auto folder = parser.value(QStringLiteral("out"));
    if (!QDir().mkpath(folder))
        return 1;
    const QTemporaryDir dir;
    auto data = parser.positionalArguments().value(0);
    if (data.isEmpty()) {
        data = dir.filePath(QStringLiteral("Bars"));
        if (!test::writeTinyIdx(data, {28, 10, 6000, 2000}))
            return 1;
    }
    Photographer camera(folder, scale);
    return photograph(data, parser.isSet(QStringLiteral("full")), camera, dir) ? 0 : 1;
}
