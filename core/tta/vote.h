// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tta/vote_table.h"

#include <string>

namespace augury {

enum class VoteRule {
    Mean, ///< soft voting: Σ p / n
    Majority, ///< hard voting: share of views whose argmax is k
};

struct VoteOptions {
    VoteRule rule = VoteRule::Mean;
    bool includeOriginal = false; ///< the untouched image as one more view
    bool operator==(const VoteOptions&) const = default;
};

/// One image's merged vote.
struct Decision {
    std::int32_t predicted = 0;
    /// Another class had the same winning score (majority: before ties are broken by the higher
    /// mean probability, then the original's class, then the lower index).
    bool tied = false;
};

struct Votes {
    std::vector<double> scores; ///< [image × K], each row sums to 1
    std::vector<Decision> decisions; ///< one an image
};

/// Merges the first `copies` copies (1…table.copies; 0 only with includeOriginal) of every image.
/// Views are added in slot order in double, so duplicates weigh as often as they were drawn.
Votes mergeVotes(const VoteTable& table, int copies, const VoteOptions& options);

/// The untouched image's own prediction; argmax, the lower index on a tie.
std::vector<Decision> baselineDecisions(const VoteTable& table);

const char* toString(VoteRule rule); ///< "mean", "majority"
VoteRule voteRuleFromString(const std::string& text); ///< throws Error naming the rules

} // namespace augury
