// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tta/borda.h"
#include "core/tta/probability_math.h"
#include "core/tta/vote.h"

#include <optional>
#include <span>
#include <vector>

namespace augury {

/// Merges the views of one image after another, any rule, and tells the scores after any of them:
/// what mergeVotes() does for a table, and the copies curve for every count.
class VoteMerger {
public:
    /// `options` is valid and outlives the merger; at least one class. The learned rules use the
    /// weights of as many views as there are.
    VoteMerger(const VoteOptions& options, int classes);

    /// Begins an image. The original counts as a view where it is included, goes into the blend,
    /// and breaks ties of a majority.
    void start(const View& original);
    /// One more copy, in slot order.
    void add(const View& copy) { count(copy); }
    /// Writes the K scores of the views so far (at least one, or blend = 1) and returns what they
    /// decide.
    Decision merge(std::span<double> scores);

private:
    void clear();
    void count(const View& view);
    void addWeighted(const float* values, double weight);
    double learnedWeight() const;
    void addPerClass(const float* logits);
    void addPlain(const float* values);
    template <typename F> void combine(const float* values, const F& function);
    void finish(std::span<double> scores);
    void foldProducts();
    void meanInto(std::span<double> scores) const;
    std::int32_t breakTie(std::span<const double> scores, double level) const;

    const VoteOptions& m_options;
    const std::size_t m_classes;
    const double m_largestEntropy; ///< log K
    std::optional<Power> m_power; ///< of SharpenedMean, but for its default
    BordaCount m_borda;

    // What the views so far add up to.
    int m_views = 0;
    double m_weight = 0; ///< of the weighted rules
    std::vector<double> m_weights; ///< [K], LearnedPerClass
    std::vector<double> m_combined; ///< [K]: the rule's sum, product, largest or smallest
    std::vector<double> m_logs; ///< [K], GeometricMean: logs of products that were full
    std::vector<double> m_plain; ///< [K]: the unweighted sum, as far as the rule needs it

    const float* m_original = nullptr;
    std::vector<double> m_originalScores; ///< [K], with a blend
};

/// The first of the largest: the lower index on a tie.
std::int32_t argmax(std::span<const float> values);
std::int32_t argmax(std::span<const double> values);

} // namespace augury
