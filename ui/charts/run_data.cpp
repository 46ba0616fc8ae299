// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/run_data.h"

#include "ui/charts/chart_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <tuple>

namespace augury {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(augury::RunData)
};

} // namespace

std::vector<RepeatPoint> repeatPoints(std::span<const RepeatResult> repeats)
{
    std::vector<RepeatPoint> points;
    points.reserve(repeats.size());
    for (const RepeatResult& repeat : repeats)
        points.push_back({repeat.index + 1, 100 * repeat.comparison.baselineAccuracy(),
            100 * repeat.comparison.ttaAccuracy(), 100 * repeat.comparison.lift(),
            repeat.comparison.fixed, repeat.comparison.broken, repeat.comparison.cost(),
            repeat.trainSeconds + repeat.evaluateSeconds, repeat.seed});
    std::sort(points.begin(), points.end(),
        [](const auto& a, const auto& b) { return a.repeat < b.repeat; });
    return points;
}

bool mayHaveGrown(std::span<const RepeatPoint> before, std::span<const RepeatPoint> now)
{
    return std::ranges::includes(now, before, [](const RepeatPoint& a, const RepeatPoint& b) {
        return std::tie(a.repeat, a.baseline, a.lift) < std::tie(b.repeat, b.baseline, b.lift);
    });
}

Sample::Sample(std::span<const RepeatPoint> points, double RepeatPoint::*value)
{
    values.reserve(points.size());
    for (const RepeatPoint& point : points)
        values.push_back(point.*value);
    mean = augury::mean(values);
    std = sampleStd(values);
    interval = tInterval(values);
}

bool Sample::hasInterval() const
{
    return std::isfinite(interval.low) && std::isfinite(interval.high);
}

void extend(double& low, double& high, const Sample& sample)
{
    if (sample.values.empty())
        return;
    const auto [least, greatest] = std::minmax_element(sample.values.begin(), sample.values.end());
    low = std::min(low, *least);
    high = std::max(high, *greatest);
    if (sample.hasInterval()
        && sample.interval.high - sample.interval.low <= 4 * (*greatest - *least)) {
        low = std::min(low, sample.interval.low);
        high = std::max(high, sample.interval.high);
    }
}

QString repeatsText(std::size_t repeats)
{
    return repeats == 1
        ? Words::tr("1 repeat")
        : Words::tr("%1 repeats").arg(chart_text::count(static_cast<std::int64_t>(repeats)));
}

QString liftText(const Sample& lift)
{
    using chart_text::signedNumber;
    if (!lift.hasInterval())
        return signedNumber(lift.mean, 2);
    return Words::tr("%1 (%2 … %3)")
        .arg(signedNumber(lift.mean, 2), signedNumber(lift.interval.low, 2),
            signedNumber(lift.interval.high, 2));
}

QString zoneText(const Sample& lift, double negligible)
{
    if (!lift.hasInterval())
        return {};
    const QString zone = negligible > 0
        ? Words::tr("the negligible zone of ±%1 points").arg(QString::number(negligible))
        : Words::tr("zero");
    if (lift.interval.low > negligible)
        return Words::tr("above %1").arg(zone);
    if (lift.interval.high < -negligible)
        return Words::tr("below %1").arg(zone);
    if (negligible > 0 && lift.interval.low >= -negligible && lift.interval.high <= negligible)
        return Words::tr("within %1").arg(zone);
    return negligible > 0 ? Words::tr("reaches into %1").arg(zone)
                          : Words::tr("reaches %1").arg(zone);
}

} // namespace augury
