// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QString>

namespace augury {

enum class ChartFileFormat { Png, Svg, Pdf };

/// By the extension, in any case. Throws Error for another one.
ChartFileFormat chartFileFormat(const QString& path);

/// Throws the Error for a machine where nothing can be written into the picture at `path`.
void requireFonts(const QFont& font, const QString& path);

} // namespace augury
