// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tta/uncertainty.h"
#include "core/tta/vote.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace augury {

/// One image's line.
struct ImageOutcome {
    std::uint32_t image = 0; ///< index in the ImageSet
    std::int32_t label = -1; ///< −1: unlabelled
    Decision baseline;
    Decision merged;
    double baselineConfidence = 0; ///< max p of the untouched image
    double mergedConfidence = 0; ///< merged score of the predicted class
    Uncertainty uncertainty; ///< over the views that vote
    std::vector<std::pair<int, int>> votes; ///< (class, how many views say so), most first

    /// Whether the merged vote is another class than the untouched image's.
    bool changed() const { return merged.predicted != baseline.predicted; }
};

/// What TTA does to one image. Unknown without a label.
enum class OutcomeKind { Unknown, BothRight, Fixed, Broken, BothWrong };

OutcomeKind kindOf(const ImageOutcome& image);
const char* toString(
    OutcomeKind kind); ///< "unknown", "both right", "fixed", "broken", "both wrong"

/// One line an image of the table, labelled or not, in the table's order. `votes` is
/// mergeVotes(table, copies, …). The views that vote are the first `copies` copies, and the
/// original where it is included or there are no copies. Throws Error when `copies` or `votes` do
/// not fit the table.
std::vector<ImageOutcome> imageOutcomes(
    const VoteTable& table, const Votes& votes, int copies, bool includeOriginal);

} // namespace augury
