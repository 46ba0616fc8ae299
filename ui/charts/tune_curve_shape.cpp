// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/tune_curve_shape.h"

#include "ui/charts/chart_text.h"
#include "ui/charts/tune_text.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <cmath>
#include <limits>

namespace augury::curve_shape {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double edgeShare = 0.03; // of the x axis, beyond the first and last point
constexpr double mostOfBand = 2; // the curves' height, above and below them
constexpr int wantedTicks = 6;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(augury::TuneCurveChart)
};

struct Limits {
    double leastSpan;
    double floor;
    double ceiling;
};

Limits limitsOf(TuneMeasure measure)
{
    switch (measure) {
    case TuneMeasure::Accuracy:
        return {1.0, 0, 100};
    case TuneMeasure::Lift:
        return {1.0, -100, 100};
    case TuneMeasure::Nll:
        return {0.01, 0, infinity};
    case TuneMeasure::LogLikelihood:
        return {0.01, -infinity, 0};
    }
    return {1.0, -infinity, infinity};
}

bool isBetter(const TuneCurve& curve, double a, double b)
{
    return curve.measure == TuneMeasure::Nll ? a < b : a > b;
}

} // namespace

bool isEmpty(const TuneCurve& curve)
{
    return std::all_of(curve.series.begin(), curve.series.end(),
        [](const TuneSeries& series) { return series.points.empty(); });
}

const TunePoint& at(const TuneCurve& curve, const Place& place)
{
    return curve.series[place.series].points[place.point];
}

Place best(const TuneCurve& curve)
{
    std::optional<Place> top;
    for (std::size_t s = 0; s < curve.series.size(); ++s)
        for (std::size_t i = 0; i < curve.series[s].points.size(); ++i)
            if (const Place place{s, i};
                !top || isBetter(curve, at(curve, place).y, at(curve, *top).y))
                top = place;
    return top.value_or(Place{});
}

std::optional<Place> placeOfTrial(const TuneCurve& curve, int trial)
{
    for (std::size_t s = 0; s < curve.series.size(); ++s)
        for (std::size_t i = 0; trial >= 0 && i < curve.series[s].points.size(); ++i)
            if (curve.series[s].points[i].trial == trial)
                return Place{s, i};
    return {};
}

bool hasInterval(const TunePoint& point)
{
    return std::isfinite(point.low) && std::isfinite(point.high);
}

AxisRange xRange(const TuneCurve& curve)
{
    double left = infinity;
    double right = -infinity;
    for (const TuneSeries& series : curve.series)
        for (const TunePoint& point : series.points) {
            left = std::min(left, point.x);
            right = std::max(right, point.x);
        }
    // There is no 0th copy.
    const double padding = curve.wholeX || right <= left ? 0.5 : (right - left) * edgeShare;
    const double step = curve.wholeX ? std::max(1.0, niceStep((right - left) / 20 + 1e-9))
                                     : niceStep(std::max(right - left, 1e-6) / 10);
    return {left - padding, right + padding, step};
}

AxisRange yRange(const TuneCurve& curve, const AxisRange& previous)
{
    double low = curve.baseline.value_or(infinity);
    double high = curve.baseline.value_or(-infinity);
    for (const TuneSeries& series : curve.series)
        for (const TunePoint& point : series.points) {
            low = std::min(low, point.y);
            high = std::max(high, point.y);
        }
    const Limits limits = limitsOf(curve.measure);
    const double most = std::max(high - low, limits.leastSpan);
    double below = 0;
    double above = 0;
    for (const TuneSeries& series : curve.series)
        for (const TunePoint& point : series.points)
            if (hasInterval(point)) {
                below = std::max(below, low - point.low);
                above = std::max(above, point.high - high);
            }
    low -= std::min(below, most * mostOfBand);
    high += std::min(above, most * mostOfBand);
    return steadyRange(previous, std::max(low, limits.floor), std::min(high, limits.ceiling),
        wantedTicks, limits.leastSpan, limits.floor, limits.ceiling);
}

QString valueText(const TuneCurve& curve, double value)
{
    return tune_text::number(curve.measure, value) + tune_text::unit(curve.measure);
}

QString xText(const TuneCurve& curve, double x)
{
    return chart_text::number(x, curve.wholeX ? 0 : 2);
}

QString summary(const TuneCurve& curve)
{
    const Place place = best(curve);
    const TunePoint& top = at(curve, place);
    const QString& name = curve.series[place.series].name;
    const QString where = curve.xTitle + QLatin1Char(' ') + xText(curve, top.x);
    const bool one = curve.series.size() == 1;
    QStringList parts{one ? Words::tr("%1: best %2 at %3").arg(name, valueText(curve, top.y), where)
                          : Words::tr("%1 curves: best %2 at %3, of %4")
                                .arg(curve.series.size())
                                .arg(valueText(curve, top.y), where, name)};
    if (curve.baseline)
        parts << Words::tr("the original alone %1").arg(valueText(curve, *curve.baseline));
    for (std::size_t s = 0; s < curve.series.size(); ++s)
        if (const TuneSeries& series = curve.series[s];
            series.ringed && *series.ringed < series.points.size())
            parts << Words::tr("%1 stops gaining at %2")
                         .arg(series.name, xText(curve, series.points[*series.ringed].x));
    return parts.join(QStringLiteral("; ")) + QLatin1Char('.');
}

} // namespace augury::curve_shape
