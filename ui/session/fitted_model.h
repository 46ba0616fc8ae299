// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/experiment_config.h"
#include "core/model/checkpoint.h"

#include <QString>

#include <cstdint>
#include <optional>

namespace augury {

/// A fitted network in hand. Immutable once shared.
struct FittedModel {
    Checkpoint checkpoint;
    QString path; ///< where it is stored; empty: nowhere yet
    bool stoppedEarly = false;
    std::optional<ExperimentConfig> config; ///< when it was trained here
    /// The repeat whose network it is: it can be fitted again, to the last bit.
    struct Origin {
        std::int64_t run = 0; ///< in the history; 0: not known
        int repeat = 0;
    };
    std::optional<Origin> origin = {};

    bool isSample() const { return path.startsWith(QLatin1Char(':')); } ///< came with the program
};

/// Puts down in a fresh checkpoint what train() does not know: the data set's name, and which of
/// its images were kept apart.
void complete(Checkpoint& checkpoint, const Dataset& dataset, const ExperimentConfig& config);

} // namespace augury
