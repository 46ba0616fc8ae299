// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/tune_curve_chart.h"

#include "ui/charts/axis_pictures.h"
#include "ui/charts/chart_text.h"
#include "ui/charts/curves_item.h"
#include "ui/charts/legend_item.h"
#include "ui/charts/point_picker.h"
#include "ui/charts/tune_curve_shape.h"
#include "ui/charts/tune_text.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>
#include <limits>

namespace augury {

using namespace curve_shape;

namespace {

constexpr std::size_t mostMarked = 50; // points a series; more marks would be a caterpillar
constexpr std::size_t mostBands = 2; // more would be mud
constexpr double reach = 24; // pixels from the pointer to a point

} // namespace

struct TuneCurveChart::Private {
    explicit Private(TuneCurveChart& chart)
        : plot(chart.plotRoot(), chart)
        , curves(*new CurvesItem(plot))
        , pictures(*new AxisPictures(plot))
        , picker(plot)
    {
    }

    TuneCurve curve;
    ChartStyle style;
    QFont font;
    Plot plot;
    CurvesItem& curves;
    AxisPictures& pictures;
    PointPicker picker;

    std::vector<bool> banded(int chosen, int attendedLine) const;
    void setAxes();
    void showCurves(const std::vector<bool>& bands, std::optional<Place> chosen);
    std::vector<LegendEntry> legend(const std::vector<bool>& bands, bool chosen) const;
    /// One alone has the colour that TTA has everywhere.
    SeriesLook look(std::size_t place) const
    {
        SeriesLook look = seriesLook(style, place);
        if (curve.series.size() == 1)
            look.colour = style.tta;
        return look;
    }
    /// The baseline's own is that of one of several curves.
    QColor levelColour() const
    {
        return curve.series.size() > 1 ? style.mutedText : style.baseline;
    }
};

TuneCurveChart::TuneCurveChart(QWidget* parent)
    : TrialChart(parent)
    , m_d(std::make_unique<Private>(*this))
{
    setAccessibleName(tr("Curves of tuning"));
    finishConstruction();
}

TuneCurveChart::~TuneCurveChart() = default;

void TuneCurveChart::setCurve(TuneCurve curve)
{
    const TuneCurve& before = m_d->curve;
    if (curve.measure != before.measure || curve.xTitle != before.xTitle)
        m_d->plot.setRanges({}, {}); // the axes start afresh
    m_d->curve = std::move(curve);
    scheduleRefresh();
}

void TuneCurveChart::clear()
{
    setCurve({});
}

/// Whose intervals are shown: everybody's of few, else that of the one that matters.
std::vector<bool> TuneCurveChart::Private::banded(int chosen, int attendedLine) const
{
    const std::size_t count = curve.series.size();
    std::vector<bool> bands(count, count <= mostBands);
    if (count <= mostBands)
        return bands;
    const auto line = static_cast<std::size_t>(std::max(attendedLine, 0));
    if (attendedLine >= 0 && line < count)
        bands[line] = true;
    else if (const auto place = placeOfTrial(curve, chosen))
        bands[place->series] = true;
    else
        bands[best(curve).series] = true;
    return bands;
}

void TuneCurveChart::Private::setAxes()
{
    const auto x = [whole = curve.wholeX](double value, int decimals) {
        return whole && value != std::round(value)
            ? QString()
            : chart_text::number(value, whole ? 0 : decimals);
    };
    const auto y =
        curve.measure == TuneMeasure::Lift ? chart_text::signedNumber : chart_text::number;
    plot.setAxisLooks({curve.thumbnails.empty() ? curve.xTitle : QString(), x, false, true},
        {tune_text::axisTitle(curve.measure), y, true, true});
    pictures.setPictures(curve.thumbnails, curve.xTitle);
}

void TuneCurveChart::Private::showCurves(
    const std::vector<bool>& bands, std::optional<Place> chosen)
{
    std::vector<CurvesItem::Curve> drawn;
    std::vector<PointPicker::Point> points;
    for (std::size_t s = 0; s < curve.series.size(); ++s) {
        const TuneSeries& series = curve.series[s];
        CurvesItem::Curve one;
        one.look = look(s);
        one.marked = series.points.size() <= mostMarked;
        for (const TunePoint& point : series.points) {
            one.points.append({point.x, point.y});
            if (bands[s] && hasInterval(point)) {
                one.lower.append({point.x, point.low});
                one.upper.append({point.x, point.high});
            }
            points.push_back({{point.x, point.y}, static_cast<int>(s), point.trial,
                tr("%1, %2: %3")
                        .arg(series.name,
                            QStringLiteral("%1 %2").arg(curve.xTitle, xText(curve, point.x)),
                            valueText(curve, point.y))
                    + (point.toolTip.isEmpty() ? QString() : QLatin1Char('\n') + point.toolTip)});
        }
        if (series.ringed && *series.ringed < series.points.size())
            one.ring = one.points[static_cast<qsizetype>(*series.ringed)];
        drawn.push_back(std::move(one));
    }
    curves.setCurves(std::move(drawn), curve.baseline, levelColour());
    curves.setFramed(
        chosen ? std::optional(QPointF(at(curve, *chosen).x, at(curve, *chosen).y)) : std::nullopt);
    picker.setPoints(std::move(points));
}

std::vector<LegendEntry> TuneCurveChart::Private::legend(
    const std::vector<bool>& bands, bool chosen) const
{
    std::vector<LegendEntry> entries;
    const double share = curve.series.size() > 2 ? 0.48 : 1;
    bool ringed = false;
    for (std::size_t s = 0; s < curve.series.size(); ++s) {
        const SeriesLook drawn = look(s);
        entries.push_back({curve.series[s].name, drawn.colour, LegendMark::MarkedLine, drawn.marker,
            drawn.dash, share});
        ringed = ringed || curve.series[s].ringed;
    }
    if (curve.baseline)
        entries.push_back({curve.measure == TuneMeasure::Lift
                ? tr("no lift, as the original alone")
                : tr("the original alone: %1").arg(valueText(curve, *curve.baseline)),
            levelColour(), LegendMark::DashedLine});
    const auto shown = std::find(bands.begin(), bands.end(), true);
    const auto s = static_cast<std::size_t>(shown - bands.begin());
    if (shown != bands.end()
        && std::any_of(curve.series[s].points.begin(), curve.series[s].points.end(), hasInterval)) {
        const bool all = std::all_of(bands.begin(), bands.end(), [](bool one) { return one; });
        entries.push_back(
            {all ? tr("95 % interval") : tr("95 % interval of %1").arg(curve.series[s].name),
                all && bands.size() > 1 ? style.mutedText : look(s).colour, LegendMark::Band,
                MarkerShape::Circle, Qt::SolidLine, 0.9});
    }
    if (ringed)
        entries.push_back({curve.ringName, style.text, LegendMark::Ring});
    if (chosen)
        entries.push_back({tr("chosen"), style.text, LegendMark::Frame});
    return entries;
}

void TuneCurveChart::refresh()
{
    Private& d = *m_d;
    if (isEmpty(d.curve)) {
        d.curves.setCurves({}, {}, {});
        d.curves.setFramed({});
        d.pictures.setPictures({}, {});
        d.picker.setPoints({});
        d.plot.setRanges({}, {});
        itemsChanged();
        setEmptyText(tr("Nothing tried yet. Start a search, and its curve grows here while it "
                        "works."));
        setSummary(tr("Nothing tried yet."));
        setLegend({});
        return;
    }
    setEmptyText(QString());
    d.setAxes();
    d.plot.setRanges(xRange(d.curve), yRange(d.curve, d.plot.yRange()));
    const int item = attended();
    const auto& points = d.picker.points();
    const int line = item >= 0 && item < static_cast<int>(points.size())
        ? points[static_cast<std::size_t>(item)].line
        : -1;
    const auto chosenPlace = placeOfTrial(d.curve, chosen());
    const auto bands = d.banded(chosen(), line);
    d.showCurves(bands, chosenPlace);
    setLegend(d.legend(bands, chosenPlace.has_value()));
    setSummary(curve_shape::summary(d.curve));
    itemsChanged();
}

void TuneCurveChart::attentionMoved()
{
    if (m_d->curve.series.size() > mostBands)
        scheduleRefresh();
}

void TuneCurveChart::layOutPlots(const QRectF& area)
{
    Private& d = *m_d;
    const AxisRange& y = d.plot.yRange();
    const bool isSigned = d.curve.measure == TuneMeasure::Lift;
    const auto label = [&](double value) {
        return isSigned ? chart_text::signedNumber(value, y.decimals())
                        : chart_text::number(value, y.decimals());
    };
    const QFontMetricsF metrics(d.font);
    const QString low = label(y.low);
    const QString high = label(y.high);
    d.plot.setGeometry(d.pictures.layOut(area),
        metrics.horizontalAdvance(low) > metrics.horizontalAdvance(high) ? low : high);
    d.plot.setRoom(0, curveFrame / 2 + 2);
}

void TuneCurveChart::restyle(const ChartStyle& style, const QFont& font)
{
    m_d->style = style;
    m_d->font = font;
    m_d->plot.setStyle(style, font);
    m_d->curves.setStyle(style);
    m_d->pictures.setLook(style, font);
}

int TuneCurveChart::itemCount() const
{
    return static_cast<int>(m_d->picker.points().size());
}

int TuneCurveChart::itemAt(const QPointF& position) const
{
    return m_d->picker.nearest(position, reach);
}

QRectF TuneCurveChart::itemPlace(int item) const
{
    const QPointF at = m_d->plot.toRoot(m_d->picker.points()[static_cast<std::size_t>(item)].at);
    const double half = curveFrame / 2;
    return {at - QPointF(half, half), at + QPointF(half, half)};
}

QString TuneCurveChart::itemText(int item) const
{
    return m_d->picker.points()[static_cast<std::size_t>(item)].text;
}

int TuneCurveChart::itemTrial(int item) const
{
    return m_d->picker.points()[static_cast<std::size_t>(item)].trial;
}

int TuneCurveChart::itemAfter(int item, int key) const
{
    return m_d->picker.after(item, key);
}

ChartTable TuneCurveChart::table() const
{
    const TuneCurve& curve = m_d->curve;
    ChartTable table;
    table.columns = {tr("curve"), curve.xTitle.isEmpty() ? tr("x") : curve.xTitle,
        tune_text::axisTitle(curve.measure), tr("95 % from"), tr("95 % to"),
        tr("the original alone")};
    const int decimals = tune_text::decimals(curve.measure);
    table.decimals = {0, curve.wholeX ? 0 : 2, decimals, decimals, decimals, decimals};
    const double baseline = curve.baseline.value_or(std::numeric_limits<double>::quiet_NaN());
    for (const TuneSeries& series : curve.series)
        for (const TunePoint& point : series.points)
            table.rows.push_back({series.name, point.x, point.y, point.low, point.high, baseline});
    return table;
}

} // namespace augury
