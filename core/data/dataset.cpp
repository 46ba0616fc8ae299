// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/dataset.h"

#include <fmt/format.h>

namespace augury {

std::string describe(const Shape& shape)
{
    return fmt::format("{}×{}×{}", shape.channels, shape.height, shape.width);
}

} // namespace augury
