// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/contact_sheet.h"

#include "core/support/atomic_file.h"
#include "core/support/error.h"
#include "ui/charts/chart_file_format.h"
#include "ui/charts/chart_style.h"
#include "ui/session/images.h"
#include "ui/widgets/contact_sheet_layout.h"

#include <QBuffer>
#include <QFile>
#include <QFileInfo>
#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace augury {

namespace {

QString toQString(const std::filesystem::path& path)
{
    return QFile::decodeName(QByteArray::fromStdString(path.string()));
}

/// Right and wrong are the colours of fixed and broken images in the charts.
QColor markColour(SheetMark mark, const ChartStyle& style)
{
    switch (mark) {
    case SheetMark::Right:
        return style.fixed;
    case SheetMark::Wrong:
        return style.broken;
    case SheetMark::None:
        break;
    }
    return style.tta;
}

void drawText(QPainter& painter, const SheetText& text, const QColor& colour)
{
    const QFontMetricsF metrics(text.font);
    painter.setFont(text.font);
    painter.setPen(colour);
    QPointF line = text.place.topLeft() + QPointF(0, metrics.ascent());
    for (const QString& words : text.lines) {
        painter.drawText(line, words);
        line.ry() += std::ceil(metrics.lineSpacing());
    }
}

/// A tick or a cross, drawn: not every font has them.
void drawMark(QPainter& painter, SheetMark mark, const QRectF& place, const ChartStyle& style)
{
    if (mark == SheetMark::None)
        return;
    const double side = place.height() * 0.55;
    const QRectF box(place.left() + 2, place.center().y() - side / 2, side, side);
    QPainterPath path;
    if (mark == SheetMark::Right) {
        path.moveTo(box.left(), box.top() + side * 0.55);
        path.lineTo(box.left() + side * 0.38, box.bottom());
        path.lineTo(box.right(), box.top());
    } else {
        path.moveTo(box.topLeft());
        path.lineTo(box.bottomRight());
        path.moveTo(box.topRight());
        path.lineTo(box.bottomLeft());
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(markColour(mark, style), 2.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(path);
}

/// The image's own pixels as squares, or all of it in fewer pixels.
QImage pictureOf(const ContactSheet& sheet, const SheetTile& tile, double scale)
{
    const Shape& shape = sheet.variants.shape;
    const auto& pixels = sheet.variants.variants[tile.variant].pixels;
    if (pixels.size() != shape.size())
        throw Error("A variant's pixels do not fit the image's size " + describe(shape) + ".");
    const QSize size = (tile.picture.size() * scale).toSize();
    QImage picture =
        toImage({shape, pixels})
            .scaled(size, Qt::IgnoreAspectRatio,
                size.width() < shape.width ? Qt::SmoothTransformation : Qt::FastTransformation);
    picture.setDevicePixelRatio(scale);
    return picture;
}

void drawTile(QPainter& painter, const ContactSheet& sheet, const SheetTile& tile, double scale,
    const ChartStyle& style)
{
    const bool marked = tile.mark != SheetMark::None;
    const double width = marked ? 2 : 1;
    const QColor edge = marked ? markColour(tile.mark, style) : style.axis;
    painter.setPen(QPen(edge, width));
    // The untouched image stands out from its copies.
    const bool original = sheet.variants.variants[tile.variant].slots.front() == 0;
    painter.setBrush(original ? style.background.darker(105) : style.background);
    const double half = width / 2;
    painter.drawRoundedRect(tile.frame.adjusted(half, half, -half, -half), 5, 5);

    painter.setPen(Qt::NoPen);
    painter.setBrush(style.axis); // a hair around pictures with a white edge
    painter.drawRect(tile.picture.adjusted(-1 / scale, -1 / scale, 1 / scale, 1 / scale));
    painter.drawImage(tile.picture.topLeft(), pictureOf(sheet, tile, scale));

    drawText(painter, tile.drawn, style.text);
    drawText(painter, tile.transform, style.mutedText);
    if (tile.predicted.isEmpty())
        return;
    drawMark(painter, tile.mark, tile.markPlace, style);
    drawText(painter, tile.predicted, style.text);
    drawText(painter, tile.probability, style.text);
    QRectF filled = tile.bar;
    filled.setWidth(tile.bar.width() * tile.share);
    painter.fillRect(tile.bar, style.grid);
    painter.fillRect(filled, markColour(tile.mark, style));
}

} // namespace

QImage paintContactSheet(const ContactSheet& sheet)
{
    const SheetLayout layout = layOutContactSheet(sheet);
    const ChartStyle style = ChartStyle::light();
    QImage image((QSizeF(layout.size) * layout.scale).toSize(), QImage::Format_RGB32);
    if (image.isNull())
        throw Error("Not enough memory for a contact sheet of "
            + std::to_string(layout.tiles.size()) + " variants: show fewer copies.");
    image.setDevicePixelRatio(layout.scale);
    image.fill(style.background);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    drawText(painter, layout.name, style.text);
    drawText(painter, layout.label, style.mutedText);
    drawText(painter, layout.sentence, style.text);
    drawMark(painter, layout.mergedMark, layout.mergedMarkPlace, style);
    drawText(painter, layout.merged, style.text);
    for (const SheetTile& tile : layout.tiles)
        drawTile(painter, sheet, tile, layout.scale, style);
    return image;
}

void checkContactSheetExtension(const std::filesystem::path& path)
{
    if (QFileInfo(toQString(path)).suffix().toLower() != QStringLiteral("png"))
        throw Error("Cannot write a contact sheet to " + path.string() + ": name it .png.");
}

void writeContactSheet(const ContactSheet& sheet, const std::filesystem::path& path)
{
    checkContactSheetExtension(path);
    requireFonts(sheetFont(14), toQString(path));
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    if (!paintContactSheet(sheet).save(&buffer, "PNG") || bytes.isEmpty())
        throw Error("Cannot draw " + path.string() + ": is the memory exhausted?");
    writeFileAtomically(
        path, std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
}

} // namespace augury
