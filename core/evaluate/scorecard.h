// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tta/vote.h"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace augury {

/// What one way of predicting (baseline or TTA) is worth on labelled images, kept as sums, so that
/// parts of a split add up. Means are NaN without an image.
struct Scorecard {
    /// One of 15 equal parts of (0, 1], by the predicted class's score.
    struct CalibrationBin {
        std::int64_t images = 0;
        std::int64_t correct = 0;
        double confidenceSum = 0;
    };

    explicit Scorecard(int classes);

    /// `scores` are K numbers that sum to 1. Throws Error for a label outside 0…K−1.
    void add(std::int32_t label, std::span<const double> scores, const Decision& decision);
    Scorecard& operator+=(const Scorecard& other); ///< of as many classes, or Error

    double accuracy() const;
    double classAccuracy(int k) const; ///< recall of class k; NaN where no image has it
    bool hasTopFive() const { return classes > 10; } ///< else five are half of them, or more
    double topFiveAccuracy() const; ///< the label is among the five best; 1 for K ≤ 5
    double nll() const; ///< mean −log max(score of the label, 1e-12), nats
    double brier() const; ///< mean Σ_k (score − [k is the label])², 0…2 (Brier 1950)
    double ece() const; ///< Σ bins' share · |accuracy − mean confidence| (Guo et al. 2017)

    int classes;
    std::int64_t images = 0;
    std::int64_t correct = 0;
    std::int64_t topFiveCorrect = 0;
    std::int64_t tied = 0; ///< decisions that were a tie
    std::vector<std::int64_t> confusion; ///< [label × predicted]; empty above 1000 classes
    std::vector<std::int64_t> support; ///< [K] images of each class
    std::vector<std::int64_t> hits; ///< [K] of them predicted rightly
    double nllSum = 0;
    double brierSum = 0;
    std::array<CalibrationBin, 15> bins;
};

} // namespace augury
