// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/comparison.h"
#include "core/tune/configuration.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace augury {

/// −log max(score of the label, 1e-12), nats, over images: sums, so that parts add up.
struct NllSums {
    double sum = 0;
    double squares = 0;

    NllSums& operator+=(const NllSums& other);
    double mean(std::int64_t images) const; ///< NaN without images
    Interval ci95(std::int64_t images) const; ///< mean ± 1.96 s / √n; NaN below two images
};

/// One configuration on the images that it was tried on: the first `comparison.images` in the
/// search's order.
struct Trial {
    enum class State : std::uint8_t {
        Waiting, ///< not yet on all images that it will be tried on
        Finished, ///< on all images of the search
        Dropped, ///< by successive halving, after fewer images
    };

    int index = 0; ///< from 0, in the order of the plan
    std::vector<int> place; ///< on each axis of axesOf(spec)
    Configuration configuration;
    State state = State::Waiting;
    /// Baseline against TTA; forwardPasses are those of this configuration alone.
    Comparison comparison;
    NllSums nll;
    NllSums baselineNll;
    /// Bit i: the i-th image in the search's order is predicted rightly. 64 a word.
    std::vector<std::uint64_t> right;
    /// What this configuration alone would take on these images on this machine: its passes at the
    /// pace that was measured, and its merging.
    double seconds = 0;

    // Greedy: mean log-likelihood an image at the temperature that makes it highest.
    std::optional<double> logLikelihood = {};
    std::optional<double> temperature = {};
    /// Weights: the NLL on images that the weights were not fitted on. `comparison`, `nll` and
    /// `right` of learned weights are of such images, too, so that they compare with the mean's.
    std::optional<double> heldOutNll = {};
    /// Weights: inner validation prefers this one of its policy's three.
    bool preferred = false;

    std::int64_t images() const { return comparison.images; }
    bool isRight(std::size_t image) const { return (right[image / 64] >> (image % 64) & 1) != 0; }
};

/// Wilson's interval of TTA's accuracy.
Interval accuracyCi95(const Trial& trial);

} // namespace augury
