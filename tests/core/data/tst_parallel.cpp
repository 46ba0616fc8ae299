// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/parallel.h"
#include "core/support/error.h"

#include <QtTest>

#include <atomic>
#include <thread>

using namespace augury;

class TestParallel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyIndexOnce_data()
    {
        QTest::addColumn<int>("n");
        QTest::addColumn<int>("threads");
        for (const int n : {0, 1, 2, 7, 1000})
            for (const int threads : {-1, 0, 1, 3, 16})
                QTest::addRow("%d on %d", n, threads) << n << threads;
    }

    void everyIndexOnce()
    {
        QFETCH(int, n);
        QFETCH(int, threads);
        std::vector<std::atomic<int>> calls(static_cast<std::size_t>(n));
        forEachInParallel(calls.size(), threads, {}, "testing", [&](std::size_t i) { ++calls[i]; });
        for (const auto& count : calls)
            QCOMPARE(count.load(), 1);
    }

    void oneThreadIsTheCallingOne()
    {
        const auto self = std::this_thread::get_id();
        std::size_t expected = 0;
        forEachInParallel(20, 1, {}, "testing", [&](std::size_t i) {
            QCOMPARE(i, expected++);
            QVERIFY(std::this_thread::get_id() == self);
        });
        QCOMPARE(expected, std::size_t(20));
    }

    /// Index 1 fails first, index 0 while that is known: index 0 must be heard.
    void lowestFailureWins()
    {
        std::atomic<bool> otherFailed = false;
        std::atomic<int> started = 0;
        std::string message;
        try {
            forEachInParallel(1000, 2, {}, "testing", [&](std::size_t i) {
                ++started;
                if (i == 0)
                    while (!otherFailed)
                        std::this_thread::yield();
                otherFailed = true;
                throw Error(std::to_string(i));
            });
        } catch (const Error& e) {
            message = e.what();
        }
        QCOMPARE(message, std::string("0"));
        QVERIFY2(started <= 3, qPrintable(QString::number(started)));
    }

    void anyExceptionComesThrough()
    {
        QVERIFY_EXCEPTION_THROWN(
            forEachInParallel(5, 4, {}, "testing", [](std::size_t) { throw std::bad_alloc(); }),
            std::bad_alloc);
    }

    void stopEndsIt()
    {
        std::stop_source source;
        std::atomic<int> calls = 0;
        const Job job{source.get_token(), {}};
        QVERIFY_EXCEPTION_THROWN(forEachInParallel(100000, 3, job, "testing",
                                     [&](std::size_t i) {
                                         ++calls;
                                         if (i == 10)
                                             source.request_stop();
                                         while (i > 10 && !source.stop_requested())
                                             std::this_thread::yield();
                                     }),
            Cancelled);
        QVERIFY2(calls <= 14, qPrintable(QString::number(calls)));
    }
};

QTEST_GUILESS_MAIN(TestParallel)
#include "tst_parallel.moc"
