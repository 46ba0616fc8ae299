// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tta/vote.h"

#include <span>
#include <string>
#include <vector>

/// One image's vote in words, for captions, the inspector and the command line.
namespace augury {

/// How the views of one image decided.
struct ImageVote {
    std::int32_t original = 0; ///< what the untouched image alone says
    Decision merged;
    std::vector<double> scores; ///< K, summing to 1
    std::vector<int> counts; ///< K: how many copies say so, whatever the rule
};

/// As mergeVotes() decides for one image of the table, without merging the others. Throws as it
/// does.
ImageVote voteOn(const VoteTable& table, std::size_t image, int copies, const VoteOptions& options);

/// One sentence: "5 of 7 copies say cat; the original said dog: TTA fixes this image." Tells when
/// the merged vote is not what most copies say, when it was a tie, and without a label only whether
/// TTA changes the answer. A class without a name is "class 12". Throws as mergeVotes() does.
std::string describeVote(const VoteTable& table, std::size_t image, int copies,
    const VoteOptions& options, std::span<const std::string> classNames);

/// "mean of 7 copies"; "majority of 7 copies and the original"; "mean of 7 copies, blended with the
/// original (β 0.25)".
std::string describeRule(const VoteOptions& options, int copies);

/// What a variant stands for: "original", "copy 3", "copies 2, 4 and 7 (×3)", "original and copy
/// 2". `slots` ascend, 0 is the original; of more than `most` copies only some are named.
std::string describeSlots(std::span<const int> slots, std::size_t most = 10);

/// The copies alone: "copy 3", "copies 2, 4 and 7"; empty for none. `copies` ascend from 1 on.
std::string describeCopies(std::span<const int> copies, std::size_t most = 10);

/// The name, or "class 12" where there is none.
std::string className(std::span<const std::string> classNames, std::int32_t k);

} // namespace augury
