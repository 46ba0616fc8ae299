// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/augment_policy.h"
#include "core/train/train_settings.h"
#include "core/tta/vote.h"

#include <string>

namespace augury {

/// One experiment: everything that decides its numbers. Defaults are the tutorial's.
struct ExperimentConfig {
    std::string dataPath; ///< a folder that openDataset() reads
    TrainSettings
        training; ///< its seed decides the fit and the draws; repeats derive theirs from it
    AugmentPolicy policy = tutorialPolicy();
    int copies = 7; ///< 1…mostCopies(policy)
    /// Of the learned rules: without weights they are fitted on the validation images, of every
    /// network anew; those that are given stand.
    VoteOptions vote;
    /// Spare passes that cannot change a decision. Only decisions are then known: no scorecards
    /// and no curve over the copies.
    bool exactEarlyExit = false;
    std::uint64_t splitSeed =
        1; ///< of validation and subsets; apart from the training seed, so that
           ///< all repeats, and a single fit of one of them, share their splits
    double validationFraction = 0; ///< carved from train, [0, 0.9]
    std::size_t subsetTrain = 0; ///< images; 0: all
    std::size_t subsetTest = 0; ///< images; 0: all
    int repeats = 10; ///< 1…1000
    int parallelFits =
        0; ///< fits side by side, each on threads / parallelFits threads; 0: the faster

    bool operator==(const ExperimentConfig&) const = default;
    std::vector<Problem> validate() const;
};

} // namespace augury
