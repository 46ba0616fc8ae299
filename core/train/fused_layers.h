// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/cnn.h"

namespace augury {

/// reluBatchNormPool() in training as one differentiable operation for channels_last CPU floats:
/// two sweeps over memory forward and two backward instead of some sixteen. Updates the running
/// statistics. Sums are taken over fixed blocks of images, so results do not depend on the thread
/// count. Equals the plain layers to 1e-5, gradients too (γ = 0 exactly aside, where the plain
/// layers' choice among equals differs).
torch::Tensor fusedReluBatchNormPool(const torch::Tensor& x, const BatchNorm& bn);

/// at::linear() whose products are split by rows over the threads: OpenBLAS itself is kept on one.
torch::Tensor parallelLinear(const torch::Tensor& x, const Affine& layer);

} // namespace augury
