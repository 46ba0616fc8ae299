// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/support/error.h"
#include "ui/session/latest_job.h"

#include <QSemaphore>
#include <QTest>

#include <memory>

using namespace augury;

namespace {

constexpr int s_patience = 10'000; // ms

} // namespace

class LatestJobTest : public QObject {
    Q_OBJECT

    /// Waits for m_go on the worker, then hands `number` over.
    JobRequest request(int number, bool waits = false)
    {
        return {QStringLiteral("look"),
            [this, number, waits](JobContext&) -> std::function<void()> {
                m_began.release();
                if (waits)
                    m_go.acquire();
                return [this, number] { m_delivered << number; };
            },
            [this, number](JobEnd end, const QString&) {
                m_ended << number;
                m_ends << end;
            }};
    }

    QSemaphore m_began;
    QSemaphore m_go;
    QList<int> m_delivered;
    QList<int> m_ended;
    QList<JobEnd> m_ends;

private Q_SLOTS:
    void init()
    {
        m_began.acquire(m_began.available());
        m_delivered.clear();
        m_ended.clear();
        m_ends.clear();
    }

    void runsTheFirstAndTheNewestOnly()
    {
        Worker worker;
        LatestJob latest(worker);
        QVERIFY(!latest.isBusy());
        latest.start(request(0, true));
        QVERIFY(latest.isBusy());
        QVERIFY(m_began.tryAcquire(1, s_patience));
        for (int i = 1; i < 50; ++i)
            latest.start(request(i));
        m_go.release();
        QTRY_COMPARE_WITH_TIMEOUT(m_delivered, (QList<int>{0, 49}), s_patience);
        QTRY_VERIFY_WITH_TIMEOUT(!latest.isBusy(), s_patience);
        QTRY_VERIFY_WITH_TIMEOUT(worker.isIdle(), s_patience);
        QCOMPARE(m_began.available(), 1); // nothing between them has run
        QCOMPARE(m_ended, (QList<int>{0, 49}));
    }

    void goesOnAfterAFailure()
    {
        Worker worker;
        LatestJob latest(worker);
        latest.start({QStringLiteral("look"),
            [this](JobContext&) -> std::function<void()> {
                m_began.release();
                m_go.acquire();
                throw Error("no such image");
            },
            [this](JobEnd end, const QString& message) {
                m_ends << end;
                QCOMPARE(message, QStringLiteral("no such image"));
            }});
        QVERIFY(m_began.tryAcquire(1, s_patience));
        latest.start(request(1));
        m_go.release();
        QTRY_COMPARE_WITH_TIMEOUT(m_delivered, QList<int>{1}, s_patience);
        QTRY_COMPARE_WITH_TIMEOUT(
            m_ends, (QList<JobEnd>{JobEnd::Failed, JobEnd::Succeeded}), s_patience);
        QVERIFY(!latest.isBusy());
        latest.start(request(2));
        QTRY_COMPARE_WITH_TIMEOUT(m_delivered, (QList<int>{1, 2}), s_patience);
    }

    void goesOnAfterAStop()
    {
        Worker worker;
        LatestJob latest(worker);
        latest.start({QStringLiteral("look"),
            [this](JobContext& job) -> std::function<void()> {
                m_began.release();
                while (!job.stop().stop_requested())
                    std::this_thread::yield();
                throw Cancelled();
            },
            [this](JobEnd end, const QString&) { m_ends << end; }});
        QVERIFY(m_began.tryAcquire(1, s_patience));
        latest.start(request(1));
        worker.stop();
        QTRY_COMPARE_WITH_TIMEOUT(m_delivered, QList<int>{1}, s_patience);
        QCOMPARE(m_ends.front(), JobEnd::Stopped);
        // Stopped before it began.
        worker.start(request(2, true));
        latest.start(request(3));
        worker.stop();
        m_go.release();
        QTRY_VERIFY_WITH_TIMEOUT(!latest.isBusy(), s_patience);
        QVERIFY(!m_delivered.contains(3));
        latest.start(request(4));
        QTRY_VERIFY_WITH_TIMEOUT(m_delivered.contains(4), s_patience);
        QTRY_VERIFY_WITH_TIMEOUT(worker.isIdle(), s_patience);
    }

    void mayBeStartedAgainFromItsOwnEnd()
    {
        Worker worker;
        LatestJob latest(worker);
        auto first = request(0);
        first.ended = [&](JobEnd, const QString&) {
            QVERIFY(!latest.isBusy());
            latest.start(request(1));
        };
        latest.start(std::move(first));
        QTRY_COMPARE_WITH_TIMEOUT(m_delivered, (QList<int>{0, 1}), s_patience);
        QTRY_VERIFY_WITH_TIMEOUT(worker.isIdle(), s_patience);
    }

    void mayGoAwayBeforeItsWorkEnds()
    {
        Worker worker;
        auto latest = std::make_unique<LatestJob>(worker);
        latest->start(request(0, true));
        latest->start(request(1));
        QVERIFY(m_began.tryAcquire(1, s_patience));
        latest.reset();
        m_go.release();
        QTRY_VERIFY_WITH_TIMEOUT(worker.isIdle(), s_patience);
        QCOMPARE(m_ended, QList<int>{0});
    }
};

QTEST_GUILESS_MAIN(LatestJobTest)
#include "tst_latest_job.moc"
