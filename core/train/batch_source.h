// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/augment_policy.h"
#include "core/data/dataset.h"
#include "core/model/pixel_input.h"

#include <torch/types.h>

#include <utility>

namespace augury {

/// One epoch's batches: bytes gathered in the given order, augmented and normalised to floats.
class BatchSource {
public:
    /// `order` is a permutation of the split's positions. Each image is copy `copy` of its draws by
    /// `policy` and `drawSeed`, whatever the batch size, the order and the thread count; an epoch's
    /// number as `copy` makes every epoch's draws fresh.
    BatchSource(const Split& split, const Normalisation& normalisation, int batchSize,
        std::vector<std::uint32_t> order, const AugmentPolicy& policy = {},
        std::uint64_t drawSeed = 0, std::uint32_t copy = 1);

    /// The last batch holds what is left. A single image left over joins the batch before it, since
    /// BatchNorm needs two.
    int batches() const;

    /// Images [n,C,H,W] (float, channels_last) and labels [n] (int64), on the CPU.
    std::pair<torch::Tensor, torch::Tensor> next();

private:
    /// The network's input of the image at a position; `variant` is scratch.
    void write(std::size_t position, std::span<float> floats, std::span<std::uint8_t> variant);

    const Split& m_split;
    PixelInput m_input;
    std::size_t m_batchSize;
    std::vector<std::uint32_t> m_order;
    AugmentPolicy m_policy;
    bool m_augments;
    std::uint64_t m_drawSeed;
    std::uint32_t m_copy;
    std::size_t m_position = 0;
};

} // namespace augury
