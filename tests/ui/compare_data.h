// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/charts_data.h"
#include "ui/charts/confusion_data.h"
#include "ui/charts/run_data.h"

#include <array>
#include <string>
#include <vector>

/// Data for the charts of the Compare page, the same at every call.
namespace compare_data {

/// Runs of `repeats` repeats each, whose lifts differ by run.
inline std::vector<augury::RunData> runs(int count, int repeats)
{
    const std::array<const char*, 8> names{"flip × 7", "flip, shift ±10 %, rotate ±10°, × 32",
        "crop × 5", "colour jitter × 7", "zoom 0.9 … 1.1 × 7", "baseline model, no augmentation",
        "flip × 7, geometric mean", "learned weights"};
    std::vector<augury::RunData> all;
    std::vector<std::int64_t> ids;
    for (int r = 0; r < count; ++r) {
        augury::RunData run;
        run.id = 11 + 3 * r;
        run.name = QString::fromUtf8(names[static_cast<std::size_t>(r) % names.size()]);
        run.points = augury::repeatPoints(charts_data::repeats(repeats));
        for (augury::RepeatPoint& point : run.points) {
            const double change = -0.45 * r + 0.3 * charts_data::noise(17 * r + 5 * point.repeat);
            point.tta += change;
            point.lift += change;
        }
        run.adjustedP = repeats < 2 ? std::numeric_limits<double>::quiet_NaN()
                                    : 0.00003 * (r + 1) * (r + 1) * (r + 1) * (r + 1);
        ids.push_back(run.id);
        all.push_back(run);
    }
    augury::RunLooks looks;
    const std::vector<augury::RunLook> given = looks.assign(ids);
    for (std::size_t r = 0; r < all.size(); ++r)
        all[r].look = given[r];
    return all;
}

/// About 70 % right, the mistakes among neighbours; TTA mends some and breaks a few.
inline augury::ConfusionData confusion(int classes, bool longNames = false)
{
    static const std::array<const char*, 10> cifar{
        "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"};
    augury::ConfusionData data;
    data.classes = classes;
    const auto k = static_cast<std::size_t>(classes);
    data.baseline.assign(k * k, 0);
    data.tta.assign(k * k, 0);
    for (int label = 0; label < classes; ++label) {
        std::int64_t left = 1000;
        std::int64_t leftTta = 1000;
        const auto at = [&](int predicted) {
            return static_cast<std::size_t>(label) * k + static_cast<std::size_t>(predicted);
        };
        for (int step = 1; step < std::min(classes, 14); ++step) {
            const int predicted = (label + step * step) % classes;
            if (predicted == label)
                continue;
            const auto wrong = static_cast<std::int64_t>(
                150.0 / step * (1 + 0.8 * charts_data::noise(31 * label + step)));
            const auto wrongTta = std::max<std::int64_t>(0,
                wrong + static_cast<std::int64_t>(18 * charts_data::noise(7 * label + step) - 6));
            data.baseline[at(predicted)] += wrong;
            data.tta[at(predicted)] += wrongTta;
            left -= wrong;
            leftTta -= wrongTta;
        }
        data.baseline[at(label)] = left;
        data.tta[at(label)] = leftTta;
        data.classNames.push_back(longNames
                ? "a class with quite a long name, number " + std::to_string(label)
                : classes == 10 ? cifar[static_cast<std::size_t>(label)]
                                : "class " + std::to_string(label));
    }
    return data;
}

} // namespace compare_data
