// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace augury {

/// The mean cross-entropy of softmax(Σ_a θ_ak z_ak) with the labels, and its gradient in θ: what
/// learned votes minimise. Computed by LibTorch in double, in parts that are always the same: the
/// result is the same to the bit on any number of threads.
class MixtureLoss {
public:
    struct Shape {
        std::size_t images = 0; ///< at least 1
        std::size_t views = 0;
        std::size_t classes = 0;
    };

    /// `logits` is [image × view × class], each label 0 … classes − 1.
    MixtureLoss(
        const Shape& shape, std::vector<float> logits, std::span<const std::int32_t> labels);
    ~MixtureLoss();
    MixtureLoss(const MixtureLoss&) = delete;
    MixtureLoss& operator=(const MixtureLoss&) = delete;

    const Shape& shape() const;

    /// θ is one a view, or [view × class], and the gradient likewise. Uses the threads that
    /// LibTorch has on the calling thread; several may call it at once.
    double operator()(std::span<const double> weights, std::span<double> gradient) const;

private:
    struct State;
    std::unique_ptr<const State> m_state;
};

} // namespace augury
