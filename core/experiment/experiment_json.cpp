// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/experiment_json.h"

#include "core/augment/policy_json.h"
#include "core/support/json_fields.h"
#include "core/train/train_json.h"

namespace augury {

using nlohmann::json;

json toJson(const ExperimentConfig& config)
{
    json result = toJson(config.training);
    result.update({
        {"data", config.dataPath},
        {"policy", toJson(config.policy)},
        {"copies", config.copies},
        {"vote", toString(config.vote.rule)},
        {"include_original", config.vote.includeOriginal},
        {"blend", config.vote.blend},
        {"temperature", config.vote.temperature},
        {"gamma", config.vote.gamma},
        {"weights", config.vote.weights},
        {"exact_early_exit", config.exactEarlyExit},
        {"split_seed", config.splitSeed},
        {"validation_fraction", config.validationFraction},
        {"subset_train", config.subsetTrain},
        {"subset_test", config.subsetTest},
        {"repeats", config.repeats},
        {"parallel_fits", config.parallelFits},
    });
    return result;
}

void readExperiment(JsonFields& fields, ExperimentConfig& config, ReadAs as)
{
    readTrainSettings(fields, config.training, as);
    fields.text("data", config.dataPath);
    fields.nested("policy", [&](const json& policy) {
        config.policy = policyFromJson(policy, "augmentation policy", as);
    });
    fields.integer("copies", config.copies);
    fields.choice<VoteRule>("vote", config.vote.rule, voteRuleFromString, voteRuleNames().c_str());
    fields.boolean("include_original", config.vote.includeOriginal);
    fields.number("blend", config.vote.blend);
    fields.number("temperature", config.vote.temperature);
    fields.number("gamma", config.vote.gamma);
    fields.numbers("weights", config.vote.weights);
    fields.boolean("exact_early_exit", config.exactEarlyExit);
    fields.integer("split_seed", config.splitSeed);
    fields.number("validation_fraction", config.validationFraction);
    fields.integer("subset_train", config.subsetTrain);
    fields.integer("subset_test", config.subsetTest);
    fields.integer("repeats", config.repeats);
    fields.integer("parallel_fits", config.parallelFits);
    fields.refuseUnknown();
    if (as == ReadAs::Settings) {
        for (auto& problem : config.validate())
            fields.problems().push_back(std::move(problem));
    }
}

ExperimentConfig experimentFromJson(const json& object, const std::string& where)
{
    ExperimentConfig config;
    try {
        JsonFields fields(object, "an experiment");
        readExperiment(fields, config);
        throwIfAny(fields.problems(), "The experiment has errors");
    } catch (const Error& error) {
        throw Error(where + ": " + error.what());
    }
    return config;
}

} // namespace augury
