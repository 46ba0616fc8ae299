// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace augury {

/// Of a picture in a file. Vector formats have no pixels: the scale means nothing to them.
struct PlotSize {
    int width = 1200; ///< logical pixels, in which texts keep their size
    int height = 750;
    double scale = 2; ///< pixels of a .png to a logical one, 1 to 4

    bool operator==(const PlotSize&) const = default;
};

} // namespace augury
