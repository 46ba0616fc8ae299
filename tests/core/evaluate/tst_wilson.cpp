// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/wilson.h"

#include <QtTest>

#include <cmath>

using augury::wilsonInterval;

class TestWilson : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void published()
    {
        // Newcombe 1998, Statistics in Medicine 17: table I, method 3.
        const auto check = [](int successes, int trials, double low, double high) {
            const augury::Interval interval = wilsonInterval(successes, trials);
            QVERIFY2(
                std::abs(interval.low - low) < 5e-5, qPrintable(QString::number(interval.low)));
            QVERIFY2(
                std::abs(interval.high - high) < 5e-5, qPrintable(QString::number(interval.high)));
        };
        check(81, 263, 0.2553, 0.3662);
        check(15, 148, 0.0624, 0.1605);
        check(0, 20, 0.0, 0.1611);
        check(1, 29, 0.0061, 0.1718);
    }

    /// The interval holds exactly the shares p0 whose score test |p − p0| / √(p0 (1 − p0) / n) does
    /// not exceed z: at the ends it is z.
    void endsSolveTheScoreTest()
    {
        for (const int trials : {1, 7, 100, 10000})
            for (const double share : {0.0, 0.1, 0.5, 0.7, 1.0}) {
                const auto successes = static_cast<std::int64_t>(std::lround(share * trials));
                const double p = double(successes) / trials;
                const augury::Interval interval = wilsonInterval(successes, trials);
                QVERIFY(interval.low <= p && p <= interval.high);
                for (const double end : {interval.low, interval.high})
                    if (end > 0 && end < 1)
                        QVERIFY(std::abs(std::abs(p - end) / std::sqrt(end * (1 - end) / trials)
                                    - 1.95996398)
                            < 1e-6);
            }
    }

    void ends()
    {
        QCOMPARE(wilsonInterval(0, 10).low, 0.0);
        QCOMPARE(wilsonInterval(10, 10).high, 1.0);
        QVERIFY(std::isnan(wilsonInterval(0, 0).low));
        QVERIFY(std::isnan(wilsonInterval(0, 0).high));
    }
};

QTEST_GUILESS_MAIN(TestWilson)
#include "tst_wilson.moc"
