// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/experiment_config.h"
#include "core/model/checkpoint.h"

#include <QString>

#include <optional>

namespace augury {

/// A fitted network in hand. Immutable once shared.
struct FittedModel {
    Checkpoint checkpoint;
    QString path; ///< where it is stored; empty: nowhere yet
    bool stoppedEarly = false;
    std::optional<ExperimentConfig> config; ///< when it was trained here

    bool isSample() const { return path.startsWith(QLatin1Char(':')); } ///< came with the program
};

} // namespace augury
