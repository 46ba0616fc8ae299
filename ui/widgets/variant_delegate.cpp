// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/variant_delegate.h"

#include "ui/charts/chart_text.h"
#include "ui/session/variants_model.h"
#include "ui/widgets/cached_style.h"
#include "ui/widgets/outcome_mark.h"
#include "ui/widgets/picture_paint.h"

#include <QAbstractItemView>
#include <QApplication>
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

constexpr int padding = 8;
constexpr int pictureGap = 6; // picture to text
constexpr int leastTextWidth = 132;
constexpr int wordLines = 2;
constexpr double corner = 5;

Mark verdictOf(const QModelIndex& index)
{
    const QVariant verdict = index.data(VariantsModel::VerdictRole);
    if (!verdict.isValid() || verdict.toInt() < 0)
        return Mark::None;
    return verdict.toInt() == 1 ? Mark::Right : Mark::Wrong;
}

QString percentOf(const QModelIndex& index)
{
    const double probability = index.data(VariantsModel::ProbabilityRole).toDouble();
    const int decimals = probability > 0.99 && probability < 1 ? 1 : 0; // nearly sure is not sure
    return chart_text::number(100 * probability, decimals) + QStringLiteral(" %");
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
void paintBadge(QPainter& painter, const QRectF& picture, int votes, const ChartStyle& style)
{
    QFont font = painter.font();
    font.setBold(true);
    painter.setFont(font);
    const QString text = QStringLiteral("×%1").arg(votes);
    const QFontMetricsF metrics(font);
    const QSizeF size(metrics.horizontalAdvance(text) + 10, metrics.height() + 2);
    const QRectF badge(QPointF(picture.right() - size.width() + 5, picture.top() - 5), size);
    painter.setPen(QPen(style.background, 1.5));
    painter.setBrush(style.text);
    painter.drawRoundedRect(badge, size.height() / 2, size.height() / 2);
    painter.setPen(style.background);
    painter.drawText(badge, Qt::AlignCenter, text);
    font.setBold(false);
    painter.setFont(font);
}

void paintVote(QPainter& painter, const QRectF& line, const QModelIndex& index,
    const QPalette& palette, const QColor& text)
{
    const Mark mark = verdictOf(index);
    double x = line.left();
    if (mark != Mark::None) {
        paintMark(painter, QRectF(x, line.top(), line.height(), line.height()), mark, palette);
        x += line.height() + 3;
    }
    QFont bold = painter.font();
    bold.setBold(true);
    const QFontMetricsF metrics(bold);
    const QString percent = percentOf(index);
    const double room = line.right() - x - metrics.horizontalAdvance(percent) - 6;
    const QString name = metrics.elidedText(
        index.data(VariantsModel::ClassRole).toString(), Qt::ElideRight, std::max(room, 1.0));
    const QFont plain = painter.font();
    const double base = line.top() + (line.height() + metrics.ascent() - metrics.descent()) / 2;
    painter.setPen(text);
    painter.setFont(bold);
    painter.drawText(QPointF(x, base), name);
    painter.setFont(plain);
    painter.drawText(QPointF(x + metrics.horizontalAdvance(name) + 6, base), percent);
}

} // namespace

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

QSize VariantDelegate::pictureRoom(QSize imageSize)
{
    constexpr int least = 96;
    constexpr int most = 144;
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
    const QSize picture = pictureRoom(imageSize);
    const int line = static_cast<int>(std::ceil(QFontMetricsF(font).height()));
    constexpr int lines = 1 + wordLines + 1; // the vote, the words, the copies
    return {std::max(picture.width(), leastTextWidth) + 2 * padding,
        picture.height() + pictureGap + lines * line + 4 + 2 * padding};
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
    painter->setFont(option.font);
    const ChartStyle& style = cachedStyle(option.palette);
    paintCard(*painter, option, style);

    const QRectF inner = QRectF(option.rect).adjusted(padding, padding, -padding, -padding);
    const auto picture = qvariant_cast<QImage>(index.data(Qt::DecorationRole));
    const QSizeF size = pictureRoom(picture.size());
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
        paintBadge(*painter, place, votes, style);

    const QFontMetricsF metrics(option.font);
    const double line = std::ceil(metrics.height());
    QRectF text(inner.left(), room.bottom() + pictureGap, inner.width(), line);
    if (!index.data(VariantsModel::ClassRole).toString().isEmpty()) {
        paintVote(*painter, text, index, option.palette, style.text);
        text.translate(0, line + 2);
    }
    const auto drawLine = [&](const QString& words) {
        painter->drawText(QPointF(text.left(), text.top() + metrics.ascent()), words);
        text.translate(0, line);
    };
    painter->setPen(style.text);
    const QString words = index.data(Qt::DisplayRole).toString();
    for (const QString& part : wrappedLines(words, option.font, inner.width(), wordLines))
        drawLine(part);
    painter->setPen(option.state.testFlag(QStyle::State_Selected) ? style.text : style.mutedText);
    if (const QString copies = index.data(VariantsModel::SlotsRole).toString(); copies != words)
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
