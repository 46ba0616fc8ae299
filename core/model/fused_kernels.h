// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

/// The passes of ReLU → BatchNorm → MaxPool 2×2 (stride 2, odd edges dropped) over channels_last
/// floats, each in one sweep over memory. Plain pointers, no LibTorch. `x` is a convolution's
/// output, u = max(x, 0). c must be a multiple of 8.
///
/// Pooling commutes with an affine map up to the sign of its scale, so the largest y = scale·u +
/// shift of a 2×2 cell is found as the largest sign·u; sign is ±1 a channel.
namespace augury::kernels {

struct Dims {
    std::int64_t h; ///< of x
    std::int64_t w;
    std::int64_t c;
};

/// Adds Σ u and Σ u² a channel over `pixels` positions to the double sums.
void reluSums(const float* x, std::int64_t pixels, std::int64_t c, double* sum, double* sumSq);

/// Forward of one image: out [h/2, w/2, c] = scale · sign · max(sign·u) + shift.
void poolForward(const float* x, const Dims& dims, const float* sign, const float* scale,
    const float* shift, float* out);

/// Adds Σ dy and Σ dy · (u_selected − mean) a channel over one image to the double sums.
void poolBackwardSums(const float* x, const float* dy, const Dims& dims, const float* sign,
    const float* mean, double* sumDy, double* sumDyU);

/// dx of one image: where x > 0, a·dy at the selected position (the first of equals, as PyTorch
/// picks it) + b·u + k everywhere; 0 where x ≤ 0.
void poolBackward(const float* x, const float* dy, const Dims& dims, const float* sign,
    const float* a, const float* b, const float* k, float* dx);

} // namespace augury::kernels
