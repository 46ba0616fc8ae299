// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/votes_data.h"

#include "ui/charts/chart_text.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <numeric>

namespace augury {

namespace {

constexpr double sameScore = 1e-12; // as core's vote compares shares

struct Words {
    Q_DECLARE_TR_FUNCTIONS(augury::VotesChart)
};

double at(const std::vector<double>& values, int k)
{
    const auto i = static_cast<std::size_t>(k);
    return i < values.size() ? values[i] : 0;
}

QString points(double difference)
{
    const double value = 100 * difference;
    if (value < 0.05)
        return Words::tr("less than 0.1 points");
    const QString number = chart_text::number(value, value < 9.95 ? 1 : 0);
    return number == QStringLiteral("1.0") ? Words::tr("1 point")
                                           : Words::tr("%1 points").arg(number);
}

QString joined(const VotesData& votes, const std::vector<int>& classes)
{
    constexpr std::size_t most = 3;
    QStringList names;
    for (std::size_t i = 0; i < std::min(most, classes.size()); ++i)
        names << votes.className(classes[i]);
    if (classes.size() > most) {
        const auto rest = static_cast<std::int64_t>(classes.size() - most);
        names << (rest == 1 ? Words::tr("1 more") : Words::tr("%1 more").arg(rest));
    }
    const QString last = names.takeLast();
    return names.isEmpty() ? last
                           : Words::tr("%1 and %2").arg(names.join(QStringLiteral(", ")), last);
}

} // namespace

QString VotesData::className(std::int32_t k) const
{
    if (k < 0)
        return {};
    const auto i = static_cast<std::size_t>(k);
    return i < classNames.size() && !classNames[i].isEmpty() ? classNames[i]
                                                             : Words::tr("class %1").arg(k);
}

double VotesData::largest() const
{
    double most = 0;
    for (const auto* scores : {&baseline, &merged})
        for (const double score : *scores)
            most = std::max(most, score);
    return most;
}

double votesAxisMaximum(double largest, double current)
{
    constexpr double snug = 0.75; // of a smaller axis, for it to be taken
    constexpr double slack = 1e-9;
    double pleasant = 1;
    for (const double maximum : {0.4, 0.2, 0.1, 0.05})
        if (largest <= snug * maximum + slack)
            pleasant = maximum;
    const bool fits = largest <= current + slack;
    return current > 0 && fits ? std::min(current, pleasant) : pleasant;
}

std::vector<int> largestClasses(const VotesData& votes, int most)
{
    std::vector<int> classes(static_cast<std::size_t>(votes.classes()));
    std::iota(classes.begin(), classes.end(), 0);
    if (votes.classes() <= most)
        return classes;
    const auto size = [&](int k) { return std::max(at(votes.baseline, k), at(votes.merged, k)); };
    std::stable_sort(
        classes.begin(), classes.end(), [&](int a, int b) { return size(a) > size(b); });
    classes.resize(static_cast<std::size_t>(std::max(most, 0)));
    if (votes.label >= 0 && votes.label < votes.classes()
        && std::find(classes.begin(), classes.end(), votes.label) == classes.end())
        classes.push_back(votes.label);
    std::sort(classes.begin(), classes.end());
    return classes;
}

std::vector<int> topClasses(const VotesData& votes)
{
    std::vector<int> top;
    if (votes.merged.empty())
        return top;
    const double best = *std::max_element(votes.merged.begin(), votes.merged.end());
    for (int k = 0; k < votes.classes(); ++k)
        if (at(votes.merged, k) >= best - sameScore)
            top.push_back(k);
    return top;
}

QString winnerSentence(const VotesData& votes)
{
    if (votes.winner < 0 || votes.winner >= votes.classes())
        return {};
    if (votes.tied)
        return Words::tr("tie between %1").arg(joined(votes, topClasses(votes)));
    const QString name = votes.className(votes.winner);
    const double score = at(votes.merged, votes.winner);
    const QString share = chart_text::number(100 * score, 0);
    int second = -1;
    for (int k = 0; k < votes.classes(); ++k)
        if (k != votes.winner && (second < 0 || at(votes.merged, k) > at(votes.merged, second)))
            second = k;
    if (second < 0)
        return Words::tr("%1 %2 %").arg(name, share);
    return Words::tr("%1 %2 %, %3 ahead of %4")
        .arg(name, share, points(score - at(votes.merged, second)), votes.className(second));
}

QString votesText(int count)
{
    return count == 1 ? Words::tr("1 vote") : Words::tr("%1 votes").arg(chart_text::count(count));
}

} // namespace augury
