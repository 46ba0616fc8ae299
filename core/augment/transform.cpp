// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/transform.h"

#include "core/augment/words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>

namespace augury {

bool Transform::affineIsIdentity() const
{
    return rotation == 0 && shiftX == 0 && shiftY == 0 && zoomX == 1 && zoomY == 1;
}

namespace {

std::string pixels(double distance, const char* positive, const char* negative)
{
    return fmt::format(
        "{} px {}", shortNumber(std::abs(distance), 1), distance > 0 ? positive : negative);
}

} // namespace

std::string describe(const Transform& transform, const Shape& shape)
{
    std::vector<std::string> words;
    if (transform.horizontalFlip)
        words.emplace_back("flip");
    if (transform.verticalFlip)
        words.emplace_back("vertical flip");
    if (transform.rotation != 0)
        words.push_back(fmt::format("{}{}°", transform.rotation > 0 ? "+" : "−",
            shortNumber(std::abs(transform.rotation), 1)));

    std::vector<std::string> shifts;
    if (transform.shiftX != 0)
        shifts.push_back(pixels(transform.shiftX * shape.width, "right", "left"));
    if (transform.shiftY != 0)
        shifts.push_back(pixels(transform.shiftY * shape.height, "down", "up"));
    if (!shifts.empty())
        words.push_back("shift " + fmt::format("{}", fmt::join(shifts, " and ")));

    if (transform.zoomX != transform.zoomY)
        words.push_back(fmt::format("zoom {} wide and {} high", shortNumber(transform.zoomX, 2, 1),
            shortNumber(transform.zoomY, 2, 1)));
    else if (transform.zoomX != 1)
        words.push_back("zoom " + shortNumber(transform.zoomX, 2, 1));
    return words.empty() ? "original" : joinWords(words);
}

} // namespace augury
