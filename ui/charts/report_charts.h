// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/report_html.h"
#include "ui/charts/chart_widget.h"

#include <QSize>
#include <QString>

#include <memory>
#include <string>
#include <vector>

/// The window's charts of a kept run, for reports and files. One at a time, so that a window can
/// draw them between events: a chart takes some ten milliseconds. Like all widgets they need a
/// QApplication and its thread; without a display, Qt's offscreen platform.
namespace augury {

enum class RunChart { Repeats, Boxes, Lift, Curve, Confusion, Ledger, Learning };
const char* toString(RunChart chart); ///< "repeats", "boxes", …
RunChart runChartFromString(const std::string& text); ///< throws Error naming all
std::string runChartNames(); ///< "repeats, boxes, … or learning"
QString titleOf(RunChart chart); ///< "Baseline and TTA, repeat by repeat"

/// Those that this run has something to show in, in the order of the report. Throws Error for a
/// damaged document.
std::vector<RunChart> runCharts(const RunRecord& record);

/// In the light style and with a font for files. Throws Error, saying why, for a chart that
/// runCharts() does not name.
std::unique_ptr<ChartWidget> makeRunChart(RunChart chart, const RunRecord& record);

/// As SVG in light and dark. Throws Error as makeRunChart() and ChartWidget::encoded() do.
ReportChart reportChart(RunChart chart, const RunRecord& record, QSize logical = QSize(960, 560));

} // namespace augury
