// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chart_style.h"

namespace augury {

/// ChartStyle::fromPalette(), remembered: what is painted cell by cell must not work its colours
/// out each time. Valid until the next call; for the window's thread.
const ChartStyle& cachedStyle(const QPalette& palette);

} // namespace augury
