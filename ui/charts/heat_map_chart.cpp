// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/heat_map_chart.h"

#include "ui/charts/chart_text.h"
#include "ui/charts/confusion_data.h"
#include "ui/charts/heat_grid.h"
#include "ui/charts/legend_item.h"

#include <QStringList>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace augury {

struct HeatMapChart::Private {
    HeatMap map;
    HeatGrid* grid = nullptr; // owned by the scene
    ChartStyle style;

    bool isEmpty() const { return map.rows.empty() || map.columns.empty(); }
    QString valueText(double value) const
    {
        return map.diverging ? chart_text::signedNumber(value, map.decimals)
                             : chart_text::number(value, map.decimals);
    }
    QString cellName(std::size_t cell) const;
    QString summary() const;
    std::vector<LegendEntry> legend(int chosen) const;
};

HeatMapChart::HeatMapChart(QWidget* parent)
    : TrialChart(parent)
    , m_d(std::make_unique<Private>())
{
    m_d->grid = new HeatGrid(&plotRoot());
    setAccessibleName(tr("Heat map"));
    finishConstruction();
}

HeatMapChart::~HeatMapChart() = default;

void HeatMapChart::setMap(HeatMap map)
{
    HeatCell missing;
    missing.value = std::numeric_limits<double>::quiet_NaN();
    map.cells.resize(map.rows.size() * map.columns.size(), missing);
    m_d->map = std::move(map);
    scheduleRefresh();
}

void HeatMapChart::clear()
{
    setMap({});
}

QString HeatMapChart::Private::cellName(std::size_t cell) const
{
    const QString& row = map.rows[cell / map.columns.size()];
    const QString& column = map.columns[cell % map.columns.size()];
    return column.isEmpty() ? row : tr("%1, %2").arg(row, column);
}

QString HeatMapChart::Private::summary() const
{
    std::size_t known = 0;
    std::size_t faded = 0;
    std::optional<std::size_t> top;
    std::optional<std::size_t> bottom;
    for (std::size_t i = 0; i < map.cells.size(); ++i) {
        const HeatCell& cell = map.cells[i];
        if (!std::isfinite(cell.value))
            continue;
        ++known;
        faded += cell.faded ? 1 : 0;
        if (!top || cell.value > map.cells[*top].value)
            top = i;
        if (!bottom || cell.value < map.cells[*bottom].value)
            bottom = i;
    }
    const auto best = std::find_if(
        map.cells.begin(), map.cells.end(), [](const HeatCell& cell) { return cell.marked; });
    QStringList parts{
        tr("%1 rows, %2 columns of %3")
            .arg(chart_text::count(static_cast<std::int64_t>(map.rows.size())),
                chart_text::count(static_cast<std::int64_t>(map.columns.size())), map.valueTitle)};
    if (top && best != map.cells.end())
        parts << tr("best %1 at %2")
                     .arg(valueText(best->value),
                         cellName(static_cast<std::size_t>(best - map.cells.begin())));
    else if (top)
        parts << tr("highest %1 at %2").arg(valueText(map.cells[*top].value), cellName(*top));
    if (bottom)
        parts << tr("lowest %1 at %2").arg(valueText(map.cells[*bottom].value), cellName(*bottom));
    if (faded > 0)
        parts << tr("%1 from fewer images, dropped early")
                     .arg(chart_text::count(static_cast<std::int64_t>(faded)));
    if (known < map.cells.size())
        parts << tr("%1 not tried")
                     .arg(chart_text::count(static_cast<std::int64_t>(map.cells.size() - known)));
    return parts.join(QStringLiteral("; ")) + QLatin1Char('.');
}

std::vector<LegendEntry> HeatMapChart::Private::legend(int chosen) const
{
    std::vector<LegendEntry> entries;
    const auto any = [this](const auto& condition) {
        return std::any_of(map.cells.begin(), map.cells.end(), condition);
    };
    if (any([](const HeatCell& cell) { return cell.marked; }))
        entries.push_back({tr("best"), style.text, LegendMark::Corner});
    if (chosen >= 0 && map.cells.size() > 1
        && any([&](const HeatCell& cell) { return cell.trial == chosen; })
        && any([&](const HeatCell& cell) { return cell.trial != chosen; }))
        entries.push_back({tr("chosen"), style.text, LegendMark::Frame});
    if (any([](const HeatCell& cell) { return cell.faded; }))
        entries.push_back({tr("dropped early, on fewer images"), confusionColour(style, 0.6),
            LegendMark::SparseHatch});
    if (any([](const HeatCell& cell) { return !std::isfinite(cell.value); }))
        entries.push_back({tr("not tried"), style.axis, LegendMark::Dot});
    return entries;
}

void HeatMapChart::refresh()
{
    Private& d = *m_d;
    if (d.isEmpty()) {
        d.grid->setMap({}, -1);
        itemsChanged();
        setEmptyText(tr("Nothing to show yet. When a search has tried its first configurations, "
                        "they fill this map."));
        setSummary(tr("Nothing to show yet."));
        setLegend({});
        return;
    }
    setEmptyText(QString());
    // Where all cells are of one trial, a frame around each would say nothing.
    const bool several = std::any_of(d.map.cells.begin(), d.map.cells.end(),
        [&](const HeatCell& cell) { return cell.trial != d.map.cells.front().trial; });
    d.grid->setMap(d.map, several ? chosen() : -1);
    setLegend(d.legend(chosen()));
    setSummary(d.summary());
    itemsChanged();
}

void HeatMapChart::layOutPlots(const QRectF& area)
{
    m_d->grid->setArea(area);
}

void HeatMapChart::restyle(const ChartStyle& style, const QFont& font)
{
    m_d->style = style;
    m_d->grid->setLook(style, font);
}

int HeatMapChart::itemCount() const
{
    return static_cast<int>(m_d->grid->map().cells.size());
}

int HeatMapChart::itemAt(const QPointF& position) const
{
    const QPoint cell = m_d->grid->names().cellAt(position);
    return itemCount() == 0 || cell.x() < 0 ? -1
                                            : cell.y() * m_d->grid->names().columns() + cell.x();
}

QRectF HeatMapChart::itemPlace(int item) const
{
    const int columns = m_d->grid->names().columns();
    return m_d->grid->names().cellPlace(item / columns, item % columns);
}

QString HeatMapChart::itemText(int item) const
{
    const HeatMap& map = m_d->grid->map();
    const HeatCell& cell = map.cells[static_cast<std::size_t>(item)];
    const QString& row = map.rows[static_cast<std::size_t>(item) / map.columns.size()];
    const QString& column = map.columns[static_cast<std::size_t>(item) % map.columns.size()];
    const QString name = column.isEmpty() ? row : tr("%1, %2").arg(row, column);
    if (!std::isfinite(cell.value))
        return tr("%1\nnot tried").arg(name);
    return cell.toolTip.isEmpty() ? tr("%1\n%2").arg(name, m_d->valueText(cell.value))
                                  : cell.toolTip;
}

int HeatMapChart::itemTrial(int item) const
{
    return m_d->grid->map().cells[static_cast<std::size_t>(item)].trial;
}

int HeatMapChart::itemAfter(int item, int key) const
{
    const int rows = m_d->grid->names().rows();
    const int columns = m_d->grid->names().columns();
    const int row = item < 0 ? 0 : item / columns;
    const int column = item < 0 ? 0 : item % columns;
    const auto at = [&](int r, int c) {
        return std::clamp(r, 0, rows - 1) * columns + std::clamp(c, 0, columns - 1);
    };
    constexpr int page = 10;
    const auto next = [&] {
        switch (key) {
        case Qt::Key_Left:
            return at(row, column - 1);
        case Qt::Key_Right:
            return at(row, column + 1);
        case Qt::Key_Up:
            return at(row - 1, column);
        case Qt::Key_Down:
            return at(row + 1, column);
        case Qt::Key_PageUp:
            return at(row - page, column);
        case Qt::Key_PageDown:
            return at(row + page, column);
        case Qt::Key_Home:
            return at(row, 0);
        case Qt::Key_End:
            return at(row, columns - 1);
        default:
            return -1;
        }
    }();
    return next >= 0 && item < 0 ? 0 : next;
}

QString HeatMapChart::toolTipAt(const QPointF& position) const
{
    const QString hidden = itemCount() == 0 ? QString() : m_d->grid->names().hiddenNameAt(position);
    return hidden.isEmpty() ? TrialChart::toolTipAt(position) : hidden;
}

ChartTable HeatMapChart::table() const
{
    const HeatMap& map = m_d->map;
    ChartTable table;
    const bool alone = map.columns.size() == 1 && map.columns.front().isEmpty();
    table.columns = {map.rowTitle};
    if (!alone)
        table.columns << map.columnTitle;
    table.columns << map.valueTitle;
    table.decimals.assign(static_cast<std::size_t>(table.columns.size()), 0);
    table.decimals.back() = map.decimals;
    for (std::size_t i = 0; i < map.cells.size(); ++i) {
        if (!std::isfinite(map.cells[i].value))
            continue;
        QVariantList row{map.rows[i / map.columns.size()]};
        if (!alone)
            row << map.columns[i % map.columns.size()];
        table.rows.push_back(row << map.cells[i].value);
    }
    return table;
}

} // namespace augury
