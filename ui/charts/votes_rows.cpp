// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/votes_rows.h"

#include "ui/charts/chart_text.h"
#include "ui/charts/hatch.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace augury {

namespace {

constexpr double gap = 10; // between columns
constexpr double markGap = 6; // name to mark
constexpr double mostOfWidth = 0.36; // that names may take
constexpr double leastBars = 60;
constexpr double thickestBar = 11;
constexpr int leastFont = 9;
constexpr double rowGap = 2; // between the lines of two rows
constexpr double smaller = 0.85; // headings, than the rows

struct Words {
    Q_DECLARE_TR_FUNCTIONS(augury::VotesChart)
};

template <typename T> T at(const std::vector<T>& values, int k)
{
    const auto i = static_cast<std::size_t>(k);
    return i < values.size() ? values[i] : T{};
}

QString countText(int count)
{
    return count > 0 ? votesText(count) : QStringLiteral("–");
}

void drawAt(QPainter& painter, double x, const QRectF& row, const QString& text)
{
    const QFontMetricsF metrics(painter.font());
    painter.drawText(
        QPointF(x, row.center().y() + (metrics.ascent() - metrics.descent()) / 2), text);
}

double heightOf(const QFont& font)
{
    return std::ceil(QFontMetricsF(font).height());
}

/// Drawn: not every font has a tick.
double tickWidth(const QFont& font)
{
    return QFontMetricsF(font).height() * 0.7;
}

void drawTick(QPainter& painter, const QRectF& box)
{
    const double side = std::min(box.width(), box.height()) * 0.8;
    const QPointF corner = box.center() - QPointF(side, side) / 2;
    QPainterPath path(corner + QPointF(0, side * 0.55));
    path.lineTo(corner + QPointF(side * 0.38, side * 0.92));
    path.lineTo(corner + QPointF(side, side * 0.12));
    painter.strokePath(
        path, QPen(painter.pen().color(), 1.7, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
}

} // namespace

VotesRows::VotesRows(QGraphicsItem* parent)
    : QGraphicsItem(parent)
{
}

void VotesRows::setVotes(VotesData votes, std::vector<int> rows, double axisMaximum)
{
    m_axisMaximum = axisMaximum > 0 ? axisMaximum : 1;
    m_votes = std::move(votes);
    m_rows = std::move(rows);
    layOut();
}

void VotesRows::setLook(const ChartStyle& style, const QFont& font)
{
    m_style = style;
    m_font = font;
    m_smallFont = font;
    m_smallFont.setPixelSize(
        std::max(leastFont, static_cast<int>(std::lround(font.pixelSize() * smaller))));
    layOut();
}

void VotesRows::setArea(const QRectF& area)
{
    prepareGeometryChange();
    m_area = area;
    layOut();
}

double VotesRows::pleasantHeight(int rows) const
{
    return heightOf(m_smallFont) + rows * std::ceil(QFontMetricsF(m_font).height() * 1.45);
}

double VotesRows::leastHeight(int rows, bool footer) const
{
    const double line = heightOf(m_font);
    return heightOf(m_smallFont) + rows * (line + rowGap) + (footer ? line : 0);
}

QFont VotesRows::rowFont(int row) const
{
    QFont font = m_shownFont;
    font.setBold(classOf(row) == m_votes.winner);
    return font;
}

QString VotesRows::markOf(int row) const
{
    return classOf(row) == m_votes.label ? Words::tr("true") : QString();
}

double VotesRows::markWidth(int row) const
{
    const QString mark = markOf(row);
    return mark.isEmpty()
        ? 0
        : markGap + tickWidth(m_shownFont) + 2 + QFontMetricsF(m_shownFont).horizontalAdvance(mark);
}

void VotesRows::layOut()
{
    update();
    const auto rows = static_cast<double>(m_rows.size());
    if (m_rows.empty() || m_area.isEmpty())
        return;
    const double line = heightOf(m_font);
    // Where it is tight, the rows are worth more than the line on the rest and the heading.
    const double small = heightOf(m_smallFont);
    m_headingHeight = m_area.height() < rows * line * 0.9 + small ? 0 : small;
    m_footerHeight =
        footer().isEmpty() || m_area.height() - m_headingHeight < (rows + 1) * line * 0.9 ? 0
                                                                                          : line;
    const double room = (m_area.height() - m_headingHeight - m_footerHeight) / rows;
    m_rowHeight = std::max(1.0, std::floor(std::min(room, line * 2.6)));

    m_shownFont = m_font;
    const int crowded = static_cast<int>(std::floor(room * 0.95));
    m_shownFont.setPixelSize(std::clamp(crowded, leastFont, std::max(m_font.pixelSize(), 1)));

    double names = 0;
    double percents = 0;
    double votes = 0;
    for (int row = 0; row < static_cast<int>(m_rows.size()); ++row) {
        const QFontMetricsF metrics(rowFont(row));
        const int k = classOf(row);
        names = std::max(names, metrics.horizontalAdvance(m_votes.className(k)) + markWidth(row));
        percents = std::max(
            percents, metrics.horizontalAdvance(chart_text::percent(at(m_votes.merged, k))));
        votes = std::max(votes, metrics.horizontalAdvance(countText(at(m_votes.counts, k))));
    }
    // Steady while a slider moves: as wide as the numbers can get.
    QFont bold = m_shownFont;
    bold.setBold(true);
    const QFontMetricsF metrics(bold);
    m_percentWidth =
        std::ceil(std::max(percents, metrics.horizontalAdvance(chart_text::percent(1))));
    m_votesWidth = std::ceil(std::max(votes, metrics.horizontalAdvance(countText(m_votes.copies))));
    if (const QStringList words = headings(); !words.isEmpty()) {
        const QFontMetricsF heading(m_smallFont);
        m_percentWidth = std::max(m_percentWidth, std::ceil(heading.horizontalAdvance(words[3])));
        m_votesWidth = std::max(m_votesWidth, std::ceil(heading.horizontalAdvance(words[4])));
    }
    const double least = 3 * gap + m_percentWidth + m_votesWidth + leastBars;
    m_nameWidth = std::ceil(std::min(
        names + 1, std::max(40.0, std::min(m_area.width() * mostOfWidth, m_area.width() - least))));
}

int VotesRows::rowAt(const QPointF& position) const
{
    for (int row = 0; row < static_cast<int>(m_rows.size()); ++row)
        if (rowPlace(row).contains(position))
            return row;
    return -1;
}

QRectF VotesRows::rowPlace(int row) const
{
    return {m_area.left(), std::round(m_area.top()) + m_headingHeight + row * m_rowHeight,
        m_area.width(), m_rowHeight};
}

QRectF VotesRows::barsPlace(int row) const
{
    const QRectF place = rowPlace(row);
    const double left = std::round(place.left() + m_nameWidth + gap);
    const double right = std::floor(place.right() - m_votesWidth - m_percentWidth - 2 * gap);
    const double height = std::min(2 * thickestBar + 1, std::floor(m_rowHeight * 0.78));
    return {left, std::round(place.center().y() - height / 2), std::max(1.0, right - left), height};
}

QRectF VotesRows::bar(int row, const std::vector<double>& values, bool lower) const
{
    const QRectF bars = barsPlace(row);
    const double share = std::clamp(at(values, classOf(row)) / m_axisMaximum, 0.0, 1.0);
    const double height = std::floor((bars.height() - 1) / 2);
    return {
        bars.left(), lower ? bars.top() + height + 1 : bars.top(), bars.width() * share, height};
}

QRectF VotesRows::baselineBar(int row) const
{
    return bar(row, m_votes.baseline, false);
}

QRectF VotesRows::mergedBar(int row) const
{
    return bar(row, m_votes.merged, true);
}

QString VotesRows::shownName(int row) const
{
    return QFontMetricsF(rowFont(row))
        .elidedText(m_votes.className(classOf(row)), Qt::ElideMiddle, m_nameWidth - markWidth(row));
}

QString VotesRows::rowToolTip(int row) const
{
    const int k = classOf(row);
    QStringList lines{m_votes.className(k)};
    if (k == m_votes.label)
        lines[0] = Words::tr("%1 (the true class)").arg(lines[0]);
    lines << Words::tr("merged %1").arg(chart_text::percent(at(m_votes.merged, k)));
    if (!m_votes.baseline.empty())
        lines << Words::tr("original %1").arg(chart_text::percent(at(m_votes.baseline, k)));
    if (m_votes.copies > 0)
        lines << (m_votes.copies == 1 ? Words::tr("%1 of 1 copy says so").arg(at(m_votes.counts, k))
                                      : Words::tr("%1 of %2 copies say so")
                                            .arg(at(m_votes.counts, k))
                                            .arg(m_votes.copies));
    return lines.join(QLatin1Char('\n'));
}

QString VotesRows::footer() const
{
    const int hidden = m_votes.classes() - static_cast<int>(m_rows.size());
    if (hidden <= 0)
        return {};
    double largest = 0;
    for (int k = 0; k < m_votes.classes(); ++k)
        if (!std::binary_search(m_rows.begin(), m_rows.end(), k))
            largest = std::max({largest, at(m_votes.merged, k), at(m_votes.baseline, k)});
    const QString most = largest < 0.0005
        ? Words::tr("below 0.1 %")
        : Words::tr("at most %1").arg(chart_text::percent(largest));
    return hidden == 1 ? Words::tr("1 more class, %1").arg(most)
                       : Words::tr("%1 more classes, each %2").arg(chart_text::count(hidden), most);
}

void VotesRows::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*)
{
    if (m_rows.empty())
        return;
    const int last = static_cast<int>(m_rows.size()) - 1;
    const QRectF bars = barsPlace(0);
    const double top = rowPlace(0).top();
    const double bottom = rowPlace(last).bottom();
    painter->setRenderHint(QPainter::Antialiasing, false);
    for (const double share : {0.0, 0.25, 0.5, 0.75, 1.0}) {
        const double x = std::round(bars.left() + bars.width() * share);
        painter->fillRect(QRectF(x - (share > 0 ? 0 : 1), top, 1, bottom - top),
            share > 0 ? m_style.grid : m_style.axis);
    }
    painter->setRenderHint(QPainter::Antialiasing);
    paintHeadings(*painter);
    for (int row = 0; row <= last; ++row)
        paintRow(*painter, row);
    if (m_footerHeight > 0) {
        painter->setFont(m_font);
        painter->setPen(m_style.mutedText);
        drawAt(*painter, m_area.left(),
            QRectF(m_area.left(), bottom, m_area.width(), m_footerHeight),
            QFontMetricsF(m_font).elidedText(footer(), Qt::ElideRight, m_area.width()));
    }
}

QStringList VotesRows::headings() const
{
    if (m_headingHeight <= 0)
        return {};
    const auto percent = [](double share) {
        const bool whole = std::abs(100 * share - std::round(100 * share)) < 1e-9;
        return chart_text::number(100 * share, whole ? 0 : 1);
    };
    QStringList words{percent(0), percent(m_axisMaximum / 2),
        percent(m_axisMaximum) + QStringLiteral(" %"), Words::tr("merged")};
    if (m_votes.copies <= 0)
        words << Words::tr("votes");
    else if (m_votes.copies == 1)
        words << Words::tr("of 1 copy");
    else
        words << Words::tr("of %1 copies").arg(chart_text::count(m_votes.copies));
    return words;
}

void VotesRows::paintHeadings(QPainter& painter) const
{
    const QStringList words = headings();
    if (words.isEmpty())
        return;
    painter.setFont(m_smallFont);
    painter.setPen(m_style.mutedText);
    const QFontMetricsF metrics(m_smallFont);
    const QRectF line(m_area.left(), std::round(m_area.top()), m_area.width(), m_headingHeight);
    const QRectF bars = barsPlace(0);
    /// `share` of the text is left of x.
    const auto put = [&](double x, double share, const QString& text) {
        drawAt(painter, x - share * metrics.horizontalAdvance(text), line, text);
    };
    put(bars.left(), 0, words[0]);
    const double middle = metrics.horizontalAdvance(words[1]);
    const double outer = metrics.horizontalAdvance(words[0]) + metrics.horizontalAdvance(words[2]);
    if (bars.width() > outer + middle + 4 * markGap)
        put(bars.center().x(), 0.5, words[1]);
    put(bars.right(), 1, words[2]);
    put(line.right() - m_votesWidth - gap, 1, words[3]);
    put(line.right(), 1, words[4]);
}

void VotesRows::paintRow(QPainter& painter, int row) const
{
    const int k = classOf(row);
    const QRectF place = rowPlace(row);
    painter.setFont(rowFont(row));
    painter.setPen(m_style.text);
    const QString name = shownName(row);
    drawAt(painter, place.left(), place, name);
    if (const QString mark = markOf(row); !mark.isEmpty()) {
        const double x =
            place.left() + markGap + QFontMetricsF(painter.font()).horizontalAdvance(name);
        const double tick = tickWidth(m_shownFont);
        painter.setFont(m_shownFont);
        painter.setPen(m_style.mutedText);
        drawTick(painter, QRectF(x, place.center().y() - tick / 2, tick, tick));
        drawAt(painter, x + tick + 2, place, mark);
    }

    paintHatchedBar(painter, baselineBar(row), m_style.baseline);
    painter.fillRect(mergedBar(row), m_style.tta);

    painter.setFont(rowFont(row));
    const auto atRight = [&](double right, const QString& text) {
        drawAt(painter, right - QFontMetricsF(painter.font()).horizontalAdvance(text), place, text);
    };
    painter.setPen(m_style.text);
    atRight(place.right() - m_votesWidth - gap, chart_text::percent(at(m_votes.merged, k)));
    const int count = at(m_votes.counts, k);
    painter.setPen(count > 0 ? m_style.text : m_style.mutedText);
    atRight(place.right(), countText(count));
}

} // namespace augury
