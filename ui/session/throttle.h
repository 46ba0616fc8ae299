// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <functional>
#include <utility>
#include <vector>

namespace augury {

/// Passes values on at most every `interval`, at the source, so that a fast worker cannot flood the
/// window's event queue. What comes in between is kept and goes along with the next call; flush()
/// hands out the rest, so that the last value always arrives. One thread at a time.
template <typename Value> class Throttle {
public:
    using Clock = std::chrono::steady_clock;
    enum class Keep { All, Last };

    Throttle(
        Keep keep, std::function<void(std::vector<Value>)> sink,
        Clock::duration interval = std::chrono::milliseconds(100),
        std::function<Clock::time_point()> now = [] { return Clock::now(); })
        : m_keep(keep)
        , m_sink(std::move(sink))
        , m_interval(interval)
        , m_now(std::move(now))
    {
    }

    void offer(Value value)
    {
        if (m_keep == Keep::Last)
            m_pending.clear();
        m_pending.push_back(std::move(value));
        const auto now = m_now();
        if (m_sentOnce && now - m_sent < m_interval)
            return;
        m_sentOnce = true;
        m_sent = now;
        m_sink(std::exchange(m_pending, {}));
    }

    void flush()
    {
        if (!m_pending.empty())
            m_sink(std::exchange(m_pending, {}));
    }

private:
    Keep m_keep;
    std::function<void(std::vector<Value>)> m_sink;
    Clock::duration m_interval;
    std::function<Clock::time_point()> m_now;
    bool m_sentOnce = false;
    Clock::time_point m_sent;
    std::vector<Value> m_pending;
};

} // namespace augury
