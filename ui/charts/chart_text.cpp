// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chart_text.h"

#include <QLocale>

#include <cmath>

namespace augury::chart_text {

namespace {

QString magnitude(double value, int decimals)
{
    return QString::number(std::abs(value), 'f', decimals);
}

bool roundsToZero(double value, int decimals)
{
    return std::abs(value) * std::pow(10.0, decimals) < 0.5;
}

} // namespace

QString number(double value, int decimals)
{
    if (!std::isfinite(value))
        return QStringLiteral("–");
    const bool negative = value < 0 && !roundsToZero(value, decimals);
    return (negative ? QStringLiteral("−") : QString()) + magnitude(value, decimals);
}

QString signedNumber(double value, int decimals)
{
    const bool plus = std::isfinite(value) && value > 0 && !roundsToZero(value, decimals);
    return (plus ? QStringLiteral("+") : QString()) + number(value, decimals);
}

QString percent(double fraction)
{
    return number(100 * fraction, 1) + QStringLiteral(" %");
}

QString count(std::int64_t value)
{
    return QLocale(QLocale::English).toString(static_cast<qlonglong>(value));
}

} // namespace augury::chart_text
