// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/screenshots_tune_charts.h"

#include "tests/ui/tune_charts_data.h"
#include "ui/charts/forest_chart.h"
#include "ui/charts/heat_map_chart.h"
#include "ui/charts/pareto_chart.h"
#include "ui/charts/tune_curve_chart.h"

namespace augury::test {

namespace {

namespace made = tune_charts_data;

constexpr QSize usual(960, 600);
constexpr QSize small(640, 440);

class Visit {
public:
    explicit Visit(Photographer& camera)
        : m_camera(camera)
    {
    }

    void take(ChartWidget& chart, const char* name, QSize size = usual)
    {
        chart.resize(size);
        chart.show();
        m_camera.take(chart, name);
    }

    void curve(const TuneCurve& curve, const char* name, QSize size = usual, int chosen = -1)
    {
        TuneCurveChart chart;
        chart.setTitle(QStringLiteral("Accuracy by copies (made up)"));
        chart.setCurve(curve);
        chart.setChosen(chosen);
        take(chart, name, size);
    }

    void map(const HeatMap& map, const char* name, QSize size = usual, int chosen = -1)
    {
        HeatMapChart chart;
        chart.setTitle(QStringLiteral("What the sweep found (made up)"));
        chart.setMap(map);
        chart.setChosen(chosen);
        take(chart, name, size);
    }

    void points(const std::vector<ParetoPoint>& points, const char* name,
        std::optional<double> limit = {}, int chosen = -1, QSize size = usual)
    {
        ParetoChart chart;
        chart.setTitle(QStringLiteral("Lift against cost (made up)"));
        chart.setPoints(points);
        chart.setCostLimit(limit);
        chart.setChosen(chosen);
        take(chart, name, size);
    }

    void forest(int confirmations, const char* name, QSize size = usual)
    {
        ForestChart chart;
        chart.setTitle(QStringLiteral("Confirmed on the test images (made up)"));
        chart.setRows(forestRows(made::confirmations(confirmations)));
        take(chart, name, size);
    }

private:
    Photographer& m_camera;
};

void photographCurves(Visit& visit)
{
    using enum TuneMeasure;
    const TuneSpec one = made::copiesSpec(1);
    visit.curve(copiesCurves(one, made::copiesTrials(one), Accuracy), "tune-copies-1");
    const TuneSpec two = made::copiesSpec(2);
    visit.curve(copiesCurves(two, made::copiesTrials(two), Lift), "tune-copies-2-lift");
    const TuneSpec eight = made::copiesSpec(8);
    const auto trials = made::copiesTrials(eight);
    visit.curve(copiesCurves(eight, trials, Accuracy), "tune-copies-8");
    visit.curve(copiesCurves(eight, trials, Accuracy), "tune-copies-8-small", small, 47);
    visit.curve(copiesCurves(eight, trials, Nll), "tune-copies-8-nll", usual, 10);
    visit.curve(copiesCurves(eight, trials, Lift), "tune-copies-8-large", QSize(3840, 2160));
    visit.curve({}, "tune-copies-none", small);

    const TuneSpec swept = made::sensitivitySpec();
    TuneCurve turned = sensitivityCurve(swept, made::sensitivityTrials(swept), Accuracy);
    visit.curve(turned, "tune-sensitivity-plain");
    for (const double x : swept.swept.strengths)
        turned.thumbnails.push_back({x, made::picture(x)});
    visit.curve(turned, "tune-sensitivity", usual, 4);
    visit.curve(turned, "tune-sensitivity-small", small);

    TuneSpec greedy = defaultSpec(TuneMethod::Greedy);
    std::vector<Trial> steps;
    for (int i = 0; i < greedy.steps; ++i) {
        Trial trial;
        trial.index = i;
        trial.place = {i};
        trial.configuration.copies = i + 1;
        made::fill(trial, 2000, 1372, 30 + 3 * i - i * i / 10, 22, 1.0 + i);
        trial.logLikelihood = -0.91 + 0.05 * (1 - std::exp(-0.3 * i));
        trial.temperature = 1.1;
        steps.push_back(trial);
    }
    visit.curve(greedyCurve(greedy, steps, LogLikelihood), "tune-greedy");
    steps.resize(2);
    visit.curve(greedyCurve(greedy, steps, Accuracy), "tune-greedy-begun", small);
}

void photographMaps(Visit& visit)
{
    const TuneSpec spec = made::sweepSpec();
    const auto all = made::sweepTrials(spec, false);
    const auto halved = made::sweepTrials(spec, true);
    visit.map(sweepMap(spec, all, 0, 1), "tune-map", usual, 300);
    visit.map(sweepMap(spec, halved, 1, 2), "tune-map-halved");
    visit.map(sweepMap(spec, halved, 1, 2), "tune-map-halved-small", small);
    visit.map(sweepMap(spec, halved, 3, -1), "tune-map-column");
    visit.map(sweepMap(spec, std::span(halved).first(700), 0, 1), "tune-map-begun");
    visit.map({}, "tune-map-none", small);

    const TuneSpec wide = made::copiesSpec(12);
    const auto many = made::copiesTrials(wide);
    visit.map(sweepMap(wide, many, 0, 1), "tune-map-12x20");
    visit.map(sweepMap(wide, many, 0, 1), "tune-map-12x20-small", small, 25);
    visit.map(sweepMap(wide, many, 0, 1), "tune-map-12x20-large", QSize(2560, 1440), 25);

    const auto names = made::classNames();
    HeatMap weights = weightsMap(made::learned(10, 10, false), names);
    for (int view = 0; view < 10; ++view)
        weights.columnPictures.push_back(made::picture(9.0 * view));
    visit.map(weights, "tune-weights-classes");
    visit.map(weights, "tune-weights-classes-small", small);
    HeatMap row = weightsMap(made::learned(10, 0, true), names);
    visit.map(row, "tune-weights-views");
    for (int view = 0; view < 11; ++view)
        row.columnPictures.push_back(made::picture(9.0 * view));
    visit.map(row, "tune-weights-views-pictures");
}

void photographPoints(Visit& visit)
{
    const TuneSpec spec = made::sweepSpec();
    visit.points(paretoPoints(made::sweepTrials(spec, false)), "tune-pareto-2000");
    visit.points(paretoPoints(made::sweepTrials(spec, true)), "tune-pareto-halved-limit", 8.0, 120);
    visit.points(
        paretoPoints(made::sweepTrials(spec, true)), "tune-pareto-halved-small", 8.0, 120, small);
    const TuneSpec few = made::copiesSpec(2, 8);
    visit.points(paretoPoints(made::copiesTrials(few)), "tune-pareto-few", 4.0, 3);
    visit.points({}, "tune-pareto-none", {}, -1, small);
    visit.forest(1, "tune-forest-1");
    visit.forest(6, "tune-forest-6");
    visit.forest(6, "tune-forest-6-small", small);
    visit.forest(0, "tune-forest-none", small);
}

} // namespace

void photographTuneCharts(Photographer& camera)
{
    Visit visit(camera);
    photographCurves(visit);
    photographMaps(visit);
    photographPoints(visit);
}

} // namespace augury::test
