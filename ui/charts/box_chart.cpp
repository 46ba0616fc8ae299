// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/box_chart.h"

#include "ui/charts/box_item.h"
#include "ui/charts/chart_text.h"
#include "ui/charts/legend_item.h"
#include "ui/charts/plot.h"
#include "ui/charts/run_data.h"

#include <QFontMetricsF>
#include <QStringList>

#include <algorithm>
#include <array>
#include <cmath>

namespace augury {

namespace {

constexpr double leastAccuracySpan = 1.0; // percentage points
constexpr double leastLiftSpan = 0.5;
constexpr int wantedTicks = 8;
constexpr double roomForMarkers = 7;

} // namespace

struct BoxChart::Private {
    explicit Private(BoxChart& chart)
        : accuracy(chart.plotRoot(), chart)
        , lift(chart.plotRoot(), chart)
        , accuracyBoxes(*new BoxItem(accuracy))
        , liftBoxes(*new BoxItem(lift))
        , zero(*new DataLines(lift, -0.4))
    {
    }

    /// Baseline, TTA or lift.
    struct Quantity {
        QString name;
        double RepeatPoint::*value;
        QString unit;
        int decimals;
    };

    std::vector<RepeatPoint> points;
    ChartStyle style;
    QFont font;
    Plot accuracy;
    Plot lift;
    BoxItem& accuracyBoxes;
    BoxItem& liftBoxes;
    DataLines& zero;

    static std::array<Quantity, 3> quantities()
    {
        return {Quantity{tr("baseline"), &RepeatPoint::baseline, tr("%"), 2},
            Quantity{tr("TTA"), &RepeatPoint::tta, tr("%"), 2},
            Quantity{tr("lift"), &RepeatPoint::lift, tr("points"), 2}};
    }
    std::vector<double> values(const Quantity& quantity) const
    {
        return Sample(points, quantity.value).values;
    }
    bool boxed() const { return points.size() >= leastBoxed; }
    void showBoxes();
    QString textOf(const Quantity& quantity) const;
};

BoxChart::BoxChart(QWidget* parent)
    : ChartWidget(parent)
    , m_d(std::make_unique<Private>(*this))
{
    setAccessibleName(tr("Box plots of baseline, TTA and lift"));
    const auto named = [](QStringList names) {
        return [names](double value, int) {
            const auto i = static_cast<qsizetype>(std::lround(value)) - 1;
            return value == std::round(value) && i >= 0 && i < names.size() ? names[i] : QString();
        };
    };
    m_d->accuracy.setAxisLooks({QString(), named({tr("baseline"), tr("TTA")}), false, true},
        {tr("accuracy (%)"), chart_text::number, true, true});
    m_d->lift.setAxisLooks({QString(), named({tr("lift")}), false, true},
        {tr("lift (points)"), chart_text::signedNumber, true, true});
    finishConstruction();
}

BoxChart::~BoxChart() = default;

void BoxChart::setRepeats(std::span<const RepeatResult> repeats)
{
    auto points = repeatPoints(repeats);
    if (!mayHaveGrown(m_d->points, points)) { // another experiment: the axes start afresh
        m_d->accuracy.setRanges({}, {});
        m_d->lift.setRanges({}, {});
    }
    m_d->points = std::move(points);
    scheduleRefresh();
}

void BoxChart::Private::showBoxes()
{
    const auto all = quantities();
    const std::array colours{style.baseline, style.tta, style.lift};
    const std::array markers{MarkerShape::Square, MarkerShape::Circle, MarkerShape::Diamond};
    std::array<Box, 3> boxes;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const std::vector<double> shown = values(all[i]);
        boxes[i] = {i == 1 ? 2.0 : 1.0, BoxStats(shown), boxed() ? std::vector<double>() : shown,
            colours[i], markers[i], i == 0};
    }
    const auto range = [](std::initializer_list<const Box*> of) {
        std::pair<double, double> ends{of.begin()[0]->stats.low, of.begin()[0]->stats.high};
        for (const Box* box : of) {
            ends.first = std::min(ends.first, box->stats.low);
            ends.second = std::max(ends.second, box->stats.high);
            for (const double value : box->stats.outliers) {
                ends.first = std::min(ends.first, value);
                ends.second = std::max(ends.second, value);
            }
        }
        return ends;
    };
    const auto [low, high] = range({&boxes[0], &boxes[1]});
    accuracy.setRanges({0.4, 2.6, 1},
        steadyRange(accuracy.yRange(), low, high, wantedTicks, leastAccuracySpan, 0, 100));
    const auto [liftLow, liftHigh] = range({&boxes[2]});
    const double least = std::min(liftLow, 0.0);
    const double most = std::max(liftHigh, 0.0);
    lift.setRanges({0.4, 1.6, 1},
        steadyRange(lift.yRange(), least, most, wantedTicks, leastLiftSpan, -100, 100));
    zero.setLines({QLineF(0.4, 0, 1.6, 0)});
    accuracyBoxes.setBoxes({boxes[0], boxes[1]});
    liftBoxes.setBoxes({boxes[2]});
}

QString BoxChart::Private::textOf(const Quantity& quantity) const
{
    using chart_text::number;
    const BoxStats stats(values(quantity));
    const auto said = [&quantity](double value) { return number(value, quantity.decimals); };
    QString text = tr("%1: median %2 %3, quartiles %4 and %5, whiskers %6 and %7, n = %8")
                       .arg(quantity.name, said(stats.median), quantity.unit,
                           said(stats.lowerQuartile), said(stats.upperQuartile), said(stats.low),
                           said(stats.high), QString::number(stats.n));
    QStringList outliers;
    for (const double value : stats.outliers)
        outliers << said(value);
    if (!outliers.isEmpty())
        text += tr(", outliers %1").arg(outliers.join(QStringLiteral("; ")));
    return text;
}

void BoxChart::refresh()
{
    Private& d = *m_d;
    if (d.points.empty()) {
        d.accuracyBoxes.setBoxes({});
        d.liftBoxes.setBoxes({});
        setEmptyText(tr("No repeats yet. How far the repeats scatter appears here as they end."));
        setSummary(tr("No repeats yet."));
        setLegend({});
        return;
    }
    setEmptyText(QString());
    d.showBoxes();
    const auto n = static_cast<int>(d.points.size());
    const QString few = tr("n = %1: each repeat as a point; a box needs %2")
                            .arg(QString::number(n), QString::number(leastBoxed));
    if (d.boxed())
        setLegend({{tr("n = %1 repeats").arg(n), d.style.text, LegendMark::None},
            {tr("median"), d.style.text, LegendMark::ThinLine},
            {tr("box: quartiles; whiskers: to 1.5 boxes; points: beyond"), d.style.text,
                LegendMark::None}});
    else
        setLegend({{few, d.style.text, LegendMark::None}});
    const auto all = Private::quantities();
    QStringList parts;
    for (const auto& quantity : all) {
        if (d.boxed()) {
            parts << d.textOf(quantity);
            continue;
        }
        QStringList values;
        for (const double value : d.values(quantity))
            values << chart_text::number(value, quantity.decimals);
        parts
            << tr("%1 %2 %3").arg(quantity.name, values.join(QStringLiteral(", ")), quantity.unit);
    }
    setSummary((d.boxed() ? QString() : few + QStringLiteral(". "))
        + parts.join(QStringLiteral("; ")) + QLatin1Char('.'));
}

void BoxChart::layOutPlots(const QRectF& area)
{
    constexpr double accuracyShare = 0.62;
    const double gap = QFontMetricsF(m_d->font).height();
    const double left = std::floor((area.width() - gap) * accuracyShare);
    m_d->accuracy.setGeometry(
        QRectF(area.topLeft(), QSizeF(left, area.height())), QStringLiteral("100.00"));
    m_d->lift.setGeometry(area.adjusted(left + gap, 0, 0, 0), QStringLiteral("+10.00"));
    m_d->accuracy.setRoom(0, roomForMarkers);
    m_d->lift.setRoom(0, roomForMarkers);
}

void BoxChart::restyle(const ChartStyle& style, const QFont& font)
{
    m_d->style = style;
    m_d->font = font;
    m_d->accuracy.setStyle(style, font);
    m_d->lift.setStyle(style, font);
    m_d->accuracyBoxes.setStyle(style);
    m_d->liftBoxes.setStyle(style);
    m_d->zero.setPen(QPen(style.axis, 1));
}

QString BoxChart::toolTipAt(const QPointF& position) const
{
    const auto all = Private::quantities();
    const auto text = [this](const Private::Quantity& quantity) {
        return m_d->textOf(quantity).replace(QStringLiteral(", "), QStringLiteral("\n"));
    };
    if (m_d->points.empty())
        return {};
    if (m_d->lift.plotArea().contains(position))
        return text(all[2]);
    if (!m_d->accuracy.plotArea().contains(position))
        return {};
    return text(all[m_d->accuracy.toData(position).x() < 1.5 ? 0 : 1]);
}

ChartTable BoxChart::table() const
{
    ChartTable table;
    table.columns = {tr("of"), tr("n"), tr("low whisker"), tr("lower quartile"), tr("median"),
        tr("upper quartile"), tr("high whisker"), tr("outliers")};
    if (m_d->points.empty())
        return table;
    for (const auto& quantity : Private::quantities()) {
        const BoxStats stats(m_d->values(quantity));
        QStringList outliers;
        for (const double value : stats.outliers)
            outliers << QString::number(value, 'g', 10);
        table.rows.push_back({tr("%1 (%2)").arg(quantity.name, quantity.unit), stats.n, stats.low,
            stats.lowerQuartile, stats.median, stats.upperQuartile, stats.high,
            outliers.join(QStringLiteral("; "))});
    }
    return table;
}

} // namespace augury
