// SPDX-License-Identifier: GPL-3.0-or-later
// How responsive the real window is while its worker is busy: prints figures, judges nothing.
//   augury_heartbeat [DATA-FOLDER] [--tiny] [--seconds N] [--stops N]
// Without a folder it starts as the program does at first: sample data, sample model.
#include "tests/support/beats.h"
#include "tests/support/inspect_latency.h"
#include "tests/support/tiny_data.h"
#include "tests/support/window_fixture.h"
#include "ui/widgets/job_bar.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <unistd.h>

using namespace augury;
using test::Heartbeat;
using test::PaintWatch;
using test::runUntil;

namespace {

/// Milliseconds since the kernel started this process (to a clock tick, 10 ms).
double msSinceProcessStart()
{
    QFile stat(QStringLiteral("/proc/self/stat"));
    if (!stat.open(QIODevice::ReadOnly))
        return 0;
    const auto text = stat.readAll();
    const auto fields = text.mid(text.lastIndexOf(')') + 2).split(' ');
    const double started = fields[19].toDouble() / double(sysconf(_SC_CLK_TCK));
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    return (double(now.tv_sec) + double(now.tv_nsec) / 1e9 - started) * 1000;
}

struct StopTimes {
    double acknowledged = 0;
    double idle = 0;
};

StopTimes timeStop(MainWindow& window)
{
    PaintWatch watch(window.jobBar());
    StopTimes times;
    QElapsedTimer clock;
    const auto ms = [&] { return double(clock.nsecsElapsed()) / 1e6; };
    QObject guard;
    QObject::connect(&window.session(), &Session::idle, &guard, [&] { times.idle = ms(); });
    watch.painted = false;
    clock.start();
    window.session().stop();
    const auto over = [&] {
        if (watch.painted && times.acknowledged == 0)
            times.acknowledged = ms();
        return times.idle > 0;
    };
    if (!runUntil(over))
        std::printf("Stop did not end the job\n");
    return times;
}

void printStops(const char* what, const std::vector<StopTimes>& all)
{
    double acknowledged = 0;
    double idle = 0;
    double sum = 0;
    for (const auto& times : all) {
        acknowledged = std::max(acknowledged, times.acknowledged);
        idle = std::max(idle, times.idle);
        sum += times.idle / double(all.size());
    }
    std::printf("stop      %-22s shown within %5.1f ms  worker idle: mean %6.1f ms  max %6.1f ms  "
                "(%zu stops)\n",
        what, acknowledged, sum, idle, all.size());
    std::fflush(stdout);
}

void waitBusy(MainWindow& window, int ms)
{
    QElapsedTimer clock;
    clock.start();
    runUntil([&] { return clock.elapsed() > ms || !window.session().isBusy(); });
}

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOption({QStringLiteral("tiny"), QStringLiteral("Made-up data.")});
    parser.addOption({QStringLiteral("seconds"), QStringLiteral("Each phase."), QStringLiteral("N"),
        QStringLiteral("10")});
    parser.addOption({QStringLiteral("stops"), QStringLiteral("Stops of each kind."),
        QStringLiteral("N"), QStringLiteral("5")});
    parser.addPositionalArgument(QStringLiteral("data"), QStringLiteral("Data folder."));
    parser.process(application);
    const int phase = static_cast<int>(parser.value(QStringLiteral("seconds")).toDouble() * 1000);
    const int stops = parser.value(QStringLiteral("stops")).toInt();

    const QTemporaryDir dir;
    auto data = parser.positionalArguments().value(0);
    if (parser.isSet(QStringLiteral("tiny"))) {
        data = dir.filePath(QStringLiteral("tiny"));
        if (!test::writeTinyIdx(data, {28, 10, 2000, 500}))
            return 1;
    }

    auto window = test::makeWindow(dir.filePath(QStringLiteral("store.ini")));
    PaintWatch firstPaint(window.get());
    auto& session = window->session();
    double shown = 0;
    double predicted = 0;
    QObject guard;
    QObject::connect(&window->inspector(), &Inspector::lookChanged, &guard, [&] {
        const auto look = window->inspector().look();
        if (predicted == 0 && look && look->hasVotes())
            predicted = msSinceProcessStart();
    });
    QObject::connect(
        &session, &Session::dataChanged, &session, [&] { shown = msSinceProcessStart(); });
    window->show();
    window->begin(data);
    if (!runUntil([&] { return firstPaint.painted; }))
        return 1;
    std::printf("launch → first paint %.0f ms\n", msSinceProcessStart());
    if (!runUntil([&] { return session.dataset() && session.isIdle(); }))
        return 1;
    std::printf("launch → data shown  %.0f ms\n", shown);
    if (data.isEmpty()) {
        runUntil([&] { return session.isIdle() && predicted > 0 && session.evaluation(); });
        std::printf("launch → first prediction %.0f ms, all images evaluated %.0f ms\n", predicted,
            msSinceProcessStart());
    }

    Heartbeat heartbeat;
    heartbeat.start();
    QElapsedTimer calm;
    calm.start();
    runUntil([&] { return calm.elapsed() > std::min(phase, 2000); });
    heartbeat.print("idle");

    session.settings().edit([](ExperimentConfig& c) {
        c.training.epochs = 1000;
        c.training.batchSize = 128;
        c.repeats = 1000;
        c.copies = 20;
        c.policy.rotationRange = 15;
    });
    window->train();
    heartbeat.start();
    waitBusy(*window, phase);
    heartbeat.print("training");
    test::measureSlider(*window, "slider → variants, while training");
    std::vector<StopTimes> times;
    times.push_back(timeStop(*window));
    for (int i = 1; i < stops; ++i) {
        window->train();
        waitBusy(*window, 300 + 170 * i);
        times.push_back(timeStop(*window));
    }
    printStops("training", times);

    // A model to test; on real data the first epoch may take a while.
    session.settings().edit([](ExperimentConfig& c) {
        c.training.epochs = 1;
        c.subsetTrain = 2000;
    });
    window->train();
    if (!runUntil([&] { return session.model() && session.isIdle(); }))
        return 1;
    test::measureInspect(*window, phase);
    // Other draws each time: votes in hand are not predicted again.
    const auto otherDraws = [&](double angle) {
        session.settings().edit([angle](ExperimentConfig& c) {
            c.policy.rotationRange = angle;
            c.copies = 20;
        });
    };
    otherDraws(20);
    session.evaluate();
    heartbeat.start();
    waitBusy(*window, phase);
    heartbeat.print("testing with TTA");
    if (!runUntil([&] { return session.isIdle(); }))
        return 1;
    times.clear();
    for (int i = 0; i < stops; ++i) {
        otherDraws(21 + i);
        session.evaluate();
        waitBusy(*window, 100 + 70 * i);
        if (session.isBusy())
            times.push_back(timeStop(*window));
    }
    printStops("testing with TTA", times);

    times.clear();
    window->runRepeats();
    heartbeat.start();
    waitBusy(*window, phase);
    heartbeat.print("running repeats");
    times.push_back(timeStop(*window));
    for (int i = 1; i < stops; ++i) {
        window->runRepeats();
        waitBusy(*window, 300 + 230 * i);
        times.push_back(timeStop(*window));
    }
    printStops("running repeats", times);
    return 0;
}
