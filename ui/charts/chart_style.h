// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPalette>

#include <array>

namespace augury {

/// WCAG 2 contrast ratio of two opaque colours: 1 (the same) to 21 (black on white).
double contrastRatio(const QColor& a, const QColor& b);

/// The colours of every chart: background and text from a palette, series in Okabe-Ito colours,
/// darkened or lightened where that is needed for a contrast of at least 3:1 on the background
/// (text: 4.5:1). Grid lines are meant to be fainter. Every colour has a marker or a dash beside
/// it in the charts: none carries a meaning alone.
struct ChartStyle {
    bool dark = false;
    QColor background;
    QColor text; ///< titles, labels on the plot
    QColor mutedText; ///< axis labels, notes
    QColor axis; ///< axis lines, the line of zero lift, joining lines
    QColor grid; ///< decoration, below 3:1 on purpose

    QColor baseline;
    QColor tta;
    QColor lift;
    QColor train;
    QColor validation;
    QColor fixed; ///< baseline wrong, TTA right
    QColor broken; ///< baseline right, TTA wrong
    QColor bothRight;
    QColor bothWrong;

    std::array<QColor, 8> runs; ///< of runs beside each other; the last is the text's

    static ChartStyle fromPalette(const QPalette& palette);
    static ChartStyle light(); ///< on white; what files of the command line use
    static ChartStyle darkMode();

    bool operator==(const ChartStyle&) const = default;
};

} // namespace augury
