// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/experiment/experiment_config.h"

namespace augury {

/// How long work will take: a rough model of the CNN's cost (a pass over 3×32×32 pixels on one
/// core of a common machine), corrected by what was measured here.
class CostEstimate {
public:
    double trainSeconds(const Dataset& dataset, const ExperimentConfig& config) const;
    double evaluateSeconds(const Dataset& dataset, const ExperimentConfig& config) const;
    double repeatsSeconds(const Dataset& dataset, const ExperimentConfig& config) const;

    /// A training with these settings took so long.
    void learn(const Dataset& dataset, const ExperimentConfig& config, double seconds);
    bool isMeasured() const { return m_measured; }

private:
    double m_pace = 1; ///< measured seconds over modelled seconds
    bool m_measured = false;
};

} // namespace augury
