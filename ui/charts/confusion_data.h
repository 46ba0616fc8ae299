// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chart_style.h"

#include <QString>

#include <cstdint>
#include <string>
#include <vector>

namespace augury {

enum class ConfusionMode {
    Baseline,
    Tta,
    Difference ///< TTA − baseline
};

/// Which classes the images of each class are predicted as, without and with TTA.
struct ConfusionData {
    int classes = 0;
    std::vector<std::int64_t> baseline; ///< [label × predicted], as Scorecard::confusion
    std::vector<std::int64_t> tta; ///< of the same images
    std::vector<std::string> classNames; ///< a class without one is "class 7"

    bool has(ConfusionMode mode) const;
    QString className(int k) const;
    /// Images, or with Difference how many more with TTA.
    std::int64_t count(ConfusionMode mode, int label, int predicted) const;
    std::int64_t support(int label) const; ///< images of the class
    /// Of the class's images, −1…1; 0 where the class has none.
    double share(ConfusionMode mode, int label, int predicted) const;
    double largestShare(ConfusionMode mode) const; ///< in magnitude
    bool operator==(const ConfusionData&) const = default;
};

/// How strongly a share is coloured, 0…1: its root, since most cells off the diagonal are below a
/// tenth and would all look empty.
double confusionStrength(double share, double largest);

/// From the background to a deep tone of one hue (of another for negative strengths), −1…1: the
/// contrast to the background grows all the way, with and without colour vision.
QColor confusionColour(const ChartStyle& style, double strength);

} // namespace augury
