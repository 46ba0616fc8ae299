// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/confusion_chart.h"

#include "core/support/error.h"
#include "ui/charts/chart_text.h"
#include "ui/charts/confusion_grid.h"
#include "ui/charts/legend_item.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QStringList>

#include <algorithm>
#include <utility>

namespace augury {

namespace {

constexpr QPoint noCell(-1, -1);

} // namespace

struct ConfusionChart::Private {
    ConfusionData data;
    ConfusionMode mode = ConfusionMode::Tta;
    ConfusionGrid* grid = nullptr; // owned by the scene
    QString clickHint;
    QPoint chosen = noCell;
    QPoint pressed = noCell;
    ChartStyle style;

    bool isEmpty() const { return data.classes <= 0 || !data.has(mode); }
    QString summary() const;
    QString largestMistake() const;
};

ConfusionChart::ConfusionChart(QWidget* parent)
    : ChartWidget(parent)
    , m_d(std::make_unique<Private>())
{
    m_d->grid = new ConfusionGrid(&plotRoot());
    setAccessibleName(tr("Confusion matrix"));
    finishConstruction();
}

ConfusionChart::~ConfusionChart() = default;

void ConfusionChart::setData(ConfusionData matrices)
{
    const auto cells = static_cast<std::size_t>(std::max(matrices.classes, 0))
        * static_cast<std::size_t>(std::max(matrices.classes, 0));
    for (const auto* matrix : {&matrices.baseline, &matrices.tta})
        if (!matrix->empty() && matrix->size() != cells)
            throw Error("Cannot show a confusion matrix: it has " + std::to_string(matrix->size())
                + " cells, and " + std::to_string(matrices.classes) + " classes need "
                + std::to_string(cells) + ".");
    if (matrices.classes != m_d->data.classes) {
        m_d->chosen = noCell;
        setCursorText({});
        m_d->grid->setData({}, m_d->mode); // no click on what is no more, until it is drawn
    }
    m_d->data = std::move(matrices);
    scheduleRefresh();
}

void ConfusionChart::clear()
{
    setData({});
}

void ConfusionChart::setMode(ConfusionMode mode)
{
    m_d->mode = mode;
    scheduleRefresh();
}

void ConfusionChart::setClickHint(const QString& hint)
{
    m_d->clickHint = hint;
}

ConfusionMode ConfusionChart::mode() const
{
    return m_d->mode;
}

void ConfusionChart::refresh()
{
    Private& d = *m_d;
    if (d.isEmpty()) {
        d.chosen = noCell;
        d.grid->setData({}, d.mode);
        setEmptyText(tr("No confusion matrix. Evaluate a model on at most 1,000 classes, and which "
                        "classes it takes for which appears here."));
        setSummary(tr("No confusion matrix."));
        setLegend({});
    } else {
        setEmptyText(QString());
        d.grid->setData(d.data, d.mode);
        std::vector<LegendEntry> legend{
            {tr("framed: predicted rightly"), d.style.text, LegendMark::Frame}};
        if (d.mode == ConfusionMode::Difference) {
            legend.push_back({tr("more with TTA"), confusionColour(d.style, 0.6), LegendMark::Box});
            legend.push_back({tr("fewer (cut corner); key: points of the true class"),
                confusionColour(d.style, -0.6), LegendMark::StruckBox});
        } else {
            legend.push_back({d.mode == ConfusionMode::Tta
                    ? tr("with TTA: images, coloured by share of the true class")
                    : tr("baseline: images, coloured by share of the true class"),
                confusionColour(d.style, 0.6), LegendMark::Box});
        }
        setLegend(std::move(legend));
        setSummary(d.summary());
    }
    setCursorText(d.chosen == noCell ? QString() : cellText(d.chosen.y(), d.chosen.x()), false);
}

QString ConfusionChart::Private::largestMistake() const
{
    std::pair<int, int> cell{-1, -1};
    std::int64_t most = 0;
    for (int label = 0; label < data.classes; ++label)
        for (int predicted = 0; predicted < data.classes; ++predicted)
            if (const std::int64_t count = data.count(mode, label, predicted);
                label != predicted && count > most) {
                most = count;
                cell = {label, predicted};
            }
    if (most == 0)
        return {};
    return tr("; most often %1 is taken for %2: %3 times")
        .arg(data.className(cell.first), data.className(cell.second), chart_text::count(most));
}

QString ConfusionChart::Private::summary() const
{
    std::int64_t images = 0;
    std::int64_t right = 0;
    for (int k = 0; k < data.classes; ++k) {
        images += data.support(k);
        right += data.count(mode, k, k);
    }
    if (mode == ConfusionMode::Difference)
        return tr("%1 classes, %2 images: TTA predicts %3 more of them rightly.")
            .arg(chart_text::count(data.classes), chart_text::count(images),
                chart_text::signedNumber(double(right), 0));
    return (mode == ConfusionMode::Tta ? tr("TTA, %1 classes: %2 of %3 images right%4.")
                                       : tr("Baseline, %1 classes: %2 of %3 images right%4."))
        .arg(chart_text::count(data.classes), chart_text::count(right), chart_text::count(images),
            largestMistake());
}

QString ConfusionChart::cellText(int label, int predicted) const
{
    const ConfusionData& matrices = m_d->data;
    const auto said = [&](const QString& name, ConfusionMode mode) {
        return tr("%1: %2 of %3 images (%4 %)")
            .arg(name, chart_text::count(matrices.count(mode, label, predicted)),
                chart_text::count(matrices.support(label)),
                chart_text::number(100 * matrices.share(mode, label, predicted), 2));
    };
    QStringList lines{label == predicted
            ? tr("%1, predicted rightly").arg(matrices.className(label))
            : tr("%1, predicted as %2")
                  .arg(matrices.className(label), matrices.className(predicted))};
    if (matrices.has(ConfusionMode::Baseline))
        lines << said(tr("baseline"), ConfusionMode::Baseline);
    if (matrices.has(ConfusionMode::Tta))
        lines << said(tr("TTA"), ConfusionMode::Tta);
    if (matrices.has(ConfusionMode::Difference))
        lines << tr("difference: %1")
                     .arg(chart_text::signedNumber(
                         double(matrices.count(ConfusionMode::Difference, label, predicted)), 0));
    return lines.join(QLatin1Char('\n'));
}

void ConfusionChart::layOutPlots(const QRectF& area)
{
    m_d->grid->setArea(area);
}

void ConfusionChart::restyle(const ChartStyle& style, const QFont& font)
{
    m_d->style = style;
    m_d->grid->setLook(style, font);
}

QSize ConfusionChart::minimumSizeHint() const
{
    return {360, 300};
}

QRectF ConfusionChart::cellPlace(int label, int predicted)
{
    const double zoom = 1 / toScene({1, 0}).x();
    if (m_d->isEmpty())
        return {};
    const QRectF place = m_d->grid->cellPlace(label, predicted);
    return {place.topLeft() * zoom, place.size() * zoom};
}

QPoint ConfusionChart::chosenCell() const
{
    return m_d->chosen;
}

QString ConfusionChart::toolTipAt(const QPointF& position) const
{
    const QPoint cell = m_d->grid->cellAt(position);
    if (m_d->isEmpty() || cell == noCell)
        return QString();
    const QString text = cellText(cell.y(), cell.x());
    return m_d->clickHint.isEmpty() ? text : text + QLatin1Char('\n') + m_d->clickHint;
}

QRectF ConfusionChart::cursorPlace() const
{
    if (m_d->isEmpty() || m_d->chosen == noCell)
        return {};
    return m_d->grid->cellPlace(m_d->chosen.y(), m_d->chosen.x());
}

void ConfusionChart::choose(const QPoint& cell)
{
    m_d->chosen = cell;
    setCursorText(cell == noCell ? QString() : cellText(cell.y(), cell.x()));
}

void ConfusionChart::keyPressEvent(QKeyEvent* event)
{
    if (m_d->isEmpty() || event->modifiers() & (Qt::ControlModifier | Qt::AltModifier))
        return ChartWidget::keyPressEvent(event);
    const int last = m_d->data.classes - 1;
    const bool fresh = m_d->chosen == noCell;
    const QPoint from = fresh ? QPoint(0, 0) : m_d->chosen;
    const auto move = [&](int x, int y) {
        choose(fresh
                ? from
                : QPoint(std::clamp(from.x() + x, 0, last), std::clamp(from.y() + y, 0, last)));
    };
    constexpr int page = 10;
    switch (event->key()) {
    case Qt::Key_Left:
        return move(-1, 0);
    case Qt::Key_Right:
        return move(1, 0);
    case Qt::Key_Up:
        return move(0, -1);
    case Qt::Key_Down:
        return move(0, 1);
    case Qt::Key_PageUp:
        return move(0, -page);
    case Qt::Key_PageDown:
        return move(0, page);
    case Qt::Key_Home:
        return choose({0, from.y()});
    case Qt::Key_End:
        return choose({last, from.y()});
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (!fresh) {
            Q_EMIT cellClicked(from.y(), from.x());
            return;
        }
        break;
    default:
        break;
    }
    ChartWidget::keyPressEvent(event);
}

void ConfusionChart::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return ChartWidget::mousePressEvent(event);
    m_d->pressed = m_d->isEmpty() ? noCell : m_d->grid->cellAt(toScene(event->position()));
}

void ConfusionChart::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return ChartWidget::mouseReleaseEvent(event);
    const QPoint pressed = std::exchange(m_d->pressed, noCell);
    if (pressed == noCell || m_d->grid->cellAt(toScene(event->position())) != pressed)
        return;
    choose(pressed);
    Q_EMIT cellClicked(pressed.y(), pressed.x());
}

void ConfusionChart::focusOutEvent(QFocusEvent* event)
{
    choose(noCell);
    ChartWidget::focusOutEvent(event);
}

ChartTable ConfusionChart::table() const
{
    ChartTable table;
    table.columns = {tr("true class"), tr("predicted class"), tr("baseline"), tr("TTA"),
        tr("difference"), tr("images of the class")};
    const ConfusionData& matrices = m_d->data;
    const auto cell = [&](ConfusionMode mode, int label, int predicted) {
        return matrices.has(mode) ? QVariant(qlonglong(matrices.count(mode, label, predicted)))
                                  : QVariant();
    };
    for (int label = 0; label < matrices.classes; ++label)
        for (int predicted = 0; predicted < matrices.classes; ++predicted)
            if (label == predicted || matrices.count(ConfusionMode::Baseline, label, predicted) != 0
                || matrices.count(ConfusionMode::Tta, label, predicted) != 0)
                table.rows.push_back({matrices.className(label), matrices.className(predicted),
                    cell(ConfusionMode::Baseline, label, predicted),
                    cell(ConfusionMode::Tta, label, predicted),
                    cell(ConfusionMode::Difference, label, predicted),
                    qlonglong(matrices.support(label))});
    return table;
}

} // namespace augury
