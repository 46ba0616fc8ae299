// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/view_sets.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

namespace augury {

namespace {

constexpr int mostViews = 1000;

struct CropPlace {
    double x;
    double y;
};

/// The centre first, so that the first copies of a list that is cut short are the best ones.
constexpr std::array<CropPlace, 5> cropPlaces = {{{0.5, 0.5}, {0, 0}, {1, 0}, {0, 1}, {1, 1}}};

/// How many of each set. Both flips and four quarter turns would list each of the eight symmetries
/// of the square twice: with quarter turns one kind of flip reaches them all.
struct Counts {
    explicit Counts(const ViewSets& sets)
        : vertical(sets.verticalFlip && !(sets.quarterTurns && sets.horizontalFlip) ? 2 : 1)
        , horizontal(sets.horizontalFlip ? 2 : 1)
        , turns(sets.quarterTurns ? 4 : 1)
        , scales(std::max<std::size_t>(1, sets.scales.size()))
        , crops(sets.crops == CropViews::Five ? cropPlaces.size() : 1)
        , brightness(std::max<std::size_t>(1, sets.brightness.size()))
    {
    }
    std::size_t vertical;
    std::size_t horizontal;
    std::size_t turns;
    std::size_t scales;
    std::size_t crops;
    std::size_t brightness;
};

void checkFactors(
    const char* field, const std::vector<double>& factors, std::vector<Problem>& problems)
{
    if (factors.empty())
        problems.push_back({field, "must list at least one factor, such as [1]"});
    for (const double factor : factors) {
        if (!(factor >= 0.01 && factor <= 100)) // so that NaN fails too
            problems.push_back(
                {field, fmt::format("must be factors from 0.01 to 100, but one is {}", factor)});
    }
    auto sorted = factors;
    std::ranges::sort(sorted);
    const auto twice = std::ranges::adjacent_find(sorted);
    if (twice != sorted.end())
        problems.push_back({field, fmt::format("must be distinct, but {} is there twice", *twice)});
}

} // namespace

int ViewSets::count() const
{
    const Counts counts(*this);
    const double all = static_cast<double>(counts.vertical * counts.horizontal * counts.turns)
        * static_cast<double>(counts.scales) * static_cast<double>(counts.crops)
        * static_cast<double>(counts.brightness);
    return static_cast<int>(std::min<double>(all, std::numeric_limits<int>::max()));
}

Transform ViewSets::view(int index) const
{
    if (index < 0 || index >= count())
        throw Error(fmt::format("View {} does not exist: there are {}.", index + 1, count()));
    const Counts counts(*this);
    auto rest = static_cast<std::size_t>(index);
    const auto next = [&rest](std::size_t size) {
        const auto digit = rest % size;
        rest /= size;
        return digit;
    };
    // From the set that varies fastest to the slowest.
    const auto brightnessIndex = next(counts.brightness);
    const auto cropIndex = next(counts.crops);
    const auto scaleIndex = next(counts.scales);
    const auto turns = next(counts.turns);

    Transform transform;
    transform.horizontalFlip = next(counts.horizontal) == 1;
    transform.verticalFlip = next(counts.vertical) == 1;
    transform.turn(static_cast<int>(turns));
    if (!scales.empty())
        transform.zoomX = transform.zoomY = scales[scaleIndex];
    if (crops != CropViews::Keep) {
        transform.cropFraction = cropFraction;
        transform.cropX = cropPlaces[cropIndex].x;
        transform.cropY = cropPlaces[cropIndex].y;
    }
    if (!brightness.empty())
        transform.brightness = brightness[brightnessIndex];
    return transform;
}

std::vector<Problem> ViewSets::validate() const
{
    std::vector<Problem> problems;
    checkFactors("views.scales", scales, problems);
    if (crops > CropViews::Five)
        problems.push_back({"views.crops", "must be keep, centre or five"});
    if (crops != CropViews::Keep && !(cropFraction >= 0.01 && cropFraction < 1))
        problems.push_back({"views.crop_fraction",
            fmt::format("must be at least 0.01 and below 1, but is {}", cropFraction)});
    checkFactors("views.brightness", brightness, problems);
    if (count() > mostViews)
        problems.push_back({"views",
            fmt::format("must be at most {} views, but the sets make {}", mostViews, count())});
    return problems;
}

} // namespace augury
