// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/plot.h"

#include "ui/charts/plot_frame.h"

#include <QFontMetricsF>
#include <QGraphicsLayout>
#include <QLegend>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace augury {

DataLines::DataLines(Plot& plot, double z)
    : QGraphicsItem(&plot.chart())
    , m_plot(plot)
{
    setZValue(z);
}

void DataLines::setLines(std::vector<QLineF> lines)
{
    m_lines = std::move(lines);
    update();
}

void DataLines::setPen(const QPen& pen, double capLength, const QColor& halo)
{
    m_halo = halo;
    m_pen = pen;
    m_cap = capLength;
    update();
}

QRectF DataLines::boundingRect() const
{
    const double caps = m_cap + m_pen.widthF();
    return m_plot.plotArea().translated(-m_plot.chart().pos()).adjusted(-caps, -caps, caps, caps);
}

void DataLines::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*)
{
    painter->setRenderHint(QPainter::Antialiasing);
    if (m_halo.isValid()) {
        QPen around(m_pen);
        around.setColor(m_halo);
        around.setWidthF(m_pen.widthF() + 2.4);
        painter->setPen(around);
        paintLines(*painter);
    }
    painter->setPen(m_pen);
    paintLines(*painter);
}

void DataLines::paintLines(QPainter& painter) const
{
    for (const QLineF& line : m_lines) {
        const QLineF drawn(m_plot.toChart(line.p1()), m_plot.toChart(line.p2()));
        painter.drawLine(drawn);
        if (m_cap > 0 && drawn.length() > 0) {
            const QLineF across = drawn.normalVector().unitVector();
            const QPointF half = (across.p2() - across.p1()) * (m_cap / 2);
            painter.drawLine(QLineF(drawn.p1() - half, drawn.p1() + half));
            painter.drawLine(QLineF(drawn.p2() - half, drawn.p2() + half));
        }
    }
}

Plot::Plot(QGraphicsItem& root, QObject& owner)
    : m_chart(new QChart(&root))
    , m_x(new QValueAxis)
    , m_y(new QValueAxis)
    , m_frame(new PlotFrame(m_chart))
{
    m_chart->setParent(&owner);
    m_chart->legend()->hide();
    m_chart->setBackgroundVisible(false);
    m_chart->setPlotAreaBackgroundVisible(false);
    m_chart->setAnimationOptions(QChart::NoAnimation);
    m_chart->setMargins(QMargins(0, 0, 0, 0));
    m_chart->setMinimumSize(1, 1);
    m_chart->layout()->setContentsMargins(0, 0, 0, 0);
    m_chart->addAxis(m_x, Qt::AlignBottom);
    m_chart->addAxis(m_y, Qt::AlignLeft);
    m_x->setVisible(false);
    m_y->setVisible(false);
}

void Plot::attach(QAbstractSeries& series)
{
    m_chart->addSeries(&series);
    series.attachAxis(m_x);
    series.attachAxis(m_y);
}

QLineSeries& Plot::addLine(const QString& name)
{
    auto* series = new QLineSeries;
    series->setObjectName(name);
    attach(*series);
    return *series;
}

QScatterSeries& Plot::addMarkers(const QString& name, QScatterSeries::MarkerShape shape)
{
    auto* series = new QScatterSeries;
    series->setObjectName(name);
    series->setMarkerShape(shape);
    attach(*series);
    return *series;
}

QAreaSeries& Plot::addBand(const QString& name)
{
    auto* upper = new QLineSeries;
    auto* lower = new QLineSeries;
    auto* series = new QAreaSeries(upper, lower);
    upper->setParent(series);
    lower->setParent(series);
    series->setObjectName(name);
    attach(*series);
    return *series;
}

void Plot::setAxisLooks(AxisLook x, AxisLook y)
{
    m_frame->setLooks(std::move(x), std::move(y));
}

void Plot::setRanges(const AxisRange& x, const AxisRange& y)
{
    m_frame->setRanges(x, y);
    applyRanges();
}

void Plot::setRoom(double right, double aboveAndBelow)
{
    m_frame->setRoom(right, aboveAndBelow);
    applyRanges();
}

void Plot::applyRanges()
{
    const AxisRange x = m_frame->drawnX();
    const AxisRange y = m_frame->drawnY();
    m_x->setRange(x.low, x.high);
    m_y->setRange(y.low, y.high);
}

const AxisRange& Plot::xRange() const
{
    return m_frame->xRange();
}

const AxisRange& Plot::yRange() const
{
    return m_frame->yRange();
}

void Plot::setStyle(const ChartStyle& style, const QFont& font)
{
    m_font = font;
    m_frame->setStyle(style, font);
}

void Plot::setGeometry(const QRectF& outer, const QString& widest)
{
    const QFontMetricsF metrics(m_font);
    const bool xTicks = m_frame->xLook().ticks;
    const bool xTitle = !m_frame->xLook().title.isEmpty();
    const double left = m_frame->yLook().ticks ? metrics.horizontalAdvance(widest) + labelGap : 1.0;
    const double top =
        m_frame->yLook().title.isEmpty() ? metrics.height() / 2 : metrics.height() * 1.6;
    const double bottom = (xTicks ? tickLength + labelGap / 2 + metrics.height() : 2.0)
        + (xTitle ? labelGap / 2 + metrics.height() : 0.0);
    const double right = metrics.horizontalAdvance(QStringLiteral("00"));
    // Whole pixels: sharp grid lines at every scale factor.
    const QRectF area = QRectF(outer.adjusted(left, top, -right, -bottom).toRect());
    m_chart->setGeometry(outer);
    const QPointF origin = -m_chart->pos();
    m_chart->setPlotArea(area.translated(origin));
    m_frame->setArea(outer.translated(origin), area.translated(origin));
    applyRanges();
    m_chart->layout()->activate();
}

QRectF Plot::plotArea() const
{
    return m_frame->plotArea().translated(m_chart->pos());
}

QPointF Plot::toRoot(const QPointF& data) const
{
    return m_frame->map(data) + m_chart->pos();
}

QPointF Plot::toChart(const QPointF& data) const
{
    return m_frame->map(data);
}

QPointF Plot::toData(const QPointF& root) const
{
    return m_frame->unmap(root - m_chart->pos());
}

void setMean(QLineSeries& line, double value, const AxisRange& x)
{
    if (std::isfinite(value))
        line.replace(QList<QPointF>{{x.low, value}, {x.high, value}});
    else
        line.replace(QList<QPointF>{});
}

bool setBand(QAreaSeries& band, double low, double high, const AxisRange& x, const AxisRange& y)
{
    QList<QPointF> lower;
    QList<QPointF> upper;
    // A band cut off at the axis would look narrower than it is: all of it or none.
    if (std::isfinite(low) && std::isfinite(high) && low >= y.low && high <= y.high) {
        lower = {{x.low, low}, {x.high, low}};
        upper = {{x.low, high}, {x.high, high}};
    }
    band.setVisible(!lower.isEmpty());
    band.lowerSeries()->replace(lower);
    band.upperSeries()->replace(upper);
    return !lower.isEmpty();
}

void setBandColour(QAreaSeries& band, const QColor& colour)
{
    QColor fill = colour;
    fill.setAlpha(46);
    band.setBrush(fill);
    band.setPen(Qt::NoPen);
}

void setMarkerLook(QScatterSeries& markers, const QColor& colour, const QColor& edge, double size)
{
    markers.setColor(colour);
    markers.setBorderColor(edge);
    markers.setPen(QPen(edge, 1));
    markers.setMarkerSize(size);
}

} // namespace augury
