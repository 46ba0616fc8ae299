// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tta/vote.h"

#include <span>
#include <vector>

namespace augury {

/// Merges the views of one image after another, any rule, and tells the scores after any of them:
/// what mergeVotes() does for a table, and the copies curve for every count.
class VoteMerger {
public:
    /// `options` is valid and outlives the merger.
    VoteMerger(const VoteOptions& options, int classes);

    /// Begins an image. The original counts as a view where it is included, goes into the blend,
    /// and breaks ties of a majority.
    void start(const View& original);
    /// One more copy, in slot order.
    void add(const View& copy);
    /// Writes the K scores of the views so far (at least one, or blend = 1) and returns what they
    /// decide.
    Decision merge(std::span<double> scores);

private:
    // to be written
};

/// The first of the largest: the lower index on a tie.
std::int32_t argmax(std::span<const float> values);
std::int32_t argmax(std::span<const double> values);

} // namespace augury
