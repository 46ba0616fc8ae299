// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/experiment/experiment_config.h"

namespace augury {

/// How many fits run side by side, and on how many threads each.
struct FitPlan {
    int parallelFits = 1;
    int threadsPerFit = 1;
};

/// On the CPU k fits of one thread each finish sooner than one fit of k threads, so that is the
/// default, as far as half of the machine's memory holds them; a GPU takes one fit at a time. A
/// function of the machine and the arguments alone, so that the same run gives the same numbers.
/// With `threadsPerFit` (0: free) it plans how many fits of so many threads go side by side.
FitPlan planFits(const ExperimentConfig& config, const Shape& images, int threadsPerFit = 0);

/// How the work of one fit divides, in passes of one image forward. Only for progress.
struct FitWork {
    double training = 0;
    double evaluation = 0;
};
FitWork estimateWork(const Split& training, const Split& test, const ExperimentConfig& config);

} // namespace augury
