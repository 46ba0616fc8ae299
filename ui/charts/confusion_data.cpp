// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/confusion_data.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace augury {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(augury::ConfusionChart)
};

std::int64_t at(const std::vector<std::int64_t>& matrix, int classes, int label, int predicted)
{
    const auto i = static_cast<std::size_t>(label) * static_cast<std::size_t>(classes)
        + static_cast<std::size_t>(predicted);
    return i < matrix.size() ? matrix[i] : 0;
}

double mixed(double from, double to, double share)
{
    return from + (to - from) * share;
}

QColor mixed(const QColor& from, const QColor& to, double share)
{
    return QColor::fromRgbF(static_cast<float>(mixed(from.redF(), to.redF(), share)),
        static_cast<float>(mixed(from.greenF(), to.greenF(), share)),
        static_cast<float>(mixed(from.blueF(), to.blueF(), share)));
}

} // namespace

bool ConfusionData::has(ConfusionMode mode) const
{
    switch (mode) {
    case ConfusionMode::Baseline:
        return !baseline.empty();
    case ConfusionMode::Tta:
        return !tta.empty();
    case ConfusionMode::Difference:
        return !baseline.empty() && !tta.empty();
    }
    return false;
}

QString ConfusionData::className(int k) const
{
    const auto i = static_cast<std::size_t>(k);
    return k >= 0 && i < classNames.size() && !classNames[i].empty()
        ? QString::fromStdString(classNames[i])
        : Words::tr("class %1").arg(k);
}

std::int64_t ConfusionData::count(ConfusionMode mode, int label, int predicted) const
{
    const std::int64_t before = at(baseline, classes, label, predicted);
    const std::int64_t after = at(tta, classes, label, predicted);
    switch (mode) {
    case ConfusionMode::Baseline:
        return before;
    case ConfusionMode::Tta:
        return after;
    case ConfusionMode::Difference:
        return after - before;
    }
    return 0;
}

std::int64_t ConfusionData::support(int label) const
{
    const std::vector<std::int64_t>& matrix = baseline.empty() ? tta : baseline;
    std::int64_t sum = 0;
    for (int predicted = 0; predicted < classes; ++predicted)
        sum += at(matrix, classes, label, predicted);
    return sum;
}

double ConfusionData::share(ConfusionMode mode, int label, int predicted) const
{
    const std::int64_t images = support(label);
    return images > 0 ? double(count(mode, label, predicted)) / double(images) : 0;
}

double ConfusionData::largestShare(ConfusionMode mode) const
{
    double largest = 0;
    for (int label = 0; label < classes; ++label) {
        const std::int64_t images = support(label);
        std::int64_t most = 0;
        for (int predicted = 0; predicted < classes; ++predicted)
            most = std::max(most, std::abs(count(mode, label, predicted)));
        if (images > 0)
            largest = std::max(largest, double(most) / double(images));
    }
    return largest;
}

double confusionStrength(double share, double largest)
{
    if (!(largest > 0))
        return 0;
    return std::copysign(std::sqrt(std::min(1.0, std::abs(share) / largest)), share);
}

QColor confusionColour(const ChartStyle& style, double strength)
{
    const bool negative = strength < 0;
    const double share = std::clamp(std::abs(strength), 0.0, 1.0);
    const QColor& middle = negative ? style.baseline : style.tta;
    // Beyond the series' own colour, towards black on light and towards white on dark.
    const QColor end = mixed(middle, style.dark ? QColor(255, 255, 255) : QColor(0, 0, 0), 0.45);
    constexpr double knee = 0.6;
    return share < knee ? mixed(style.background, middle, share / knee)
                        : mixed(middle, end, (share - knee) / (1 - knee));
}

} // namespace augury
