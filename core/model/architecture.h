// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"

#include <string>
#include <vector>

namespace augury {

inline constexpr const char* tutorialCnnName = "tutorial_cnn";
inline constexpr int smallestSide = 4; ///< two 2×2 poolings must leave a pixel
inline constexpr double batchNormEpsilon = 1e-3; ///< Keras's default
inline constexpr double batchNormMomentum = 0.01; ///< PyTorch's sense; Keras calls it 0.99

enum class TensorRole { ConvWeight, HiddenWeight, OutputWeight, Zeros, Ones, Counter };

struct TensorSpec {
    std::string name; ///< PyTorch's
    std::vector<std::int64_t> shape;
    TensorRole role; ///< how it is initialised
    bool trained; ///< a parameter, not a running statistic
};

/// The tutorial's CNN for any C×H×W and K: Conv 32 3×3 same, ReLU, BatchNorm, MaxPool 2; Conv 64
/// likewise; Flatten (C, H, W order, as PyTorch flattens); Linear 128, ReLU, BatchNorm; Linear K.
/// conv1, bn1, conv2, bn2, fc1, bn3, fc2 in PyTorch's layouts.
std::vector<TensorSpec> tutorialCnnTensors(const Shape& input, int classes);

/// Throws Error unless the network can be built: sides of at least smallestSide, K ≥ 2.
void requireTutorialCnnFits(const Shape& input, int classes);

} // namespace augury
