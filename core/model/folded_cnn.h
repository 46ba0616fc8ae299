// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/cnn.h"

#include <cstdint>

namespace augury {

/// ReLU, BatchNorm and MaxPool of a convolution's output in one pass, whatever the scale's sign.
struct FusedPool {
    explicit FusedPool(const BatchNorm& bn);
    torch::Tensor operator()(const torch::Tensor& convolved) const;

    torch::Tensor sign; ///< ±1 a channel
    torch::Tensor scale; ///< BatchNorm at test time is y = scale·u + shift
    torch::Tensor shift;
};

/// The trained network rearranged for the CPU: ReLU, BatchNorm and pooling fused, bn3 folded into
/// the output layer. Equal to Cnn::forward() to float rounding. Call it under InferenceMode; it is
/// serial inside a parallel_for, which is how many images are spread over threads.
class FoldedCnn {
public:
    explicit FoldedCnn(const Cnn& cnn);

    /// Logits [N,K] of normalised floats [N,C,H,W], channels_last.
    torch::Tensor operator()(torch::Tensor x) const;

    /// How many of n images one call should take, so that all threads have work and a call's
    /// activations stay small.
    static std::int64_t chunkOf(std::int64_t n, std::int64_t threads, const Shape& shape);

private:
    Affine m_conv1, m_conv2, m_fc1, m_fc2;
    FusedPool m_pool1, m_pool2;
};

/// How many images' first activations fit into `bytes`, at least one and at most `largest`.
std::int64_t imagesWithin(double bytes, const Shape& shape, std::int64_t largest);

} // namespace augury
