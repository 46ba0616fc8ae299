// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/tune/search_charts.h"

#include "ui/charts/heat_map_chart.h"
#include "ui/charts/pareto_chart.h"
#include "ui/charts/tune_curve_chart.h"
#include "ui/views/tune/cost_limit.h"
#include "ui/views/tune/tune_shown.h"
#include "ui/views/tune/view_pictures.h"

#include <QComboBox>
#include <QLocale>
#include <QSignalBlocker>

#include <algorithm>

namespace augury {

namespace {

/// The entries, unless they are there already: an open list stays as it is.
void offer(QComboBox& box, const QStringList& texts, int current)
{
    QStringList before;
    for (int i = 0; i < box.count(); ++i)
        before << box.itemText(i);
    const QSignalBlocker quiet(box);
    if (before != texts) {
        box.clear();
        box.addItems(texts);
    }
    box.setCurrentIndex(current);
}

QString nothingYet()
{
    return TunePane::tr("What was tried appears here as it comes.");
}

} // namespace

MeasurePane::MeasurePane(QWidget* parent)
    : ChartTunePane(new TuneCurveChart(parent), tr("Curve"), QStringLiteral("curve"), parent)
    , m_curve(static_cast<TuneCurveChart*>(body()->chart()))
    , m_measure(new QComboBox(this))
    , m_stepper(new PictureStepper(this))
{
    m_measure->setAccessibleName(tr("Measure"));
    m_measure->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_measure->setToolTip(tr("What the curve shows"));
    body()->addControl(m_measure);
    body()->addControl(m_stepper);
    connect(m_measure, &QComboBox::currentIndexChanged, this, &TunePane::refreshWanted);
    connect(m_stepper, &PictureStepper::stepped, this, &TunePane::pictureStepped);
    connect(m_curve, &TuneCurveChart::trialClicked, this, &TunePane::trialChosen);
}

void MeasurePane::offerMeasures(const TuneShown& shown)
{
    QStringList texts{tr("Accuracy"), tr("Lift"), tr("NLL")};
    std::vector<TuneMeasure> measures{TuneMeasure::Accuracy, TuneMeasure::Lift, TuneMeasure::Nll};
    if (shown.run.spec.method == TuneMethod::Greedy) {
        texts.prepend(tr("Log-likelihood"));
        measures.insert(measures.begin(), TuneMeasure::LogLikelihood);
    }
    if (m_measure->count() == texts.size())
        return;
    const QSignalBlocker quiet(m_measure);
    m_measure->clear();
    for (qsizetype i = 0; i < texts.size(); ++i)
        m_measure->addItem(texts[i], static_cast<int>(measures[static_cast<std::size_t>(i)]));
}

void MeasurePane::fill(const TuneShown& shown)
{
    offerMeasures(shown);
    const bool sensitivity = shown.run.spec.method == TuneMethod::Sensitivity;
    m_stepper->setPlace(shown.picture, sensitivity ? shown.pictures.size() : 0);
    if (shown.trials.empty()) {
        m_curve->clear();
        return body()->setEmpty(tr("Nothing tried yet"), nothingYet());
    }
    const auto measure = static_cast<TuneMeasure>(m_measure->currentData().toInt());
    const auto& spec = shown.run.spec;
    TuneCurve curve;
    switch (spec.method) {
    case TuneMethod::Greedy:
        curve = greedyCurve(spec, shown.trials, measure);
        break;
    case TuneMethod::Sensitivity:
        curve = sensitivityCurve(spec, shown.trials, measure);
        curve.thumbnails = strengthThumbnails(shown, curve);
        break;
    default:
        curve = copiesCurves(spec, shown.trials, measure);
        break;
    }
    m_curve->setCurve(std::move(curve));
    m_curve->setChosen(shown.chosen);
    if (sensitivity && !shown.hasPictures())
        body()->setNote(tr("Pictures of the strengths appear along the axis while the data of "
                           "this search are open."));
}

MapPane::MapPane(QWidget* parent)
    : ChartTunePane(new HeatMapChart(parent), tr("Map"), QStringLiteral("map"), parent)
    , m_map(static_cast<HeatMapChart*>(body()->chart()))
    , m_rows(new QComboBox(this))
    , m_columns(new QComboBox(this))
{
    m_rows->setAccessibleName(tr("Rows"));
    m_columns->setAccessibleName(tr("Columns"));
    for (auto* box : {m_rows, m_columns}) {
        body()->addControl(box);
        connect(box, &QComboBox::currentIndexChanged, this, &TunePane::refreshWanted);
    }
    connect(m_map, &HeatMapChart::trialClicked, this, &TunePane::trialChosen);
}

void MapPane::offerAxes(const TuneShown& shown)
{
    // An axis with one place says nothing as rows.
    const auto axes = axesOf(shown.run.spec);
    QStringList names;
    int first = 0;
    int second = -1;
    std::size_t most = 1;
    for (std::size_t i = 0; i < axes.size(); ++i) {
        names << QString::fromStdString(axes[i].name);
        if (axes[i].labels.size() > most) {
            most = axes[i].labels.size();
        }
    }
    for (std::size_t i = 0; i < axes.size(); ++i) {
        if (axes[i].labels.size() < 2)
            continue;
        if (axes[static_cast<std::size_t>(first)].labels.size() < 2)
            first = static_cast<int>(i);
        else if (static_cast<int>(i) != first && second < 0)
            second = static_cast<int>(i);
    }
    const bool same = names == m_names;
    m_names = names;
    QStringList rows;
    QStringList columns{tr("columns: none")};
    for (const auto& name : names) {
        rows << tr("rows: %1").arg(name);
        columns << tr("columns: %1").arg(name);
    }
    offer(*m_rows, rows, same ? m_rows->currentIndex() : first);
    offer(*m_columns, columns, same ? m_columns->currentIndex() : second + 1);
}

void MapPane::fill(const TuneShown& shown)
{
    offerAxes(shown);
    if (shown.trials.empty()) {
        m_map->clear();
        return body()->setEmpty(tr("Nothing tried yet"), nothingYet());
    }
    const int row = std::max(0, m_rows->currentIndex());
    int column = m_columns->currentIndex() - 1;
    if (column == row)
        column = -1;
    m_map->setMap(sweepMap(shown.run.spec, shown.trials, row, column));
    m_map->setChosen(shown.chosen);
    body()->setNote(axesOf(shown.run.spec).size() > 2
            ? tr("Each cell shows the best of the configurations that share it.")
            : QString());
}

CostPane::CostPane(QWidget* parent)
    : ChartTunePane(new ParetoChart(parent), tr("Lift and cost"), QStringLiteral("cost"), parent)
    , m_pareto(static_cast<ParetoChart*>(body()->chart()))
    , m_limit(new CostLimit(this))
{
    body()->addControl(m_limit);
    connect(m_limit, &CostLimit::edited, this, &TunePane::costLimitEdited);
    connect(m_pareto, &ParetoChart::trialClicked, this, &TunePane::trialChosen);
}

void CostPane::fill(const TuneShown& shown)
{
    m_limit->setLimit(shown.costLimit);
    if (shown.trials.empty()) {
        m_pareto->clear();
        return body()->setEmpty(tr("Nothing tried yet"), nothingYet());
    }
    m_pareto->setPoints(paretoPoints(shown.trials));
    m_pareto->setCostLimit(shown.costLimit);
    m_pareto->setChosen(shown.chosen);
}

WeightsPane::WeightsPane(QWidget* parent)
    : ChartTunePane(new HeatMapChart(parent), tr("Weights"), QStringLiteral("weights"), parent)
    , m_map(static_cast<HeatMapChart*>(body()->chart()))
    , m_which(new QComboBox(this))
    , m_stepper(new PictureStepper(this))
{
    m_which->setAccessibleName(tr("Whose weights"));
    m_which->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    body()->addControl(m_which);
    body()->addControl(m_stepper);
    connect(m_which, &QComboBox::activated, this,
        [this](int place) { Q_EMIT trialChosen(m_offered[static_cast<std::size_t>(place)]); });
    connect(m_stepper, &PictureStepper::stepped, this, &TunePane::pictureStepped);
}

QString heldOutText(const TuneShown& shown, const AugmentPolicy& policy)
{
    const QLocale locale;
    QStringList parts;
    const Trial* preferred = nullptr;
    for (const auto& trial : shown.trials) {
        if (trial.configuration.policy != policy || !trial.heldOutNll)
            continue;
        const auto rule = trial.configuration.vote.rule;
        const auto name = rule == VoteRule::Learned ? WeightsPane::tr("weights per view")
            : rule == VoteRule::LearnedPerClass     ? WeightsPane::tr("weights per view and class")
                                                    : WeightsPane::tr("plain mean");
        parts << WeightsPane::tr("%1 %2").arg(name, locale.toString(*trial.heldOutNll, 'f', 4));
        if (trial.preferred)
            preferred = &trial;
    }
    if (parts.isEmpty())
        return {};
    auto text = WeightsPane::tr("NLL on images that the weights were not fitted on (lower is "
                                "better): %1.")
                    .arg(parts.join(QStringLiteral(", ")));
    if (!preferred)
        return text;
    text += QLatin1Char(' ');
    if (!isLearned(preferred->configuration.vote.rule))
        return text
            + WeightsPane::tr("The weights do not beat the plain mean by more than chance there, "
                              "so the mean is kept.");
    return text
        + (preferred->configuration.vote.rule == VoteRule::Learned
                ? WeightsPane::tr("Weights per view beat the mean by more than chance there.")
                : WeightsPane::tr(
                    "Weights per view and class beat the mean by more than chance there."));
}

void WeightsPane::fill(const TuneShown& shown)
{
    QStringList texts;
    m_offered.clear();
    for (const auto& trial : shown.trials) {
        const auto& vote = trial.configuration.vote;
        if (!isLearned(vote.rule) || vote.weights.empty())
            continue;
        texts << tr("%1, %2").arg(QString::fromStdString(shortName(trial.configuration.policy)),
            vote.rule == VoteRule::Learned ? tr("a weight a view")
                                           : tr("a weight a view and class"));
        m_offered.push_back(trial.index);
    }
    // The chosen one, or else another of its views.
    const auto* chosen = shown.chosenTrial();
    auto place = std::ranges::find(m_offered, shown.chosen);
    if (place == m_offered.end() && chosen)
        place = std::ranges::find_if(m_offered, [&](int index) {
            const auto trial = std::ranges::find(shown.trials, index, &Trial::index);
            return trial->configuration.policy == chosen->configuration.policy;
        });
    if (place == m_offered.end())
        place = m_offered.begin();
    m_which->setVisible(!m_offered.empty());
    m_stepper->setPlace(shown.picture, m_offered.empty() ? 0 : shown.pictures.size());
    if (m_offered.empty()) {
        m_map->clear();
        return body()->setEmpty(tr("No weights yet"),
            tr("Weights are fitted once every view has been predicted; they appear here."));
    }
    offer(*m_which, texts, static_cast<int>(place - m_offered.begin()));
    const auto& learned = *std::ranges::find(shown.trials, *place, &Trial::index);
    auto map = weightsMap(learned, shown.run.classNames);
    if (shown.hasPictures()) {
        auto views = viewsOf(learned.configuration.policy, learned.configuration.copies);
        if (learned.configuration.vote.includeOriginal)
            views.insert(views.begin(), Transform());
        for (const auto& view : views)
            map.columnPictures.push_back(viewPicture(shown.pictures, shown.picture, view));
        if (map.columnPictures.size() != map.columns.size())
            map.columnPictures.clear();
    }
    m_map->setMap(std::move(map));
    body()->setNote(heldOutText(shown, learned.configuration.policy));
}

} // namespace augury
