// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/confusion_grid.h"

#include "ui/charts/chart_text.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace augury {

namespace {

constexpr int mostNumbered = 15; // classes whose cells hold numbers
constexpr int leastFont = 9;
constexpr double gap = 6;
constexpr double keyWidth = 14;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(augury::ConfusionChart)
};

std::vector<double> keyTicks(bool difference, double largest, int room)
{
    if (!difference)
        return room >= 9 ? std::vector<double>{0, 0.01, 0.05, 0.1, 0.25, 0.5, 1}
                         : std::vector<double>{0, 0.1, 0.25, 0.5, 1};
    return room >= 7 ? std::vector<double>{-largest, -largest / 4, 0, largest / 4, largest}
                     : std::vector<double>{-largest, 0, largest};
}

} // namespace

ConfusionGrid::ConfusionGrid(QGraphicsItem* parent)
    : QGraphicsItem(parent)
{
}

void ConfusionGrid::setData(const ConfusionData& data, ConfusionMode mode)
{
    m_data = data;
    m_mode = mode;
    // Shares of a row on one scale whatever the data; differences are as large as they are.
    m_largest = mode == ConfusionMode::Difference ? data.largestShare(mode) : 1;
    m_support.clear();
    for (int label = 0; label < data.classes; ++label)
        m_support.push_back(data.support(label));
    std::vector<QString> names;
    for (int k = 0; k < data.classes; ++k)
        names.push_back(data.className(k));
    m_names.setNames(names, names, Words::tr("true class"), Words::tr("predicted class"));
    layOut();
}

void ConfusionGrid::setLook(const ChartStyle& style, const QFont& font)
{
    m_style = style;
    m_font = font;
    m_names.setLook(style, font);
    layOut();
}

void ConfusionGrid::setArea(const QRectF& area)
{
    prepareGeometryChange();
    m_area = area;
    layOut();
}

void ConfusionGrid::layOut()
{
    update();
    if (m_area.isEmpty() || m_data.classes <= 0)
        return;
    const QString keyText =
        m_mode == ConfusionMode::Difference ? QStringLiteral("+100.0") : QStringLiteral("100 %");
    MatrixNames::Limits limits;
    limits.keyWidth = 3 * gap + keyWidth + QFontMetricsF(m_font).horizontalAdvance(keyText) + gap;
    m_names.layOut(m_area, limits);
    const QRectF& cells = m_names.cells();
    const double line = std::ceil(QFontMetricsF(m_font).height());
    m_key =
        QRectF(cells.right() + 3 * gap, cells.top(), keyWidth, std::min(cells.height(), line * 12));
    chooseCellFont();
}

void ConfusionGrid::chooseCellFont()
{
    m_cellFont = QFont(m_font);
    m_cellFont.setPointSizeF(1); // no pixel size
    const int k = m_data.classes;
    if (k > mostNumbered)
        return;
    QFont font(m_font);
    font.setBold(true);
    const QSizeF cell(m_names.cellWidth() - 4, m_names.cellHeight() - 2);
    const int largest = std::max(m_font.pixelSize(), leastFont);
    for (int size = k <= 4 ? largest * 3 / 2 : largest; size >= leastFont; --size) {
        font.setPixelSize(size);
        const QFontMetricsF metrics(font);
        double widest = 0;
        for (int label = 0; label < k; ++label)
            for (int predicted = 0; predicted < k; ++predicted)
                widest = std::max(widest, metrics.horizontalAdvance(cellText(label, predicted)));
        if (widest <= cell.width() && metrics.height() <= cell.height()) {
            font.setBold(false);
            m_cellFont = font;
            return;
        }
    }
}

QString ConfusionGrid::cellText(int label, int predicted) const
{
    const std::int64_t count = m_data.count(m_mode, label, predicted);
    if (m_mode == ConfusionMode::Difference)
        return chart_text::signedNumber(double(count), 0);
    return chart_text::count(count);
}

void ConfusionGrid::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*)
{
    if (m_data.classes <= 0 || m_names.cells().isEmpty())
        return;
    paintCells(*painter);
    m_names.paint(*painter);
    paintKey(*painter);
}

void ConfusionGrid::paintCells(QPainter& painter) const
{
    const int k = m_data.classes;
    painter.setRenderHint(QPainter::Antialiasing, false);
    const QRectF& cells = m_names.cells();
    const double side = std::min(m_names.cellWidth(), m_names.cellHeight());
    for (int label = 0; label < k; ++label) {
        const auto images = double(m_support[static_cast<std::size_t>(label)]);
        for (int predicted = 0; predicted < k; ++predicted) {
            const std::int64_t count = m_data.count(m_mode, label, predicted);
            if (count == 0 || images <= 0)
                continue; // the background's colour: of 1,000 classes nearly all
            const QRectF place = cellPlace(label, predicted);
            painter.fillRect(place,
                confusionColour(m_style, confusionStrength(double(count) / images, m_largest)));
        }
    }
    painter.setPen(QPen(m_style.grid, 1));
    if (side >= 7)
        for (int i = 0; i <= k; ++i) {
            const double x = i < k ? cellPlace(0, i).left() : cells.right();
            const double y = i < k ? cellPlace(i, 0).top() : cells.bottom();
            painter.drawLine(QPointF(x, cells.top()), QPointF(x, cells.bottom()));
            painter.drawLine(QPointF(cells.left(), y), QPointF(cells.right(), y));
        }
    painter.setPen(QPen(m_style.axis, 1));
    painter.drawRect(cells);

    painter.setRenderHint(QPainter::Antialiasing);
    if (m_mode == ConfusionMode::Difference && side >= 5) // fewer: struck through
        for (int label = 0; label < k; ++label)
            for (int predicted = 0; predicted < k; ++predicted)
                if (m_data.count(m_mode, label, predicted) < 0) {
                    const QRectF place = cellPlace(label, predicted);
                    const double reach = std::clamp(side * 0.22, 3.0, 12.0);
                    painter.setPen(QPen(m_style.text, side >= 12 ? 1.4 : 0.8));
                    painter.drawLine(place.bottomLeft() + QPointF(1, -reach - 1),
                        place.bottomLeft() + QPointF(reach + 1, -1));
                }
    // The diagonal is framed: what is right is seen without colour.
    painter.setBrush(Qt::NoBrush);
    const double frame = std::clamp(side * 0.06, 0.6, 2.0);
    painter.setPen(QPen(m_style.text, frame, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
    for (int i = 0; i < k; ++i)
        painter.drawRect(cellPlace(i, i).adjusted(frame / 2, frame / 2, -frame / 2, -frame / 2));
    if (hasNumbers())
        for (int label = 0; label < k; ++label)
            for (int predicted = 0; predicted < k; ++predicted)
                paintCellText(painter, cellPlace(label, predicted), label, predicted);
}

void ConfusionGrid::paintCellText(
    QPainter& painter, const QRectF& place, int label, int predicted) const
{
    QFont font(m_cellFont);
    font.setBold(label == predicted);
    const std::int64_t count = m_data.count(m_mode, label, predicted);
    const auto images = double(m_support[static_cast<std::size_t>(label)]);
    const double share = images > 0 ? double(count) / images : 0;
    const QColor fill = confusionColour(m_style, confusionStrength(share, m_largest));
    const QColor black(Qt::black);
    const QColor white(Qt::white);
    painter.setFont(font);
    painter.setPen(count == 0                                         ? m_style.mutedText
            : contrastRatio(black, fill) > contrastRatio(white, fill) ? black
                                                                      : white);
    const QFontMetricsF metrics(font);
    const QString text = cellText(label, predicted);
    painter.drawText(QPointF(place.center().x() - metrics.horizontalAdvance(text) / 2,
                         place.center().y() + metrics.capHeight() / 2),
        text);
}

void ConfusionGrid::paintKey(QPainter& painter) const
{
    const bool difference = m_mode == ConfusionMode::Difference;
    if (m_key.height() < 20 || !(m_largest > 0))
        return;
    painter.setRenderHint(QPainter::Antialiasing, false);
    const double least = difference ? -1 : 0;
    const auto y = [&](double strength) {
        return m_key.bottom() - (strength - least) / (1 - least) * m_key.height();
    };
    for (double top = m_key.top(); top < m_key.bottom(); ++top) {
        const double strength = least + (m_key.bottom() - top - 0.5) / m_key.height() * (1 - least);
        painter.fillRect(
            QRectF(m_key.left(), top, m_key.width(), 1), confusionColour(m_style, strength));
    }
    painter.setPen(QPen(m_style.axis, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(m_key);
    const QFontMetricsF metrics(m_font);
    painter.setFont(m_font);
    for (const double share :
        keyTicks(difference, m_largest, static_cast<int>(m_key.height() / metrics.height()))) {
        const double at = y(confusionStrength(share, m_largest));
        const QString text = difference ? chart_text::signedNumber(100 * share, 1)
                                        : chart_text::number(100 * share, 0) + Words::tr(" %");
        painter.setPen(QPen(m_style.axis, 1));
        painter.drawLine(QPointF(m_key.right(), at), QPointF(m_key.right() + 3, at));
        painter.setPen(m_style.mutedText);
        painter.drawText(QPointF(m_key.right() + gap, at + metrics.capHeight() / 2), text);
    }
}

} // namespace augury
