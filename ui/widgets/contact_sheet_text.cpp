// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/contact_sheet_text.h"

#include <QFontMetricsF>
#include <QGuiApplication>
#include <QRegularExpression>
#include <QTextLayout>

#include <algorithm>
#include <cmath>

namespace augury {

double SheetText::widest() const
{
    const QFontMetricsF metrics(font);
    double width = 0;
    for (const QString& line : lines)
        width = std::max(width, metrics.horizontalAdvance(line));
    return width;
}

QFont sheetFont(int pixels, QFont::Weight weight)
{
    QFont font = QGuiApplication::font();
    font.setPixelSize(pixels);
    font.setWeight(weight);
    return font;
}

SheetText wrapped(const QString& text, const QFont& font, double width)
{
    SheetText result{{}, font, {}};
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    QTextLayout layout(text, font);
    layout.setTextOption(option);
    layout.beginLayout();
    while (!text.isEmpty()) {
        QTextLine line = layout.createLine();
        if (!line.isValid())
            break;
        line.setLineWidth(width);
        result.lines << text.mid(line.textStart(), line.textLength()).trimmed();
    }
    layout.endLayout();
    const double lineHeight = std::ceil(QFontMetricsF(font).lineSpacing());
    result.place = QRectF(0, 0, width, lineHeight * double(result.lines.size()));
    return result;
}

SheetText elided(const QString& text, const QFont& font, double width)
{
    const QFontMetricsF metrics(font);
    return {{metrics.elidedText(text, Qt::ElideMiddle, width)}, font,
        QRectF(0, 0, width, std::ceil(metrics.lineSpacing()))};
}

QString withFirmUnits(QString text)
{
    static const QRegularExpression unit(QStringLiteral("(?<=[0-9]) (?=px|%)"));
    static const QRegularExpression measure(QStringLiteral("(?<=\\p{L}) (?=[−+]?[0-9])"));
    const QChar firm(0xa0);
    return text.replace(unit, firm).replace(measure, firm);
}

} // namespace augury
