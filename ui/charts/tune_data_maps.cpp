// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/tune_data.h"

#include "ui/charts/chart_text.h"
#include "ui/charts/tune_text.h"

#include <QCoreApplication>

#include <limits>
#include <numeric>

namespace augury {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

struct Words {
    Q_DECLARE_TR_FUNCTIONS(augury::HeatMapChart)
};

QString titleOf(const TuneAxis& axis)
{
    const QString name = QString::fromStdString(axis.name);
    return axis.unit.empty() ? name
                             : Words::tr("%1 (%2)").arg(name, QString::fromStdString(axis.unit));
}

std::vector<QString> labelsOf(const TuneAxis& axis)
{
    std::vector<QString> labels;
    for (const std::string& label : axis.labels)
        labels.push_back(QString::fromStdString(label));
    return labels;
}

/// What a cell shows of two that share it: the lift on fewer images is less certain, and that of
/// one that was dropped does not compare.
bool isShownBefore(const Trial& a, const Trial& b)
{
    return a.images() != b.images() ? a.images() > b.images()
                                    : a.comparison.lift() > b.comparison.lift();
}

QString viewName(const Trial& learned, std::size_t view)
{
    if (learned.configuration.vote.includeOriginal) {
        if (view == 0)
            return Words::tr("original");
        return Words::tr("view %1").arg(view);
    }
    return Words::tr("view %1").arg(view + 1);
}

} // namespace

HeatMap sweepMap(const TuneSpec& spec, std::span<const Trial> trials, int row, int column)
{
    HeatMap map;
    map.valueTitle = Words::tr("lift (points)");
    const auto axes = axesOf(spec);
    const auto count = static_cast<int>(axes.size());
    if (row < 0 || row >= count)
        return map;
    const bool alone = column < 0 || column >= count || column == row;
    const TuneAxis& rowAxis = axes[static_cast<std::size_t>(row)];
    map.rowTitle = titleOf(rowAxis);
    map.rows = labelsOf(rowAxis);
    map.columns = {QString()};
    if (!alone) {
        map.columnTitle = titleOf(axes[static_cast<std::size_t>(column)]);
        map.columns = labelsOf(axes[static_cast<std::size_t>(column)]);
    }
    std::vector<const Trial*> shown(map.rows.size() * map.columns.size());
    std::vector<int> sharing(shown.size());
    for (const Trial& trial : trials) {
        const auto placeOn = [&](int axis) {
            const auto i = static_cast<std::size_t>(axis);
            return i < trial.place.size() && trial.place[i] >= 0
                ? static_cast<std::size_t>(trial.place[i])
                : map.rows.size() + map.columns.size(); // nowhere
        };
        const std::size_t r = placeOn(row);
        const std::size_t c = alone ? 0 : placeOn(column);
        if (trial.images() <= 0 || r >= map.rows.size() || c >= map.columns.size())
            continue;
        const std::size_t cell = r * map.columns.size() + c;
        ++sharing[cell];
        if (shown[cell] == nullptr || isShownBefore(trial, *shown[cell]))
            shown[cell] = &trial;
    }
    const int best = tune_text::best(trials);
    for (std::size_t i = 0; i < shown.size(); ++i) {
        HeatCell cell;
        cell.value = nan;
        if (const Trial* trial = shown[i]) {
            cell.value = 100 * trial->comparison.lift();
            cell.trial = trial->index;
            cell.faded = trial->state == Trial::State::Dropped;
            cell.marked = best >= 0 && trial->index == best;
            cell.toolTip = tune_text::about(*trial);
            if (sharing[i] > 1)
                cell.toolTip += QLatin1Char('\n')
                    + Words::tr("the best of %1 configurations here")
                          .arg(chart_text::count(sharing[i]));
        }
        map.cells.push_back(std::move(cell));
    }
    return map;
}

HeatMap weightsMap(const Trial& learned, std::span<const std::string> classNames)
{
    HeatMap map;
    map.diverging = false;
    map.rowTitle = Words::tr("class");
    map.columnTitle = Words::tr("view");
    map.valueTitle = Words::tr("weight");
    const VoteOptions& vote = learned.configuration.vote;
    const auto views = static_cast<std::size_t>(std::max(learned.configuration.copies, 0))
        + (vote.includeOriginal ? 1U : 0U);
    const bool perClass = vote.rule == VoteRule::LearnedPerClass;
    if (!isLearned(vote.rule) || views == 0 || vote.weights.empty()
        || vote.weights.size() % views != 0)
        return map;
    const std::size_t classes = vote.weights.size() / views;
    for (std::size_t view = 0; view < views; ++view)
        map.columns.push_back(viewName(learned, view));
    for (std::size_t k = 0; k < classes; ++k)
        map.rows.push_back(!perClass ? Words::tr("all classes")
                : k < classNames.size() && !classNames[k].empty()
                ? QString::fromStdString(classNames[k])
                : Words::tr("class %1").arg(k));
    for (std::size_t k = 0; k < classes; ++k) {
        double sum = 0;
        for (std::size_t view = 0; view < views; ++view)
            sum += vote.weights[view * classes + k];
        for (std::size_t view = 0; view < views; ++view) {
            HeatCell cell;
            cell.value = vote.weights[view * classes + k];
            cell.trial = learned.index;
            // All of them 0: they count alike.
            const double share = sum > 0 ? cell.value / sum : 1 / static_cast<double>(views);
            cell.toolTip = Words::tr("%1, %2\nweight %3: %4 of the vote")
                               .arg(map.columns[view], map.rows[k],
                                   chart_text::number(cell.value, 3), chart_text::percent(share));
            map.cells.push_back(std::move(cell));
        }
    }
    return map;
}

} // namespace augury
