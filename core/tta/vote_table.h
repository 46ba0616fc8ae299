// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/augment_policy.h"

#include <cstdint>
#include <span>
#include <vector>

namespace augury {

/// One view's K outputs. `logits` is null where the classifier hands out probabilities.
struct View {
    const float* probabilities = nullptr;
    const float* logits = nullptr;
};

/// The outputs of every view of every image: [image × (original + copies) × class]. Slot 0 is the
/// untouched image, slots 1…copies the copies. Equal variants of an image share one stored row.
struct VoteTable {
    int classes = 0; ///< K
    int copies = 0; ///< slots are 0…copies
    std::vector<float> probabilities; ///< [distinct rows × K], each in [0, 1], a row sums to 1
    std::vector<float> logits; ///< likewise; empty where the classifier hands out probabilities
    std::vector<std::uint32_t> rows; ///< [image × (copies + 1)]: the slot's row
    std::vector<std::int32_t> labels; ///< one an image; −1: unlabelled
    std::vector<std::uint32_t> images; ///< one an image: its index in the ImageSet
    AugmentPolicy policy; ///< what drew the copies,
    std::uint64_t seed = 0; ///< and with which seed

    std::size_t size() const { return labels.size(); } ///< images
    bool hasLogits() const { return !logits.empty(); }
    std::uint32_t row(std::size_t image, int slot) const
    {
        return rows[image * static_cast<std::size_t>(copies + 1) + static_cast<std::size_t>(slot)];
    }
    /// K probabilities of one view.
    std::span<const float> view(std::size_t image, int slot) const
    {
        const auto k = static_cast<std::size_t>(classes);
        return std::span(probabilities).subspan(row(image, slot) * k, k);
    }
    View outputs(std::size_t image, int slot) const
    {
        const auto offset = row(image, slot) * static_cast<std::size_t>(classes);
        return {probabilities.data() + offset, hasLogits() ? logits.data() + offset : nullptr};
    }
    /// Network passes spent: distinct views over all images, the original's included.
    std::int64_t forwardPasses() const
    {
        return classes == 0 ? 0 : static_cast<std::int64_t>(probabilities.size()) / classes;
    }
};

} // namespace augury
