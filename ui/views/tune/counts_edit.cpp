// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/tune/counts_edit.h"

#include <QRegularExpression>

#include <set>

namespace augury {

namespace {
constexpr int s_most = 1000; // copies that there can be
}

CountsEdit::CountsEdit(const QString& name, QWidget* parent)
    : QLineEdit(parent)
{
    setAccessibleName(name);
    setPlaceholderText(QStringLiteral("1-20, 30"));
}

std::vector<int> CountsEdit::counts() const
{
    return parseCounts(text(), s_most).value_or(std::vector<int>());
}

QString CountsEdit::problem() const
{
    return parseCounts(text(), s_most) ? QString()
                                       : tr("Give whole numbers from 1 to 1,000 with commas "
                                            "between them, or from-to: 1, 3, 5 or 1-20.");
}

void CountsEdit::setCounts(const std::vector<int>& counts)
{
    if (counts != this->counts())
        setText(countsText(counts));
}

std::optional<std::vector<int>> parseCounts(const QString& text, int most)
{
    static const QRegularExpression pattern(
        QStringLiteral("^\\s*(\\d{1,6})\\s*(?:[-–…]\\s*(\\d{1,6})\\s*)?$"));
    std::set<int> found;
    for (const auto& part : text.split(QLatin1Char(','))) {
        const auto match = pattern.match(part);
        if (!match.hasMatch())
            return std::nullopt;
        const int first = match.captured(1).toInt();
        const int last = match.captured(2).isEmpty() ? first : match.captured(2).toInt();
        if (first < 1 || last < first || last > most)
            return std::nullopt;
        for (int count = first; count <= last; ++count)
            found.insert(count);
    }
    return std::vector<int>(found.begin(), found.end());
}

QString countsText(const std::vector<int>& counts)
{
    QStringList parts;
    for (std::size_t i = 0; i < counts.size();) {
        std::size_t end = i + 1;
        while (end < counts.size() && counts[end] == counts[end - 1] + 1)
            ++end;
        if (end - i >= 3) {
            parts << QStringLiteral("%1-%2").arg(counts[i]).arg(counts[end - 1]);
            i = end;
        } else {
            parts << QString::number(counts[i++]);
        }
    }
    return parts.join(QStringLiteral(", "));
}

} // namespace augury
