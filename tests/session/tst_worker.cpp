// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/worker.h"

#include <QSemaphore>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <new>

#ifdef __linux__
#include <sys/resource.h>
#include <unistd.h>
#endif

using namespace augury;

namespace {

constexpr int s_patience = 10'000; // ms

struct Ends {
    std::vector<std::pair<JobEnd, QString>> all;
    std::function<void(JobEnd, const QString&)> collect()
    {
        return [this](JobEnd end, const QString& message) { all.emplace_back(end, message); };
    }
};

/// Runs until it is asked to stop, as core's functions do.
std::function<void()> untilStopped(JobContext& job, QSemaphore& began)
{
    began.release();
    while (!job.stop().stop_requested())
        std::this_thread::yield();
    throw Cancelled();
}

} // namespace

class WorkerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void succeedsOnceAndHandsTheResultOver()
    {
        Worker worker;
        QSignalSpy finished(&worker, &Worker::finished);
        QSignalSpy idle(&worker, &Worker::idle);
        Ends ends;
        QThread* workThread = nullptr;
        QThread* resultThread = nullptr;
        worker.start({QStringLiteral("job"),
            [&](JobContext&) -> std::function<void()> {
                workThread = QThread::currentThread();
                return [&] { resultThread = QThread::currentThread(); };
            },
            ends.collect()});
        QVERIFY(!worker.isIdle());
        QTRY_VERIFY_WITH_TIMEOUT(worker.isIdle(), s_patience);
        QCOMPARE(finished.count(), 1);
        QCOMPARE(idle.count(), 1);
        QCOMPARE(ends.all.size(), std::size_t(1));
        QCOMPARE(ends.all[0].first, JobEnd::Succeeded);
        QCOMPARE(resultThread, thread());
        QVERIFY(workThread != thread());
    }

    void tellsFailuresInTheirOwnSentence_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("part");
        QTest::newRow("Error") << 0 << QStringLiteral("train.bin is too short");
        QTest::newRow("std::exception") << 1 << QStringLiteral("did not expect: odd");
        QTest::newRow("bad_alloc") << 2 << QStringLiteral("not enough memory");
        QTest::newRow("anything") << 3 << QStringLiteral("unknown reason");
    }

    void tellsFailuresInTheirOwnSentence()
    {
        QFETCH(int, kind);
        QFETCH(QString, part);
        Worker worker;
        Ends ends;
        bool delivered = false;
        worker.start({QStringLiteral("job"),
            [&](JobContext&) -> std::function<void()> {
                switch (kind) {
                case 0:
                    throw Error("train.bin is too short");
                case 1:
                    throw std::runtime_error("odd");
                case 2:
                    throw std::bad_alloc();
                default:
                    throw 42;
                }
                return [&] { delivered = true; };
            },
            ends.collect()});
        QTRY_COMPARE_WITH_TIMEOUT(ends.all.size(), std::size_t(1), s_patience);
        QCOMPARE(ends.all[0].first, JobEnd::Failed);
        QVERIFY2(ends.all[0].second.contains(part), qPrintable(ends.all[0].second));
        QVERIFY(!delivered);
    }

    void stopEndsTheRunningAndTheQueuedJobOnceEach()
    {
        Worker worker;
        QSignalSpy finished(&worker, &Worker::finished);
        QSignalSpy stopping(&worker, &Worker::stopping);
        Ends ends;
        QSemaphore began;
        bool queuedRan = false;
        worker.start({QStringLiteral("running"),
            [&](JobContext& job) { return untilStopped(job, began); }, ends.collect()});
        worker.start({QStringLiteral("queued"),
            [&](JobContext&) -> std::function<void()> {
                queuedRan = true;
                return {};
            },
            ends.collect()});
        QVERIFY(began.tryAcquire(1, s_patience));
        worker.stop();
        worker.stop();
        QCOMPARE(stopping.count(), 1);
        QTRY_VERIFY_WITH_TIMEOUT(worker.isIdle(), s_patience);
        QCOMPARE(finished.count(), 2);
        for (const auto& [end, message] : ends.all) {
            QCOMPARE(end, JobEnd::Stopped);
            QVERIFY(message.isEmpty());
        }
        QVERIFY(!queuedRan);
    }

    void stoppedWorkMayHaveAResult()
    {
        Worker worker;
        Ends ends;
        bool delivered = false;
        worker.start({QStringLiteral("job"),
            [&](JobContext& job) -> std::function<void()> {
                job.markStopped();
                return [&] { delivered = true; };
            },
            ends.collect()});
        QTRY_COMPARE_WITH_TIMEOUT(ends.all.size(), std::size_t(1), s_patience);
        QCOMPARE(ends.all[0].first, JobEnd::Stopped);
        QVERIFY(delivered);
    }

    void dropsWhatAnOlderGenerationDelivers()
    {
        Worker worker;
        QSignalSpy progressed(&worker, &Worker::progressed);
        QStringList delivered;
        Ends ends;
        QSemaphore began;
        QSemaphore goOn;
        worker.start({QStringLiteral("old"),
            [&](JobContext& job) -> std::function<void()> {
                began.release();
                goOn.acquire();
                job.report("reading", 1, 2);
                job.post([&] { delivered << QStringLiteral("old post"); });
                return [&] { delivered << QStringLiteral("old"); };
            },
            ends.collect()});
        QVERIFY(began.tryAcquire(1, s_patience));
        worker.beginGeneration();
        worker.start({QStringLiteral("new"),
            [&](JobContext&) -> std::function<void()> {
                return [&] { delivered << QStringLiteral("new"); };
            },
            ends.collect()});
        goOn.release();
        QTRY_VERIFY_WITH_TIMEOUT(worker.isIdle(), s_patience);
        QCOMPARE(delivered, QStringList{QStringLiteral("new")});
        QCOMPARE(progressed.count(), 0);
        QCOMPARE(ends.all.size(), std::size_t(2)); // both have ended, though
    }

    void throttlesProgressAndDeliversTheLast()
    {
        Worker worker;
        QSignalSpy progressed(&worker, &Worker::progressed);
        Ends ends;
        constexpr int steps = 200'000;
        worker.start({QStringLiteral("job"),
            [&](JobContext& job) -> std::function<void()> {
                for (int i = 1; i <= steps; ++i)
                    job.report("counting", i, steps);
                return {};
            },
            ends.collect()});
        QTRY_COMPARE_WITH_TIMEOUT(ends.all.size(), std::size_t(1), s_patience);
        QVERIFY2(progressed.count() < steps / 100, qPrintable(QString::number(progressed.count())));
        const auto last = progressed.last().at(1).value<JobProgress>();
        QCOMPARE(last.done, qint64(steps));
        QCOMPARE(last.phase, QStringLiteral("counting"));
    }

    void keepsTheOrderOfPostsResultAndEnd()
    {
        Worker worker;
        QStringList order;
        worker.start({QStringLiteral("job"),
            [&](JobContext& job) -> std::function<void()> {
                job.post([&] { order << QStringLiteral("post"); });
                return [&] { order << QStringLiteral("result"); };
            },
            [&](JobEnd, const QString&) { order << QStringLiteral("end"); }});
        QTRY_COMPARE_WITH_TIMEOUT(order.size(), 3, s_patience);
        QCOMPARE(order,
            (QStringList{QStringLiteral("post"), QStringLiteral("result"), QStringLiteral("end")}));
    }

    void canBeDestroyedDuringAJob()
    {
        std::atomic<bool> left = false;
        QSemaphore began;
        bool delivered = false;
        {
            Worker worker;
            worker.start({QStringLiteral("job"), [&](JobContext& job) -> std::function<void()> {
                              began.release();
                              while (!job.stop().stop_requested())
                                  std::this_thread::yield();
                              left = true;
                              return [&] { delivered = true; };
                          }});
            QVERIFY(began.tryAcquire(1, s_patience));
        }
        QVERIFY(left);
        QCoreApplication::sendPostedEvents();
        QVERIFY(!delivered);
    }

    void worksAtALowerPriority()
    {
#ifdef __linux__
        Worker worker;
        int nice = -100;
        Ends ends;
        const int before = getpriority(PRIO_PROCESS, 0);
        worker.start({QStringLiteral("job"),
            [&](JobContext&) -> std::function<void()> {
                nice = getpriority(PRIO_PROCESS, static_cast<id_t>(gettid()));
                return {};
            },
            ends.collect()});
        QTRY_COMPARE_WITH_TIMEOUT(ends.all.size(), std::size_t(1), s_patience);
        QCOMPARE(nice, std::min(19, before + 5));
        QCOMPARE(getpriority(PRIO_PROCESS, 0), before); // the window's thread keeps its own
#else
        QSKIP("priorities of threads are Linux's");
#endif
    }
};

QTEST_GUILESS_MAIN(WorkerTest)
#include "tst_worker.moc"
