// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/report_charts.h"

#include "core/report/run_facts.h"
#include "core/store/run_documents.h"
#include "core/support/error.h"
#include "ui/charts/box_chart.h"
#include "ui/charts/confusion_chart.h"
#include "ui/charts/copies_curve_chart.h"
#include "ui/charts/learning_chart.h"
#include "ui/charts/ledger_chart.h"
#include "ui/charts/lift_chart.h"
#include "ui/charts/repeats_chart.h"

#include <fmt/format.h>

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace augury {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(augury::RunCharts)
};

using enum RunChart;
constexpr std::array allCharts = {Repeats, Lift, Boxes, Curve, Confusion, Ledger, Learning};
constexpr int fontPixels = 15; // readable where 960 × 560 fill a page's width

bool hasChart(RunChart chart, const RunRecord& record, const RunFacts& facts)
{
    switch (chart) {
    case Repeats:
    case Lift:
    case Boxes:
        return !record.repeats.empty();
    case Curve:
        return facts.curve && facts.curve->points.size() > 1;
    case Confusion:
        return !facts.ttaConfusion.empty()
            && facts.ttaConfusion.size() == facts.baselineConfusion.size();
    case Ledger:
        return facts.comparison && facts.comparison->images > 0;
    case Learning:
        return !facts.history.empty();
    }
    return false;
}

ConfusionData confusionOf(const RunFacts& facts)
{
    int classes = 1;
    while (std::size_t(classes) * std::size_t(classes) < facts.ttaConfusion.size())
        ++classes;
    return {classes, facts.baselineConfusion, facts.ttaConfusion, facts.classNames};
}

/// Fills a chart that has its style and font already, so that it is drawn once.
template <class Chart, class Fill> std::unique_ptr<ChartWidget> made(RunChart kind, Fill fill)
{
    auto chart = std::make_unique<Chart>();
    QFont font = chart->font();
    font.setPixelSize(fontPixels);
    chart->setFont(font);
    chart->setChartStyle(ChartStyle::light());
    chart->setTitle(titleOf(kind));
    fill(*chart);
    return chart;
}

std::unique_ptr<ChartWidget> make(RunChart kind, const RunRecord& record, const RunFacts& facts)
{
    const auto& repeats = record.repeats;
    const int planned = std::max(record.info.repeatsWanted, static_cast<int>(repeats.size()));
    switch (kind) {
    case Repeats:
        return made<RepeatsChart>(
            kind, [&](RepeatsChart& chart) { chart.setRepeats(planned, repeats); });
    case Lift:
        return made<LiftChart>(kind, [&](LiftChart& chart) { chart.setRepeats(planned, repeats); });
    case Boxes:
        return made<BoxChart>(kind, [&](BoxChart& chart) { chart.setRepeats(repeats); });
    case Curve:
        return made<CopiesCurveChart>(
            kind, [&](CopiesCurveChart& chart) { chart.setCurve(*facts.curve); });
    case Confusion:
        return made<ConfusionChart>(kind, [&](ConfusionChart& chart) {
            chart.setMode(ConfusionMode::Tta);
            chart.setData(confusionOf(facts));
        });
    case Ledger:
        return made<LedgerChart>(
            kind, [&](LedgerChart& chart) { chart.setComparison(*facts.comparison); });
    case Learning:
        break;
    }
    return made<LearningChart>(kind, [&](LearningChart& chart) {
        chart.clear(static_cast<int>(facts.history.size()));
        for (std::size_t i = 0; i < facts.history.size(); ++i)
            chart.appendEpoch(static_cast<int>(i) + 1, facts.history[i]);
    });
}

Cell cellOf(const QVariant& value)
{
    const auto type = value.typeId();
    if (type == QMetaType::Double || type == QMetaType::Float)
        return value.toDouble();
    if (type == QMetaType::QString)
        return value.toString().toStdString();
    return static_cast<std::int64_t>(value.toLongLong());
}

Table tableOf(const ChartTable& from)
{
    Table table;
    for (const auto& column : from.columns)
        table.columns.push_back(column.toStdString());
    for (const auto& row : from.rows) {
        auto& cells = table.rows.emplace_back();
        for (const auto& value : row)
            cells.push_back(cellOf(value));
    }
    return table;
}

} // namespace

const char* toString(RunChart chart)
{
    switch (chart) {
    case Repeats:
        return "repeats";
    case Boxes:
        return "boxes";
    case Lift:
        return "lift";
    case Curve:
        return "curve";
    case Confusion:
        return "confusion";
    case Ledger:
        return "ledger";
    case Learning:
        break;
    }
    return "learning";
}

std::string runChartNames()
{
    std::string names;
    for (const auto chart : allCharts)
        names += fmt::format("{}{}",
            names.empty()                   ? ""
                : chart == allCharts.back() ? " or "
                                            : ", ",
            toString(chart));
    return names;
}

RunChart runChartFromString(const std::string& text)
{
    for (const auto chart : allCharts) {
        if (text == toString(chart))
            return chart;
    }
    throw Error(fmt::format("\"{}\" is no chart of a run: choose {}.", text, runChartNames()));
}

QString titleOf(RunChart chart)
{
    switch (chart) {
    case Repeats:
        return Words::tr("Baseline and TTA, repeat by repeat");
    case Lift:
        return Words::tr("Lift of every repeat");
    case Boxes:
        return Words::tr("Spread over the repeats");
    case Curve:
        return Words::tr("Accuracy against the number of copies");
    case Confusion:
        return Words::tr("What TTA takes each class for");
    case Ledger:
        return Words::tr("What became of the images");
    case Learning:
        break;
    }
    return Words::tr("Learning");
}

std::vector<RunChart> runCharts(const RunRecord& record)
{
    const auto facts = factsOf(record);
    std::vector<RunChart> charts;
    for (const auto chart : allCharts) {
        if (hasChart(chart, record, facts))
            charts.push_back(chart);
    }
    return charts;
}

std::unique_ptr<ChartWidget> makeRunChart(RunChart chart, const RunRecord& record)
{
    const auto facts = factsOf(record);
    if (!hasChart(chart, record, facts)) {
        std::string others;
        for (const auto other : allCharts) {
            if (hasChart(other, record, facts))
                others += fmt::format("{}{}", others.empty() ? "" : ", ", toString(other));
        }
        throw Error(fmt::format("This run has nothing for the chart \"{}\". {}", toString(chart),
            others.empty() ? "It has none: no repeat is finished."
                           : fmt::format("It has: {}.", others)));
    }
    return make(chart, record, facts);
}

ReportChart reportChart(RunChart kind, const RunRecord& record, QSize logical)
{
    const auto chart = makeRunChart(kind, record);
    ReportChart result;
    result.title = chart->title().toStdString();
    result.table = tableOf(chart->table());
    result.svg = chart->encoded(ChartFileFormat::Svg, logical, 1.0).toStdString();
    result.summary = chart->summary().toStdString(); // of the newest data once they are drawn
    chart->setChartStyle(ChartStyle::darkMode());
    result.darkSvg = chart->encoded(ChartFileFormat::Svg, logical, 1.0).toStdString();
    return result;
}

} // namespace augury
