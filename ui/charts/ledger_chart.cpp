// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/ledger_chart.h"

#include "core/evaluate/wilson.h"
#include "ui/charts/chart_text.h"
#include "ui/charts/ledger_labels.h"
#include "ui/charts/ledger_segments.h"
#include "ui/charts/legend_item.h"
#include "ui/charts/plot.h"

#include <QBarSet>
#include <QHorizontalStackedBarSeries>
#include <QKeyEvent>
#include <QMouseEvent>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

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

    QString clickHint;
    std::optional<OutcomeKind> chosen;
    std::optional<OutcomeKind> pressed;

    std::vector<LedgerSegment> segments; ///< that have images, from the left
    const LedgerSegment* find(std::optional<OutcomeKind> kind) const;
    QRectF place(const LedgerSegment& segment) const; ///< in the scene
    std::optional<OutcomeKind> segmentAt(const QPointF& position) const;
    QString textOf(std::optional<OutcomeKind> kind) const; ///< empty: no such segment
};

LedgerChart::LedgerChart(QWidget* parent)
    : ChartWidget(parent)
    , m_d(std::make_unique<Private>(*this))
{
    setAccessibleName(tr("Baseline against TTA, image by image"));
    setMouseTracking(true);
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
    Private& d = *m_d;
    d.comparison = comparison;
    d.segments = ledgerSegments(comparison);
    std::erase_if(d.segments, [](const LedgerSegment& segment) { return segment.count <= 0; });
    if (d.find(d.chosen) == nullptr)
        d.chosen.reset();
    setCursorText(d.textOf(d.chosen), false);
    scheduleRefresh();
}

void LedgerChart::setClickHint(const QString& hint)
{
    m_d->clickHint = hint;
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

const LedgerSegment* LedgerChart::Private::find(std::optional<OutcomeKind> kind) const
{
    const auto found = std::find_if(segments.begin(), segments.end(),
        [kind](const LedgerSegment& segment) { return segment.kind == kind; });
    return found == segments.end() ? nullptr : &*found;
}

QRectF LedgerChart::Private::place(const LedgerSegment& segment) const
{
    return QRectF(plot.toRoot({segment.from, imagesRow + barThickness / 2}),
        plot.toRoot({segment.to, imagesRow - barThickness / 2}));
}

/// The texts under the bar belong to their segments, which may be thinner than a pixel.
std::optional<OutcomeKind> LedgerChart::Private::segmentAt(const QPointF& position) const
{
    for (const LedgerSegment& segment : segments)
        if (place(segment).contains(position))
            return segment.kind;
    const QPointF inChart = position - plot.toRoot({0, 0}) + plot.toChart({0, 0});
    if (find(OutcomeKind::Fixed) && labels.fixedPlace().contains(inChart))
        return OutcomeKind::Fixed;
    if (find(OutcomeKind::Broken) && labels.brokenPlace().contains(inChart))
        return OutcomeKind::Broken;
    return {};
}

QString LedgerChart::Private::textOf(std::optional<OutcomeKind> kind) const
{
    const LedgerSegment* segment = find(kind);
    return segment == nullptr ? QString() : segmentText(*segment, comparison.images);
}

QRectF LedgerChart::segmentPlace(OutcomeKind kind)
{
    const double zoom = 1 / toScene({1, 0}).x();
    const LedgerSegment* segment = m_d->find(kind);
    if (segment == nullptr)
        return {};
    const QRectF place = m_d->place(*segment);
    return {place.topLeft() * zoom, place.size() * zoom};
}

std::optional<OutcomeKind> LedgerChart::chosenSegment() const
{
    return m_d->chosen;
}

QString LedgerChart::toolTipAt(const QPointF& position) const
{
    if (const auto kind = m_d->segmentAt(position))
        return m_d->clickHint.isEmpty() ? m_d->textOf(kind)
                                        : m_d->textOf(kind) + QLatin1Char('\n') + m_d->clickHint;
    return m_d->plot.plotArea().contains(position) ? summary() : QString();
}

QRectF LedgerChart::cursorPlace() const
{
    const LedgerSegment* segment = m_d->find(m_d->chosen);
    if (segment == nullptr)
        return {};
    QRectF place = m_d->place(*segment);
    if (place.width() < 2)
        place.adjust(-1, 0, 1, 0);
    return place;
}

void LedgerChart::keyPressEvent(QKeyEvent* event)
{
    const std::vector<LedgerSegment>& all = m_d->segments;
    const auto choose = [&](std::size_t index) {
        m_d->chosen = all[index].kind;
        setCursorText(m_d->textOf(all[index].kind));
    };
    std::size_t at = all.size(); // none
    for (std::size_t i = 0; i < all.size(); ++i)
        if (m_d->chosen == all[i].kind)
            at = i;
    const int key = event->key();
    if (all.empty() || event->modifiers() & (Qt::ControlModifier | Qt::AltModifier))
        return ChartWidget::keyPressEvent(event);
    if (key == Qt::Key_Right)
        choose(at == all.size() ? 0 : std::min(at + 1, all.size() - 1));
    else if (key == Qt::Key_Left)
        choose(at == all.size() ? all.size() - 1 : at - std::min<std::size_t>(at, 1));
    else if (key == Qt::Key_Home)
        choose(0);
    else if (key == Qt::Key_End)
        choose(all.size() - 1);
    else if (m_d->chosen && (key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Space))
        Q_EMIT segmentClicked(*m_d->chosen);
    else
        ChartWidget::keyPressEvent(event);
}

void LedgerChart::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return ChartWidget::mousePressEvent(event);
    m_d->pressed = m_d->segmentAt(toScene(event->position()));
}

void LedgerChart::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return ChartWidget::mouseReleaseEvent(event);
    const auto pressed = std::exchange(m_d->pressed, {});
    if (pressed && m_d->segmentAt(toScene(event->position())) == pressed)
        Q_EMIT segmentClicked(*pressed);
}

void LedgerChart::mouseMoveEvent(QMouseEvent* event)
{
    if (m_d->segmentAt(toScene(event->position())))
        setCursor(Qt::PointingHandCursor);
    else
        unsetCursor();
    ChartWidget::mouseMoveEvent(event);
}

void LedgerChart::focusOutEvent(QFocusEvent* event)
{
    setCursorText({});
    m_d->chosen.reset();
    ChartWidget::focusOutEvent(event);
}

ChartTable LedgerChart::table() const
{
    ChartTable table;
    table.columns = {tr("images"), tr("count"), tr("share (%)")};
    const Comparison& c = m_d->comparison;
    const auto add = [&](const QString& name, std::int64_t images) {
        table.rows.push_back({name, qlonglong(images), m_d->percentOf(images)});
    };
    if (c.images <= 0)
        return table;
    add(tr("baseline right"), c.baselineCorrect);
    add(tr("TTA right"), c.ttaCorrect);
    for (const LedgerSegment& segment : ledgerSegments(c))
        add(segment.name, segment.count);
    return table;
}

} // namespace augury
