// SPDX-License-Identifier: GPL-3.0-or-later
// What of the Compare page goes into files, and what stays from one session to the next.
#include "core/experiment/report.h"
#include "ui/charts/chart_widget.h"
#include "ui/session/compared_runs.h"
#include "ui/views/compare/chart_pane.h"
#include "ui/views/compare/compare_charts.h"
#include "ui/views/compare_view.h"

#include <QScopeGuard>
#include <QSettings>

#include <nlohmann/json.hpp>

namespace augury {

bool CompareView::hasResults() const
{
    const auto front = m_runs.front();
    return front && !front->outcome.repeats.empty();
}

QString CompareView::fileName() const
{
    const auto front = m_runs.front();
    return front && front->id > 0
        ? QStringLiteral("run-%1-%2").arg(front->id).arg(m_charts->currentKey())
        : m_charts->currentKey();
}

QString CompareView::chartTitle() const
{
    const auto front = m_runs.front();
    return front ? tr("%1, %2").arg(QString::fromStdString(front->dataName), front->title())
                 : QString();
}

void CompareView::saveChart(const QString& path) const
{
    auto* chart = m_charts->front()->chart();
    // A file has no page around it that says what it is about.
    const auto name = chart->accessibleName();
    chart->setTitle(chartTitle());
    const auto restore = qScopeGuard([&] {
        chart->setTitle({});
        chart->setAccessibleName(name);
    });
    chart->save(path);
}

std::vector<ChartWidget*> CompareView::charts() const
{
    return hasResults() ? m_charts->charts() : std::vector<ChartWidget*>();
}

std::string CompareView::csv() const
{
    return hasResults() ? repeatCsv(m_runs.front()->outcome.repeats) : std::string();
}

std::string CompareView::json() const
{
    const auto run = m_runs.front();
    if (!run)
        return {};
    if (run->document)
        return *run->document;
    const auto dataset = run->dataset ? run->dataset : std::make_shared<const Dataset>();
    return documentText(repeatDocument(run->config, *dataset, run->outcome, run->seconds));
}

void CompareView::save(QSettings& store) const
{
    store.setValue(QStringLiteral("compare/negligible"), m_runs.negligible());
    store.setValue(QStringLiteral("compare/chart"), m_charts->currentKey());
}

void CompareView::restore(const QSettings& store)
{
    bool number = false;
    const double points = store.value(QStringLiteral("compare/negligible")).toDouble(&number);
    if (number && points >= 0)
        m_runs.setNegligible(points);
    m_charts->setCurrentKey(store.value(QStringLiteral("compare/chart")).toString());
}

} // namespace augury
