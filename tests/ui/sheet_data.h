// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/copies_curve.h"
#include "core/tta/contact_sheet.h"

#include <algorithm>
#include <cmath>
#include <utility>

/// Made-up votes of one image and a made-up copies curve, the same at every call.
namespace sheet_data {

/// A light "F" on a sloping ground: no flip or turn of it is itself.
inline std::vector<std::uint8_t> picture(const augury::Shape& shape)
{
    std::vector<std::uint8_t> pixels;
    for (int y = 0; y < shape.height; ++y)
        for (int x = 0; x < shape.width; ++x) {
            const double u = (x + 0.5) / shape.width;
            const double v = (y + 0.5) / shape.height;
            const bool stem = u > 0.25 && u < 0.42 && v > 0.15 && v < 0.85;
            const bool arms = u > 0.25 && u < 0.75 && v > 0.15 && v < 0.3;
            const bool middle = u > 0.25 && u < 0.6 && v > 0.45 && v < 0.58;
            for (int c = 0; c < shape.channels; ++c) {
                const double ground = 30 + 70 * (c == 1 ? v : u) + 25 * c;
                pixels.push_back(
                    static_cast<std::uint8_t>(stem || arms || middle ? 235 - 20 * c : ground));
            }
        }
    return pixels;
}

/// Slot 0 and the draws in turn; equal ones become one variant, as everywhere. Variant i says class
/// `says[i]` (again from the start when there are more) with probability `sure`, the rest is
/// shared.
inline augury::ContactSheet sheet(const augury::Shape& shape,
    const std::vector<augury::Transform>& draws, std::vector<std::string> names, std::int32_t label,
    const std::vector<int>& says, float sure = 0.625F)
{
    augury::ContactSheet result;
    result.classNames = std::move(names);
    result.label = label;
    result.name = "Made-up images, test image 4711";
    result.copies = static_cast<int>(draws.size());
    const auto original = picture(shape);
    auto& all = result.variants;
    all.shape = shape;
    auto& table = all.table;
    for (int slot = 0; slot <= result.copies; ++slot) {
        const auto transform =
            slot == 0 ? augury::Transform{} : draws[static_cast<std::size_t>(slot) - 1];
        auto found = std::find_if(all.variants.begin(), all.variants.end(),
            [&](const augury::Variant& v) { return v.transform == transform; });
        if (found == all.variants.end()) {
            augury::Variant variant{transform, {}, std::vector<std::uint8_t>(shape.size())};
            augury::render({shape, original}, transform, variant.pixels);
            all.variants.push_back(std::move(variant));
            found = all.variants.end() - 1;
        }
        found->slots.push_back(slot);
        table.rows.push_back(static_cast<std::uint32_t>(found - all.variants.begin()));
    }
    table.copies = result.copies;
    table.labels = {label};
    table.images = {4711};
    table.classes = says.empty() ? 0 : static_cast<int>(result.classNames.size());
    for (std::size_t i = 0; i < all.variants.size() && !says.empty(); ++i)
        for (int k = 0; k < table.classes; ++k)
            table.probabilities.push_back(k == says[i % says.size()]
                    ? sure
                    : (1 - sure) / static_cast<float>(table.classes - 1));
    return result;
}

inline augury::Transform flip()
{
    augury::Transform transform;
    transform.horizontalFlip = true;
    return transform;
}

/// n copies that all differ, in every field that words tell.
inline std::vector<augury::Transform> affineDraws(int n)
{
    std::vector<augury::Transform> draws;
    for (int i = 1; i <= n; ++i) {
        augury::Transform t;
        t.horizontalFlip = i % 2 == 0;
        t.rotation = 10 * std::sin(2.4 * i);
        t.shiftX = 0.06 * std::cos(1.7 * i);
        t.shiftY = i % 3 == 0 ? 0.05 * std::sin(3.1 * i) : 0;
        t.zoomX = t.zoomY = 1 + 0.1 * std::sin(5.3 * i);
        draws.push_back(t);
    }
    return draws;
}

inline std::vector<std::string> cifarNames()
{
    return {
        "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"};
}

/// Rises from below the baseline as more copies vote, with some noise; n = 1…N.
inline augury::CopiesCurve curve(int n, std::int64_t images = 10000, bool flat = false)
{
    augury::CopiesCurve result;
    result.images = images;
    result.baselineCorrect = images * 686 / 1000;
    for (int k = 1; k <= n; ++k) {
        augury::CurvePoint point;
        point.copies = k;
        const double share = 0.702 - 0.04 / k + 0.0015 * std::sin(2.7 * k);
        point.correct = flat ? result.baselineCorrect
                             : static_cast<std::int64_t>(std::llround(double(images) * share));
        point.broken = images * 12 / 1000;
        point.fixed = point.correct - result.baselineCorrect + point.broken;
        point.forwardPasses = images * (k + 1);
        point.nllSum = double(images) * 0.9;
        result.points.push_back(point);
    }
    return result;
}

} // namespace sheet_data
