// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tta/vote_table.h"

#include <vector>

namespace augury {

/// How much n views of one image disagree. p̄ is the mean of their probabilities, whatever the vote
/// rule; H is Shannon's entropy in nats, with 0 log 0 = 0.
struct Uncertainty {
    double agreement = 1; ///< share of views whose argmax is the commonest one, (0, 1]
    double predictiveEntropy = 0; ///< H(p̄)
    double expectedEntropy = 0; ///< mean H(p_a)
    /// H(p̄) − mean H(p_a) ≥ 0: what the views disagree about (BALD; Houlsby et al. 2011)
    double mutualInformation = 0;

    double variationRatio() const { return 1 - agreement; } ///< Freeman 1965
};

/// One an image, over its first `copies` copies, and the original where it is included; at least
/// one view, or Error.
std::vector<Uncertainty> uncertainties(
    const VoteTable& table, int copies, bool includeOriginal = false);

/// For one image: how many views say class k, [K].
std::vector<int> voteCounts(
    const VoteTable& table, std::size_t image, int copies, bool includeOriginal = false);

/// For one image: the standard deviation (divisor n) of p_k over the views, [K].
std::vector<double> classStd(
    const VoteTable& table, std::size_t image, int copies, bool includeOriginal = false);

} // namespace augury
