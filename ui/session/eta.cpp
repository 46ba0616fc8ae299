// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/eta.h"

#include <QCoreApplication>

#include <cmath>

namespace augury {

namespace {
constexpr double s_worthTelling = 10; // seconds
constexpr double s_settled = 1; // seconds before a pace can be trusted
} // namespace

void Eta::start()
{
    m_phase.clear();
    m_left.reset();
    m_timer.invalidate();
}

void Eta::update(const QString& phase, qint64 done, qint64 total)
{
    if (phase != m_phase || !m_timer.isValid() || done < m_first) {
        m_phase = phase;
        m_first = done;
        m_timer.start();
        m_left.reset();
        return;
    }
    m_left = estimate(done - m_first, total - m_first, double(m_timer.elapsed()) / 1000);
}

std::optional<double> Eta::secondsLeft() const
{
    return m_left;
}

std::optional<double> Eta::estimate(qint64 done, qint64 total, double seconds)
{
    if (done <= 0 || total < done || seconds < s_settled)
        return {};
    const double whole = seconds * double(total) / double(done);
    if (whole < s_worthTelling)
        return {};
    return whole - seconds;
}

QString clockText(double seconds)
{
    const auto s = std::max<qint64>(0, std::llround(seconds));
    const auto two = [](qint64 n) { return QStringLiteral("%1").arg(n, 2, 10, QLatin1Char('0')); };
    if (s >= 3600)
        return QStringLiteral("%1:%2:%3").arg(s / 3600).arg(two(s / 60 % 60), two(s % 60));
    return QStringLiteral("%1:%2").arg(s / 60).arg(two(s % 60));
}

QString roughTimeText(double seconds)
{
    const auto tr = [](const char* text, int n) {
        return QCoreApplication::translate("augury::Eta", text, nullptr, n);
    };
    if (seconds < 10)
        return tr("a few seconds", 0);
    if (seconds < 90)
        return tr("%n seconds", static_cast<int>(std::lround(seconds / 10) * 10));
    if (seconds < 90 * 60)
        return tr("%n minutes", static_cast<int>(std::lround(seconds / 60)));
    return tr("%n hours", static_cast<int>(std::lround(seconds / 3600)));
}

} // namespace augury
