// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/train_settings.h"

#include <regex>

namespace augury {

namespace {

void addPolicyProblems(std::vector<Problem>& problems, const std::vector<Problem>& found)
{
    for (const auto& problem : found)
        problems.push_back({"train_policy." + problem.field, problem.message});
}

} // namespace

std::vector<Problem> TrainSettings::validate() const
{
    std::vector<Problem> problems;
    const auto require = [&](bool ok, const char* field, const char* range) {
        if (!ok)
            problems.push_back({field, range});
    };
    require(epochs >= 1 && epochs <= 10000, "epochs", "must be 1 to 10000");
    require(batchSize >= 2 && batchSize <= 65536, "batch_size", "must be 2 to 65536");
    require(learningRate > 0 && learningRate <= 10, "learning_rate", "must be above 0, up to 10");
    require(threads >= 0 && threads <= 1024, "threads", "must be 0 (all cores) to 1024");
    static const std::regex known("cpu|cuda(:[0-9]{1,3})?");
    require(std::regex_match(device, known), "device", "must be cpu, cuda or cuda:N");
    addPolicyProblems(problems, policy.validate());
    if (policy.views)
        problems.push_back({"train_policy.views",
            "must be absent: training draws at random, so say by which random fields"});
    return problems;
}

std::vector<Problem> TrainSettings::validateFor(const Shape& shape) const
{
    std::vector<Problem> problems;
    addPolicyProblems(problems, policy.validateFor(shape));
    return problems;
}

} // namespace augury
