// SPDX-License-Identifier: GPL-3.0-or-later
// A build without Qt: there is nothing to draw with, and no Plotter is ever made.
#include "app/cli/plot.h"

namespace augury::cli {

struct Plotter::Application { };

bool Plotter::isAvailable()
{
    return false;
}

Plotter::Plotter(const std::filesystem::path& /*path*/, Picture picture, const PlotSize& /*size*/)
{
    const std::string without = "this augury-cli was built without Qt (AUGURY_GUI=OFF), which "
                                "draws the ";
    if (picture == Picture::ContactSheet)
        throw Error("--out: " + without + "contact sheet. Build the release preset.");
    throw Error("--plot: " + without + "charts. Leave --plot out, or build the release preset.");
}

Plotter::~Plotter() = default;

void Plotter::repeats(std::span<const RepeatResult> /*repeats*/, const std::string&) const { }
void Plotter::learning(std::span<const EpochMetrics> /*history*/, const std::string&) const { }
void Plotter::comparison(const Comparison& /*comparison*/, const std::string&) const { }
void Plotter::copiesCurve(const CopiesCurve& /*curve*/, const std::string&) const { }
void Plotter::contactSheet(const ContactSheet& /*sheet*/) const { }
void Plotter::search(const TuneSpec& /*spec*/, std::span<const Trial> /*trials*/,
    std::optional<double> /*costLimit*/, const std::string&) const
{
}
void Plotter::run(const RunRecord& /*record*/, const std::string& /*name*/) const { }
void Plotter::checkChart(const std::string& /*name*/) { }
void Plotter::addCharts(const RunRecord& /*record*/, ReportParts& /*parts*/) const { }

std::string Plotter::chartNames()
{
    return "none in this build, which is without Qt";
}

} // namespace augury::cli
