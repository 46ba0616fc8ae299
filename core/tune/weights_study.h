// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/learned_weights.h"
#include "core/support/job.h"
#include "core/tta/vote.h"

#include <array>
#include <cstdint>
#include <vector>

namespace augury {

/// Mean, weights per view, weights per view and class, in this order, over the same views.
struct WeightsStudy {
    struct Way {
        VoteOptions vote; ///< weights fitted on all images
        /// Of every image, by weights that were fitted without its fold (the mean needs none).
        Votes heldOut;
        double heldOutNll = 0; ///< mean, nats
        double nll = 0; ///< on the images that it was fitted on
    };
    std::array<Way, 3> ways;
    /// Which one to take: learned weights only where their held-out NLL is below the mean's by more
    /// than one standard error of the paired difference, else the mean.
    int preferred = 0;
};

/// `folds`-fold inner validation on `table`, whose images are shuffled into folds by seed,
/// stratified by label. Throws Error as learnWeights() does, and for fewer images than folds.
WeightsStudy studyWeights(const VoteTable& table, int copies, bool includeOriginal,
    std::uint64_t seed, int folds = 5, const Job& job = {});

} // namespace augury
