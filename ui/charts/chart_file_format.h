// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace augury {

enum class ChartFileFormat { Png, Svg, Pdf };

/// By the extension, in any case. Throws Error for another one.
ChartFileFormat chartFileFormat(const QString& path);

} // namespace augury
