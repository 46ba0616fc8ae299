// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/runs_chart.h"

#include "ui/charts/chart_text.h"
#include "ui/charts/legend_item.h"
#include "ui/charts/lift_chart.h"
#include "ui/charts/plot.h"
#include "ui/charts/plot_marks.h"
#include "ui/charts/runs_rows.h"

#include <QFontMetricsF>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace augury {

namespace {

constexpr double leastSpan = 0.5; // points
constexpr int wantedTicks = 8;
constexpr double leastShownP = 0.0001;

QString pText(double p)
{
    if (!std::isfinite(p))
        return {};
    return p < leastShownP ? RunsChart::tr("< %1").arg(leastShownP, 0, 'f', 4)
                           : chart_text::number(p, 4);
}

} // namespace

struct RunsChart::Private {
    explicit Private(RunsChart& chart)
        : plot(chart.plotRoot(), chart)
        , zone(*new ZeroZone(plot, Qt::Vertical, -0.45))
        , means(*new IntervalMarks(plot, Qt::Horizontal, 1001))
        , rows(*new RunsRows(plot))
    {
    }

    std::vector<RunData> runs;
    double negligible = usualNegligible;
    ChartStyle style;
    QFont font;
    Plot plot;
    ZeroZone& zone;
    IntervalMarks& means;
    RunsRows& rows;

    Sample lift(const RunData& run) const { return {run.points, &RepeatPoint::lift}; }
    double rowOf(std::size_t run) const { return static_cast<double>(runs.size() - run); }
    void showRuns();
    int heightFor(double rowHeight, bool titled) const;
    QString textOf(const RunData& run) const;
};

RunsChart::RunsChart(QWidget* parent)
    : ChartWidget(parent)
    , m_d(std::make_unique<Private>(*this))
{
    setAccessibleName(tr("Mean lift of the runs"));
    m_d->rows.setHeads(tr("run"), {tr("repeats"), tr("mean (95 % interval)"), tr("p, Holm")});
    m_d->plot.setAxisLooks({tr("mean lift (points)"), chart_text::signedNumber, true, true},
        {QString(), chart_text::number, false, false});
    finishConstruction();
}

RunsChart::~RunsChart() = default;

void RunsChart::setRuns(std::vector<RunData> runs)
{
    const bool grows = runs.size() != m_d->runs.size();
    m_d->runs = std::move(runs);
    if (grows) {
        m_d->plot.setRanges({}, {});
        updateGeometry();
    }
    scheduleRefresh();
}

void RunsChart::setNegligible(double points)
{
    m_d->negligible = std::isfinite(points) ? std::max(points, 0.0) : 0.0;
    scheduleRefresh();
}

double RunsChart::negligible() const
{
    return m_d->negligible;
}

int RunsChart::Private::heightFor(double rowHeight, bool titled) const
{
    const double line = QFontMetricsF(font).height();
    const double around = line * (titled ? 9.5 : 7.5) + rows.headHeight();
    return static_cast<int>(
        std::ceil(around + rowHeight * double(std::max<std::size_t>(runs.size(), 3))));
}

QSize RunsChart::sizeHint() const
{
    return {640, m_d->heightFor(m_d->rows.rowHeight() * 1.3, !title().isEmpty())};
}

QSize RunsChart::minimumSizeHint() const
{
    return {320, m_d->heightFor(m_d->rows.rowHeight() * 0.65, !title().isEmpty())};
}

void RunsChart::Private::showRuns()
{
    double low = -negligible;
    double high = negligible;
    std::vector<IntervalMark> marks;
    std::vector<RunsRows::Row> texts;
    for (std::size_t r = 0; r < runs.size(); ++r) {
        const RunData& run = runs[r];
        const Sample sample = lift(run);
        texts.push_back({run.name,
            {chart_text::count(static_cast<std::int64_t>(run.points.size())),
                sample.values.empty() ? QString() : liftText(sample), pText(run.adjustedP)}});
        if (sample.values.empty())
            continue;
        low = std::min(low, sample.mean);
        high = std::max(high, sample.mean);
        marks.push_back({rowOf(r), sample.mean, sample.interval.low, sample.interval.high,
            run.look.marker, run.look.colourIn(style)});
    }
    // An interval of two repeats may be so wide that the others would vanish: it ends in an arrow.
    double least = low;
    double most = high;
    const double wide = 4 * std::max(high - low, leastSpan);
    for (const IntervalMark& mark : marks)
        if (std::isfinite(mark.low) && mark.high - mark.low <= wide) {
            least = std::min(least, mark.low);
            most = std::max(most, mark.high);
        }
    plot.setRanges(steadyRange(plot.xRange(), least, most, wantedTicks, leastSpan, -100, 100),
        {0.5, double(runs.size()) + 0.5, 1});
    means.setMarks(std::move(marks));
    rows.setRows(std::move(texts));
}

void RunsChart::refresh()
{
    Private& d = *m_d;
    if (d.runs.empty()) {
        d.means.setMarks({});
        d.rows.setRows({});
        setEmptyText(tr("No runs to compare. Choose some in the Runs dock, and their mean lifts "
                        "appear here, a row a run."));
        setSummary(tr("No runs to compare."));
        setLegend({});
        return;
    }
    setEmptyText(QString());
    d.zone.setReach(d.negligible);
    d.showRuns();
    std::vector<LegendEntry> legend{
        {tr("mean lift, 95 % t interval"), d.style.text, LegendMark::SolidCircle}};
    if (d.negligible > 0)
        legend.push_back({tr("negligible: within ±%1").arg(QString::number(d.negligible)),
            d.style.mutedText, LegendMark::Zone});
    setLegend(std::move(legend));
    QStringList parts;
    for (const RunData& run : d.runs)
        parts << d.textOf(run).replace(QLatin1Char('\n'), QStringLiteral(", "));
    setSummary((d.runs.size() == 1 ? tr("1 run: %1.") : tr("%1 runs: %2.").arg(d.runs.size()))
                   .arg(parts.join(QStringLiteral("; "))));
}

QString RunsChart::Private::textOf(const RunData& run) const
{
    const Sample sample = lift(run);
    if (sample.values.empty())
        return tr("%1\nno repeats yet").arg(run.name);
    QStringList lines{run.name,
        tr("%1, mean lift %2 points").arg(repeatsText(sample.values.size()), liftText(sample))};
    if (const QString zoneWords = zoneText(sample, negligible); !zoneWords.isEmpty())
        lines << zoneWords;
    if (std::isfinite(run.adjustedP))
        lines << tr("p %1 (Holm)").arg(pText(run.adjustedP));
    return lines.join(QLatin1Char('\n'));
}

void RunsChart::layOutPlots(const QRectF& area)
{
    Private& d = *m_d;
    // Few rows in a tall chart stay together.
    const double line = QFontMetricsF(d.font).height();
    const double most = d.rows.headHeight() + 4 * line
        + d.rows.rowHeight() * 2 * double(std::max<std::size_t>(d.runs.size(), 1));
    const QRectF outer(area.topLeft(), QSizeF(area.width(), std::min(area.height(), most)));
    d.plot.setGeometry(d.rows.layOut(outer), QString());
    const double row = d.plot.plotArea().height() / double(std::max<std::size_t>(d.runs.size(), 1));
    d.means.setLook(std::clamp(row * 0.4, 6.0, 12.0), d.style.background);
}

void RunsChart::restyle(const ChartStyle& style, const QFont& font)
{
    m_d->style = style;
    m_d->font = font;
    m_d->plot.setStyle(style, font);
    m_d->zone.setStyle(style);
    m_d->rows.setLook(style, font);
}

QString RunsChart::toolTipAt(const QPointF& position) const
{
    const Private& d = *m_d;
    const QRectF area = d.plot.plotArea();
    if (d.runs.empty() || position.y() < area.top() || position.y() > area.bottom())
        return {};
    const auto row = std::lround(d.plot.toData(position).y());
    const long run = static_cast<long>(d.runs.size()) - row;
    return run >= 0 && run < static_cast<long>(d.runs.size())
        ? d.textOf(d.runs[static_cast<std::size_t>(run)])
        : QString();
}

ChartTable RunsChart::table() const
{
    ChartTable table;
    table.columns = {tr("run"), tr("repeats"), tr("mean lift (points)"), tr("95 % from"),
        tr("95 % to"), tr("p, Holm")};
    table.decimals = {0, 0, 2, 2, 2, 4};
    for (const RunData& run : m_d->runs) {
        const Sample sample = m_d->lift(run);
        table.rows.push_back({run.name, qlonglong(run.points.size()), sample.mean,
            sample.interval.low, sample.interval.high, run.adjustedP});
    }
    return table;
}

} // namespace augury
