// SPDX-License-Identifier: GPL-3.0-or-later
// How responsive the real window is while its worker is busy: prints figures, judges nothing.
//   augury_heartbeat [DATA-FOLDER] [--tiny] [--seconds N] [--stops N]
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

namespace {

constexpr int s_patience = 600'000; // ms

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

/// Gaps between the beats of a 5 ms timer on the window's thread.
class Heartbeat : public QObject {
public:
    Heartbeat()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.setInterval(5);
        connect(&m_timer, &QTimer::timeout, this, [this] {
            m_gaps.push_back(double(m_clock.nsecsElapsed()) / 1e6);
            m_clock.restart();
        });
    }

    void start()
    {
        m_gaps.clear();
        m_clock.start();
        m_timer.start();
    }

    void print(const char* what)
    {
        m_timer.stop();
        std::ranges::sort(m_gaps);
        const auto at = [&](double q) {
            return m_gaps.empty() ? 0.0
                                  : m_gaps[static_cast<std::size_t>(q * double(m_gaps.size() - 1))];
        };
        std::printf("heartbeat %-22s p50 %6.1f ms  p99 %6.1f ms  max %6.1f ms  (%zu beats)\n", what,
            at(0.5), at(0.99), at(1), m_gaps.size());
        std::fflush(stdout);
    }

private:
    QTimer m_timer;
    QElapsedTimer m_clock;
    std::vector<double> m_gaps;
};

/// Tells when a widget has been painted.
class PaintWatch : public QObject {
public:
    explicit PaintWatch(QWidget* widget) { widget->installEventFilter(this); }
    bool painted = false;

protected:
    bool eventFilter(QObject*, QEvent* event) override
    {
        if (event->type() == QEvent::Paint)
            painted = true;
        return false;
    }
};

/// Runs the event loop as the program does (QTest::qWaitFor would sleep in between).
bool runUntil(const std::function<bool()>& done, int patience = s_patience)
{
    QEventLoop loop;
    QTimer poll;
    QElapsedTimer clock;
    clock.start();
    QObject::connect(&poll, &QTimer::timeout, &loop, [&] {
        if (done() || clock.elapsed() > patience)
            loop.quit();
    });
    poll.start(1);
    loop.exec();
    return done();
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
    session.evaluate();
    heartbeat.start();
    waitBusy(*window, phase);
    heartbeat.print("testing with TTA");
    if (!runUntil([&] { return session.isIdle(); }))
        return 1;
    times.clear();
    for (int i = 0; i < stops; ++i) {
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
