// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/tune/tune_words.h"

#include "ui/session/eta.h"
#include "ui/session/number_text.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace augury {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("augury::TuneWords", text);
}

QString number(std::size_t n)
{
    return QLocale().toString(static_cast<qulonglong>(n));
}

QString whatIsTried(const TuneSpec& spec)
{
    const auto configurations = configurationsOf(spec);
    const auto policies =
        countText(static_cast<qint64>(spec.policies.size()), tr("%1 policy"), tr("%1 policies"));
    const auto count = countText(configurations, tr("%1 configuration"), tr("%1 configurations"));
    switch (spec.method) {
    case TuneMethod::Greedy:
        return tr("%1 of the greedy search, which looks at %2")
            .arg(countText(spec.steps, tr("%1 step"), tr("%1 steps")), count);
    case TuneMethod::Sensitivity:
        return countText(static_cast<qint64>(spec.swept.strengths.size()),
            tr("%1 strength of one field"), tr("%1 strengths of one field"));
    case TuneMethod::Weights:
        return tr("%1: the mean and two kinds of weights for %2")
            .arg(count,
                countText(static_cast<qint64>(spec.policies.size()), tr("%1 list of views"),
                    tr("%1 lists of views")));
    case TuneMethod::Copies:
    case TuneMethod::Sweep:
        break;
    }
    return tr("%1 of %2").arg(count, policies);
}

} // namespace

QString methodName(TuneMethod method)
{
    switch (method) {
    case TuneMethod::Copies:
        return tr("Copies");
    case TuneMethod::Sweep:
        return tr("Sweep");
    case TuneMethod::Greedy:
        return tr("Greedy search");
    case TuneMethod::Weights:
        return tr("Learned weights");
    case TuneMethod::Sensitivity:
        return tr("Sensitivity");
    }
    return {};
}

QString methodQuestion(TuneMethod method)
{
    switch (method) {
    case TuneMethod::Copies:
        return tr("How many copies are worth their cost? Every number of copies of several "
                  "policies, from one pass each.");
    case TuneMethod::Sweep:
        return tr("Which combination is best? Policies, strengths, copies and vote rules, each "
                  "with each.");
    case TuneMethod::Greedy:
        return tr("Which views help this network? A list of views is grown one by one, each time "
                  "by the one that helps most.");
    case TuneMethod::Weights:
        return tr("Do some views deserve more weight than others? Weights are fitted and compared "
                  "with the plain mean.");
    case TuneMethod::Sensitivity:
        return tr("How much of one change does the network bear? One field from off to strong.");
    }
    return {};
}

QString planText(const TuneSpec& spec, std::size_t images, std::optional<double> seconds)
{
    const auto used = spec.images > 0 ? std::min(spec.images, images) : images;
    const auto passes =
        static_cast<std::size_t>(std::max<std::int64_t>(0, mostPassesOf(spec, used)));
    const auto tried = whatIsTried(spec);
    if (images == 0)
        return tr("%1.").arg(tried);
    const auto cost = tr("%1, on %2 images: at most %3 passes through the network")
                          .arg(tried, number(used), number(passes));
    if (!seconds)
        return tr("%1.").arg(cost);
    const auto time = roughTimeText(*seconds);
    return time == roughTimeText(0) ? tr("%1, %2.").arg(cost, time)
                                    : tr("%1, about %2.").arg(cost, time);
}

} // namespace augury
