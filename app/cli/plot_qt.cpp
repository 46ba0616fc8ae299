// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/plot.h"

#include "core/support/error.h"
#include "ui/charts/plot_file.h"
#include "ui/charts/report_charts.h"
#include "ui/widgets/contact_sheet.h"

#include <QApplication>

#include <array>
#include <clocale>
#include <cstdio>

namespace augury::cli {

namespace {

/// Qt's warnings, but for the one on a place for sockets that a picture has no use for.
void onMessage(QtMsgType /*type*/, const QMessageLogContext& /*context*/, const QString& text)
{
    if (!text.startsWith(QLatin1String("QStandardPaths: XDG_RUNTIME_DIR")))
        std::fprintf(stderr, "%s\n", text.toLocal8Bit().constData());
}

} // namespace

struct Plotter::Application {
    int count = 1;
    std::array<char, 11> name{"augury-cli"};
    std::array<char*, 2> arguments{name.data(), nullptr};
    QApplication application{count, arguments.data()};
};

bool Plotter::isAvailable()
{
    return true;
}

Plotter::Plotter(const std::filesystem::path& path, Picture picture, const PlotSize& size)
    : m_path(path)
    , m_size(size)
{
    if (picture == Picture::ContactSheet)
        checkContactSheetExtension(path);
    else if (!path.empty())
        checkPlotExtension(path);
    qInstallMessageHandler(onMessage);
    qputenv("QT_QPA_PLATFORM", "offscreen");
    m_application = std::make_unique<Application>();
    // Qt takes the user's locale; numbers that are read and written here have a '.'.
    std::setlocale(LC_NUMERIC, "C"); // NOLINT(concurrency-mt-unsafe): before any work
}

Plotter::~Plotter() = default;

void Plotter::repeats(std::span<const RepeatResult> repeats, const std::string& title) const
{
    plotRepeats(repeats, title, m_path, m_size);
}

void Plotter::learning(std::span<const EpochMetrics> history, const std::string& title) const
{
    plotLearning(history, title, m_path, m_size);
}

void Plotter::comparison(const Comparison& comparison, const std::string& title) const
{
    plotComparison(comparison, title, m_path, m_size);
}

void Plotter::copiesCurve(const CopiesCurve& curve, const std::string& title) const
{
    plotCopiesCurve(curve, title, m_path, m_size);
}

void Plotter::contactSheet(const ContactSheet& sheet) const
{
    writeContactSheet(sheet, m_path);
}

void Plotter::search(const TuneSpec& spec, std::span<const Trial> trials,
    std::optional<double> costLimit, const std::string& title) const
{
    plotSearch(spec, trials, costLimit, title, m_path, m_size);
}

void Plotter::run(const RunRecord& record, const std::string& name) const
{
    RunChart chart = RunChart::Repeats;
    if (!name.empty())
        chart = runChartFromString(name);
    else if (const auto charts = runCharts(record); !charts.empty())
        chart = charts.front();
    plotRun(record, chart, m_path, m_size);
}

void Plotter::checkChart(const std::string& name)
{
    if (!name.empty())
        runChartFromString(name);
}

std::string Plotter::chartNames()
{
    return runChartNames();
}

void Plotter::addCharts(const RunRecord& record, ReportParts& parts) const
{
    try {
        for (const auto chart : runCharts(record))
            parts.charts.push_back(reportChart(chart, record));
    } catch (const Error& problem) { // the tables say the same
        parts.charts.clear();
        parts.notes.push_back(std::string("There are no charts: ") + problem.what());
    }
}

} // namespace augury::cli
