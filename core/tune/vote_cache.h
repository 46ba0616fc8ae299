// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/classifier.h"
#include "core/support/job.h"
#include "core/tta/vote_table.h"

#include <cstdint>
#include <memory>
#include <span>

namespace augury {

/// Every variant of a split's images that was ever asked for, predicted once: configurations that
/// share draws, views or originals share their passes, and another rule, number of copies or blend
/// takes none.
class VoteCache {
public:
    struct Options {
        int threads = 0; ///< for rendering; 0: all cores
        std::uint64_t memoryBudget = std::uint64_t(4) << 30; ///< bytes
        OutputKind outputKind = OutputKind::Unknown; ///< of a classifier that does not know its own
    };

    /// Keeps references to the classifier. `split` is labelled, or Error.
    VoteCache(Classifier& classifier, Split split, const Options& options);
    VoteCache(Classifier& classifier, Split split);
    ~VoteCache();
    VoteCache(const VoteCache&) = delete;
    VoteCache& operator=(const VoteCache&) = delete;

    const Split& split() const;
    int threads() const; ///< of Options, for what is done with the votes
    /// Logits or Probabilities. Of a classifier that does not know, the first call looks at the
    /// split's first images, as predictVotes() does.
    OutputKind outputKind();

    /// The table that predictVotes() gives for the images at `positions` (places in the split,
    /// distinct) but for the order of its rows; predicts only what is missing. Throws Error as that
    /// does, and where all that is kept would not fit in the memory budget; what was predicted
    /// before stays.
    VoteTable votes(const AugmentPolicy& policy, int copies, std::uint64_t seed,
        std::span<const std::uint32_t> positions, const Job& job = {});

    std::int64_t passes() const; ///< single-image passes spent so far: distinct variants
    double seconds() const; ///< drawing, rendering and predicting them, wall clock
    double secondsPerPass() const; ///< 0 before the first

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace augury
