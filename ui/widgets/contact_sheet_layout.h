// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tta/contact_sheet.h"
#include "ui/widgets/contact_sheet_text.h"

#include <QPointF>
#include <QSize>

#include <vector>

namespace augury {

enum class SheetMark { None, Right, Wrong };

/// One variant's place on a contact sheet.
struct SheetTile {
    std::size_t variant = 0; ///< in ImageVariants::variants
    QRectF frame;
    QRectF picture;
    SheetText drawn; ///< "copies 2, 4 and 7 (×3)"
    SheetText transform; ///< in words; empty for the untouched image

    // With votes:
    SheetMark mark = SheetMark::None;
    QRectF markPlace;
    SheetText predicted;
    SheetText probability; ///< right-aligned
    QRectF bar; ///< as long as probability 1
    double share = 0; ///< the predicted class's probability
};

/// Where everything is on a contact sheet, in logical pixels; nothing overlaps, nothing is cut.
struct SheetLayout {
    QSize size;
    double scale = 2; ///< device pixels a logical one
    int columns = 0;
    int rows = 0;

    SheetText name;
    SheetText label; ///< "true class: cat"; empty without one
    SheetText sentence; ///< empty without votes, as the next
    SheetText merged; ///< "merged vote (mean of 7 copies): cat 63.2 %"
    SheetMark mergedMark = SheetMark::None;
    QRectF mergedMarkPlace;

    std::vector<SheetTile> tiles; ///< row by row
};

/// Throws Error as paintContactSheet() does.
SheetLayout layOutContactSheet(const ContactSheet& sheet);

} // namespace augury
