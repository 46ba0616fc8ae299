// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/legend_item.h"

#include "ui/charts/hatch.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace augury {

namespace {

constexpr double markGap = 7; // mark to text
constexpr double entryGap = 22; // entry to entry

double markWidth(double lineHeight, LegendMark mark)
{
    switch (mark) {
    case LegendMark::ThinLine:
    case LegendMark::DashedLine:
    case LegendMark::SolidCircle:
    case LegendMark::DashedSquare:
    case LegendMark::Band:
    case LegendMark::HatchedBar:
    case LegendMark::Bar:
    case LegendMark::Zone:
    case LegendMark::MarkedLine:
        return lineHeight * 1.9;
    case LegendMark::None:
        return -markGap;
    default:
        return lineHeight * 0.75;
    }
}

} // namespace

LegendMark legendMark(MarkerShape shape)
{
    switch (shape) {
    case MarkerShape::Circle:
        return LegendMark::Circle;
    case MarkerShape::Square:
        return LegendMark::Square;
    case MarkerShape::Diamond:
        return LegendMark::Diamond;
    case MarkerShape::Up:
        return LegendMark::Up;
    case MarkerShape::Down:
        return LegendMark::Down;
    }
    return LegendMark::Circle;
}

void LegendItem::setEntries(std::vector<LegendEntry> entries)
{
    m_entries = std::move(entries);
    update();
}

void LegendItem::setLook(const ChartStyle& style, const QFont& font)
{
    m_text = style.text;
    m_background = style.background;
    m_font = font;
    update();
}

double LegendItem::layOut(double width)
{
    prepareGeometryChange();
    const QFontMetricsF metrics(m_font);
    const double line = metrics.height();
    m_places.clear();
    QPointF place(0, 0);
    for (const LegendEntry& entry : m_entries) {
        const double before = markWidth(line, entry.mark) + markGap;
        const double room = std::max(1.0, width * std::clamp(entry.mostShare, 0.0, 1.0) - before);
        const QString text = metrics.elidedText(entry.text, Qt::ElideRight, std::ceil(room));
        const double needed = before + metrics.horizontalAdvance(text);
        if (place.x() > 0 && place.x() + needed > width)
            place = QPointF(0, place.y() + line * 1.25);
        m_places.push_back({place, text, needed});
        place.rx() += needed + entryGap;
    }
    m_size = QSizeF(width, m_entries.empty() ? 0 : place.y() + line);
    return m_size.height();
}

QString LegendItem::elidedAt(const QPointF& position) const
{
    const double line = QFontMetricsF(m_font).height();
    for (std::size_t i = 0; i < std::min(m_entries.size(), m_places.size()); ++i)
        if (const Place& place = m_places[i]; place.text != m_entries[i].text
            && QRectF(place.corner, QSizeF(place.width, line)).contains(mapFromScene(position)))
            return m_entries[i].text;
    return {};
}

QRectF LegendItem::boundingRect() const
{
    return QRectF(QPointF(0, 0), m_size);
}

void LegendItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*)
{
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setFont(m_font);
    const QFontMetricsF metrics(m_font);
    for (std::size_t i = 0; i < std::min(m_entries.size(), m_places.size()); ++i) {
        const double width = markWidth(metrics.height(), m_entries[i].mark);
        const Place& place = m_places[i];
        paintMark(*painter, m_entries[i], QRectF(place.corner, QSizeF(width, metrics.height())));
        painter->setPen(m_text);
        painter->drawText(place.corner + QPointF(width + markGap, metrics.ascent()), place.text);
    }
}

void LegendItem::paintMark(QPainter& painter, const LegendEntry& entry, const QRectF& box) const
{
    const QPointF centre = box.center();
    const double radius = box.height() * 0.3;
    const QRectF square(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius);
    const double thickness = std::round(box.height() * 0.5);
    const QRectF lying(box.left(), std::round(centre.y() - thickness / 2), box.width(), thickness);
    const auto line = [&](double width, Qt::PenStyle style) {
        painter.setPen(QPen(entry.colour, width, style, Qt::FlatCap));
        painter.drawLine(QPointF(box.left(), centre.y()), QPointF(box.right(), centre.y()));
    };
    const auto solid = [&] {
        painter.setPen(QPen(m_background, 1));
        painter.setBrush(entry.colour);
    };
    const auto marker = [&](MarkerShape shape) {
        paintMarker(painter, shape, centre, 2 * radius, entry.colour, m_background);
    };
    switch (entry.mark) {
    case LegendMark::Circle:
        marker(MarkerShape::Circle);
        break;
    case LegendMark::Square:
        marker(MarkerShape::Square);
        break;
    case LegendMark::Diamond:
        marker(MarkerShape::Diamond);
        break;
    case LegendMark::Up:
        marker(MarkerShape::Up);
        break;
    case LegendMark::Down:
        marker(MarkerShape::Down);
        break;
    case LegendMark::Ring:
        painter.setPen(QPen(entry.colour, 1.8));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(square);
        break;
    case LegendMark::ThinLine:
        line(1.2, Qt::SolidLine);
        break;
    case LegendMark::DashedLine:
        line(2, Qt::DashLine);
        break;
    case LegendMark::SolidCircle:
        line(2, Qt::SolidLine);
        solid();
        painter.drawEllipse(square.adjusted(0.7, 0.7, -0.7, -0.7));
        break;
    case LegendMark::DashedSquare:
        line(2, Qt::DashLine);
        solid();
        painter.drawRect(square.adjusted(1, 1, -1, -1));
        break;
    case LegendMark::Band: {
        QColor fill = entry.colour;
        fill.setAlpha(60);
        painter.fillRect(box.adjusted(0, box.height() * 0.1, 0, -box.height() * 0.1), fill);
        line(1.6, Qt::SolidLine);
        break;
    }
    case LegendMark::Box:
        painter.setPen(Qt::NoPen);
        painter.setBrush(entry.colour);
        painter.drawRect(square);
        break;
    case LegendMark::HatchedBar:
        paintHatchedBar(painter, lying, entry.colour);
        break;
    case LegendMark::Bar:
        painter.fillRect(lying, entry.colour);
        break;
    case LegendMark::Zone: {
        QColor fill = entry.colour;
        fill.setAlpha(52);
        painter.fillRect(lying, fill);
        painter.setPen(QPen(entry.colour, 1, Qt::DotLine));
        painter.drawLine(lying.topLeft(), lying.topRight());
        painter.drawLine(lying.bottomLeft(), lying.bottomRight());
        break;
    }
    case LegendMark::Frame:
        painter.setPen(QPen(entry.colour, 1.8, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(square);
        break;
    case LegendMark::StruckBox:
        painter.fillRect(square, entry.colour);
        painter.setPen(QPen(m_background, 1.6));
        painter.drawLine(square.bottomLeft(), square.topRight());
        break;
    case LegendMark::MarkedLine:
        line(2, entry.dash);
        marker(entry.shape);
        break;
    case LegendMark::Corner:
        painter.setPen(QPen(entry.colour, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(square);
        paintMarker(painter, MarkerShape::Diamond,
            square.topLeft() + QPointF(0.45, 0.45) * square.width(), radius * 0.8, entry.colour,
            m_background);
        break;
    case LegendMark::SparseHatch:
        painter.fillRect(square, entry.colour);
        paintSparseHatch(painter, square, m_background);
        break;
    case LegendMark::Dot:
        painter.setPen(Qt::NoPen);
        painter.setBrush(entry.colour);
        painter.drawEllipse(centre, 1.5, 1.5);
        break;
    case LegendMark::HollowDiamond:
        marker(MarkerShape::Diamond);
        paintMarker(painter, MarkerShape::Diamond, centre, radius, m_background, {});
        break;
    case LegendMark::None:
        break;
    }
}

} // namespace augury
