// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/support/error.h"
#include "core/tta/vote_table.h"

#include <span>
#include <string>

namespace augury {

/// How n views a with probabilities p_a and logits z_a become one score a class. Scores sum to 1;
/// those of the weighted means as nearly as the probabilities of their views.
enum class VoteRule {
    Mean, ///< soft voting: Σ p / n
    GeometricMean, ///< softmax of mean log max(p, 1e-12)
    LogitMean, ///< softmax(mean z); needs logits
    HarmonicMean, ///< 1 / mean(1 / max(p, 1e-12))
    Max, ///< the largest p of a class
    Min, ///< the smallest p of a class; the mean where all are 0
    Majority, ///< hard voting: share of views whose argmax is k
    Rank, ///< Borda: Σ (K − rank), rank 1 the likeliest, equal p share the mean of their ranks
    SharpenedMean, ///< mean of p^(1/T)
    ConfidenceWeighted, ///< mean weighted by (max p)^γ
    EntropyWeighted, ///< mean weighted by 1 − H(p) / log K; the mean where all weights are 0
    Learned, ///< softmax(Σ θ_a z_a / Σ θ_a), equal weights where all are 0; needs logits and one
             ///< weight a view
    LearnedPerClass, ///< the same with a weight for each view and class: Σ θ_ak z_ak / Σ θ_ak
};

/// A rule and its options.
struct VoteOptions {
    VoteRule rule = VoteRule::Mean;
    bool includeOriginal = false; ///< the untouched image as one more view
    /// β, 0…1: score = (1 − β) · copies' + β · original's, both by the rule. Not together with
    /// includeOriginal. fastai's default is 0.25.
    double blend = 0;
    double temperature = 0.5; ///< T of SharpenedMean, 0.05…20; below 1 sharpens
    double gamma = 1; ///< γ of ConfidenceWeighted, 0…50
    /// θ of the learned rules, 0…1e6, in slot order, the original's first where it is included: one
    /// a view, or [views × K].
    std::vector<double> weights = {};

    bool operator==(const VoteOptions&) const = default;
    /// Fields as in JSON ("blend", "temperature" …). Not whether `weights` fit the views.
    std::vector<Problem> validate() const;
};

/// One image's merged vote.
struct Decision {
    std::int32_t predicted = 0;
    /// Another class had the same winning score (majority: but for rounding, 1e-12, and before ties
    /// are broken by the higher mean probability, blended as the scores are, then the original's
    /// class, then the lower index; other rules take the lower index).
    bool tied = false;
    bool operator==(const Decision&) const = default;
};

struct Votes {
    std::vector<double> scores; ///< [image × K], each row sums to 1
    std::vector<Decision> decisions; ///< one an image
};

/// Merges the first `copies` copies (1…table.copies; 0 only with includeOriginal or blend = 1) of
/// every image. Views are added in slot order in double, so duplicates weigh as often as they were
/// drawn. Throws Error for a logit rule over a table without logits, and for options that
/// do not validate.
Votes mergeVotes(const VoteTable& table, int copies, const VoteOptions& options);

/// One view's own prediction; argmax, the lower index on a tie.
Decision decisionOf(std::span<const float> probabilities);

/// The untouched images' own predictions.
std::vector<Decision> baselineDecisions(const VoteTable& table);

bool needsLogits(VoteRule rule); ///< LogitMean and the learned ones
bool isLearned(VoteRule rule); ///< its weights are fitted on validation images

/// Throws what mergeVotes() would: the Error for a logit rule over a classifier without logits, for
/// options that do not validate, or that do not fit the copies that vote.
void requireMergeable(const VoteTable& table, int copies, const VoteOptions& options);

std::span<const VoteRule> allVoteRules();
std::string voteRuleNames(); ///< "mean, geometric_mean, … or learned"
const char* toString(VoteRule rule); ///< "mean", "geometric_mean" … as in the enum
VoteRule voteRuleFromString(const std::string& text); ///< throws Error naming the rules

} // namespace augury
