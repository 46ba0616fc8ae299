// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/throttle.h"

#include <QTest>

using namespace augury;
using namespace std::chrono_literals;

class ThrottleTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_now = {};
        m_sent.clear();
    }

    void passesTheFirstOnAtOnce()
    {
        auto throttle = make(Throttle<int>::Keep::Last);
        throttle.offer(1);
        QCOMPARE(m_sent, (std::vector<std::vector<int>>{{1}}));
    }

    void sendsAtMostTenASecond()
    {
        auto throttle = make(Throttle<int>::Keep::Last);
        for (int i = 0; i < 1000; ++i, m_now += 1ms)
            throttle.offer(i);
        QCOMPARE(m_sent.size(), std::size_t(10));
        throttle.flush();
        QCOMPARE(m_sent.size(), std::size_t(11));
        QCOMPARE(m_sent.back(), std::vector<int>{999});
    }

    void keepsAllInOrder()
    {
        auto throttle = make(Throttle<int>::Keep::All);
        for (int i = 0; i < 250; ++i, m_now += 1ms)
            throttle.offer(i);
        throttle.flush();
        std::vector<int> all;
        for (const auto& some : m_sent)
            all.insert(all.end(), some.begin(), some.end());
        QCOMPARE(all.size(), std::size_t(250));
        QVERIFY(std::is_sorted(all.begin(), all.end()));
        QVERIFY(m_sent.size() <= 4);
    }

    void keepsTheLastAlone()
    {
        auto throttle = make(Throttle<int>::Keep::Last);
        for (const int value : {1, 2, 3})
            throttle.offer(value);
        throttle.flush();
        throttle.flush();
        QCOMPARE(m_sent, (std::vector<std::vector<int>>{{1}, {3}}));
    }

private:
    Throttle<int> make(Throttle<int>::Keep keep)
    {
        return {keep, [this](std::vector<int> values) { m_sent.push_back(std::move(values)); },
            100ms, [this] { return m_now; }};
    }

    Throttle<int>::Clock::time_point m_now;
    std::vector<std::vector<int>> m_sent;
};

QTEST_GUILESS_MAIN(ThrottleTest)
#include "tst_throttle.moc"
