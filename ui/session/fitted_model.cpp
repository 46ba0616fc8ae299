// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/fitted_model.h"

#include "core/data/fingerprint.h"

namespace augury {

void complete(Checkpoint& checkpoint, const Dataset& dataset, const ExperimentConfig& config)
{
    if (checkpoint.dataName.empty())
        checkpoint.dataName = dataset.name;
    checkpoint.validationFraction = config.validationFraction;
    checkpoint.splitSeed = config.splitSeed;
    checkpoint.dataFingerprint = fingerprint(dataset);
}

} // namespace augury
