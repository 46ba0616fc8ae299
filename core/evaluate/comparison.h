// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/statistics.h"
#include "core/tta/early_exit.h"
#include "core/tta/vote.h"

#include <cstdint>

namespace augury {

/// Baseline against TTA on the same fitted model and images, kept as counts, so that parts of a
/// split add up. Accuracies are fractions.
struct Comparison {
    std::int64_t images = 0;
    std::int64_t baselineCorrect = 0;
    std::int64_t ttaCorrect = 0;
    std::int64_t fixed = 0; ///< baseline wrong, TTA right
    std::int64_t broken = 0; ///< baseline right, TTA wrong
    std::int64_t forwardPasses = 0; ///< single-image passes spent, the baseline's included
    std::int64_t passesSaved = 0; ///< by an early exit, which changes no decision
    std::int64_t variants = 0; ///< distinct views among the copies, over all images

    Comparison& operator+=(const Comparison& other);

    double baselineAccuracy() const;
    double ttaAccuracy() const;
    double lift() const; ///< ttaAccuracy − baselineAccuracy
    Interval liftCi95() const; ///< paired bootstrap over the images
    double distinctVariants() const; ///< mean an image
    double cost() const; ///< forwardPasses / images: 1 is the baseline alone
    double mcnemarP() const; ///< exact, two-sided
};

/// Throws Error when an image has no label.
Comparison compare(const VoteTable& table, int copies, const VoteOptions& options);

/// The same from votes that are merged already: mergeVotes(table, copies, …).
Comparison compare(const VoteTable& table, const Votes& votes, int copies);

/// The same from decisions with their baseline, on the images of `split`.
Comparison compare(const Split& split, const Decisions& decisions);

} // namespace augury
