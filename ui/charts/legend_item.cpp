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
        const double needed =
            markWidth(line, entry.mark) + markGap + metrics.horizontalAdvance(entry.text);
        if (place.x() > 0 && place.x() + needed > width)
            place = QPointF(0, place.y() + line * 1.25);
        m_places.push_back(place);
        place.rx() += needed + entryGap;
    }
    m_size = QSizeF(width, m_entries.empty() ? 0 : place.y() + line);
    return m_size.height();
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
        paintMark(*painter, m_entries[i], QRectF(m_places[i], QSizeF(width, metrics.height())));
        painter->setPen(m_text);
        painter->drawText(
            m_places[i] + QPointF(width + markGap, metrics.ascent()), m_entries[i].text);
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
    case LegendMark::None:
        break;
    }
}

} // namespace augury
