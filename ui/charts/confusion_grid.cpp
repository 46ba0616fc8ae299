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
constexpr double mostNames = 0.24; // of width or height
constexpr double widestCell = 1.8; // in heights
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
    layOut();
}

void ConfusionGrid::setLook(const ChartStyle& style, const QFont& font)
{
    m_style = style;
    m_font = font;
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
    const double line = std::ceil(QFontMetricsF(m_font).height());
    const double title = line * 1.3;
    const int k = m_data.classes;
    m_nameFont = m_font;
    const double roughCell = (m_area.height() - 3 * line) / k;
    m_nameFont.setPixelSize(std::clamp(
        static_cast<int>(roughCell * 0.9), leastFont, std::max(m_font.pixelSize(), leastFont)));
    const QFontMetricsF metrics(m_nameFont);
    double widest = 0;
    for (int i = 0; i < k; ++i)
        widest = std::max(widest, std::ceil(metrics.horizontalAdvance(m_data.className(i))) + 1);
    m_nameWidth = std::max(QFontMetricsF(m_font).horizontalAdvance(Words::tr("true class")),
        std::min(widest, std::floor(m_area.width() * mostNames)));
    const QString keyText =
        m_mode == ConfusionMode::Difference ? QStringLiteral("+100.0") : QStringLiteral("100 %");
    const double key = 3 * gap + keyWidth + QFontMetricsF(m_font).horizontalAdvance(keyText) + gap;
    const double left = m_area.left() + m_nameWidth + gap;
    const double width = std::max(1.0, m_area.right() - key - left);
    const auto cellWidth = [&](double height) { return std::min(width / k, height * widestCell); };

    // The columns' names lie where they have room, else they stand.
    const double lying = std::ceil(metrics.height());
    const double standing = std::min(widest, std::floor(m_area.height() * mostNames));
    const double heightIfLying = (m_area.height() - title - lying - gap) / k;
    m_upright = widest + 4 > cellWidth(heightIfLying);
    m_nameHeight = m_upright ? standing : lying;
    const double top = m_area.top() + title + m_nameHeight + gap;
    const double height = std::max(1.0, m_area.bottom() - top);
    const double cellHeight = height / k;
    m_cells = QRectF(std::round(left), std::round(top), std::round(cellWidth(cellHeight) * k),
        std::round(cellHeight * k));
    m_key = QRectF(
        m_cells.right() + 3 * gap, m_cells.top(), keyWidth, std::min(m_cells.height(), line * 12));
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
    const QSizeF cell(m_cells.width() / k - 4, m_cells.height() / k - 2);
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

QRectF ConfusionGrid::cellPlace(int label, int predicted) const
{
    const double width = m_cells.width() / m_data.classes;
    const double height = m_cells.height() / m_data.classes;
    // Whole pixels, so that neighbours neither overlap nor leave a gap.
    const double left = std::round(m_cells.left() + predicted * width);
    const double top = std::round(m_cells.top() + label * height);
    return {left, top, std::round(m_cells.left() + (predicted + 1) * width) - left,
        std::round(m_cells.top() + (label + 1) * height) - top};
}

QPoint ConfusionGrid::cellAt(const QPointF& position) const
{
    if (m_data.classes <= 0 || !m_cells.contains(position))
        return {-1, -1};
    const auto index = [this](double from, double length) {
        return std::clamp(static_cast<int>(from / length * m_data.classes), 0, m_data.classes - 1);
    };
    return {index(position.x() - m_cells.left(), m_cells.width()),
        index(position.y() - m_cells.top(), m_cells.height())};
}

int ConfusionGrid::nameStep(double cell) const
{
    const double needed = QFontMetricsF(m_nameFont).height() * 0.95;
    for (const int step : {1, 2, 5, 10, 20, 50, 100, 200, 500})
        if (step * cell >= needed)
            return step;
    return m_data.classes;
}

QString ConfusionGrid::shownName(int k) const
{
    if (m_data.classes <= 0 || k % nameStep(m_cells.height() / m_data.classes) != 0)
        return {};
    return QFontMetricsF(m_nameFont).elidedText(m_data.className(k), Qt::ElideMiddle, m_nameWidth);
}

void ConfusionGrid::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*)
{
    if (m_data.classes <= 0 || m_cells.isEmpty())
        return;
    paintCells(*painter);
    paintNames(*painter);
    paintKey(*painter);
}

void ConfusionGrid::paintCells(QPainter& painter) const
{
    const int k = m_data.classes;
    painter.setRenderHint(QPainter::Antialiasing, false);
    const double side = std::min(m_cells.width(), m_cells.height()) / k;
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
            const double x = i < k ? cellPlace(0, i).left() : m_cells.right();
            const double y = i < k ? cellPlace(i, 0).top() : m_cells.bottom();
            painter.drawLine(QPointF(x, m_cells.top()), QPointF(x, m_cells.bottom()));
            painter.drawLine(QPointF(m_cells.left(), y), QPointF(m_cells.right(), y));
        }
    painter.setPen(QPen(m_style.axis, 1));
    painter.drawRect(m_cells);

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

void ConfusionGrid::paintNames(QPainter& painter) const
{
    const int k = m_data.classes;
    const QFontMetricsF plain(m_font);
    painter.setFont(m_font);
    painter.setPen(m_style.mutedText);
    painter.drawText(
        QPointF(m_area.left(), m_area.top() + plain.ascent()), Words::tr("true class"));
    const QString across = Words::tr("predicted class");
    painter.drawText(QPointF(std::max(m_cells.left(),
                                 m_cells.center().x() - plain.horizontalAdvance(across) / 2),
                         m_area.top() + plain.ascent()),
        across);

    const QFontMetricsF metrics(m_nameFont);
    painter.setFont(m_nameFont);
    painter.setPen(m_style.text);
    for (int i = 0; i < k; ++i) {
        const QString name = shownName(i);
        const QRectF place = cellPlace(i, 0);
        if (!name.isEmpty())
            painter.drawText(QPointF(m_cells.left() - gap - metrics.horizontalAdvance(name),
                                 place.center().y() + metrics.capHeight() / 2),
                name);
    }
    const int step = m_upright ? nameStep(m_cells.width() / k) : 1;
    for (int i = 0; i < k; i += step) {
        const QRectF place = cellPlace(0, i);
        const double room = m_upright ? m_nameHeight : place.width() - 2;
        const QString name = metrics.elidedText(m_data.className(i), Qt::ElideMiddle, room);
        if (m_upright) {
            painter.save();
            painter.translate(place.center().x() + metrics.capHeight() / 2, place.top() - gap / 2);
            painter.rotate(-90);
            painter.drawText(QPointF(0, 0), name);
            painter.restore();
        } else {
            painter.drawText(QPointF(place.center().x() - metrics.horizontalAdvance(name) / 2,
                                 place.top() - gap / 2 - metrics.descent()),
                name);
        }
    }
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
