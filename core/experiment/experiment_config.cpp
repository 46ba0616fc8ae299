// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/experiment_config.h"

#include <fmt/format.h>

namespace augury {

std::vector<Problem> ExperimentConfig::validate() const
{
    auto problems = training.validate();
    for (const auto& problem : policy.validate())
        problems.push_back({"policy." + problem.field, problem.message});
    const auto require = [&](bool ok, const char* field, const char* range) {
        if (!ok)
            problems.push_back({field, range});
    };
    require(copies >= 1 && copies <= 1000, "copies", "must be 1 to 1000");
    require(validationFraction >= 0 && validationFraction <= 0.9, "validation_fraction",
        "must be 0 to 0.9");
    require(repeats >= 1 && repeats <= 1000, "repeats", "must be 1 to 1000");
    require(parallelFits >= 0 && parallelFits <= 1024, "parallel_fits",
        "must be 0 (the faster way) to 1024");
    return problems;
}

} // namespace augury
