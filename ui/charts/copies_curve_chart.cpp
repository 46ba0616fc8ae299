// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/copies_curve_chart.h"

#include "ui/charts/chart_text.h"
#include "ui/charts/curve_labels.h"
#include "ui/charts/legend_item.h"
#include "ui/charts/plot.h"

#include <algorithm>
#include <cmath>

namespace augury {

namespace {

constexpr qsizetype mostMarkedPoints = 50; // more markers would be a caterpillar
constexpr double markerSize = 8.5;
constexpr double ringSize = 17;
constexpr double leastSpan = 1.0; // percentage points

} // namespace

struct CopiesCurveChart::Private {
    explicit Private(CopiesCurveChart& chart)
        : plot(chart.plotRoot(), chart)
        , baseline(plot.addLine(QStringLiteral("baseline")))
        , line(plot.addLine(QStringLiteral("tta")))
        , markers(plot.addMarkers(QStringLiteral("ttaPoints"), QScatterSeries::MarkerShapeCircle))
        , best(plot.addMarkers(QStringLiteral("best"), QScatterSeries::MarkerShapeCircle))
        , labels(*new CurveLabels(plot))
    {
    }

    CopiesCurve curve;
    ChartStyle style;
    Plot plot;
    QLineSeries& baseline;
    QLineSeries& line;
    QScatterSeries& markers;
    QScatterSeries& best;
    CurveLabels& labels;

    bool isEmpty() const { return curve.images <= 0 || curve.points.empty(); }
    const CurvePoint& bestPoint() const
    {
        return *std::max_element(curve.points.begin(), curve.points.end(),
            [](const CurvePoint& a, const CurvePoint& b) { return a.correct < b.correct; });
    }
    double percentOf(std::int64_t correct) const
    {
        return 100.0 * double(correct) / double(curve.images);
    }
    QString copiesText(int copies) const
    {
        return copies == 1 ? tr("1 copy") : tr("%1 copies").arg(chart_text::count(copies));
    }
    QString liftText(const CurvePoint& point) const
    {
        return chart_text::signedNumber(
            percentOf(point.correct) - percentOf(curve.baselineCorrect), 2);
    }
    void showPoints();
    QString summary() const;
};

CopiesCurveChart::CopiesCurveChart(QWidget* parent)
    : ChartWidget(parent)
    , m_d(std::make_unique<Private>(*this))
{
    setAccessibleName(tr("Accuracy against the number of copies"));
    m_d->plot.setAxisLooks(
        {tr("number of copies"), [](double value, int) { return chart_text::number(value, 0); },
            false, true},
        {tr("accuracy (%)"), chart_text::number, true, true});
    finishConstruction();
}

CopiesCurveChart::~CopiesCurveChart() = default;

void CopiesCurveChart::setCurve(const CopiesCurve& curve)
{
    m_d->curve = curve;
    scheduleRefresh();
}

void CopiesCurveChart::clear()
{
    m_d->plot.setRanges({}, {});
    setCurve({});
}

void CopiesCurveChart::Private::showPoints()
{
    QList<QPointF> points;
    points.reserve(static_cast<qsizetype>(curve.points.size()));
    const double level = percentOf(curve.baselineCorrect);
    double low = level;
    double high = level;
    for (const CurvePoint& point : curve.points) {
        points.append({double(point.copies), percentOf(point.correct)});
        low = std::min(low, points.back().y());
        high = std::max(high, points.back().y());
    }
    const AxisRange x{points.front().x() - 0.5, points.back().x() + 0.5, 1};
    plot.setRanges(x, steadyRange(plot.yRange(), low, high, 6, leastSpan, 0, 100));
    setMean(baseline, level, x);
    line.replace(points);
    markers.replace(points.size() <= mostMarkedPoints ? points : QList<QPointF>());
    const CurvePoint& top = bestPoint();
    const QPointF at(top.copies, percentOf(top.correct));
    best.replace(QList<QPointF>{at});
    labels.setTexts(points, at,
        (points.size() > 1 ? tr("best: %1 with %2") : tr("%1 with %2"))
            .arg(chart_text::percent(at.y() / 100), copiesText(top.copies)),
        level, tr("baseline %1").arg(chart_text::percent(level / 100)));
}

QString CopiesCurveChart::Private::summary() const
{
    using namespace chart_text;
    if (isEmpty())
        return tr("Nothing evaluated yet.");
    const auto said = [this](const CurvePoint& point) {
        return tr("%1 with %2").arg(percent(curve.accuracy(point)), copiesText(point.copies));
    };
    const CurvePoint& first = curve.points.front();
    const CurvePoint& last = curve.points.back();
    const CurvePoint& top = bestPoint();
    QString text = tr("%1 images: baseline %2, TTA %3")
                       .arg(count(curve.images), percent(curve.baselineAccuracy()), said(first));
    if (curve.points.size() > 1)
        text += tr(" to %1; best %2").arg(said(last), said(top));
    return text + tr(", %1 points against the baseline.").arg(liftText(top));
}

void CopiesCurveChart::refresh()
{
    Private& d = *m_d;
    setSummary(d.summary());
    if (d.isEmpty()) {
        for (QXYSeries* series :
            std::initializer_list<QXYSeries*>{&d.baseline, &d.line, &d.markers, &d.best})
            series->replace(QList<QPointF>());
        d.labels.setTexts({}, {}, {}, 0, {});
        setEmptyText(tr("Nothing evaluated yet. Evaluate a model with several copies, and the "
                        "accuracy with 1, 2, 3 … of them appears here."));
        setLegend({});
        return;
    }
    setEmptyText(QString());
    d.showPoints();
    const bool marked = !d.markers.points().isEmpty();
    d.line.setPen(QPen(d.style.tta, marked ? 2 : 1.2));
    const CurvePoint& top = d.bestPoint();
    std::vector<LegendEntry> legend{
        {tr("TTA"), d.style.tta, marked ? LegendMark::SolidCircle : LegendMark::ThinLine},
        {tr("baseline, the original alone"), d.style.baseline, LegendMark::DashedLine}};
    if (d.curve.points.size() > 1)
        legend.push_back(
            {tr("best: %1, lift %2 points").arg(d.copiesText(top.copies), d.liftText(top)),
                d.style.text, LegendMark::Ring});
    setLegend(std::move(legend));
}

void CopiesCurveChart::layOutPlots(const QRectF& area)
{
    m_d->plot.setGeometry(area, QStringLiteral("100.00"));
    m_d->plot.setRoom(0, m_d->labels.heightNeeded());
}

void CopiesCurveChart::restyle(const ChartStyle& style, const QFont& font)
{
    Private& d = *m_d;
    d.style = style;
    d.plot.setStyle(style, font);
    d.baseline.setPen(QPen(style.baseline, 2, Qt::DashLine));
    setMarkerLook(d.markers, style.tta, style.background, markerSize);
    setMarkerLook(d.best, style.tta, style.background, markerSize);
    d.labels.setLook(style, font, ringSize);
}

QString CopiesCurveChart::toolTipAt(const QPointF& position) const
{
    const Private& d = *m_d;
    if (d.isEmpty() || !d.plot.plotArea().adjusted(-8, 0, 8, 0).contains(position))
        return {};
    const double x = d.plot.toData(position).x();
    const CurvePoint& point = *std::min_element(d.curve.points.begin(), d.curve.points.end(),
        [x](const CurvePoint& a, const CurvePoint& b) {
            return std::abs(a.copies - x) < std::abs(b.copies - x);
        });
    using namespace chart_text;
    return tr("%1\naccuracy %2 %\nbaseline %3 %\nlift %4 points\nfixed %5, broken %6\ncost %7×")
        .arg(d.copiesText(point.copies), number(d.percentOf(point.correct), 2),
            number(d.percentOf(d.curve.baselineCorrect), 2), d.liftText(point), count(point.fixed),
            count(point.broken), number(d.curve.cost(point), 2));
}

ChartTable CopiesCurveChart::table() const
{
    ChartTable table;
    table.columns = {tr("copies"), tr("accuracy (%)"), tr("baseline (%)"), tr("lift (points)"),
        tr("fixed"), tr("broken"), tr("cost (passes an image)")};
    if (m_d->isEmpty())
        return table;
    const double baseline = m_d->percentOf(m_d->curve.baselineCorrect);
    for (const CurvePoint& point : m_d->curve.points) {
        const double accuracy = m_d->percentOf(point.correct);
        table.rows.push_back({point.copies, accuracy, baseline, accuracy - baseline,
            qlonglong(point.fixed), qlonglong(point.broken), m_d->curve.cost(point)});
    }
    return table;
}

} // namespace augury
