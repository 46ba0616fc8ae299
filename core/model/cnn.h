// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/checkpoint.h"

#include <torch/types.h>

#include <string>
#include <vector>

namespace augury {

/// A layer's weight and bias.
struct Affine {
    torch::Tensor weight;
    torch::Tensor bias;
};

struct BatchNorm {
    torch::Tensor weight; ///< γ
    torch::Tensor bias; ///< β
    torch::Tensor runningMean;
    torch::Tensor runningVar;
};

/// The tutorial's CNN as tensors on one device. Convolution weights are channels_last; fc1 takes
/// its inputs in H, W, C order, so that flattening a channels_last tensor is a view. Checkpoints
/// hold PyTorch's C, H, W order.
struct Cnn {
    Shape input;
    Affine conv1, conv2, fc1, fc2;
    BatchNorm bn1, bn2, bn3;
    std::int64_t batchesTracked = 0;

    /// He-uniform convolutions and hidden layer, Glorot-uniform output layer, zero biases.
    static Cnn initialise(const Shape& input, int classes, std::uint64_t seed);
    static Cnn fromCheckpoint(const Checkpoint& checkpoint); ///< on the CPU; throws Error

    std::vector<NamedTensor> toTensors() const;
    std::vector<torch::Tensor> parameters() const; ///< what is trained, 14 tensors
    void to(const torch::Device& device);

    /// Logits [N,K] from normalised float images [N,C,H,W] by plain LibTorch operations, on any
    /// device. `training` uses and updates batch statistics.
    torch::Tensor forward(torch::Tensor x, bool training);
};

/// The plain layers, shared with faster paths.
torch::Tensor reluBatchNormPool(const torch::Tensor& x, const BatchNorm& bn, bool training);

/// LibTorch's message without its C++ backtrace.
std::string plainMessage(const std::exception& error);

} // namespace augury
