// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tta/vote.h"

#include <cstdint>
#include <vector>

namespace augury {

/// What the first n copies would have given.
struct CurvePoint {
    int copies = 0; ///< n
    std::int64_t correct = 0;
    std::int64_t fixed = 0; ///< baseline wrong, TTA right
    std::int64_t broken = 0; ///< baseline right, TTA wrong
    std::int64_t forwardPasses = 0; ///< over all images, the baseline's included
    double nllSum = 0; ///< −log max(score of the label, 1e-12)
};

/// TTA against the number of copies, every n = 1…N from one table, and the baseline. Sums, so that
/// parts of a split add up.
struct CopiesCurve {
    std::int64_t images = 0;
    std::int64_t baselineCorrect = 0;
    double baselineNllSum = 0;
    std::vector<CurvePoint> points; ///< by n

    double baselineAccuracy() const; ///< NaN without images, as all of these
    double baselineNll() const;
    double accuracy(const CurvePoint& point) const;
    double nll(const CurvePoint& point) const;
    double cost(const CurvePoint& point) const; ///< passes / images

    CopiesCurve& operator+=(const CopiesCurve& other); ///< of as many points, or Error
};

/// Learned weights are used as far as they go: n copies with the first n weights. Throws Error when
/// an image has no label, and as mergeVotes() does.
CopiesCurve copiesCurve(const VoteTable& table, const VoteOptions& options);

} // namespace augury
