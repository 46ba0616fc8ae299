// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/cached_style.h"

namespace augury {

const ChartStyle& cachedStyle(const QPalette& palette)
{
    // All that fromPalette() reads.
    const QColor& base = palette.color(QPalette::Active, QPalette::Base);
    const QColor& text = palette.color(QPalette::Active, QPalette::Text);
    static QColor knownBase;
    static QColor knownText;
    static ChartStyle style;
    if (base != knownBase || text != knownText) {
        style = ChartStyle::fromPalette(palette);
        knownBase = base;
        knownText = text;
    }
    return style;
}

} // namespace augury
