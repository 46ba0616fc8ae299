// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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
    std::uint64_t seed = 1; ///< weights and order of images
    std::string device = "cpu"; ///< "cpu", "cuda", "cuda:1"
    int threads = 0; ///< 0: all cores

    bool operator==(const TrainSettings&) const = default;
    std::vector<Problem> validate() const;
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
