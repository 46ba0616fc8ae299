// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/contact_sheet_layout.h"

#include "core/tta/sentence.h"
#include "core/tta/vote_merger.h"
#include "ui/charts/chart_text.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>
#include <optional>

namespace augury {

namespace {

constexpr double margin = 28;
constexpr double tileGap = 14;
constexpr double padding = 12; // frame to what is in it
constexpr double textGap = 6;
constexpr double barHeight = 6;
constexpr double leastTextWidth = 168;
constexpr double leastHeadingWidth = 560; // with a sentence
constexpr double leastNameWidth = 380; // without
constexpr int pictureSide = 320; // device pixels at scale 2: 10 × 32, 11 × 28 …
constexpr int largePictureSide = 448; // … and 2 × 224: of images of more than half of 320
constexpr double wantedShape = 1.5; // width to height
constexpr double mostPixels = 64e6; // of a sheet at scale 2

struct Fonts {
    QFont name = sheetFont(20, QFont::DemiBold);
    QFont sentence = sheetFont(16);
    QFont note = sheetFont(14);
    QFont drawn = sheetFont(13, QFont::DemiBold);
    QFont transform = sheetFont(13);
    QFont predicted = sheetFont(14, QFont::DemiBold);
    QFont probability = sheetFont(13);
};

/// Whole factors up; down only what is larger than the place.
QSizeF pictureSize(const Shape& shape, double scale)
{
    const QSize image(shape.width, shape.height);
    const int longer = std::max({1, shape.width, shape.height});
    const bool large = 2 * longer > pictureSide;
    const int side = static_cast<int>((large ? largePictureSide : pictureSide) * scale / 2);
    if (longer > side)
        return QSizeF(image.scaled(side, side, Qt::KeepAspectRatio).expandedTo({1, 1})) / scale;
    const int factor = side / longer;
    return QSizeF(image * factor) / scale;
}

double toDevicePixel(double value, double scale)
{
    return std::floor(value * scale) / scale;
}

SheetMark markOf(std::int32_t predicted, std::int32_t label)
{
    if (label < 0)
        return SheetMark::None;
    return predicted == label ? SheetMark::Right : SheetMark::Wrong;
}

QString nameOf(const ContactSheet& sheet, std::int32_t k)
{
    return QString::fromStdString(className(sheet.classNames, k));
}

/// What is drawn of a sheet, and how it voted.
struct Content {
    const ContactSheet& sheet;
    std::vector<std::size_t> variants; ///< those that a shown slot stands for
    std::optional<ImageVote> vote;

    explicit Content(const ContactSheet& s)
        : sheet(s)
    {
        for (std::size_t i = 0; i < s.variants.variants.size(); ++i)
            if (!shownSlots(i).empty())
                variants.push_back(i);
        if (s.variants.table.classes > 0)
            vote = voteOn(s.variants.table, 0, s.copies, s.vote);
    }

    std::vector<int> shownSlots(std::size_t variant) const
    {
        std::vector<int> shown;
        for (const int slot : sheet.variants.variants[variant].slots)
            if (slot <= sheet.copies)
                shown.push_back(slot);
        return shown;
    }
};

SheetTile makeTile(const Content& content, std::size_t variant, const Fonts& fonts, double width)
{
    const ContactSheet& sheet = content.sheet;
    const Variant& drawn = sheet.variants.variants[variant];
    SheetTile tile;
    tile.variant = variant;
    tile.drawn = wrapped(
        QString::fromStdString(describeSlots(content.shownSlots(variant))), fonts.drawn, width);
    if (!drawn.transform.isIdentity())
        tile.transform = wrapped(
            withFirmUnits(QString::fromStdString(describe(drawn.transform, sheet.variants.shape))),
            fonts.transform, width);
    if (!content.vote)
        return tile;
    const auto probabilities = sheet.variants.table.view(0, drawn.slots.front());
    const auto predicted = argmax(probabilities);
    tile.share = double(probabilities[static_cast<std::size_t>(predicted)]);
    tile.mark = markOf(predicted, sheet.label);
    const QString percent = chart_text::percent(tile.share);
    tile.probability = elided(percent, fonts.probability,
        std::ceil(QFontMetricsF(fonts.probability).horizontalAdvance(percent)) + 1);
    const double line = QFontMetricsF(fonts.predicted).height();
    const double markWidth = tile.mark == SheetMark::None ? 0 : line;
    tile.markPlace = QRectF(0, 0, markWidth, line);
    tile.predicted = elided(nameOf(sheet, predicted), fonts.predicted, width - markWidth);
    return tile;
}

void moveTo(SheetText& text, double x, double y)
{
    text.place.moveTopLeft({x, y});
}

/// Puts the parts of a tile into its frame; `text` is what the row's slots and transforms need.
void fillFrame(SheetTile& tile, const QSizeF& picture, double text, double scale)
{
    const QRectF inner = tile.frame.adjusted(padding, padding, -padding, -padding);
    tile.picture =
        QRectF(QPointF(toDevicePixel(inner.center().x() - picture.width() / 2, scale), inner.top()),
            picture);
    const double top = std::ceil(tile.picture.bottom()) + textGap;
    moveTo(tile.drawn, inner.left(), top);
    moveTo(tile.transform, inner.left(), tile.drawn.bottom());
    if (tile.predicted.isEmpty())
        return;
    const double below = top + text + textGap;
    tile.markPlace.moveTopLeft({inner.left(), below});
    moveTo(tile.predicted, tile.markPlace.right(), below);
    // Bars of one length in all tiles, whatever their figures.
    const double figure =
        QFontMetricsF(tile.probability.font).horizontalAdvance(QStringLiteral("100.0 %"));
    const double second = tile.predicted.bottom();
    moveTo(tile.probability, inner.right() - tile.probability.place.width(), second);
    tile.bar = QRectF(inner.left(), std::round(tile.probability.place.center().y() - barHeight / 2),
        std::floor(inner.width() - figure - textGap), barHeight);
}

double textHeight(const SheetTile& tile)
{
    return tile.drawn.height() + tile.transform.height();
}

/// The heading, from the top; returns where it ends.
double layOutHeading(SheetLayout& layout, const Content& content, const Fonts& fonts, double width)
{
    const ContactSheet& sheet = content.sheet;
    double y = margin;
    const auto put = [&](SheetText& text, const QString& words, const QFont& font, double gap) {
        if (words.isEmpty())
            return;
        text = wrapped(words, font, width);
        moveTo(text, margin, y + gap);
        y = text.bottom();
    };
    put(layout.name, QString::fromStdString(sheet.name), fonts.name, 0);
    if (sheet.label >= 0)
        put(layout.label, QStringLiteral("true class: ") + nameOf(sheet, sheet.label), fonts.note,
            2);
    if (content.vote) {
        VoteTable table = sheet.variants.table;
        table.labels.assign(1, sheet.label);
        put(layout.sentence,
            QString::fromStdString(
                describeVote(table, 0, sheet.copies, sheet.vote, sheet.classNames)),
            fonts.sentence, 12);
        const auto winner = content.vote->merged.predicted;
        layout.mergedMark = markOf(winner, sheet.label);
        const double line = std::ceil(QFontMetricsF(fonts.note).height());
        const double indent = layout.mergedMark == SheetMark::None ? 0 : line + 2;
        const double score = content.vote->scores[static_cast<std::size_t>(winner)];
        const QString words =
            QStringLiteral("merged vote (%1): %2 %3%4")
                .arg(withFirmUnits(QString::fromStdString(describeRule(sheet.vote, sheet.copies))),
                    nameOf(sheet, winner),
                    chart_text::percent(score).replace(QLatin1Char(' '), QChar(0xa0)),
                    content.vote->merged.tied ? QStringLiteral(" (a tie)") : QString());
        layout.merged = wrapped(words, fonts.note, width - indent);
        moveTo(layout.merged, margin + indent, y + 4);
        layout.mergedMarkPlace = QRectF(margin, y + 4, line, line);
        y = layout.merged.bottom();
    }
    return y > margin ? std::ceil(y) + 18 : margin;
}

/// So many columns that the sheet is about half as wide again as high, without a nearly empty last
/// row; up to four tiles are one row.
int columnsFor(std::size_t tiles, const QSizeF& tile, double heading)
{
    const int count = static_cast<int>(tiles);
    if (count <= 4)
        return std::max(1, count);
    int best = 1;
    double least = 1e9;
    for (int columns = 2; columns <= count; ++columns) {
        const int rows = (count + columns - 1) / columns;
        const double shape =
            (columns * (tile.width() + tileGap)) / (heading + rows * (tile.height() + tileGap));
        const double blank = double(rows * columns - count) / count;
        const double cost = std::abs(std::log(shape / wantedShape)) + blank;
        if (cost < least) {
            least = cost;
            best = columns;
        }
    }
    return best;
}

SheetLayout layOutAt(double scale, const Content& content, const Fonts& fonts)
{
    SheetLayout layout;
    layout.scale = scale;
    const QSizeF picture = pictureSize(content.sheet.variants.shape, scale);
    const double textWidth = std::max(leastTextWidth, std::ceil(picture.width()));
    double tallest = 0;
    for (const std::size_t variant : content.variants) {
        layout.tiles.push_back(makeTile(content, variant, fonts, textWidth));
        tallest = std::max(tallest, textHeight(layout.tiles.back()));
    }
    const double votes = content.vote
        ? textGap + std::ceil(QFontMetricsF(fonts.predicted).lineSpacing())
            + std::ceil(QFontMetricsF(fonts.probability).lineSpacing())
        : 0;
    const double fixedHeight = 2 * padding + std::ceil(picture.height()) + textGap + votes;
    const double width = textWidth + 2 * padding;

    constexpr double usualHeading = 130;
    layout.columns = columnsFor(layout.tiles.size(), {width, fixedHeight + tallest}, usualHeading);
    const double grid = layout.columns * (width + tileGap) - tileGap;
    const double inner = std::max(grid, content.vote ? leastHeadingWidth : leastNameWidth);
    double y = layOutHeading(layout, content, fonts, inner);
    const auto columns = static_cast<std::size_t>(layout.columns);
    for (std::size_t first = 0; first < layout.tiles.size(); first += columns) {
        const auto end = std::min(first + columns, layout.tiles.size());
        double text = 0;
        for (std::size_t i = first; i < end; ++i)
            text = std::max(text, textHeight(layout.tiles[i]));
        for (std::size_t i = first; i < end; ++i) {
            layout.tiles[i].frame = QRectF(
                margin + double(i - first) * (width + tileGap), y, width, fixedHeight + text);
            fillFrame(layout.tiles[i], picture, text, scale);
        }
        y += fixedHeight + text + tileGap;
        ++layout.rows;
    }
    if (layout.rows > 0)
        y -= tileGap;
    layout.size = QSizeF(inner + 2 * margin, y + margin).toSize();
    return layout;
}

} // namespace

SheetLayout layOutContactSheet(const ContactSheet& sheet)
{
    const Content content(sheet);
    const Fonts fonts;
    SheetLayout layout = layOutAt(2, content, fonts);
    if (4.0 * layout.size.width() * layout.size.height() > mostPixels)
        layout = layOutAt(1, content, fonts);
    return layout;
}

} // namespace augury
