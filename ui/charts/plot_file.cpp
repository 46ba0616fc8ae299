// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/plot_file.h"

#include "ui/charts/chart_file_format.h"
#include "ui/charts/copies_curve_chart.h"
#include "ui/charts/learning_chart.h"
#include "ui/charts/ledger_chart.h"
#include "ui/charts/pareto_chart.h"
#include "ui/charts/repeats_chart.h"
#include "ui/charts/report_charts.h"
#include "ui/charts/tune_curve_chart.h"

#include <QFile>

namespace augury {

namespace {

constexpr int fontPixels = 16; // readable when 1200 × 750 fill half a page

QString toQString(const std::filesystem::path& path)
{
    return QFile::decodeName(QByteArray::fromStdString(path.string()));
}

void prepare(ChartWidget& chart, const std::string& title)
{
    QFont font = chart.font();
    font.setPixelSize(fontPixels);
    chart.setFont(font);
    chart.setChartStyle(ChartStyle::light());
    chart.setTitle(QString::fromStdString(title));
}

void save(ChartWidget& chart, const std::filesystem::path& path, const PlotSize& size)
{
    chart.save(toQString(path), QSize(size.width, size.height), size.scale);
}

} // namespace

void checkPlotExtension(const std::filesystem::path& path)
{
    chartFileFormat(toQString(path));
}

void plotRepeats(std::span<const RepeatResult> repeats, const std::string& title,
    const std::filesystem::path& path, const PlotSize& size)
{
    RepeatsChart chart;
    prepare(chart, title);
    chart.setRepeats(static_cast<int>(repeats.size()), repeats);
    save(chart, path, size);
}

void plotLearning(std::span<const EpochMetrics> history, const std::string& title,
    const std::filesystem::path& path, const PlotSize& size)
{
    LearningChart chart;
    prepare(chart, title);
    chart.clear(static_cast<int>(history.size()));
    for (std::size_t i = 0; i < history.size(); ++i)
        chart.appendEpoch(static_cast<int>(i) + 1, history[i]);
    save(chart, path, size);
}

void plotComparison(const Comparison& comparison, const std::string& title,
    const std::filesystem::path& path, const PlotSize& size)
{
    LedgerChart chart;
    prepare(chart, title);
    chart.setComparison(comparison);
    save(chart, path, size);
}

void plotCopiesCurve(const CopiesCurve& curve, const std::string& title,
    const std::filesystem::path& path, const PlotSize& size)
{
    CopiesCurveChart chart;
    prepare(chart, title);
    chart.setCurve(curve);
    save(chart, path, size);
}

void plotSearch(const TuneSpec& spec, std::span<const Trial> trials,
    std::optional<double> costLimit, const std::string& title, const std::filesystem::path& path,
    const PlotSize& size)
{
    if (spec.method == TuneMethod::Sweep || spec.method == TuneMethod::Weights) {
        ParetoChart chart;
        prepare(chart, title);
        chart.setPoints(paretoPoints(trials));
        chart.setCostLimit(costLimit);
        save(chart, path, size);
        return;
    }
    TuneCurveChart chart;
    prepare(chart, title);
    chart.setCurve(spec.method == TuneMethod::Copies
            ? copiesCurves(spec, trials, TuneMeasure::Accuracy)
            : spec.method == TuneMethod::Greedy
            ? greedyCurve(spec, trials, TuneMeasure::LogLikelihood)
            : sensitivityCurve(spec, trials, TuneMeasure::Accuracy));
    save(chart, path, size);
}

void plotRun(
    const RunRecord& record, RunChart kind, const std::filesystem::path& path, const PlotSize& size)
{
    const auto chart = makeRunChart(kind, record);
    prepare(*chart,
        (record.info.name.empty() ? record.info.data : record.info.name) + ": "
            + titleOf(kind).toStdString());
    save(*chart, path, size);
}

} // namespace augury
