// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocale>
#include <QString>

#include <cmath>

namespace augury {

/// 0.6861 → "68.61 %"; a dash for what is not a number.
inline QString percentText(double fraction, int decimals = 2)
{
    if (!std::isfinite(fraction))
        return QStringLiteral("–");
    return QStringLiteral("%1 %").arg(QLocale().toString(fraction * 100, 'f', decimals));
}

/// 0.012 → "+1.20", in percentage points and with a true minus sign.
inline QString pointsText(double fraction, int decimals = 2)
{
    if (!std::isfinite(fraction))
        return QStringLiteral("–");
    const auto digits = QLocale().toString(std::abs(fraction) * 100, 'f', decimals);
    const bool zero = digits == QLocale().toString(0.0, 'f', decimals);
    const auto sign = zero ? QString() : fraction > 0 ? QStringLiteral("+") : QStringLiteral("−");
    return sign + digits;
}

/// With spaces at which no line breaks: a number stays with its unit.
inline QString unbroken(QString text)
{
    return text.replace(QLatin1Char(' '), QChar(QChar::Nbsp));
}

/// "1 repeat", "10 repeats": `many` holds %1 and `one` may.
inline QString countText(qint64 n, const QString& one, const QString& many)
{
    return n == 1 ? QString(one).replace(QStringLiteral("%1"), QLocale().toString(n))
                  : many.arg(QLocale().toString(n));
}

} // namespace augury
