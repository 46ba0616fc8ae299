// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QEvent>
#include <QEventLoop>
#include <QTimer>
#include <QWidget>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <vector>

/// What measures the window's responsiveness: figures are printed, nothing is judged.
namespace augury::test {

/// The q-th quantile; 0 of nothing.
inline double quantile(std::vector<double> values, double q)
{
    if (values.empty())
        return 0;
    std::ranges::sort(values);
    return values[static_cast<std::size_t>(q * double(values.size() - 1))];
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
        std::printf("heartbeat %-22s p50 %6.1f ms  p99 %6.1f ms  max %6.1f ms  (%zu beats)\n", what,
            quantile(m_gaps, 0.5), quantile(m_gaps, 0.99), quantile(m_gaps, 1), m_gaps.size());
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
    std::function<void()> onPaint;

protected:
    bool eventFilter(QObject*, QEvent* event) override
    {
        if (event->type() == QEvent::Paint) {
            painted = true;
            if (onPaint)
                onPaint();
        }
        return false;
    }
};

/// Runs the event loop as the program does (QTest::qWaitFor would sleep in between).
inline bool runUntil(const std::function<bool()>& done, int patience = 600'000)
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

inline void printLatencies(const char* what, const std::vector<double>& ms)
{
    std::printf("latency   %-34s p50 %6.1f ms  p95 %6.1f ms  max %6.1f ms  (%zu)\n", what,
        quantile(ms, 0.5), quantile(ms, 0.95), quantile(ms, 1), ms.size());
    std::fflush(stdout);
}

} // namespace augury::test
