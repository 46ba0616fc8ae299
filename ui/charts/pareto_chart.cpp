// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/pareto_chart.h"

#include "ui/charts/chart_text.h"
#include "ui/charts/legend_item.h"
#include "ui/charts/pareto_marks.h"
#include "ui/charts/plot_marks.h"
#include "ui/charts/point_picker.h"
#include "ui/charts/tune_text.h"

#include <QFontMetricsF>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace augury {

namespace {

constexpr double leastSpan = 0.5; // points
constexpr double reach = 14; // pixels
constexpr int wantedTicks = 6;

QString costText(double cost)
{
    return chart_text::number(cost, cost == std::round(cost) ? 0 : 2) + QStringLiteral("×");
}

} // namespace

struct ParetoChart::Private {
    explicit Private(ParetoChart& chart)
        : plot(chart.plotRoot(), chart)
        , zero(*new ZeroZone(plot, Qt::Horizontal, -0.45))
        , marks(*new ParetoMarks(plot))
        , interval(*new IntervalMarks(plot, Qt::Vertical, 1001))
        , picker(plot)
    {
    }

    std::vector<ParetoPoint> points;
    std::optional<double> costLimit;
    ChartStyle style;
    QFont font;
    Plot plot;
    ZeroZone& zero;
    ParetoMarks& marks;
    IntervalMarks& interval;
    PointPicker picker;

    const ParetoPoint* best() const
    {
        const auto found = std::find_if(
            points.begin(), points.end(), [](const ParetoPoint& point) { return point.best; });
        return found == points.end() ? nullptr : &*found;
    }
    /// The best that the limit allows; null without a limit, or where that allows none.
    const ParetoPoint* bestAllowed() const;
    void setRanges();
    void showPoints(int chosen);
    std::vector<LegendEntry> legend(int chosen) const;
    QString said(const ParetoPoint& point) const;
    QString summary() const;
};

ParetoChart::ParetoChart(QWidget* parent)
    : TrialChart(parent)
    , m_d(std::make_unique<Private>(*this))
{
    setAccessibleName(tr("Lift against cost"));
    m_d->plot.setAxisLooks({tr("cost (network passes an image; the original alone is 1)"),
                               chart_text::number, false, true},
        {tr("lift, TTA − baseline (points)"), chart_text::signedNumber, true, true});
    finishConstruction();
}

ParetoChart::~ParetoChart() = default;

void ParetoChart::setPoints(std::vector<ParetoPoint> points)
{
    m_d->points = std::move(points);
    scheduleRefresh();
}

void ParetoChart::setCostLimit(std::optional<double> cost)
{
    m_d->costLimit = cost && std::isfinite(*cost) ? cost : std::nullopt;
    scheduleRefresh();
}

void ParetoChart::clear()
{
    m_d->plot.setRanges({}, {});
    setPoints({});
}

const ParetoPoint* ParetoChart::Private::bestAllowed() const
{
    const ParetoPoint* best = nullptr;
    for (const ParetoPoint& point : points)
        if (costLimit && !point.faded && point.cost <= *costLimit + 1e-9
            && (best == nullptr || point.lift > best->lift
                || (point.lift == best->lift && point.cost < best->cost)))
            best = &point;
    return best;
}

void ParetoChart::Private::setRanges()
{
    double right = 1;
    double low = 0;
    double high = 0;
    for (const ParetoPoint& point : points) {
        right = std::max(right, point.cost);
        low = std::min(low, point.lift);
        high = std::max(high, point.lift);
    }
    const double most = std::max(high - low, leastSpan);
    if (const ParetoPoint* top = best(); top != nullptr && std::isfinite(top->high)) {
        high = std::max(high, std::min(top->high, high + most / 2));
        low = std::min(low, std::max(top->low, low - most / 2));
    }
    // A limit beyond all points is seen where it is not far beyond.
    if (costLimit && *costLimit > right && *costLimit <= 1.3 * right)
        right = *costLimit;
    const AxisRange nice = niceRange(0, right, 8, 2, 0, 1e9);
    plot.setRanges({0, right + std::max(0.5, right * 0.03), nice.step},
        steadyRange(plot.yRange(), low, high, wantedTicks, leastSpan, -100, 100));
}

void ParetoChart::Private::showPoints(int chosen)
{
    std::vector<PointPicker::Point> places;
    std::optional<QPointF> framed;
    for (const ParetoPoint& point : points) {
        places.push_back({{point.cost, point.lift}, 0, point.trial});
        if (chosen >= 0 && point.trial == chosen)
            framed = places.back().at;
    }
    std::vector<IntervalMark> whiskers;
    if (const ParetoPoint* top = best())
        whiskers.push_back(
            {top->cost, top->lift, top->low, top->high, MarkerShape::Square, style.tta});
    interval.setMarks(std::move(whiskers));
    marks.setPoints(points);
    marks.setCostLimit(costLimit);
    marks.setFramed(framed);
    picker.setPoints(std::move(places));
}

QString ParetoChart::Private::said(const ParetoPoint& point) const
{
    return tr("%1 points at a cost of %2")
        .arg(tune_text::lift(point.lift, point.low, point.high), costText(point.cost));
}

std::vector<LegendEntry> ParetoChart::Private::legend(int chosen) const
{
    std::vector<LegendEntry> entries;
    const auto any = [this](const auto& condition) {
        return std::any_of(points.begin(), points.end(), condition);
    };
    const auto beyond = [this](const ParetoPoint& point) {
        return costLimit && point.cost > *costLimit + 1e-9;
    };
    if (any([](const ParetoPoint& point) { return point.onFront; }))
        entries.push_back({tr("no other gives more for as little"), style.tta,
            LegendMark::MarkedLine, MarkerShape::Square});
    if (any([&](const ParetoPoint& p) { return !p.onFront && !p.faded && !beyond(p); }))
        entries.push_back({tr("other configurations"), style.mutedText, LegendMark::Circle});
    const bool dropped = any([](const ParetoPoint& point) { return point.faded; });
    const bool dear = any(beyond);
    if (dropped || dear)
        entries.push_back({dropped && dear ? tr("dropped early, or beyond the cost limit")
                : dropped                  ? tr("dropped early, on fewer images")
                                           : tr("beyond the cost limit"),
            style.axis, LegendMark::Ring});
    if (const ParetoPoint* top = best())
        entries.push_back(
            {tr("best, with its 95 % interval: %1").arg(said(*top)), style.text, LegendMark::Ring});
    if (costLimit) {
        const ParetoPoint* allowed = bestAllowed();
        entries.push_back({allowed == nullptr
                ? tr("cost limit %1: nothing is that cheap").arg(costText(*costLimit))
                : tr("cost limit %1, best within it: %2").arg(costText(*costLimit), said(*allowed)),
            style.baseline, LegendMark::DashedLine});
    }
    if (chosen >= 0 && any([&](const ParetoPoint& point) { return point.trial == chosen; }))
        entries.push_back({tr("chosen"), style.text, LegendMark::Frame});
    return entries;
}

QString ParetoChart::Private::summary() const
{
    const auto count = [](std::ptrdiff_t n) { return chart_text::count(n); };
    const auto total = static_cast<std::ptrdiff_t>(points.size());
    QStringList parts{
        total == 1 ? tr("1 configuration") : tr("%1 configurations").arg(count(total))};
    if (const ParetoPoint* top = best())
        parts << tr("the best gains %1").arg(said(*top));
    if (const ParetoPoint* allowed = bestAllowed())
        parts
            << tr("the best at no more than %1 gains %2").arg(costText(*costLimit), said(*allowed));
    const auto front = std::count_if(
        points.begin(), points.end(), [](const ParetoPoint& point) { return point.onFront; });
    parts << tr("of %1 no other gives more for as little").arg(count(front));
    return parts.join(QStringLiteral("; ")) + QLatin1Char('.');
}

void ParetoChart::refresh()
{
    Private& d = *m_d;
    if (d.points.empty()) {
        d.marks.setPoints({});
        d.marks.setFramed({});
        d.interval.setMarks({});
        d.picker.setPoints({});
        itemsChanged();
        setEmptyText(tr("Nothing tried yet. Start a search, and what each configuration gains "
                        "appears here against what it costs."));
        setSummary(tr("Nothing tried yet."));
        setLegend({});
        return;
    }
    setEmptyText(QString());
    d.setRanges();
    d.showPoints(chosen());
    setLegend(d.legend(chosen()));
    setSummary(d.summary());
    itemsChanged();
}

void ParetoChart::layOutPlots(const QRectF& area)
{
    m_d->plot.setGeometry(area, QStringLiteral("+10.00"));
    m_d->plot.setRoom(0, paretoRing / 2 + 2);
}

void ParetoChart::restyle(const ChartStyle& style, const QFont& font)
{
    m_d->style = style;
    m_d->font = font;
    m_d->plot.setStyle(style, font);
    m_d->zero.setStyle(style);
    m_d->marks.setStyle(style);
    m_d->interval.setLook(paretoFrontMark, style.background);
}

int ParetoChart::itemCount() const
{
    return static_cast<int>(m_d->picker.points().size());
}

int ParetoChart::itemAt(const QPointF& position) const
{
    return m_d->picker.nearest(position, reach);
}

QRectF ParetoChart::itemPlace(int item) const
{
    const QPointF at = m_d->plot.toRoot(m_d->picker.points()[static_cast<std::size_t>(item)].at);
    const double half = paretoRing / 2 + 1;
    return {at - QPointF(half, half), at + QPointF(half, half)};
}

QString ParetoChart::itemText(int item) const
{
    const ParetoPoint& point = m_d->marks.points()[static_cast<std::size_t>(item)];
    if (!point.toolTip.isEmpty())
        return point.toolTip;
    return point.facts ? tune_text::about(*point.facts) : m_d->said(point);
}

int ParetoChart::itemTrial(int item) const
{
    return m_d->picker.points()[static_cast<std::size_t>(item)].trial;
}

int ParetoChart::itemAfter(int item, int key) const
{
    return m_d->picker.after(item, key);
}

ChartTable ParetoChart::table() const
{
    ChartTable table;
    table.columns = {tr("configuration"), tr("cost (passes an image)"), tr("lift (points)"),
        tr("on the front"), tr("dropped early")};
    const auto nameOf = [](const ParetoPoint& point) {
        return point.facts ? tune_text::name(point.facts->configuration)
                           : point.toolTip.section(QLatin1Char('\n'), 0, 0);
    };
    for (const ParetoPoint& point : m_d->points)
        table.rows.push_back({nameOf(point), point.cost, point.lift,
            point.onFront ? tr("yes") : QString(), point.faded ? tr("yes") : QString()});
    return table;
}

} // namespace augury
