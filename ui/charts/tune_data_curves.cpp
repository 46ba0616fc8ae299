// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/tune_data.h"

#include "core/tune/judgement.h"
#include "ui/charts/tune_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <map>

namespace augury {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(augury::TuneCurveChart)
};

TuneCurve emptyCurve(TuneMeasure measure, const QString& xTitle)
{
    TuneCurve curve;
    curve.measure = measure;
    curve.xTitle = xTitle;
    return curve;
}

/// Where the trials lie on the axis of this name; none: there is no such axis.
std::optional<std::size_t> axisNamed(const std::vector<TuneAxis>& axes, const char* name)
{
    for (std::size_t i = 0; i < axes.size(); ++i)
        if (axes[i].name == name)
            return i;
    return {};
}

int placeOn(const Trial& trial, std::size_t axis)
{
    return axis < trial.place.size() ? trial.place[axis] : 0;
}

std::optional<TunePoint> pointOf(const Trial& trial, double x, TuneMeasure measure)
{
    const tune_text::Figure figure = tune_text::figure(trial, measure);
    if (!std::isfinite(figure.value))
        return {};
    return TunePoint{
        x, figure.value, figure.low, figure.high, trial.index, tune_text::about(trial)};
}

/// Of the trial on the most images: all share the beginning of one order.
std::optional<double> baselineOf(std::span<const Trial> trials, TuneMeasure measure)
{
    const auto most = std::max_element(trials.begin(), trials.end(),
        [](const Trial& a, const Trial& b) { return a.images() < b.images(); });
    return most == trials.end() ? std::nullopt : tune_text::baseline(*most, measure);
}

/// By x. Where the curve is whole, with a ring where it stops gaining; one that still gains at its
/// end has none.
TuneSeries copiesSeries(QString name, std::vector<Trial> trials, int planned, TuneMeasure measure)
{
    std::stable_sort(trials.begin(), trials.end(), [](const Trial& a, const Trial& b) {
        return a.configuration.copies < b.configuration.copies;
    });
    TuneSeries series;
    series.name = std::move(name);
    for (const Trial& trial : trials)
        if (auto point = pointOf(trial, trial.configuration.copies, measure))
            series.points.push_back(std::move(*point));
    const bool whole = static_cast<int>(trials.size()) == planned
        && series.points.size() == trials.size()
        && std::all_of(trials.begin(), trials.end(),
            [](const Trial& trial) { return trial.state == Trial::State::Finished; });
    if (whole && trials.size() > 1)
        if (const auto at = stopsGaining(trials); at && *at + 1 < trials.size())
            series.ringed = at;
    return series;
}

} // namespace

TuneCurve copiesCurves(const TuneSpec& spec, std::span<const Trial> trials, TuneMeasure measure)
{
    TuneCurve curve = emptyCurve(measure, Words::tr("copies"));
    curve.ringName = Words::tr("fewest copies whose accuracy no larger number beats");
    const auto axes = axesOf(spec);
    const auto policyAxis = axisNamed(axes, "policy");
    std::map<int, std::vector<Trial>> byPolicy;
    for (const Trial& trial : trials)
        byPolicy[policyAxis ? placeOn(trial, *policyAxis) : 0].push_back(trial);
    for (auto& [policy, ofIt] : byPolicy) {
        const auto place = static_cast<std::size_t>(std::max(policy, 0));
        const std::string name = policyAxis && place < axes[*policyAxis].labels.size()
            ? axes[*policyAxis].labels[place]
            : shortName(ofIt.front().configuration.policy);
        const int planned = std::min(spec.copies, mostCopies(ofIt.front().configuration.policy));
        TuneSeries series =
            copiesSeries(QString::fromStdString(name), std::move(ofIt), planned, measure);
        if (!series.points.empty())
            curve.series.push_back(std::move(series));
    }
    if (!curve.series.empty())
        curve.baseline = baselineOf(trials, measure);
    return curve;
}

TuneCurve greedyCurve(const TuneSpec& spec, std::span<const Trial> trials, TuneMeasure measure)
{
    TuneCurve curve = emptyCurve(measure, Words::tr("views in the list"));
    const auto axes = axesOf(spec);
    const auto stepAxis = axisNamed(axes, "step");
    TuneSeries series;
    series.name = Words::tr("views chosen one by one");
    for (const Trial& trial : trials) {
        const int step = stepAxis ? placeOn(trial, *stepAxis) + 1 : trial.configuration.copies;
        if (auto point = pointOf(trial, step, measure))
            series.points.push_back(std::move(*point));
    }
    if (series.points.empty())
        return curve;
    std::stable_sort(series.points.begin(), series.points.end(),
        [](const TunePoint& a, const TunePoint& b) { return a.x < b.x; });
    curve.series.push_back(std::move(series));
    curve.baseline = baselineOf(trials, measure);
    return curve;
}

TuneCurve sensitivityCurve(const TuneSpec& spec, std::span<const Trial> trials, TuneMeasure measure)
{
    const auto axes = axesOf(spec);
    if (axes.empty() || spec.method != TuneMethod::Sensitivity)
        return emptyCurve(measure, {});
    const TuneAxis& axis = axes.front();
    QString title = QString::fromStdString(axis.name);
    if (!axis.unit.empty())
        title = Words::tr("%1 (%2)").arg(title, QString::fromStdString(axis.unit));
    TuneCurve curve = emptyCurve(measure, title);
    curve.wholeX = std::all_of(
        axis.values.begin(), axis.values.end(), [](double x) { return x == std::round(x); });
    TuneSeries series;
    series.name = spec.copies == 1 ? Words::tr("TTA with 1 copy")
                                   : Words::tr("TTA with %1 copies").arg(spec.copies);
    for (const Trial& trial : trials) {
        const auto place = static_cast<std::size_t>(std::max(placeOn(trial, 0), 0));
        if (place >= axis.values.size())
            continue;
        if (auto point = pointOf(trial, axis.values[place], measure))
            series.points.push_back(std::move(*point));
    }
    if (series.points.empty())
        return curve;
    std::stable_sort(series.points.begin(), series.points.end(),
        [](const TunePoint& a, const TunePoint& b) { return a.x < b.x; });
    curve.series.push_back(std::move(series));
    curve.baseline = baselineOf(trials, measure);
    return curve;
}

} // namespace augury
