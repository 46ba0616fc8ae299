// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/statistics.h"
#include "core/experiment/repeats.h"
#include "ui/charts/run_look.h"

#include <QString>

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace augury {

struct RepeatPoint {
    int repeat = 0; ///< from 1
    double baseline = 0; ///< percent
    double tta = 0;
    double lift = 0; ///< points
    std::int64_t fixed = 0; ///< images
    std::int64_t broken = 0;
    double cost = 0; ///< passes an image
    double seconds = 0; ///< training and evaluating
    std::uint64_t seed = 0;
};

std::vector<RepeatPoint> repeatPoints(std::span<const RepeatResult> repeats); ///< by repeat

/// Whether `now` may be `before` with repeats added: the same experiment, so that axes stay.
bool mayHaveGrown(std::span<const RepeatPoint> before, std::span<const RepeatPoint> now);

/// A run among others.
struct RunData {
    std::int64_t id = 0;
    QString name;
    RunLook look;
    std::vector<RepeatPoint> points;
    /// Of the lift, Holm-adjusted over the runs compared; NaN: not known.
    double adjustedP = std::numeric_limits<double>::quiet_NaN();
};

/// One quantity over the repeats, with its mean. NaN where there are too few values.
struct Sample {
    std::vector<double> values;
    double mean = std::numeric_limits<double>::quiet_NaN();
    double std = std::numeric_limits<double>::quiet_NaN();
    Interval interval{mean, mean}; ///< of the mean: 95 %, t

    Sample() = default;
    Sample(std::span<const RepeatPoint> points, double RepeatPoint::*value);
    bool hasInterval() const;
};

/// Widens [low, high] to every value, and to the interval as far as it does not dwarf the values
/// (that of two repeats can be twenty times as wide as they are apart).
void extend(double& low, double& high, const Sample& sample);

QString repeatsText(std::size_t repeats); ///< "1 repeat", "10 repeats"

/// "+1.20 (0.81 … 1.59)"; without an interval "+1.20".
QString liftText(const Sample& lift);

/// Where the interval lies: "above the negligible zone of ±0.2 points", "reaches into …"; empty
/// without an interval. `negligible` is in points; 0: there is no zone, it is zero itself.
QString zoneText(const Sample& lift, double negligible);

} // namespace augury
