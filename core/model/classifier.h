// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/model/checkpoint.h"

#include <memory>
#include <span>

namespace augury {

/// What a network's last layer hands out. Unknown is looked at when it predicts: rows of numbers
/// from 0 to 1 that sum to 1 are probabilities.
enum class OutputKind { Logits, Probabilities, Unknown };

/// The only thing that knows a network: pixels in, one row of K outputs an image out.
class Classifier {
public:
    virtual ~Classifier() = default;

    virtual Shape inputShape() const = 0;
    virtual const std::vector<std::string>& classNames() const = 0;
    virtual OutputKind outputKind() const = 0;

    /// Writes outputs [n × K] for n images (bytes, H×W×C each, concatenated in `pixels`).
    /// Normalises as in training. Each image's outputs depend on that image alone, not on n, its
    /// neighbours or the thread count (to float rounding). Blocks; call it from the thread that
    /// does the work. Throws Error.
    virtual void predict(std::span<const std::uint8_t> pixels, std::span<float> outputs) = 0;
};

/// Numerically stable softmax of each row, in place; rows of K values.
void softmaxRows(std::span<float> rows, int classes);

/// Whether every row of K holds numbers from 0 to 1 that sum to 1, within 1e-4.
bool looksLikeProbabilities(std::span<const float> rows, int classes);

/// The built-in CNN on the CPU or a CUDA device ("cpu", "cuda", "cuda:1"), with `threads` threads
/// (0: all cores). Throws Error when the checkpoint does not fit its architecture or the device is
/// not there.
std::unique_ptr<Classifier> makeClassifier(
    const Checkpoint& checkpoint, const std::string& device = "cpu", int threads = 0);

} // namespace augury
