// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tta/vote.h"

#include <cstdint>

namespace augury {

/// Baseline against TTA on the same fitted model and images. Accuracies are fractions.
struct Comparison {
    std::int64_t images = 0;
    std::int64_t baselineCorrect = 0;
    std::int64_t ttaCorrect = 0;
    std::int64_t fixed = 0; ///< baseline wrong, TTA right
    std::int64_t broken = 0; ///< baseline right, TTA wrong
    std::int64_t forwardPasses = 0; ///< single-image passes, the baseline's included
    double distinctVariants = 0; ///< mean distinct views among an image's copies

    double baselineAccuracy() const;
    double ttaAccuracy() const;
    double lift() const; ///< ttaAccuracy − baselineAccuracy
    double cost() const; ///< forwardPasses / images: 1 is the baseline alone
    double mcnemarP() const; ///< exact, two-sided
};

/// Throws Error when an image has no label.
Comparison compare(const VoteTable& table, int copies, const VoteOptions& options);

} // namespace augury
