// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tune/advance.h"

namespace augury {

/// A draw is a share of the range drawn from, so with one seed the same copy of an image turns
/// further as the strength grows: neighbours differ by the strength, not by the luck of the draw.
void tuneSensitivity(Search& search)
{
    advanceEach(search);
}

} // namespace augury
