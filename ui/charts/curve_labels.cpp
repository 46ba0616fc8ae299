// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/curve_labels.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <initializer_list>

namespace augury {

namespace {

constexpr double gap = 4; // from what a text belongs to
constexpr double lineGap = 5; // from the level line, whose place markers may share
constexpr double outsideCost = 1e6;

/// Shifted into `area` as far as it fits.
QRectF within(QRectF place, const QRectF& area)
{
    if (place.right() > area.right())
        place.moveRight(area.right());
    if (place.left() < area.left())
        place.moveLeft(area.left());
    return place;
}

/// Readable across lines that it could not avoid.
void drawWithHalo(QPainter& painter, const QRectF& place, const QFont& font, const QString& text,
    const QColor& colour, const QColor& background)
{
    const QFontMetricsF metrics(font);
    QPainterPath path;
    path.addText(place.topLeft() + QPointF(0, metrics.ascent()), font, text);
    painter.strokePath(path, QPen(background, 4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setFont(font);
    painter.setPen(colour);
    painter.drawText(place.topLeft() + QPointF(0, metrics.ascent()), text);
}

} // namespace

CurveLabels::CurveLabels(Plot& plot)
    : QGraphicsItem(&plot.chart())
    , m_plot(plot)
{
    setZValue(1001);
}

void CurveLabels::setTexts(const QList<QPointF>& curve, const QPointF& best,
    const QString& bestText, double level, const QString& levelText)
{
    m_curve = curve;
    m_best = best;
    m_bestText = bestText;
    m_level = level;
    m_levelText = levelText;
    update();
}

void CurveLabels::setLook(const ChartStyle& style, const QFont& font, double ringSize)
{
    m_style = style;
    m_font = font;
    m_ring = ringSize;
    update();
}

double CurveLabels::heightNeeded() const
{
    return QFontMetricsF(m_font).height() + m_ring / 2 + gap;
}

QRectF CurveLabels::boundingRect() const
{
    return m_plot.plotArea().translated(-m_plot.chart().pos());
}

double CurveLabels::covered(const QRectF& place) const
{
    const QRectF area = boundingRect();
    double cost = place.top() < area.top() || place.bottom() > area.bottom() ? outsideCost : 0;
    const double level = m_plot.toChart(QPointF(0, m_level)).y();
    if (level > place.top() && level < place.bottom())
        cost += place.width();
    for (qsizetype i = 1; i < m_curve.size(); ++i) {
        const QPointF from = m_plot.toChart(m_curve[i - 1]);
        const QPointF to = m_plot.toChart(m_curve[i]);
        if (to.x() < place.left() || from.x() > place.right())
            continue;
        // A few points on the segment tell well enough how much of it lies inside.
        constexpr int steps = 16;
        for (int step = 0; step < steps; ++step)
            if (place.contains(from + (to - from) * ((step + 0.5) / steps)))
                cost += std::hypot(to.x() - from.x(), to.y() - from.y()) / steps;
    }
    return cost;
}

CurveLabels::Places CurveLabels::places() const
{
    const QFontMetricsF metrics(m_font);
    const QRectF area = boundingRect().adjusted(gap, 0, -gap, 0);
    const auto cheapest = [](std::initializer_list<QRectF> places, const auto& cost) {
        return *std::min_element(places.begin(), places.end(),
            [&](const QRectF& a, const QRectF& b) { return cost(a) < cost(b); });
    };
    Places result;
    const QPointF best = m_plot.toChart(m_best);
    const QSizeF bestSize(metrics.horizontalAdvance(m_bestText), metrics.height());
    const double reach = m_ring / 2 + gap / 2;
    const auto beside = [&](double x, double y) {
        return within(QRectF(QPointF(x, y), bestSize), area);
    };
    const double level = m_plot.toChart(QPointF(0, m_level)).y();
    const double above = best.y() - reach - bestSize.height();
    const double below = best.y() + reach;
    // Beyond the level line, where that is too near for a text between it and the point.
    const double beyond = level < best.y() ? level - gap / 2 - bestSize.height() : level + gap / 2;
    const double left = best.x() - bestSize.width();
    const double centred = best.x() - bestSize.width() / 2;
    result.best = cheapest({beside(centred, above), beside(left, above), beside(best.x(), above),
                               beside(centred, below), beside(left, below), beside(best.x(), below),
                               beside(centred, beyond), beside(left, beyond)},
        [&](const QRectF& place) { return covered(place); });

    const QSizeF levelSize(metrics.horizontalAdvance(m_levelText), metrics.height());
    const auto along = [&](double x, double y) {
        return within(QRectF(QPointF(x, y), levelSize), area);
    };
    const QRectF taken = result.best.adjusted(-gap, 0, gap, 0);
    const double right = area.right() - levelSize.width();
    result.level =
        cheapest({along(right, level + lineGap), along(right, level - lineGap - levelSize.height()),
                     along(area.left(), level + lineGap),
                     along(area.left(), level - lineGap - levelSize.height())},
            [&](const QRectF& place) {
                const QRectF both = place.intersected(taken);
                const bool onRing = place.intersects(
                    QRectF(best - QPointF(reach, reach), best + QPointF(reach, reach)));
                return covered(place) + (both.isEmpty() ? 0 : 10 * both.width())
                    + (onRing ? 10 * m_ring : 0);
            });
    return result;
}

void CurveLabels::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*)
{
    if (m_curve.isEmpty())
        return;
    painter->setRenderHint(QPainter::Antialiasing);
    const QPointF best = m_plot.toChart(m_best);
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(m_style.background, 4));
    painter->drawEllipse(best, m_ring / 2, m_ring / 2);
    painter->setPen(QPen(m_style.text, 1.8));
    painter->drawEllipse(best, m_ring / 2, m_ring / 2);
    const Places where = places();
    drawWithHalo(*painter, where.best, m_font, m_bestText, m_style.text, m_style.background);
    drawWithHalo(*painter, where.level, m_font, m_levelText, m_style.baseline, m_style.background);
}

} // namespace augury
