// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QRectF>
#include <QString>
#include <QStringList>

namespace augury {

/// A text in its place on a contact sheet, broken into lines.
struct SheetText {
    QStringList lines;
    QFont font;
    QRectF place; ///< as wide as it was given, as high as its lines

    bool isEmpty() const { return lines.isEmpty(); }
    double height() const { return place.height(); }
    double bottom() const { return place.bottom(); }
    double widest() const; ///< what its longest line needs
};

/// In pixels: the same layout on every screen.
QFont sheetFont(int pixels, QFont::Weight weight = QFont::Normal);

/// Breaks `text` at words, and inside a word that is wider than `width` alone; nothing is left out.
/// The place is at (0, 0).
SheetText wrapped(const QString& text, const QFont& font, double width);

/// One line; "…" in the middle where it would be wider than `width`.
SheetText elided(const QString& text, const QFont& font, double width);

/// Keeps a number with its unit and what it measures on one line: "3 px", "zoom 1.04", "β 0.25".
QString withFirmUnits(QString text);

} // namespace augury
