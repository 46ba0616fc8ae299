// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/compare/run_panes.h"

#include "core/experiment/verdict.h"
#include "ui/charts/box_chart.h"
#include "ui/charts/chart_text.h"
#include "ui/charts/lift_chart.h"
#include "ui/charts/repeats_chart.h"
#include "ui/charts/runs_chart.h"
#include "ui/views/compare/negligible_zone.h"

#include <algorithm>

#include <limits>

namespace augury {

namespace {

const std::vector<RepeatResult>& repeatsOf(const ComparedData& compared)
{
    static const std::vector<RepeatResult> none;
    return compared.front ? compared.front->outcome.repeats : none;
}

/// A name as part of a sentence.
QString shortened(const QString& name)
{
    constexpr int most = 40;
    return name.size() <= most ? name : name.left(most - 1).trimmed() + QStringLiteral("…");
}

int plannedOf(const ComparedData& compared)
{
    return compared.front ? compared.front->config.repeats : 0;
}

} // namespace

RepeatsPane::RepeatsPane(QWidget* parent)
    : ChartPane(new RepeatsChart(parent), tr("Repeats"), QStringLiteral("repeats"), parent)
    , m_chart(static_cast<RepeatsChart*>(chart()))
{
}

void RepeatsPane::fill(const ComparedData& compared)
{
    m_chart->setRepeats(plannedOf(compared), repeatsOf(compared));
}

BoxesPane::BoxesPane(QWidget* parent)
    : ChartPane(new BoxChart(parent), tr("Boxes"), QStringLiteral("boxes"), parent)
    , m_chart(static_cast<BoxChart*>(chart()))
{
}

void BoxesPane::fill(const ComparedData& compared)
{
    m_chart->setRepeats(repeatsOf(compared));
}

LiftPane::LiftPane(QWidget* parent)
    : ChartPane(new LiftChart(parent), tr("Lift"), QStringLiteral("lift"), parent)
    , m_chart(static_cast<LiftChart*>(chart()))
    , m_zone(new NegligibleZone(this))
{
    addControl(m_zone);
    connect(m_zone, &NegligibleZone::edited, this, &ChartPane::negligibleEdited);
}

void LiftPane::fill(const ComparedData& compared)
{
    m_zone->setPoints(compared.negligible);
    m_chart->setNegligible(compared.negligible);
    if (compared.runs.size() > 1)
        m_chart->setRuns(compared.runs);
    else
        m_chart->setRepeats(plannedOf(compared), repeatsOf(compared));
    if (const auto* front = compared.frontData())
        setNote(zoneSentence(*front, compared.negligible));
}

RunsPane::RunsPane(QWidget* parent)
    : ChartPane(new RunsChart(parent), tr("Runs"), QStringLiteral("runs"), parent)
    , m_chart(static_cast<RunsChart*>(chart()))
    , m_zone(new NegligibleZone(this))
{
    scrollChart();
    addControl(m_zone);
    connect(m_zone, &NegligibleZone::edited, this, &ChartPane::negligibleEdited);
}

void RunsPane::fill(const ComparedData& compared)
{
    m_zone->setPoints(compared.negligible);
    m_chart->setNegligible(compared.negligible);
    m_chart->setRuns(compared.runs);
    QStringList said;
    if (const auto* front = compared.frontData()) {
        const auto zone = zoneSentence(*front, compared.negligible);
        if (!zone.isEmpty())
            said << tr("%1: %2").arg(shortened(front->name), zone);
    }
    if (const auto warning = holmWarning(compared.runs); !warning.isEmpty())
        said << warning;
    setNote(said.join(QLatin1Char(' ')));
}

QString zoneSentence(const RunData& run, double negligible)
{
    const Sample lift(run.points, &RepeatPoint::lift);
    const auto zone = zoneText(lift, negligible);
    if (zone.isEmpty())
        return {};
    return ChartPane::tr("95 % interval of the mean lift: %1 to %2 points, %3.")
        .arg(chart_text::signedNumber(lift.interval.low, 2),
            chart_text::signedNumber(lift.interval.high, 2), zone);
}

QString holmWarning(const std::vector<RunData>& runs)
{
    std::vector<ComparedRun> tested;
    for (const auto& run : runs) {
        std::vector<double> lifts;
        for (const auto& point : run.points)
            lifts.push_back(point.lift);
        tested.push_back({lifts.size(),
            lifts.size() < 2 ? std::numeric_limits<double>::quiet_NaN()
                             : wilcoxonSignedRankP(lifts)});
    }
    const auto texts = cautions(tested);
    QStringList few;
    QString reason;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (texts[i].empty())
            continue;
        few << shortened(runs[i].name);
        reason = QString::fromStdString(texts[i]);
    }
    if (runs.size() < 2 || few.isEmpty())
        return {};
    if (few.size() == 1)
        return ChartPane::tr("%1: %2").arg(few.front(), reason);
    return ChartPane::tr("Too few repeats for a corrected p value of 0.05, however clear the "
                         "effect is: %1.")
        .arg(few.join(QStringLiteral(", ")));
}

} // namespace augury
