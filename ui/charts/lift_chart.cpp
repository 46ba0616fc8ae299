// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/lift_chart.h"

#include "ui/charts/chart_text.h"
#include "ui/charts/legend_item.h"
#include "ui/charts/plot.h"
#include "ui/charts/plot_marks.h"

#include <QFontMetricsF>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace augury {

namespace {

constexpr double leastSpan = 0.5; // points
constexpr int wantedTicks = 8;
// Within a column, in widths of one: the repeats around the left place, the mean at the right one.
constexpr double pointsPlace = -0.14;
constexpr double pointsSpread = 0.36;
constexpr double meanPlace = 0.26;
constexpr double tipReach = 14; // pixels

} // namespace

struct LiftChart::Private {
    explicit Private(LiftChart& chart)
        : plot(chart.plotRoot(), chart)
        , band(plot.addBand(QStringLiteral("interval")))
        , mean(plot.addLine(QStringLiteral("mean")))
        , zone(*new ZeroZone(plot, Qt::Horizontal, -0.45))
        , stems(*new DataLines(plot, -0.3))
        , points(*new DataMarkers(plot, 1000))
        , means(*new IntervalMarks(plot, Qt::Vertical, 1001))
    {
    }

    /// Of a mark in `points`.
    struct Origin {
        std::size_t run = 0;
        std::size_t point = 0;
    };

    std::vector<RunData> runs;
    bool plain = true; // one run, without a look of its own
    int planned = 0;
    double negligible = usualNegligible;
    std::vector<Origin> origins;
    ChartStyle style;
    QFont font;
    Plot plot;
    QAreaSeries& band;
    QLineSeries& mean;
    ZeroZone& zone;
    DataLines& stems;
    DataMarkers& points;
    IntervalMarks& means;

    bool isEmpty() const
    {
        return std::all_of(
            runs.begin(), runs.end(), [](const RunData& run) { return run.points.empty(); });
    }
    bool inColumns() const { return runs.size() > 1; }
    Sample lift(const RunData& run) const { return {run.points, &RepeatPoint::lift}; }
    QColor colour(const RunData& run) const
    {
        return plain ? style.lift : run.look.colourIn(style);
    }
    MarkerShape marker(const RunData& run) const
    {
        return plain ? MarkerShape::Diamond : run.look.marker;
    }
    void take(std::vector<RunData> newRuns, bool isPlain, int plannedRepeats);
    AxisRange xRange() const;
    void setYRange(const AxisRange& x);
    void showPoints();
    bool showMeans(); ///< whether an interval is shown
    void setAxes();
    void setMarkerSizes();
    std::vector<LegendEntry> legend(bool banded) const;
    QString summary() const;
};

LiftChart::LiftChart(QWidget* parent)
    : ChartWidget(parent)
    , m_d(std::make_unique<Private>(*this))
{
    setAccessibleName(tr("Lift of every repeat"));
    finishConstruction();
}

LiftChart::~LiftChart() = default;

void LiftChart::setRepeats(int planned, std::span<const RepeatResult> repeats)
{
    std::vector<RunData> runs(1);
    runs.front().points = repeatPoints(repeats);
    m_d->take(std::move(runs), true, planned);
    scheduleRefresh();
}

void LiftChart::setRuns(std::vector<RunData> runs)
{
    m_d->take(std::move(runs), false, 0);
    scheduleRefresh();
}

void LiftChart::Private::take(std::vector<RunData> newRuns, bool isPlain, int plannedRepeats)
{
    const auto isAnother = [&] {
        return newRuns.size() != runs.size()
            || !std::equal(newRuns.begin(), newRuns.end(), runs.begin(),
                [](const RunData& now, const RunData& before) {
                    return now.id == before.id && mayHaveGrown(before.points, now.points);
                });
    };
    if (isAnother())
        plot.setRanges({}, {}); // the axes start afresh
    runs = std::move(newRuns);
    plain = isPlain;
    planned = plannedRepeats;
}

void LiftChart::setNegligible(double points)
{
    m_d->negligible = std::isfinite(points) ? std::max(points, 0.0) : 0.0;
    scheduleRefresh();
}

double LiftChart::negligible() const
{
    return m_d->negligible;
}

AxisRange LiftChart::Private::xRange() const
{
    if (inColumns())
        return {0.5, double(runs.size()) + 0.5, 1};
    const auto& shown = runs.front().points;
    return {0.5, std::max(planned, shown.empty() ? 1 : shown.back().repeat) + 0.5, 1};
}

void LiftChart::Private::setYRange(const AxisRange& x)
{
    double low = -negligible;
    double high = negligible;
    for (const RunData& run : runs)
        extend(low, high, lift(run));
    plot.setRanges(x, steadyRange(plot.yRange(), low, high, wantedTicks, leastSpan, -100, 100));
}

void LiftChart::Private::showPoints()
{
    std::vector<DataMark> marks;
    std::vector<QLineF> fromZero;
    origins.clear();
    for (std::size_t r = 0; r < runs.size(); ++r) {
        const RunData& run = runs[r];
        for (std::size_t i = 0; i < run.points.size(); ++i) {
            const RepeatPoint& point = run.points[i];
            QPointF at(point.repeat, point.lift);
            if (inColumns()) {
                // In the order of the repeats across the column: nothing hides another's place.
                const auto last =
                    static_cast<double>(std::max<std::size_t>(run.points.size(), 2) - 1);
                const double share = run.points.size() > 1 ? double(i) / last - 0.5 : 0.0;
                at.setX(double(r) + 1 + pointsPlace + pointsSpread * share);
            } else {
                fromZero.emplace_back(point.repeat, 0, point.repeat, point.lift);
            }
            marks.push_back({at, marker(run), colour(run)});
            origins.push_back({r, i});
        }
    }
    points.setMarks(std::move(marks));
    stems.setLines(std::move(fromZero));
}

bool LiftChart::Private::showMeans()
{
    std::vector<IntervalMark> marks;
    bool banded = false;
    if (inColumns()) {
        for (std::size_t r = 0; r < runs.size(); ++r) {
            const Sample sample = lift(runs[r]);
            if (sample.values.empty())
                continue;
            marks.push_back({double(r) + 1 + meanPlace, sample.mean, sample.interval.low,
                sample.interval.high, marker(runs[r]), colour(runs[r])});
            banded = banded || sample.hasInterval();
        }
        setMean(mean, std::numeric_limits<double>::quiet_NaN(), plot.xRange());
        band.setVisible(false);
    } else {
        const Sample sample = lift(runs.front());
        setMean(mean, sample.mean, plot.xRange());
        banded =
            setBand(band, sample.interval.low, sample.interval.high, plot.xRange(), plot.yRange());
        setBandColour(band, colour(runs.front()));
        mean.setPen(QPen(colour(runs.front()), 1.6));
        stems.setPen(QPen(colour(runs.front()), 1.3));
    }
    means.setMarks(std::move(marks));
    return banded;
}

std::vector<LegendEntry> LiftChart::Private::legend(bool banded) const
{
    std::vector<LegendEntry> entries;
    for (const RunData& run : runs) {
        const Sample sample = lift(run);
        const QString name = run.name.isEmpty() ? tr("mean lift") : run.name;
        entries.push_back(
            {tr("%1 %2").arg(name, liftText(sample)), colour(run), legendMark(marker(run))});
    }
    const QString wide = tr("mean; the 95 % interval is wider than the axis");
    if (!inColumns())
        entries.push_back(banded
                ? LegendEntry{tr("95 % interval"), colour(runs.front()), LegendMark::Band}
                : LegendEntry{lift(runs.front()).hasInterval() ? wide : tr("mean"),
                    colour(runs.front()), LegendMark::ThinLine});
    else
        entries.push_back({tr("large: mean, 95 % interval"), style.mutedText, LegendMark::None});
    if (negligible > 0)
        entries.push_back({tr("negligible: within ±%1").arg(QString::number(negligible)),
            style.mutedText, LegendMark::Zone});
    return entries;
}

QString LiftChart::Private::summary() const
{
    const auto said = [this](const RunData& run) {
        const Sample sample = lift(run);
        const QString zoneWords = zoneText(sample, negligible);
        const QString text =
            tr("%1: mean lift %2 points").arg(repeatsText(run.points.size()), liftText(sample));
        return zoneWords.isEmpty() ? text : text + QStringLiteral(", ") + zoneWords;
    };
    if (!inColumns())
        return said(runs.front()) + QLatin1Char('.');
    QStringList parts;
    for (const RunData& run : runs)
        parts << tr("%1, %2").arg(run.name, said(run));
    return tr("%1 runs: %2.").arg(runs.size()).arg(parts.join(QStringLiteral("; ")));
}

void LiftChart::refresh()
{
    Private& d = *m_d;
    if (d.isEmpty()) {
        d.points.setMarks({});
        d.means.setMarks({});
        d.stems.setLines({});
        d.origins.clear();
        setEmptyText(tr("No repeats yet. The lift of each repeat appears here as it ends."));
        setSummary(tr("No repeats yet."));
        setLegend({});
        return;
    }
    setEmptyText(QString());
    d.setYRange(d.xRange());
    d.zone.setReach(d.negligible);
    d.setAxes();
    d.showPoints();
    const bool banded = d.showMeans();
    d.setMarkerSizes();
    setLegend(d.legend(banded));
    setSummary(d.summary());
}

void LiftChart::Private::setAxes()
{
    const auto whole = [](double value, int) { return chart_text::number(value, 0); };
    // Names as wide as a column, so that none is left out for want of room.
    const QFontMetricsF metrics(font);
    const double room = plot.plotArea().width() / double(std::max<std::size_t>(runs.size(), 1))
        - metrics.horizontalAdvance(QStringLiteral("00")) - 2;
    QStringList names;
    for (const RunData& run : runs)
        names << metrics.elidedText(run.name, Qt::ElideMiddle, std::max(0.0, room));
    const auto name = [names](double value, int) {
        const auto i = static_cast<qsizetype>(std::lround(value)) - 1;
        return value == std::round(value) && i >= 0 && i < names.size() ? names[i] : QString();
    };
    const AxisLook y{tr("lift, TTA − baseline (points)"), chart_text::signedNumber, true, true};
    if (inColumns())
        plot.setAxisLooks({QString(), name, false, true}, y);
    else
        plot.setAxisLooks({tr("repeat"), whole, false, true}, y);
}

void LiftChart::Private::setMarkerSizes()
{
    std::size_t most = 1;
    for (const RunData& run : runs)
        most = std::max(most, run.points.size());
    const double column = plot.plotArea().width()
        / (inColumns() ? double(runs.size()) : std::max(1.0, xRange().high - 0.5));
    const double size = inColumns()
        ? std::clamp(column * pointsSpread / double(most) * 1.4, 5.0, 8.0)
        : std::clamp(column * 0.45, 5.5, 11.0);
    points.setLook(size, style.background);
    means.setLook(std::clamp(column * 0.12, 9.0, 13.0), style.background);
    plot.setRoom(0, size * 0.75);
}

void LiftChart::layOutPlots(const QRectF& area)
{
    m_d->plot.setGeometry(area, QStringLiteral("+10.00"));
    if (m_d->runs.empty())
        return;
    m_d->setAxes();
    m_d->setMarkerSizes();
}

void LiftChart::restyle(const ChartStyle& style, const QFont& font)
{
    m_d->style = style;
    m_d->font = font;
    m_d->plot.setStyle(style, font);
    m_d->zone.setStyle(style);
}

QString LiftChart::toolTipAt(const QPointF& position) const
{
    const Private& d = *m_d;
    if (d.isEmpty() || !d.plot.plotArea().adjusted(-8, -8, 8, 8).contains(position))
        return {};
    using namespace chart_text;
    const auto pointText = [](const RunData& run, const RepeatPoint& point) {
        const QString text = tr("repeat %1: lift %2 points\nbaseline %3 %, TTA %4 %")
                                 .arg(QString::number(point.repeat), signedNumber(point.lift, 2),
                                     number(point.baseline, 2), number(point.tta, 2));
        return run.name.isEmpty() ? text : run.name + QLatin1Char('\n') + text;
    };
    if (const int mark = d.points.markAt(position, tipReach); mark >= 0) {
        const Private::Origin origin = d.origins[static_cast<std::size_t>(mark)];
        if (origin.run >= d.runs.size() || origin.point >= d.runs[origin.run].points.size())
            return {}; // drawn before the newest data came
        const RunData& run = d.runs[origin.run];
        return pointText(run, run.points[origin.point]);
    }
    const double x = d.plot.toData(position).x();
    if (!d.inColumns()) {
        for (const RepeatPoint& point : d.runs.front().points)
            if (std::abs(point.repeat - x) <= 0.5)
                return pointText(d.runs.front(), point);
        return {};
    }
    const auto run = static_cast<std::size_t>(std::max(0L, std::lround(x) - 1));
    if (run >= d.runs.size())
        return {};
    const Sample sample = d.lift(d.runs[run]);
    QString text = tr("%1\n%2, mean lift %3 points")
                       .arg(d.runs[run].name, repeatsText(sample.values.size()), liftText(sample));
    if (const QString zoneWords = zoneText(sample, d.negligible); !zoneWords.isEmpty())
        text += QLatin1Char('\n') + zoneWords;
    return text;
}

ChartTable LiftChart::table() const
{
    ChartTable table;
    table.columns = {tr("repeat"), tr("baseline (%)"), tr("TTA (%)"), tr("lift (points)")};
    const bool named = m_d->runs.size() != 1 || !m_d->runs.front().name.isEmpty();
    if (named)
        table.columns.prepend(tr("run"));
    for (const RunData& run : m_d->runs)
        for (const RepeatPoint& point : run.points) {
            table.rows.push_back({point.repeat, point.baseline, point.tta, point.lift});
            if (named)
                table.rows.back().prepend(run.name);
        }
    return table;
}

} // namespace augury
