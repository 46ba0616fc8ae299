// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/checkpoint.h"
#include "core/support/job.h"
#include "core/train/train_settings.h"

#include <functional>

namespace augury {

/// After every batch. loss and accuracy are the epoch's running means so far.
struct BatchProgress {
    int epoch = 0; ///< from 1
    int epochs = 0;
    int batch = 0; ///< from 1
    int batches = 0; ///< in one epoch
    double loss = 0;
    double accuracy = 0;
};

/// Called on the training thread. Either may be empty.
struct TrainObserver {
    std::function<void(const BatchProgress&)> onBatch;
    std::function<void(int epoch, const EpochMetrics&)> onEpoch;
};

struct TrainResult {
    Checkpoint checkpoint;
    /// True when a stop ended it early. The weights are then those of the completed epoch with the
    /// best validation accuracy (the last one without validation), or the current ones when no
    /// epoch was completed.
    bool stopped = false;
};

/// Trains the tutorial's CNN on `training`. Adam, cross-entropy, a fresh order and fresh draws of
/// the policy in each epoch (loss and accuracy are those of the images as drawn). The same
/// settings, data and thread count give the same weights, bit for bit on the CPU (a GPU adds some
/// sums in any order). `validation` may be empty. Checks the stop token at every batch. Throws
/// Error.
TrainResult train(const Split& training, const Split& validation,
    const std::vector<std::string>& classNames, const TrainSettings& settings,
    const TrainObserver& observer = {}, std::stop_token stop = {});

} // namespace augury
