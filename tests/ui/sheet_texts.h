// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/sheet_data.h"
#include "ui/widgets/contact_sheet_layout.h"

/// What the contact sheet's tests share.
namespace sheet_data {

using namespace augury;

/// Copies 1, 3 and 6 are the original's equals, the others flipped.
inline std::vector<Transform> sevenFlips()
{
    return {{}, flip(), {}, flip(), flip(), {}, flip()};
}

inline std::vector<std::string> longNames()
{
    return {"Pontificia Universidad Católica: Gebäudereinigungsmaschinenführerschein",
        "an exceedingly long class name that no tile of a contact sheet has the room to show",
        "/data/images/train/n02123045_tabby_tabby_cat_domestic_shorthair"};
}

/// The text without white space, which wrapping may take away.
inline QString squeezed(QString text)
{
    text.removeIf([](QChar c) { return c.isSpace(); });
    return text;
}

inline QStringList lines(const SheetText& text)
{
    return text.lines;
}

inline std::vector<const SheetText*> textsOf(const SheetTile& tile)
{
    return {&tile.drawn, &tile.transform, &tile.predicted, &tile.probability};
}

inline std::vector<const SheetText*> headingOf(const SheetLayout& layout)
{
    return {&layout.name, &layout.label, &layout.sentence, &layout.merged};
}

} // namespace sheet_data
