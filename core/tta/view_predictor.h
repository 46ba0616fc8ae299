// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tta/predictor.h"

#include <span>
#include <vector>

namespace augury {

/// Draws, renders and predicts views of a split's images, for all that fill or shorten a
/// VoteTable.
class ViewPredictor {
public:
    struct Wanted {
        std::size_t image; ///< place in the split
        std::size_t slot; ///< 0: the untouched image
    };
    /// [views × K], valid until the next predict(). `logits` is empty where the classifier hands
    /// out probabilities.
    struct Outputs {
        std::span<const float> probabilities;
        std::span<const float> logits;
    };

    /// Checks that classifier, split and options fit together; keeps references to them. Throws
    /// Error.
    ViewPredictor(
        Classifier& classifier, const Split& split, const PredictOptions& options, const Job& job);

    int classes() const { return m_classes; }
    OutputKind outputKind() const { return m_kind; } ///< Logits or Probabilities
    std::size_t slots() const { return m_slots; } ///< original + copies
    /// How many views predict() takes at once: a block that caches like, and the stop token is
    /// looked at between two.
    std::size_t blockSize() const;

    Outputs predict(std::span<const Wanted> views);

    /// For images first … first + count − 1 of the split: numbers each one's distinct views 0, 1, …
    /// in order of first appearance. `numbers` is [count × slots].
    void numberViews(std::size_t first, std::size_t count, std::span<std::uint32_t> numbers) const;

    Transform transform(std::size_t image, std::size_t slot) const;

private:
    void settleKind();

    Classifier& m_classifier;
    const Split& m_split;
    const PredictOptions& m_options;
    const Job& m_job;
    int m_threads;
    int m_classes;
    std::size_t m_slots;
    OutputKind m_kind;
    std::vector<std::uint8_t> m_pixels;
    std::vector<float> m_logits;
    std::vector<float> m_probabilities;
};

} // namespace augury
