// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/experiment_config.h"

#include <fmt/format.h>

namespace augury {

std::vector<Problem> ExperimentConfig::validate() const
{
    auto problems = training.validate();
    const auto policyProblems = policy.validate();
    for (const auto& problem : policyProblems)
        problems.push_back({"policy." + problem.field, problem.message});
    for (const auto& problem : vote.validate())
        problems.push_back(problem);
    const auto require = [&](bool ok, const char* field, const char* range) {
        if (!ok)
            problems.push_back({field, range});
    };
    const int most = policyProblems.empty() ? mostCopies(policy) : 1000;
    if (copies < 1 || copies > most)
        problems.push_back({"copies",
            fmt::format("must be 1 to {}{}", most,
                policy.views ? ", the number of the policy's views" : "")});
    if (isLearned(vote.rule) && !policy.views)
        problems.push_back({"vote",
            "learned weights need a policy of fixed views (such as hflip, d4 or ten_crop): random "
            "copies "
            "have no places that could have a weight"});
    // A weight a view and class is a multiple of them: how many classes there are the data knows.
    if (const auto count = vote.weights.size(); isLearned(vote.rule) && count > 0 && copies >= 1) {
        const auto views = static_cast<std::size_t>(copies) + (vote.includeOriginal ? 1 : 0);
        if (vote.rule == VoteRule::Learned ? count != views : count % views != 0)
            problems.push_back({"weights",
                fmt::format("must be {} for each of the {} views that vote, but are {}: learn them "
                            "again, or leave them out to fit them on the validation images",
                    vote.rule == VoteRule::Learned ? "one" : "as many as classes", views, count)});
    }
    require(validationFraction >= 0 && validationFraction <= 0.9, "validation_fraction",
        "must be 0 to 0.9");
    require(repeats >= 1 && repeats <= 1000, "repeats", "must be 1 to 1000");
    require(parallelFits >= 0 && parallelFits <= 1024, "parallel_fits",
        "must be 0 (the faster way) to 1024");
    return problems;
}

} // namespace augury
