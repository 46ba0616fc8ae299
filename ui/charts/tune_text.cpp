// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/tune_text.h"

#include "core/tune/judgement.h"
#include "ui/charts/chart_text.h"

#include <QCoreApplication>
#include <QStringList>

#include <array>
#include <cmath>
#include <limits>
#include <map>

namespace augury::tune_text {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t mostRemembered = 20'000;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(augury::TuneCurveChart)
};

QString stateText(const Trial& trial)
{
    const QString images = trial.images() == 1
        ? Words::tr("1 image")
        : Words::tr("%1 images").arg(chart_text::count(trial.images()));
    switch (trial.state) {
    case Trial::State::Waiting:
        return Words::tr("%1 so far").arg(images);
    case Trial::State::Dropped:
        return Words::tr("dropped after %1").arg(images);
    case Trial::State::Finished:
        break;
    }
    return images;
}

} // namespace

Interval liftInterval(const Comparison& comparison)
{
    using Counts = std::array<std::int64_t, 3>;
    thread_local std::map<Counts, Interval> remembered;
    if (remembered.size() > mostRemembered)
        remembered.clear();
    const auto [place, isNew] =
        remembered.try_emplace({comparison.images, comparison.fixed, comparison.broken});
    if (isNew) {
        const Interval interval = comparison.liftCi95();
        place->second = {100 * interval.low, 100 * interval.high};
    }
    return place->second;
}

Figure figure(const Trial& trial, TuneMeasure measure)
{
    if (trial.images() <= 0)
        return {nan, nan, nan};
    const auto with = [](double value, const Interval& interval, double factor) {
        return Figure{factor * value, factor * interval.low, factor * interval.high};
    };
    switch (measure) {
    case TuneMeasure::Accuracy:
        return with(trial.comparison.ttaAccuracy(), accuracyCi95(trial), 100);
    case TuneMeasure::Lift: {
        const Interval interval = liftInterval(trial.comparison);
        return {100 * trial.comparison.lift(), interval.low, interval.high};
    }
    case TuneMeasure::Nll:
        return with(trial.nll.mean(trial.images()), trial.nll.ci95(trial.images()), 1);
    case TuneMeasure::LogLikelihood:
        return {trial.logLikelihood.value_or(nan), nan, nan};
    }
    return {nan, nan, nan};
}

std::optional<double> baseline(const Trial& trial, TuneMeasure measure)
{
    if (trial.images() <= 0)
        return {};
    switch (measure) {
    case TuneMeasure::Accuracy:
        return 100 * trial.comparison.baselineAccuracy();
    case TuneMeasure::Lift:
        return 0;
    case TuneMeasure::Nll:
        return trial.baselineNll.mean(trial.images());
    case TuneMeasure::LogLikelihood:
        break;
    }
    return {};
}

int best(std::span<const Trial> trials)
{
    const int place = judge(trials, static_cast<std::int64_t>(trials.size())).best;
    return place < 0 ? -1 : trials[static_cast<std::size_t>(place)].index;
}

QString axisTitle(TuneMeasure measure)
{
    switch (measure) {
    case TuneMeasure::Accuracy:
        return Words::tr("accuracy (%)");
    case TuneMeasure::Lift:
        return Words::tr("lift, TTA − baseline (points)");
    case TuneMeasure::Nll:
        return Words::tr("NLL (nats an image)");
    case TuneMeasure::LogLikelihood:
        return Words::tr("calibrated log-likelihood (nats an image)");
    }
    return {};
}

QString unit(TuneMeasure measure)
{
    switch (measure) {
    case TuneMeasure::Accuracy:
        return Words::tr(" %");
    case TuneMeasure::Lift:
        return Words::tr(" points");
    case TuneMeasure::Nll:
    case TuneMeasure::LogLikelihood:
        return Words::tr(" nats");
    }
    return {};
}

int decimals(TuneMeasure measure)
{
    return measure == TuneMeasure::Accuracy || measure == TuneMeasure::Lift ? 2 : 4;
}

QString number(TuneMeasure measure, double value)
{
    return measure == TuneMeasure::Lift ? chart_text::signedNumber(value, decimals(measure))
                                        : chart_text::number(value, decimals(measure));
}

QString lift(double points, double low, double high)
{
    using chart_text::number;
    const QString text = chart_text::signedNumber(points, 2);
    return std::isfinite(low) && std::isfinite(high)
        ? Words::tr("%1 (%2 … %3)").arg(text, number(low, 2), number(high, 2))
        : text;
}

QString name(const Configuration& configuration)
{
    return QString::fromStdString(describe(configuration));
}

std::shared_ptr<const Trial> facts(const Trial& trial)
{
    auto facts = std::make_shared<Trial>(trial);
    facts->right.clear();
    return facts;
}

QString about(const Trial& trial)
{
    using chart_text::count;
    using chart_text::number;
    QStringList lines{name(trial.configuration)};
    if (trial.images() <= 0)
        return lines.join(QLatin1Char('\n')) + QLatin1Char('\n') + Words::tr("not tried yet");
    const Comparison& comparison = trial.comparison;
    const Figure accuracy = figure(trial, TuneMeasure::Accuracy);
    lines << Words::tr("accuracy %1 % (95 % interval %2 … %3), baseline %4 %")
                 .arg(number(accuracy.value, 2), number(accuracy.low, 2), number(accuracy.high, 2),
                     number(100 * comparison.baselineAccuracy(), 2));
    const Interval interval = liftInterval(comparison);
    lines << Words::tr("lift %1 points")
                 .arg(lift(100 * comparison.lift(), interval.low, interval.high));
    lines
        << Words::tr("fixed %1, broken %2").arg(count(comparison.fixed), count(comparison.broken));
    lines << Words::tr("NLL %1 nats, baseline %2")
                 .arg(number(trial.nll.mean(trial.images()), 4),
                     number(trial.baselineNll.mean(trial.images()), 4));
    if (trial.heldOutNll)
        lines << Words::tr("NLL on images that the weights were not fitted on: %1 nats")
                     .arg(number(*trial.heldOutNll, 4));
    if (trial.logLikelihood)
        lines << Words::tr("calibrated log-likelihood %1 nats at temperature %2")
                     .arg(
                         number(*trial.logLikelihood, 4), number(trial.temperature.value_or(1), 2));
    lines << Words::tr("cost %1×, %2 s on this machine")
                 .arg(number(comparison.cost(), 2), number(trial.seconds, 1));
    lines << stateText(trial);
    if (trial.preferred)
        lines << Words::tr("preferred by inner validation");
    return lines.join(QLatin1Char('\n'));
}

} // namespace augury::tune_text
