// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/ledger_chart.h"

#include "core/evaluate/wilson.h"
#include "ui/charts/chart_text.h"
#include "ui/charts/ledger_labels.h"
#include "ui/charts/legend_item.h"
#include "ui/charts/plot.h"

#include <QBarSet>
#include <QHorizontalStackedBarSeries>

#include <algorithm>
#include <array>
#include <cmath>

namespace augury {

namespace {

// Rows of the plot, from the bottom; their middles are whole numbers.
constexpr int imagesRow = 0;
constexpr int ttaRow = 1;
constexpr int baselineRow = 2;
constexpr double barThickness = 0.5; // of a row

} // namespace

struct LedgerChart::Private {
    explicit Private(LedgerChart& chart)
        : plot(chart.plotRoot(), chart)
        , bars(*new QHorizontalStackedBarSeries)
        , whiskers(*new DataLines(plot, 1000))
        , labels(*new LedgerLabels(plot))
    {
        const std::array names{QStringLiteral("baseline"), QStringLiteral("tta"),
            QStringLiteral("bothRight"), QStringLiteral("fixed"), QStringLiteral("broken"),
            QStringLiteral("bothWrong")};
        for (std::size_t i = 0; i < names.size(); ++i) {
            sets[i] = new QBarSet(names[i]);
            sets[i]->append(QList<qreal>{0, 0, 0});
            bars.append(sets[i]);
        }
        bars.setObjectName(QStringLiteral("ledger"));
        bars.setBarWidth(barThickness);
        plot.attach(bars);
    }

    Comparison comparison;
    ChartStyle style;
    Plot plot;
    QHorizontalStackedBarSeries& bars;
    std::array<QBarSet*, 6> sets{};
    DataLines& whiskers;
    LedgerLabels& labels;

    std::int64_t bothRight() const { return comparison.ttaCorrect - comparison.fixed; }
    std::int64_t bothWrong() const
    {
        return comparison.images - bothRight() - comparison.fixed - comparison.broken;
    }
    double percentOf(std::int64_t count) const
    {
        return comparison.images > 0 ? 100.0 * double(count) / double(comparison.images) : 0;
    }
    std::array<QColor, 6> colours() const
    {
        return {
            style.baseline, style.tta, style.bothRight, style.fixed, style.broken, style.bothWrong};
    }
    void makeRoom();
    void showBars();
    void showLabels();
};

LedgerChart::LedgerChart(QWidget* parent)
    : ChartWidget(parent)
    , m_d(std::make_unique<Private>(*this))
{
    setAccessibleName(tr("Baseline against TTA, image by image"));
    m_d->plot.setAxisLooks(
        {tr("share of the images (%)"),
            [](double value, int) { return chart_text::number(value, 0); }, true, true},
        {QString(), chart_text::number, false, false});
    m_d->plot.setRanges({0, 100, 10}, {-0.6, 2.6, 1}); // until it has a size
    finishConstruction();
}

LedgerChart::~LedgerChart() = default;

void LedgerChart::setComparison(const Comparison& comparison)
{
    m_d->comparison = comparison;
    scheduleRefresh();
}

void LedgerChart::clear()
{
    setComparison({});
}

void LedgerChart::Private::showBars()
{
    const std::array<double, 6> values{percentOf(comparison.baselineCorrect),
        percentOf(comparison.ttaCorrect), percentOf(bothRight()), percentOf(comparison.fixed),
        percentOf(comparison.broken), percentOf(bothWrong())};
    const std::array rows{baselineRow, ttaRow, imagesRow, imagesRow, imagesRow, imagesRow};
    for (std::size_t i = 0; i < sets.size(); ++i)
        sets[i]->replace(rows[i], values[i]);
    std::vector<QLineF> intervals;
    const auto addInterval = [&](std::int64_t correct, int row) {
        const Interval interval = wilsonInterval(correct, comparison.images);
        intervals.emplace_back(100 * interval.low, row, 100 * interval.high, row);
    };
    addInterval(comparison.baselineCorrect, baselineRow);
    addInterval(comparison.ttaCorrect, ttaRow);
    whiskers.setLines(std::move(intervals));
}

void LedgerChart::Private::showLabels()
{
    using namespace chart_text;
    const auto accuracy = [this](const QString& name, std::int64_t correct) {
        const Interval interval = wilsonInterval(correct, comparison.images);
        return tr("%1 %2 %   (95 % interval %3 … %4)")
            .arg(name, number(percentOf(correct), 1), number(100 * interval.low, 1),
                number(100 * interval.high, 1));
    };
    LedgerTexts texts;
    const auto shorter = [this](const QString& name, std::int64_t correct) {
        return tr("%1 %2 %").arg(name, number(percentOf(correct), 1));
    };
    const auto row = [&](int y, const QString& name, std::int64_t correct) {
        return LedgerTexts::Row{double(y), accuracy(name, correct), shorter(name, correct)};
    };
    texts.rows = {
        row(baselineRow, tr("Baseline"), comparison.baselineCorrect),
        row(ttaRow, tr("TTA"), comparison.ttaCorrect),
        {imagesRow, tr("The %1 images").arg(count(comparison.images))},
    };
    const double firstEnd = percentOf(bothRight());
    const double fixedEnd = firstEnd + percentOf(comparison.fixed);
    const double brokenEnd = fixedEnd + percentOf(comparison.broken);
    texts.segments = {{0, firstEnd, count(bothRight()), style.bothRight},
        {brokenEnd, 100, count(bothWrong()), style.bothWrong}};
    texts.boundary = fixedEnd;
    texts.fixed = tr("%1 fixed").arg(count(comparison.fixed));
    texts.broken = tr("%1 broken").arg(count(comparison.broken));
    labels.setTexts(std::move(texts));
}

void LedgerChart::refresh()
{
    Private& d = *m_d;
    const Comparison& c = d.comparison;
    if (c.images <= 0) {
        setEmptyText(tr("Nothing evaluated yet. Evaluate a model, and what test-time augmentation "
                        "fixed and broke appears here."));
        setSummary(tr("Nothing evaluated yet."));
        setLegend({});
        return;
    }
    setEmptyText(QString());
    d.showBars();
    d.showLabels();
    using chart_text::count;
    setLegend({{tr("both right %1").arg(count(d.bothRight())), d.style.bothRight, LegendMark::Box},
        {tr("fixed by TTA %1").arg(count(c.fixed)), d.style.fixed, LegendMark::Box},
        {tr("broken by TTA %1").arg(count(c.broken)), d.style.broken, LegendMark::Box},
        {tr("both wrong %1").arg(count(d.bothWrong())), d.style.bothWrong, LegendMark::Box}});
    setSummary(tr("Baseline %1, TTA %2 of %3 images right; %4 fixed, %5 broken, %6 both right, %7 "
                  "both wrong.")
                   .arg(chart_text::percent(c.baselineAccuracy()),
                       chart_text::percent(c.ttaAccuracy()), count(c.images), count(c.fixed),
                       count(c.broken), count(d.bothRight()), count(d.bothWrong())));
}

void LedgerChart::layOutPlots(const QRectF& area)
{
    m_d->plot.setGeometry(area, QString());
    m_d->makeRoom();
}

/// The texts above the highest bar and under the lowest have a height in pixels: the bars share
/// what is left, so that a low chart does not write over its axis.
void LedgerChart::Private::makeRoom()
{
    const double above = labels.heightAbove();
    const double below = labels.heightBelow();
    const double rows = baselineRow - imagesRow + barThickness;
    const double row = std::max(8.0, (plot.plotArea().height() - above - below) / rows);
    plot.setRanges({0, 100, 10},
        {imagesRow - barThickness / 2 - below / row, baselineRow + barThickness / 2 + above / row,
            1});
}

void LedgerChart::restyle(const ChartStyle& style, const QFont& font)
{
    m_d->style = style;
    m_d->plot.setStyle(style, font);
    const std::array<QColor, 6> colours = m_d->colours();
    for (std::size_t i = 0; i < m_d->sets.size(); ++i) {
        m_d->sets[i]->setColor(colours[i]);
        m_d->sets[i]->setPen(QPen(style.background, 1));
    }
    m_d->whiskers.setPen(QPen(style.text, 1.6), 9, style.background);
    m_d->labels.setLook(style, font, barThickness);
}

QString LedgerChart::toolTipAt(const QPointF& position) const
{
    return m_d->plot.plotArea().contains(position) ? summary() : QString();
}

} // namespace augury
