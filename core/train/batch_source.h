// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/model/pixel_input.h"

#include <torch/types.h>

#include <utility>

namespace augury {

/// One epoch's batches: bytes gathered in the given order and normalised to floats.
class BatchSource {
public:
    /// `order` is a permutation of the split's positions.
    BatchSource(const Split& split, const Normalisation& normalisation, int batchSize,
        std::vector<std::uint32_t> order);

    /// The last batch holds what is left. A single image left over joins the batch before it, since
    /// BatchNorm needs two.
    int batches() const;

    /// Images [n,C,H,W] (float, channels_last) and labels [n] (int64), on the CPU.
    std::pair<torch::Tensor, torch::Tensor> next();

private:
    const Split& m_split;
    PixelInput m_input;
    std::size_t m_batchSize;
    std::vector<std::uint32_t> m_order;
    std::size_t m_position = 0;
};

} // namespace augury
