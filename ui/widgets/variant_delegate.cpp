// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/variant_delegate.h"

#include "ui/charts/chart_text.h"
#include "ui/session/variants_model.h"
#include "ui/widgets/cached_style.h"
#include "ui/widgets/outcome_mark.h"
#include "ui/widgets/picture_paint.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QFontInfo>
#include <QFontMetricsF>
#include <QHelpEvent>
#include <QPainter>
#include <QTextDocument>
#include <QTextLayout>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace augury {

namespace {

constexpr double corner = 5;
constexpr int markGap = 3; // mark to class
constexpr int percentGap = 6; // class to percent

/// What differs between a tile and a compact one.
struct Measures {
    int padding; // above and below
    int sidePadding;
    int pictureGap; // picture to text
    int voteGap; // vote to words
    int leastTextWidth;
    int wordLines;
    int copyLines;
    int leastPicture; // the longer side
    int mostPicture;
    double fontFactor;
};

const Measures& measures(bool compact)
{
    constexpr static Measures full{8, 8, 6, 2, 132, 3, 1, 96, 144, 1};
    constexpr static Measures small{3, 6, 3, 0, 88, 1, 0, 48, 72, 0.9};
    return compact ? small : full;
}

QFont tileFont(const QFont& font, bool compact)
{
    QFont result(font);
    const double factor = measures(compact).fontFactor;
    if (factor < 1)
        result.setPixelSize(
            std::max(10, static_cast<int>(std::lround(QFontInfo(font).pixelSize() * factor))));
    return result;
}

QFont boldOf(const QFont& font)
{
    QFont bold(font);
    bold.setBold(true);
    return bold;
}

int lineOf(const QFont& font)
{
    return static_cast<int>(std::ceil(QFontMetricsF(font).height()));
}

/// Of a vote as the sample data's longest: nothing is cut at the first launch.
int voteWidth(const QFont& font)
{
    const double name = QFontMetricsF(boldOf(font)).horizontalAdvance(QStringLiteral("Ankle boot"));
    const double percent = QFontMetricsF(font).horizontalAdvance(QStringLiteral("99.7 %"));
    return static_cast<int>(std::ceil(lineOf(font) + markGap + name + percentGap + percent));
}

Mark verdictOf(const QModelIndex& index)
{
    const QVariant verdict = index.data(VariantsModel::VerdictRole);
    if (!verdict.isValid() || verdict.toInt() < 0)
        return Mark::None;
    return verdict.toInt() == 1 ? Mark::Right : Mark::Wrong;
}

QString percentOf(const QModelIndex& index)
{
    return tilePercent(index.data(VariantsModel::ProbabilityRole).toDouble());
}

/// What the tile stands on, and its edge.
void paintCard(QPainter& painter, const QStyleOptionViewItem& option, const ChartStyle& style)
{
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool hovered = option.state.testFlag(QStyle::State_MouseOver);
    const QColor highlight = option.palette.color(QPalette::Active, QPalette::Highlight);
    painter.setBrush(style.background);
    painter.setPen(selected ? QPen(highlight, 2) : QPen(hovered ? style.axis : style.grid, 1));
    const double inset = selected ? 2 : 1.5;
    const QRectF card = QRectF(option.rect).adjusted(inset, inset, -inset, -inset);
    painter.drawRoundedRect(card, corner, corner);
    if (selected || hovered) {
        QColor tint = highlight;
        tint.setAlphaF(selected ? 0.16F : 0.07F);
        painter.setBrush(tint);
        painter.setPen(Qt::NoPen);
        painter.drawRoundedRect(card, corner, corner);
    }
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(style.text, 1, Qt::DotLine));
        painter.drawRoundedRect(card.adjusted(2.5, 2.5, -2.5, -2.5), corner - 2, corner - 2);
    }
}

/// "×4" in the upper right corner of the picture.
void paintBadge(QPainter& painter, const QRectF& picture, const QRectF& tile, int votes,
    const ChartStyle& style)
{
    QFont font = painter.font();
    font.setBold(true);
    painter.setFont(font);
    const QString text = QStringLiteral("×%1").arg(votes);
    const QFontMetricsF metrics(font);
    const QSizeF size(metrics.horizontalAdvance(text) + 10, metrics.height() + 2);
    const QRectF badge(
        QPointF(picture.right() - size.width() + 5, std::max(picture.top() - 5, tile.top() + 1)),
        size);
    painter.setPen(QPen(style.background, 1.5));
    painter.setBrush(style.text);
    painter.drawRoundedRect(badge, size.height() / 2, size.height() / 2);
    painter.setPen(style.background);
    painter.drawText(badge, Qt::AlignCenter, text);
    font.setBold(false);
    painter.setFont(font);
}

/// The mark, the class and its percent; only the class is ever cut.
void paintVote(QPainter& painter, const QRectF& line, Mark mark, const QModelIndex& index,
    const QPalette& palette, const QColor& text)
{
    double x = line.left();
    if (mark != Mark::None) {
        paintMark(painter, QRectF(x, line.top(), line.height(), line.height()), mark, palette);
        x += line.height() + markGap;
    }
    const QFont bold = boldOf(painter.font());
    const QFontMetricsF metrics(bold);
    const QString percent = percentOf(index);
    const double room =
        line.right() - x - percentGap - QFontMetricsF(painter.font()).horizontalAdvance(percent);
    const QString name = metrics.elidedText(
        index.data(VariantsModel::ClassRole).toString(), Qt::ElideRight, std::max(room, 1.0));
    const QFont plain = painter.font();
    const double base = line.top() + (line.height() + metrics.ascent() - metrics.descent()) / 2;
    painter.setPen(text);
    painter.setFont(bold);
    painter.drawText(QPointF(x, base), name);
    painter.setFont(plain);
    painter.drawText(QPointF(x + metrics.horizontalAdvance(name) + percentGap, base), percent);
}

} // namespace

QString tilePercent(double probability)
{
    const double percent = 100 * probability;
    const auto text = [](double value, int decimals) {
        return chart_text::number(value, decimals) + QStringLiteral(" %");
    };
    if (percent >= 99.5 && percent < 99.95) // beyond, one decimal says 100.0 everywhere else
        return text(percent, 1);
    // Neither is a tie of two; 50.0 is as good as one.
    const bool nearHalf = percent >= 49.5 && percent < 50.5;
    return text(percent, nearHalf && std::abs(percent - 50) >= 0.05 ? 1 : 0);
}

QStringList wrappedLines(const QString& text, const QFont& font, double width, int most)
{
    QStringList lines;
    QTextLayout layout(text, font);
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    layout.beginLayout();
    while (lines.size() < most) {
        QTextLine line = layout.createLine();
        if (!line.isValid())
            break;
        line.setLineWidth(width);
        const QString rest = text.mid(line.textStart());
        lines << (lines.size() + 1 == most
                ? QFontMetricsF(font).elidedText(rest, Qt::ElideRight, width)
                : rest.left(line.textLength()).trimmed());
    }
    layout.endLayout();
    return lines;
}

VariantDelegate::VariantDelegate(QObject* parent)
    : QStyledItemDelegate(parent)
{
}

void VariantDelegate::setSmooth(bool smooth)
{
    m_smooth = smooth;
}

void VariantDelegate::setTileWidth(int width)
{
    width = std::max(width, 0);
    if (width == m_tileWidth)
        return;
    m_tileWidth = width;
    Q_EMIT sizeHintChanged({});
}

void VariantDelegate::setCompact(bool compact)
{
    if (compact == m_compact)
        return;
    m_compact = compact;
    Q_EMIT sizeHintChanged({});
}

QSize VariantDelegate::pictureRoom(QSize imageSize, bool compact)
{
    const int least = measures(compact).leastPicture;
    const int most = measures(compact).mostPicture;
    if (imageSize.isEmpty())
        return {least, least};
    const int longer = std::max(imageSize.width(), imageSize.height());
    if (longer > most)
        return imageSize.scaled(most, most, Qt::KeepAspectRatio).expandedTo({1, 1});
    int factor = (least + longer - 1) / longer;
    if (factor * longer > most)
        --factor;
    return imageSize * factor;
}

QSize VariantDelegate::tileSize(QSize imageSize) const
{
    return tileSize(imageSize, QApplication::font());
}

QSize VariantDelegate::tileSize(QSize imageSize, const QFont& font) const
{
    QSize size = naturalTileSize(imageSize, font, m_compact);
    if (m_tileWidth > 0)
        size.setWidth(std::max(m_tileWidth,
            pictureRoom(imageSize, m_compact).width() + 2 * measures(m_compact).sidePadding));
    return size;
}

QSize VariantDelegate::naturalTileSize(QSize imageSize, const QFont& font, bool compact)
{
    const Measures& m = measures(compact);
    const QSize picture = pictureRoom(imageSize, compact);
    const int lines = 1 + m.wordLines + m.copyLines; // the first is the vote
    const int text = compact ? m.leastTextWidth : std::max(m.leastTextWidth, voteWidth(font));
    return {std::max(picture.width(), text) + 2 * m.sidePadding,
        picture.height() + m.pictureGap + lines * lineOf(tileFont(font, compact)) + m.voteGap
            + 2 * m.padding};
}

QSize VariantDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    return tileSize(qvariant_cast<QImage>(index.data(Qt::DecorationRole)).size(), option.font);
}

void VariantDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const Measures& m = measures(m_compact);
    const QFont font = tileFont(option.font, m_compact);
    painter->setFont(font);
    const ChartStyle& style = cachedStyle(option.palette);
    paintCard(*painter, option, style);

    const QRectF inner =
        QRectF(option.rect).adjusted(m.sidePadding, m.padding, -m.sidePadding, -m.padding);
    const auto picture = qvariant_cast<QImage>(index.data(Qt::DecorationRole));
    const QSizeF size = pictureRoom(picture.size(), m_compact);
    const QRectF room(
        inner.center().x() - size.width() / 2, inner.top(), size.width(), size.height());
    const QRectF place = picture.isNull()
        ? room
        : paintPicture(
            *painter, room, picture, m_smooth ? PictureScale::Smooth : PictureScale::Whole);
    if (picture.isNull())
        painter->fillRect(room, option.palette.color(QPalette::Active, QPalette::AlternateBase));
    const Mark mark = verdictOf(index);
    const double edge = mark == Mark::None ? 1 : 2;
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(mark == Mark::None ? style.grid : markColour(mark, option.palette), edge,
        Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
    painter->drawRect(place.adjusted(-edge / 2, -edge / 2, edge / 2, edge / 2));
    if (const int votes = index.data(VariantsModel::VotesRole).toInt(); votes > 1)
        paintBadge(*painter, place, QRectF(option.rect), votes, style);

    const QFontMetricsF metrics(font);
    const double line = lineOf(font);
    QRectF text(inner.left(), room.bottom() + m.pictureGap, inner.width(), line);
    if (!index.data(VariantsModel::ClassRole).toString().isEmpty()) {
        if (m_compact) // its line is needed for the class
            paintMark(*painter,
                QRectF(place.right() - line + 5, place.bottom() - line + 3, line, line), mark,
                option.palette);
        paintVote(*painter, text, m_compact ? Mark::None : mark, index, option.palette, style.text);
        text.translate(0, line + m.voteGap);
    }
    const auto drawLine = [&](const QString& words) {
        painter->drawText(QPointF(text.left(), text.top() + metrics.ascent()), words);
        text.translate(0, line);
    };
    painter->setPen(style.text);
    const QString words = index.data(Qt::DisplayRole).toString();
    for (const QString& part : wrappedLines(words, font, inner.width(), m.wordLines))
        drawLine(part);
    painter->setPen(option.state.testFlag(QStyle::State_Selected) ? style.text : style.mutedText);
    if (const QString copies = index.data(VariantsModel::SlotsRole).toString();
        m.copyLines > 0 && copies != words)
        drawLine(metrics.elidedText(copies, Qt::ElideRight, inner.width()));
    painter->restore();
}

QString VariantDelegate::toolTip(const QModelIndex& index)
{
    const QString own = index.data(Qt::ToolTipRole).toString();
    QStringList lines{
        index.data(Qt::DisplayRole).toString(), index.data(VariantsModel::SlotsRole).toString()};
    if (const QString name = index.data(VariantsModel::ClassRole).toString(); !name.isEmpty()) {
        const QString verdict = markText(verdictOf(index));
        const QString vote = name + QLatin1Char(' ') + percentOf(index);
        lines << (verdict.isEmpty() ? vote : tr("%1, %2").arg(vote, verdict));
    }
    lines.removeIf([&own](const QString& line) { return line.isEmpty() || own.contains(line); });
    if (!own.isEmpty())
        lines << own;
    const QString text = lines.join(QLatin1Char('\n'));
    return Qt::mightBeRichText(text) ? Qt::convertFromPlainText(text) : text;
}

bool VariantDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view,
    const QStyleOptionViewItem& option, const QModelIndex& index)
{
    if (event->type() != QEvent::ToolTip || view == nullptr || !index.isValid())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    QToolTip::showText(event->globalPos(), toolTip(index), view->viewport(), option.rect);
    return true;
}

} // namespace augury
