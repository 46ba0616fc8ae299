// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/learning_chart.h"

#include "ui/charts/chart_text.h"
#include "ui/charts/decimated_line.h"
#include "ui/charts/legend_item.h"
#include "ui/charts/plot.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace augury {

namespace {

constexpr qsizetype mostMarkedEpochs = 40; // more markers would be a caterpillar
constexpr int mostDetailedEpochs = 20; // above: batches of the running epoch alone, not a comb
constexpr double sideBySideFrom = 1.5; // width to height

/// One of the two plots: a quantity a batch, and an epoch for training and validation.
struct Curves {
    Curves(ChartWidget& owner, QGraphicsItem& root, const QString& quantity)
        : plot(root, owner)
        , batchLine(plot.addLine(quantity + QStringLiteral("Batches")))
        , trainLine(plot.addLine(quantity + QStringLiteral("Train")))
        , validationLine(plot.addLine(quantity + QStringLiteral("Validation")))
        , trainMarkers(plot.addMarkers(
              quantity + QStringLiteral("TrainEpochs"), QScatterSeries::MarkerShapeCircle))
        , validationMarkers(plot.addMarkers(
              quantity + QStringLiteral("ValidationEpochs"), QScatterSeries::MarkerShapeRectangle))
    {
    }

    void clear()
    {
        for (DecimatedLine* line : {&batches, &train, &validation})
            line->clear();
        plot.setRanges({}, {});
    }

    void show(const AxisRange& x, double leastSpan, double ceiling)
    {
        const QList<QPointF> batchPoints = batches.points();
        const QList<QPointF> trainPoints = train.points();
        const QList<QPointF> validationPoints = validation.points();
        double low = std::numeric_limits<double>::infinity();
        double high = -low;
        for (const auto* points : {&batchPoints, &trainPoints, &validationPoints})
            for (const QPointF& point : *points) {
                low = std::min(low, point.y());
                high = std::max(high, point.y());
            }
        if (low <= high)
            plot.setRanges(x, steadyRange(plot.yRange(), low, high, 6, leastSpan, 0, ceiling));
        batchLine.replace(batchPoints);
        trainLine.replace(trainPoints);
        validationLine.replace(validationPoints);
        const bool marked = trainPoints.size() <= mostMarkedEpochs;
        trainMarkers.replace(marked ? trainPoints : QList<QPointF>());
        validationMarkers.replace(marked ? validationPoints : QList<QPointF>());
    }

    void restyle(const ChartStyle& style, const QFont& font)
    {
        plot.setStyle(style, font);
        batchLine.setPen(QPen(style.train, 1));
        trainLine.setPen(QPen(style.train, 2));
        validationLine.setPen(QPen(style.validation, 2, Qt::DashLine));
        setMarkerLook(trainMarkers, style.train, style.background, 9.5);
        plot.setRoom(6, 6);
        setMarkerLook(validationMarkers, style.validation, style.background, 8.5);
    }

    Plot plot;
    QLineSeries& batchLine;
    QLineSeries& trainLine;
    QLineSeries& validationLine;
    QScatterSeries& trainMarkers;
    QScatterSeries& validationMarkers;
    DecimatedLine batches;
    DecimatedLine train;
    DecimatedLine validation;
};

} // namespace

struct LearningChart::Private {
    explicit Private(LearningChart& chart)
        : loss(chart, chart.plotRoot(), QStringLiteral("loss"))
        , accuracy(chart, chart.plotRoot(), QStringLiteral("accuracy"))
    {
    }

    int epochs = 0;
    std::optional<BatchProgress> newestBatch;
    std::optional<EpochMetrics> newestEpoch;
    int endedEpochs = 0;
    ChartStyle style;
    Curves loss;
    Curves accuracy;

    bool isEmpty() const { return !newestBatch && !newestEpoch; }

    AxisRange epochRange() const
    {
        const int last = std::max({1, epochs, endedEpochs, newestBatch ? newestBatch->epoch : 0});
        return newestBatch ? AxisRange{0, double(last), 1} : AxisRange{0.5, last + 0.5, 1};
    }

    std::vector<LegendEntry> legend() const
    {
        std::vector<LegendEntry> entries;
        if (newestEpoch)
            entries.push_back({tr("training"), style.train, LegendMark::SolidCircle});
        if (newestEpoch && newestEpoch->validationAccuracy)
            entries.push_back({tr("validation"), style.validation, LegendMark::DashedSquare});
        if (!loss.batches.isEmpty())
            entries.push_back(
                {tr("training, mean of the epoch so far"), style.train, LegendMark::ThinLine});
        return entries;
    }

    QString summary() const;
};

LearningChart::LearningChart(QWidget* parent)
    : ChartWidget(parent)
    , m_d(std::make_unique<Private>(*this))
{
    setAccessibleName(tr("Loss and accuracy while training"));
    const auto whole = [](double value, int) { return chart_text::number(value, 0); };
    const AxisLook epoch{tr("epoch"), whole, false, true};
    m_d->loss.plot.setAxisLooks(
        epoch, {tr("loss (cross-entropy, nats)"), chart_text::number, true, true});
    m_d->accuracy.plot.setAxisLooks(epoch, {tr("accuracy (%)"), chart_text::number, true, true});
    finishConstruction();
}

LearningChart::~LearningChart() = default;

void LearningChart::clear(int epochs)
{
    m_d->epochs = epochs;
    m_d->newestBatch.reset();
    m_d->newestEpoch.reset();
    m_d->endedEpochs = 0;
    m_d->loss.clear();
    m_d->accuracy.clear();
    scheduleRefresh();
}

void LearningChart::appendBatch(const BatchProgress& progress)
{
    m_d->newestBatch = progress;
    const double x = progress.epoch - 1 + double(progress.batch) / std::max(1, progress.batches);
    m_d->loss.batches.append({x, progress.loss});
    m_d->accuracy.batches.append({x, 100 * progress.accuracy});
    scheduleRefresh();
}

void LearningChart::appendEpoch(int epoch, const EpochMetrics& metrics)
{
    m_d->newestEpoch = metrics;
    m_d->endedEpochs = epoch;
    if (m_d->epochs > mostDetailedEpochs)
        for (Curves* curves : {&m_d->loss, &m_d->accuracy})
            curves->batches.clear();
    m_d->loss.train.append({double(epoch), metrics.trainLoss});
    m_d->accuracy.train.append({double(epoch), 100 * metrics.trainAccuracy});
    if (metrics.validationLoss)
        m_d->loss.validation.append({double(epoch), *metrics.validationLoss});
    if (metrics.validationAccuracy)
        m_d->accuracy.validation.append({double(epoch), 100 * *metrics.validationAccuracy});
    scheduleRefresh();
}

QString LearningChart::Private::summary() const
{
    using namespace chart_text;
    if (isEmpty())
        return tr("Nothing trained yet.");
    if (!newestEpoch)
        return tr("Epoch %1 of %2, batch %3 of %4: loss %5, accuracy %6.")
            .arg(newestBatch->epoch)
            .arg(newestBatch->epochs)
            .arg(newestBatch->batch)
            .arg(newestBatch->batches)
            .arg(number(newestBatch->loss, 3), percent(newestBatch->accuracy));
    QString text = tr("%1 of %2 epochs done: training loss %3, accuracy %4")
                       .arg(endedEpochs)
                       .arg(std::max(epochs, endedEpochs))
                       .arg(number(newestEpoch->trainLoss, 3), percent(newestEpoch->trainAccuracy));
    if (newestEpoch->validationLoss && newestEpoch->validationAccuracy)
        text += tr("; validation loss %1, accuracy %2")
                    .arg(number(*newestEpoch->validationLoss, 3),
                        percent(*newestEpoch->validationAccuracy));
    return text + QStringLiteral(".");
}

void LearningChart::refresh()
{
    Private& d = *m_d;
    setEmptyText(d.isEmpty()
            ? tr("Nothing trained yet. Start a training, and loss and accuracy are drawn here "
                 "while it runs.")
            : QString());
    setSummary(d.summary());
    setLegend(d.legend());
    const AxisRange x = d.epochRange();
    d.loss.show(x, 0.02, std::numeric_limits<double>::max());
    d.accuracy.show(x, 1.0, 100);
}

void LearningChart::layOutPlots(const QRectF& area)
{
    const QString widest = QStringLiteral("100.0");
    constexpr double gap = 18;
    if (area.width() > sideBySideFrom * area.height()) {
        const QSizeF half((area.width() - gap) / 2, area.height());
        m_d->loss.plot.setGeometry(QRectF(area.topLeft(), half), widest);
        m_d->accuracy.plot.setGeometry(
            QRectF(area.topLeft() + QPointF(half.width() + gap, 0), half), widest);
    } else {
        const QSizeF half(area.width(), (area.height() - gap / 2) / 2);
        m_d->loss.plot.setGeometry(QRectF(area.topLeft(), half), widest);
        m_d->accuracy.plot.setGeometry(
            QRectF(area.topLeft() + QPointF(0, half.height() + gap / 2), half), widest);
    }
}

void LearningChart::restyle(const ChartStyle& style, const QFont& font)
{
    m_d->style = style;
    m_d->loss.restyle(style, font);
    m_d->accuracy.restyle(style, font);
}

QString LearningChart::toolTipAt(const QPointF& position) const
{
    for (const Curves* curves : {&m_d->loss, &m_d->accuracy}) {
        if (!curves->plot.plotArea().adjusted(-8, 0, 8, 0).contains(position))
            continue;
        const double x = curves->plot.toData(position).x();
        const auto nearest = [x](const QLineSeries& line) -> std::optional<QPointF> {
            std::optional<QPointF> best;
            for (const QPointF& point : line.points())
                if (!best || std::abs(point.x() - x) < std::abs(best->x() - x))
                    best = point;
            return best;
        };
        const bool isLoss = curves == &m_d->loss;
        const auto text = [isLoss](double value) {
            return isLoss ? chart_text::number(value, 4) : chart_text::percent(value / 100);
        };
        QStringList lines;
        if (const auto train = nearest(curves->trainLine)) {
            lines << tr("Epoch %1").arg(int(std::lround(train->x())));
            lines << tr("training %1").arg(text(train->y()));
            if (const auto validation = nearest(curves->validationLine))
                lines << tr("validation %1").arg(text(validation->y()));
        } else if (const auto batch = nearest(curves->batchLine)) {
            lines << tr("training, so far %1").arg(text(batch->y()));
        }
        return lines.join(QLatin1Char('\n'));
    }
    return QString();
}

} // namespace augury
