// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/axis_pictures.h"

#include "ui/widgets/picture_paint.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace augury {

namespace {

constexpr double gap = 4;
constexpr double leastSide = 28;
constexpr double mostSide = 72;
constexpr double mostOfHeight = 0.22; // of the chart

} // namespace

AxisPictures::AxisPictures(Plot& plot)
    : QGraphicsItem(&plot.chart())
    , m_plot(plot)
{
    setZValue(1002);
}

void AxisPictures::setPictures(std::vector<TuneCurve::Thumbnail> pictures, const QString& title)
{
    std::stable_sort(pictures.begin(), pictures.end(),
        [](const TuneCurve::Thumbnail& a, const TuneCurve::Thumbnail& b) { return a.x < b.x; });
    std::erase_if(
        pictures, [](const TuneCurve::Thumbnail& picture) { return picture.image.isNull(); });
    m_pictures = std::move(pictures);
    m_title = title;
    update();
}

void AxisPictures::setLook(const ChartStyle& style, const QFont& font)
{
    m_style = style;
    m_font = font;
    update();
}

QRectF AxisPictures::layOut(const QRectF& outer)
{
    prepareGeometryChange();
    if (m_pictures.empty()) {
        m_strip = QRectF();
        return outer;
    }
    // As wide as most neighbours leave room for, going by the width that the plot will about have.
    std::vector<double> distances;
    for (std::size_t i = 1; i < m_pictures.size(); ++i)
        distances.push_back(m_pictures[i].x - m_pictures[i - 1].x);
    const auto middle = distances.begin() + static_cast<std::ptrdiff_t>(distances.size() / 2);
    std::nth_element(distances.begin(), middle, distances.end());
    const AxisRange& x = m_plot.xRange();
    const double width = outer.width() * 0.88;
    const double spacing =
        x.isValid() && !distances.empty() ? *middle / (x.high - x.low) * width : mostSide;
    m_side = std::floor(std::clamp(spacing - gap, leastSide,
        std::max(leastSide, std::min(mostSide, outer.height() * mostOfHeight))));
    const double title = QFontMetricsF(m_font).height() + gap;
    const double strip = m_side + 2 * gap + title;
    m_strip = QRectF(outer.left(), outer.bottom() - strip, outer.width(), strip);
    return outer.adjusted(0, 0, 0, -strip);
}

std::vector<AxisPictures::Shown> AxisPictures::shown() const
{
    std::vector<Shown> result;
    if (m_strip.isEmpty() || !m_plot.xRange().isValid())
        return result;
    const auto placeOf = [this](std::size_t i) {
        const double x = m_plot.toRoot({m_pictures[i].x, m_plot.yRange().low}).x();
        const double left = std::clamp(
            x - m_side / 2, m_strip.left(), std::max(m_strip.left(), m_strip.right() - m_side));
        return QRectF(left, m_strip.top() + gap, m_side, m_side);
    };
    const std::size_t last = m_pictures.size() - 1;
    for (std::size_t i = 0; i <= last; ++i) {
        const QRectF place = placeOf(i);
        const bool free = result.empty() || place.left() >= result.back().place.right() + gap / 2;
        if (free) {
            result.push_back({i, place});
        } else if (i == last && result.size() > 1) {
            // Both ends of the axis are shown rather than the last but one.
            while (result.size() > 1 && result.back().place.right() + gap / 2 > place.left())
                result.pop_back();
            result.push_back({i, place});
        }
    }
    return result;
}

std::vector<QRectF> AxisPictures::places() const
{
    std::vector<QRectF> result;
    for (const Shown& one : shown())
        result.push_back(one.place);
    return result;
}

QRectF AxisPictures::boundingRect() const
{
    return m_strip.translated(-m_plot.chart().pos());
}

void AxisPictures::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*)
{
    if (m_strip.isEmpty())
        return;
    painter->translate(-m_plot.chart().pos());
    for (const Shown& one : shown()) {
        const QRectF place =
            paintPicture(*painter, one.place, m_pictures[one.picture].image, PictureScale::Smooth);
        painter->setRenderHint(QPainter::Antialiasing, false);
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(m_style.axis, 1));
        painter->drawRect(place);
    }
    const QFontMetricsF metrics(m_font);
    painter->setFont(m_font);
    painter->setPen(m_style.mutedText);
    painter->drawText(
        QPointF(m_plot.plotArea().center().x() - metrics.horizontalAdvance(m_title) / 2,
            m_strip.bottom() - metrics.descent()),
        m_title);
}

} // namespace augury
