// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/augment_policy.h"
#include "core/model/normalisation.h"
#include "core/support/error.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace augury {

/// Defaults are the tutorial's.
struct TrainSettings {
    int epochs = 3; ///< 1…10,000
    int batchSize = 128; ///< 2…65,536
    double learningRate = 1e-3; ///< Adam's, (0, 10]
    NormalisationKind normalisation = NormalisationKind::Scale;
    std::uint64_t seed = 1; ///< weights, order of images and augmentation
    std::string device = "cpu"; ///< "cpu", "cuda", "cuda:1"
    int threads = 0; ///< 0: all cores
    AugmentPolicy policy; ///< what each image is drawn by anew in every epoch; no views

    bool operator==(const TrainSettings&) const = default;
    /// The policy's problems as "train_policy.rotation_range".
    std::vector<Problem> validate() const;
    /// What else is wrong for images of this shape.
    std::vector<Problem> validateFor(const Shape& shape) const;
};

/// Accuracies are fractions; losses mean cross-entropy in nats.
struct EpochMetrics {
    double trainLoss = 0; ///< running mean over the epoch's batches, as Keras reports it
    double trainAccuracy = 0; ///< likewise
    std::optional<double> validationLoss; ///< after the epoch; empty without a validation split
    std::optional<double> validationAccuracy;
    double seconds = 0;
};

} // namespace augury
