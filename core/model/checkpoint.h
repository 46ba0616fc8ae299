// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/normalisation.h"
#include "core/train/train_settings.h"

#include <filesystem>
#include <string>
#include <variant>
#include <vector>

namespace augury {

/// A tensor under PyTorch's name and layout, as plain numbers: it needs no LibTorch to be read,
/// written or compared. Float32, or Int64 for BatchNorm's num_batches_tracked.
struct NamedTensor {
    std::string name; ///< "conv1.weight"
    std::vector<std::int64_t> shape;
    std::variant<std::vector<float>, std::vector<std::int64_t>> values; ///< row-major
};

/// A trained network as a value: everything needed to use it later and to say where it came from.
struct Checkpoint {
    std::string architecture; ///< "tutorial_cnn"
    Shape inputShape;
    std::vector<std::string> classNames;
    Normalisation normalisation;
    TrainSettings settings; ///< what it was trained with
    std::vector<EpochMetrics> history; ///< one an epoch
    std::string dataName; ///< the training data set's name
    /// What was carved from the training images for validation: whoever calls train() knows.
    double validationFraction = 0;
    std::uint64_t splitSeed = 1;
    /// fingerprint() of the data set as it was divided then; empty: not known.
    std::string dataFingerprint = {};
    std::vector<NamedTensor> tensors;

    const NamedTensor& tensor(const std::string& name) const; ///< throws Error when missing
};

/// Throws Error, with both sides' figures, unless `dataset` has the shape and the classes, in their
/// order, that the network was trained on. `model` and `data` name them in the message.
void requireSameKind(const Checkpoint& checkpoint, const std::string& model, const Dataset& dataset,
    const std::string& data);

/// Writes a safetensors file (https://github.com/huggingface/safetensors#format), atomically.
/// `__metadata__` carries everything but the tensors, and the project's version.
void saveCheckpoint(const Checkpoint& checkpoint, const std::filesystem::path& path);

/// Reads and validates all of it before returning. Throws Error: truncated, overlapping or
/// out-of-range tensors, wrong dtype or shape, unknown architecture or version.
Checkpoint loadCheckpoint(const std::filesystem::path& path);

/// The same from a file's bytes in memory; `name` stands for the file in messages.
Checkpoint parseCheckpoint(std::string bytes, const std::string& name);

} // namespace augury
