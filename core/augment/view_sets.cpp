// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/view_sets.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

namespace augury {

namespace {

constexpr std::size_t mostViews = 1000;

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

/// In the ranges that a policy can draw from.
void checkView(const std::string& field, const Transform& view, std::vector<Problem>& problems)
{
    const auto check = [&](const char* name, double value, double low, double high) {
        if (!(value >= low && value <= high)) // so that NaN fails too
            problems.push_back({fmt::format("{}.{}", field, name),
                fmt::format("must be {} to {}, but is {}", low, high, value)});
    };
    check("rotation", view.rotation, -360, 360);
    check("shear", view.shear, -89, 89);
    check("shift_x", view.shiftX, -1, 1);
    check("shift_y", view.shiftY, -1, 1);
    check("zoom_x", view.zoomX, 0.01, 100);
    check("zoom_y", view.zoomY, 0.01, 100);
    check("crop_fraction", view.cropFraction, 0.01, 1);
    check("crop_x", view.cropX, 0, 1);
    check("crop_y", view.cropY, 0, 1);
    check("contrast", view.contrast, 0, 100);
    check("brightness", view.brightness, 0, 100);
    check("channel_shift", view.channelShift, -255, 255);
    check("blur_sigma", view.blurSigma, 0, 50);
    if (view.noiseStd != 0)
        problems.push_back({field + ".noise_std",
            "must be 0 in a list of views: the noise would be the same on every image"});
    if (view.fillMode > FillMode::Wrap)
        problems.push_back({field + ".fill_mode", "must be nearest, constant, reflect or wrap"});
}

/// A list that is written by hand may say what has no effect: equal pictures must compare equal.
bool isTidy(const Transform& view)
{
    const Transform off;
    const bool noise = view.noiseStd != 0 || view.noise == off.noise;
    const bool fill = !view.affineIsIdentity()
        || (view.fillMode == off.fillMode && view.fillValue == off.fillValue);
    return noise && fill;
}

} // namespace

int ViewSets::count() const
{
    if (!list.empty())
        return static_cast<int>(
            std::min<std::size_t>(list.size(), std::numeric_limits<int>::max()));
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
    if (!list.empty())
        return list[static_cast<std::size_t>(index)];
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
    if (!list.empty()) {
        ViewSets sets = *this;
        sets.list.clear();
        sets.cropFraction = ViewSets{}.cropFraction; // means nothing without crops
        if (sets != ViewSets{})
            problems.push_back(
                {"views.list", "must be alone: with a list, the sets must be left out"});
        if (list.size() > mostViews)
            problems.push_back({"views.list",
                fmt::format("must be at most {} views, but is {}", mostViews, list.size())});
        for (std::size_t i = 0; i < std::min<std::size_t>(list.size(), mostViews); ++i) {
            const auto field = fmt::format("views.list[{}]", i + 1);
            checkView(field, list[i], problems);
            if (!isTidy(list[i]))
                problems.push_back({field,
                    "must not name noise, or a border that nothing is seen of: no view like it is "
                    "ever drawn"});
        }
        return problems;
    }
    checkFactors("views.scales", scales, problems);
    if (crops > CropViews::Five)
        problems.push_back({"views.crops", "must be keep, centre or five"});
    if (crops != CropViews::Keep && !(cropFraction >= 0.01 && cropFraction < 1))
        problems.push_back({"views.crop_fraction",
            fmt::format("must be at least 0.01 and below 1, but is {}", cropFraction)});
    checkFactors("views.brightness", brightness, problems);
    if (static_cast<std::size_t>(count()) > mostViews)
        problems.push_back({"views",
            fmt::format("must be at most {} views, but the sets make {}", mostViews, count())});
    return problems;
}

} // namespace augury
