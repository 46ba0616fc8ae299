// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/repeats_chart.h"

#include "ui/charts/chart_text.h"
#include "ui/charts/legend_item.h"
#include "ui/charts/plot.h"
#include "ui/charts/run_data.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>
#include <limits>

namespace augury {

namespace {

constexpr double dodge = 0.14; // baseline left, TTA right of the repeat's number
constexpr double leastAccuracySpan = 1.0; // percentage points
constexpr double leastLiftSpan = 0.5;
constexpr int wantedTicks = 7; // fewer are labelled where the plot is low

double markerSize(double plotWidth, int repeats)
{
    return std::clamp(plotWidth / std::max(1, repeats) * 0.45, 5.0, 11.0);
}

} // namespace

struct RepeatsChart::Private {
    explicit Private(RepeatsChart& chart)
        : accuracy(chart.plotRoot(), chart)
        , lift(chart.plotRoot(), chart)
        , baselineBand(accuracy.addBand(QStringLiteral("baselineInterval")))
        , ttaBand(accuracy.addBand(QStringLiteral("ttaInterval")))
        , baselineMean(accuracy.addLine(QStringLiteral("baselineMean")))
        , ttaMean(accuracy.addLine(QStringLiteral("ttaMean")))
        , baselinePoints(
              accuracy.addMarkers(QStringLiteral("baseline"), QScatterSeries::MarkerShapeRectangle))
        , ttaPoints(accuracy.addMarkers(QStringLiteral("tta"), QScatterSeries::MarkerShapeCircle))
        , liftBand(lift.addBand(QStringLiteral("liftInterval")))
        , liftMean(lift.addLine(QStringLiteral("liftMean")))
        , liftPoints(
              lift.addMarkers(QStringLiteral("lift"), QScatterSeries::MarkerShapeRotatedRectangle))
        , pairs(*new DataLines(accuracy, -0.3))
        , zero(*new DataLines(lift, -0.4))
        , stems(*new DataLines(lift, -0.3))
    {
    }

    int planned = 0;
    std::vector<RepeatPoint> points;
    ChartStyle style;
    QFont font;

    Plot accuracy;
    Plot lift;
    QAreaSeries& baselineBand;
    QAreaSeries& ttaBand;
    QLineSeries& baselineMean;
    QLineSeries& ttaMean;
    QScatterSeries& baselinePoints;
    QScatterSeries& ttaPoints;
    QAreaSeries& liftBand;
    QLineSeries& liftMean;
    QScatterSeries& liftPoints;
    DataLines& pairs;
    DataLines& zero;
    DataLines& stems;

    int lastRepeat() const
    {
        return points.empty() ? planned : std::max(planned, points.back().repeat);
    }

    AxisRange repeatRange() const { return {0.5, lastRepeat() + 0.5, 1}; }

    void showPoints();
    bool showMean(Plot& plot, QLineSeries& line, QAreaSeries& band, const Sample& sample);
    void setMarkerSizes();
};

RepeatsChart::RepeatsChart(QWidget* parent)
    : ChartWidget(parent)
    , m_d(std::make_unique<Private>(*this))
{
    setAccessibleName(tr("Baseline and TTA across repeats"));
    const auto whole = [](double value, int) { return chart_text::number(value, 0); };
    m_d->accuracy.setAxisLooks(
        {QString(), whole, false, false}, {tr("accuracy (%)"), chart_text::number, true, true});
    m_d->lift.setAxisLooks({tr("repeat"), whole, false, true},
        {tr("lift, TTA − baseline (points)"), chart_text::signedNumber, true, true});
    finishConstruction();
}

RepeatsChart::~RepeatsChart() = default;

void RepeatsChart::setRepeats(int planned, std::span<const RepeatResult> repeats)
{
    auto points = repeatPoints(repeats);
    if (!mayHaveGrown(m_d->points, points)) { // another experiment: the axes start afresh
        m_d->accuracy.setRanges({}, {});
        m_d->lift.setRanges({}, {});
    }
    m_d->planned = planned;
    m_d->points = std::move(points);
    scheduleRefresh();
}

void RepeatsChart::Private::showPoints()
{
    QList<QPointF> left;
    QList<QPointF> right;
    QList<QPointF> lifts;
    std::vector<QLineF> joined;
    std::vector<QLineF> fromZero;
    for (const RepeatPoint& point : points) {
        left.append({point.repeat - dodge, point.baseline});
        right.append({point.repeat + dodge, point.tta});
        lifts.append({double(point.repeat), point.lift});
        joined.emplace_back(left.back(), right.back());
        fromZero.emplace_back(point.repeat, 0, point.repeat, point.lift);
    }
    baselinePoints.replace(left);
    ttaPoints.replace(right);
    liftPoints.replace(lifts);
    pairs.setLines(std::move(joined));
    stems.setLines(std::move(fromZero));
}

bool RepeatsChart::Private::showMean(
    Plot& plot, QLineSeries& line, QAreaSeries& band, const Sample& sample)
{
    setMean(line, sample.mean, plot.xRange());
    return setBand(band, sample.interval.low, sample.interval.high, plot.xRange(), plot.yRange());
}

void RepeatsChart::refresh()
{
    Private& d = *m_d;
    d.showPoints();
    if (d.points.empty()) {
        setEmptyText(d.planned > 0
                ? tr("The first repeat is being trained. It appears here as soon as its accuracy "
                     "is measured.")
                : tr("No repeats yet. Run the experiment, and the accuracy with and without TTA "
                     "appears here, repeat by repeat."));
        setSummary(d.planned > 0 ? tr("No repeat has ended yet.") : tr("No repeats yet."));
        setLegend({});
        return;
    }
    setEmptyText(QString());

    const Sample baseline(d.points, &RepeatPoint::baseline);
    const Sample tta(d.points, &RepeatPoint::tta);
    const Sample lift(d.points, &RepeatPoint::lift);
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    extend(low, high, baseline);
    extend(low, high, tta);
    const AxisRange x = d.repeatRange();
    d.accuracy.setRanges(
        x, steadyRange(d.accuracy.yRange(), low, high, wantedTicks, leastAccuracySpan, 0, 100));
    low = high = 0;
    extend(low, high, lift);
    // Where every lift is clearly on one side, zero is the axis.
    const double clear = (high - low) / 10;
    const auto [least, greatest] = std::minmax_element(lift.values.begin(), lift.values.end());
    const double floor = low >= 0 && *least > clear ? 0 : -100;
    const double ceiling = high <= 0 && *greatest < -clear ? 0 : 100;
    d.lift.setRanges(
        x, steadyRange(d.lift.yRange(), low, high, wantedTicks, leastLiftSpan, floor, ceiling));

    bool banded = d.showMean(d.accuracy, d.baselineMean, d.baselineBand, baseline);
    banded = d.showMean(d.accuracy, d.ttaMean, d.ttaBand, tta) || banded;
    banded = d.showMean(d.lift, d.liftMean, d.liftBand, lift) || banded;
    d.zero.setLines({QLineF(x.low, 0, x.high, 0)});

    using namespace chart_text;
    const auto spread = [](const Sample& sample) {
        return number(sample.mean, 1)
            + (std::isfinite(sample.std) ? QStringLiteral(" ± ") + number(sample.std, 1)
                                         : QString())
            + QStringLiteral(" %");
    };
    const bool judged = lift.hasInterval();
    std::vector<LegendEntry> legend{
        {tr("Baseline %1").arg(spread(baseline)), d.style.baseline, LegendMark::Square},
        {tr("TTA %1").arg(spread(tta)), d.style.tta, LegendMark::Circle},
        {tr("Lift %1").arg(liftText(lift)), d.style.lift, LegendMark::Diamond},
    };
    if (banded)
        legend.push_back({tr("mean, 95 % interval"), d.style.mutedText, LegendMark::Band});
    else
        legend.push_back({tr("mean"), d.style.mutedText, LegendMark::ThinLine});
    setLegend(std::move(legend));

    QString text = tr("%1: baseline %2, TTA %3, lift %4 points")
                       .arg(repeatsText(d.points.size()), spread(baseline), spread(tta),
                           signedNumber(lift.mean, 2));
    if (judged)
        text += tr(", 95 % interval %1 to %2")
                    .arg(signedNumber(lift.interval.low, 2), signedNumber(lift.interval.high, 2));
    setSummary(text + QStringLiteral("."));
}

void RepeatsChart::Private::setMarkerSizes()
{
    const double size = markerSize(accuracy.plotArea().width(), lastRepeat());
    accuracy.setRoom(0, size * 0.6);
    lift.setRoom(0, size * 0.75);
    setMarkerLook(baselinePoints, style.baseline, style.background, size * 0.92);
    setMarkerLook(ttaPoints, style.tta, style.background, size);
    setMarkerLook(liftPoints, style.lift, style.background, size * 1.15);
}

void RepeatsChart::layOutPlots(const QRectF& area)
{
    constexpr double liftShare = 0.4;
    const double gap = QFontMetricsF(m_d->font).height() * 0.7; // the lowest label's lower half
    const double upper = (area.height() - gap) * (1 - liftShare);
    const QString widest = QStringLiteral("+10.00");
    m_d->accuracy.setGeometry(QRectF(area.topLeft(), QSizeF(area.width(), upper)), widest);
    m_d->lift.setGeometry(area.adjusted(0, upper + gap, 0, 0), widest);
    m_d->setMarkerSizes();
}

void RepeatsChart::restyle(const ChartStyle& style, const QFont& font)
{
    Private& d = *m_d;
    d.style = style;
    d.font = font;
    d.accuracy.setStyle(style, font);
    d.lift.setStyle(style, font);
    setBandColour(d.baselineBand, style.baseline);
    setBandColour(d.ttaBand, style.tta);
    setBandColour(d.liftBand, style.lift);
    d.baselineMean.setPen(QPen(style.baseline, 1.6, Qt::DashLine));
    d.ttaMean.setPen(QPen(style.tta, 1.6));
    d.liftMean.setPen(QPen(style.lift, 1.6));
    d.pairs.setPen(QPen(style.axis, 1.3));
    d.zero.setPen(QPen(style.axis, 1));
    d.stems.setPen(QPen(style.lift, 1.3));
    d.setMarkerSizes();
}

QString RepeatsChart::toolTipAt(const QPointF& position) const
{
    const double x = m_d->accuracy.toData(position).x();
    for (const RepeatPoint& point : m_d->points)
        if (std::abs(point.repeat - x) <= 0.5)
            return tr("Repeat %1\nbaseline %2 %\nTTA %3 %\nlift %4 points")
                .arg(QString::number(point.repeat), chart_text::number(point.baseline, 2),
                    chart_text::number(point.tta, 2), chart_text::signedNumber(point.lift, 2));
    return QString();
}

ChartTable RepeatsChart::table() const
{
    ChartTable table;
    table.columns = {tr("repeat"), tr("baseline (%)"), tr("TTA (%)"), tr("lift (points)"),
        tr("fixed"), tr("broken"), tr("cost (×)"), tr("seconds"), tr("seed")};
    table.decimals = {0, 2, 2, 2, 0, 0, 2, 1};
    for (const RepeatPoint& point : m_d->points)
        table.rows.push_back(
            {point.repeat, point.baseline, point.tta, point.lift, qlonglong(point.fixed),
                qlonglong(point.broken), point.cost, point.seconds, QString::number(point.seed)});
    return table;
}

} // namespace augury
