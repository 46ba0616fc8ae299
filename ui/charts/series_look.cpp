// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/series_look.h"

namespace augury {

SeriesLook seriesLook(const ChartStyle& style, std::size_t place)
{
    const bool laterHalf = place / markerShapes % 2 != 0;
    return {style.runs[place % style.runs.size()], static_cast<MarkerShape>(place % markerShapes),
        laterHalf ? Qt::DashDotLine : Qt::SolidLine};
}

} // namespace augury
