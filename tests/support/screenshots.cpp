// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of every view of the real window after real work, light and dark, at 1× and 2×:
//   augury_screenshots [DATA-FOLDER] [--out FOLDER] [--full] [--pages PAGES]
// Without a folder it uses made-up data. The program starts itself once for each scale.
#include "tests/support/photographer.h"
#include "tests/support/screenshots_compare.h"
#include "tests/support/screenshots_inspect.h"
#include "tests/support/screenshots_tune.h"
#include "tests/support/screenshots_tune_charts.h"
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
using test::Photographer;
using test::waitFor;

namespace {

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
    parser.addOption({QStringLiteral("pages"),
        QStringLiteral("Which pages: all, compare, inspect, tune, tune-charts or others."),
        QStringLiteral("PAGES"), QStringLiteral("all")});
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
    const auto pages = parser.value(QStringLiteral("pages"));
    bool good = true;
    const auto wanted = [&](const char* group) {
        return pages == QStringLiteral("all") || pages == QLatin1String(group);
    };
    if (wanted("others"))
        good = photograph(data, parser.isSet(QStringLiteral("full")), camera, dir);
    if (wanted("compare"))
        good =
            test::photographCompare(camera, data, dir.filePath(QStringLiteral("compare"))) && good;
    if (wanted("inspect"))
        good = test::photographInspect(camera, dir.filePath(QStringLiteral("inspect"))) && good;
    if (wanted("tune"))
        good = test::photographTune(camera, data, dir.filePath(QStringLiteral("tune"))) && good;
    if (wanted("tune-charts"))
        test::photographTuneCharts(camera);
    return good ? 0 : 1;
}
