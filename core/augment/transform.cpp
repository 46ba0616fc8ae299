// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/transform.h"

#include "core/augment/words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>

namespace augury {

bool Transform::affineIsIdentity() const
{
    return rotation == 0 && shear == 0 && shiftX == 0 && shiftY == 0 && zoomX == 1 && zoomY == 1
        && cropFraction == 1;
}

void Transform::turn(int quarters)
{
    // Half a turn commutes with everything and is both flips.
    const int total = (((quarters % 4) + 4) % 4) + (quarterTurn ? 1 : 0);
    quarterTurn = total % 2 == 1;
    if (total / 2 % 2 == 1) {
        horizontalFlip = !horizontalFlip;
        verticalFlip = !verticalFlip;
    }
}

namespace {

using Words = std::vector<std::string>;

std::string signedNumber(double value, int decimals)
{
    return (value > 0 ? "+" : "−") + shortNumber(std::abs(value), decimals);
}

std::string pixels(double distance, const char* positive, const char* negative)
{
    return fmt::format(
        "{} px {}", shortNumber(std::abs(distance), 1), distance > 0 ? positive : negative);
}

/// Each of the eight symmetries by its shortest name: a vertical flip and a quarter turn left are a
/// flip and a quarter turn right.
void addMoves(const Transform& transform, Words& words)
{
    const bool horizontal = transform.horizontalFlip;
    const bool vertical = transform.verticalFlip;
    if (!transform.quarterTurn) {
        if (horizontal && vertical)
            words.emplace_back("half turn");
        else if (horizontal)
            words.emplace_back("flip");
        else if (vertical)
            words.emplace_back("vertical flip");
        return;
    }
    if (horizontal != vertical)
        words.emplace_back("flip");
    words.emplace_back(vertical ? "quarter turn right" : "quarter turn left");
}

std::string cropWords(const Transform& transform)
{
    const auto place = [](double where, const char* low, const char* high) {
        return where < 1.0 / 3 ? low : where > 2.0 / 3 ? high : "";
    };
    const std::string y = place(transform.cropY, "top", "bottom");
    const std::string x = place(transform.cropX, "left", "right");
    const auto* space = y.empty() || x.empty() ? "" : " ";
    return fmt::format("crop {} % {}", shortNumber(100 * transform.cropFraction, 1, 100),
        y.empty() && x.empty() ? "centre" : y + space + x);
}

void addAffine(const Transform& transform, const Shape& shape, Words& words)
{
    if (transform.rotation != 0)
        words.push_back(signedNumber(transform.rotation, 1) + "°");

    Words shifts;
    if (transform.shiftX != 0)
        shifts.push_back(pixels(transform.shiftX * shape.width, "right", "left"));
    if (transform.shiftY != 0)
        shifts.push_back(pixels(transform.shiftY * shape.height, "down", "up"));
    if (!shifts.empty())
        words.push_back("shift " + fmt::format("{}", fmt::join(shifts, " and ")));

    if (transform.shear != 0)
        words.push_back("lean " + signedNumber(transform.shear, 1) + "°");
    if (transform.zoomX != transform.zoomY)
        words.push_back(fmt::format("zoom {} wide and {} high", shortNumber(transform.zoomX, 2, 1),
            shortNumber(transform.zoomY, 2, 1)));
    else if (transform.zoomX != 1)
        words.push_back("zoom " + shortNumber(transform.zoomX, 2, 1));
    if (transform.cropFraction != 1)
        words.push_back(cropWords(transform));
}

void addPixelValues(const Transform& transform, Words& words)
{
    if (transform.contrast != 1)
        words.push_back("contrast " + shortNumber(transform.contrast, 2, 1));
    if (transform.brightness != 1)
        words.push_back("brightness " + shortNumber(transform.brightness, 2, 1));
    if (transform.channelShift != 0) {
        const auto levels = signedNumber(transform.channelShift, 1);
        words.push_back(
            levels + (std::abs(transform.channelShift) == 1 ? " grey level" : " grey levels"));
    }
    if (transform.blurSigma != 0)
        words.push_back("blur " + shortNumber(transform.blurSigma, 1) + " px");
    if (transform.noiseStd != 0)
        words.push_back("noise σ " + shortNumber(transform.noiseStd, 1));
}

} // namespace

std::string describe(const Transform& transform, const Shape& shape)
{
    Words words;
    addMoves(transform, words);
    addAffine(transform, shape, words);
    addPixelValues(transform, words);
    return words.empty() ? "original" : joinWords(words);
}

} // namespace augury
