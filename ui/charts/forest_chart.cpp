// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/forest_chart.h"

#include "ui/charts/chart_text.h"
#include "ui/charts/legend_item.h"
#include "ui/charts/plot.h"
#include "ui/charts/plot_marks.h"
#include "ui/charts/runs_rows.h"
#include "ui/charts/tune_text.h"

#include <QFontMetricsF>
#include <QStringList>

#include <algorithm>
#include <cmath>
#include <limits>

namespace augury {

namespace {

constexpr double leastSpan = 0.5; // points
constexpr int wantedTicks = 8;
constexpr double apart = 0.2; // of a row, from its middle to each of its two marks

QString markText(const ForestRow::Mark& mark)
{
    return tune_text::lift(mark.lift, mark.low, mark.high);
}

} // namespace

struct ForestChart::Private {
    explicit Private(ForestChart& chart)
        : plot(chart.plotRoot(), chart)
        , zero(*new ZeroZone(plot, Qt::Vertical, -0.45))
        , marks(*new IntervalMarks(plot, Qt::Horizontal, 1001))
        , texts(*new RunsRows(plot))
    {
    }

    std::vector<ForestRow> rows;
    ChartStyle style;
    QFont font;
    Plot plot;
    ZeroZone& zero;
    IntervalMarks& marks;
    RunsRows& texts;

    bool anySearched() const
    {
        return std::any_of(
            rows.begin(), rows.end(), [](const ForestRow& row) { return row.search.has_value(); });
    }
    void showRows();
    int heightFor(double rowHeight, bool titled) const;
    QString textOf(const ForestRow& row) const;
};

ForestChart::ForestChart(QWidget* parent)
    : ChartWidget(parent)
    , m_d(std::make_unique<Private>(*this))
{
    setAccessibleName(tr("Lift on the test images"));
    m_d->plot.setAxisLooks(
        {tr("lift, TTA − baseline (points)"), chart_text::signedNumber, true, true},
        {QString(), chart_text::number, false, false});
    m_d->texts.setHeads(tr("configuration"), {tr("on validation"), tr("on test"), QString()});
    finishConstruction();
}

ForestChart::~ForestChart() = default;

void ForestChart::setRows(std::vector<ForestRow> rows)
{
    if (rows.size() != m_d->rows.size()) {
        m_d->plot.setRanges({}, {});
        m_d->rows = std::move(rows);
        updateGeometry();
    } else {
        m_d->rows = std::move(rows);
    }
    scheduleRefresh();
}

void ForestChart::clear()
{
    setRows({});
}

int ForestChart::Private::heightFor(double rowHeight, bool titled) const
{
    const double line = QFontMetricsF(font).height();
    const double around = line * (titled ? 9.5 : 7.5) + texts.headHeight();
    return static_cast<int>(
        std::ceil(around + rowHeight * double(std::max<std::size_t>(rows.size(), 2))));
}

QSize ForestChart::sizeHint() const
{
    return {640, m_d->heightFor(m_d->texts.rowHeight() * 1.5, !title().isEmpty())};
}

QSize ForestChart::minimumSizeHint() const
{
    return {320, m_d->heightFor(m_d->texts.rowHeight(), !title().isEmpty())};
}

void ForestChart::Private::showRows()
{
    double low = 0;
    double high = 0;
    std::vector<IntervalMark> drawn;
    std::vector<RunsRows::Row> said;
    const auto add = [&](const ForestRow::Mark& mark, double at, MarkerShape shape,
                         const QColor& colour, bool hollow) {
        drawn.push_back({at, mark.lift, mark.low, mark.high, shape, colour, hollow});
        low = std::min({low, mark.lift, std::isfinite(mark.low) ? mark.low : mark.lift});
        high = std::max({high, mark.lift, std::isfinite(mark.high) ? mark.high : mark.lift});
    };
    for (std::size_t r = 0; r < rows.size(); ++r) {
        const ForestRow& row = rows[r];
        const auto middle = static_cast<double>(rows.size() - r);
        if (row.search)
            add(*row.search, middle + apart, MarkerShape::Diamond, style.validation, true);
        add(row.test, row.search ? middle - apart : middle, MarkerShape::Circle, style.tta, false);
        said.push_back(
            {row.name, {row.search ? markText(*row.search) : QString(), markText(row.test), {}}});
    }
    plot.setRanges(steadyRange(plot.xRange(), low, high, wantedTicks, leastSpan, -100, 100),
        {0.5, double(rows.size()) + 0.5, 1});
    marks.setMarks(std::move(drawn));
    texts.setRows(std::move(said));
}

void ForestChart::refresh()
{
    Private& d = *m_d;
    if (d.rows.empty()) {
        d.marks.setMarks({});
        d.texts.setRows({});
        setEmptyText(tr("Nothing confirmed yet. Choose a configuration and confirm it on the test "
                        "images: its lift there appears here, beside that on the validation "
                        "images."));
        setSummary(tr("Nothing confirmed yet."));
        setLegend({});
        return;
    }
    setEmptyText(QString());
    d.showRows();
    std::vector<LegendEntry> legend;
    if (d.anySearched())
        legend.push_back({tr("on the validation images, where it was chosen"), d.style.validation,
            LegendMark::HollowDiamond});
    legend.push_back({tr("on the test images"), d.style.tta, LegendMark::Circle});
    legend.push_back({tr("lines: 95 % intervals"), d.style.mutedText, LegendMark::None});
    setLegend(std::move(legend));
    QStringList parts;
    for (const ForestRow& row : d.rows)
        parts << d.textOf(row).replace(QLatin1Char('\n'), QStringLiteral(", "));
    setSummary((d.rows.size() == 1 ? tr("1 confirmation: %1.")
                                   : tr("%1 confirmations: %2.").arg(d.rows.size()))
                   .arg(parts.join(QStringLiteral("; "))));
}

QString ForestChart::Private::textOf(const ForestRow& row) const
{
    QStringList lines{row.name};
    if (row.search)
        lines << tr("on the validation images %1 points").arg(markText(*row.search));
    lines << tr("on the test images %1 points").arg(markText(row.test));
    return lines.join(QLatin1Char('\n'));
}

void ForestChart::layOutPlots(const QRectF& area)
{
    Private& d = *m_d;
    // Few rows in a tall chart stay together.
    const double line = QFontMetricsF(d.font).height();
    const auto count = double(std::max<std::size_t>(d.rows.size(), 1));
    const double most = d.texts.headHeight() + 4 * line + d.texts.rowHeight() * 2.4 * count;
    const QRectF outer(area.topLeft(), QSizeF(area.width(), std::min(area.height(), most)));
    d.plot.setGeometry(d.texts.layOut(outer), QString());
    const double row = d.plot.plotArea().height() / count;
    d.marks.setLook(std::clamp(row * 0.28, 6.0, 12.0), d.style.background);
}

void ForestChart::restyle(const ChartStyle& style, const QFont& font)
{
    m_d->style = style;
    m_d->font = font;
    m_d->plot.setStyle(style, font);
    m_d->zero.setStyle(style);
    m_d->texts.setLook(style, font);
}

QString ForestChart::toolTipAt(const QPointF& position) const
{
    const Private& d = *m_d;
    const QRectF area = d.plot.plotArea();
    if (d.rows.empty() || position.y() < area.top() || position.y() > area.bottom())
        return {};
    const long row = static_cast<long>(d.rows.size()) - std::lround(d.plot.toData(position).y());
    return row >= 0 && row < static_cast<long>(d.rows.size())
        ? d.textOf(d.rows[static_cast<std::size_t>(row)])
        : QString();
}

ChartTable ForestChart::table() const
{
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    ChartTable table;
    table.columns = {tr("configuration"), tr("validation lift (points)"),
        tr("validation, 95 % from"), tr("validation, 95 % to"), tr("test lift (points)"),
        tr("test, 95 % from"), tr("test, 95 % to")};
    for (const ForestRow& row : m_d->rows) {
        const ForestRow::Mark search = row.search.value_or(ForestRow::Mark{nan, nan, nan});
        table.rows.push_back({row.name, search.lift, search.low, search.high, row.test.lift,
            row.test.low, row.test.high});
    }
    return table;
}

} // namespace augury
