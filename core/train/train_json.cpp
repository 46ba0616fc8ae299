// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/train_json.h"

#include "core/augment/policy_json.h"
#include "core/support/json_fields.h"

#include <fmt/format.h>

namespace augury {

using nlohmann::json;

namespace {

json numberOrNull(const std::optional<double>& value)
{
    return value ? json(*value) : json(nullptr);
}

} // namespace

json toJson(const TrainSettings& settings)
{
    json object = {
        {"epochs", settings.epochs},
        {"batch_size", settings.batchSize},
        {"learning_rate", settings.learningRate},
        {"normalisation", toString(settings.normalisation)},
        {"seed", settings.seed},
        {"device", settings.device},
        {"threads", settings.threads},
    };
    if (settings.policy != AugmentPolicy{})
        object["train_policy"] = toJson(settings.policy);
    return object;
}

void readTrainSettings(JsonFields& fields, TrainSettings& settings, ReadAs as)
{
    fields.integer("epochs", settings.epochs);
    fields.integer("batch_size", settings.batchSize);
    fields.number("learning_rate", settings.learningRate);
    fields.choice<NormalisationKind>("normalisation", settings.normalisation,
        normalisationKindFromString, "scale or standardise");
    fields.integer("seed", settings.seed);
    fields.text("device", settings.device);
    fields.integer("threads", settings.threads);
    fields.nested("train_policy", [&](const json& policy) {
        settings.policy =
            policy.is_null() ? AugmentPolicy{} : policyFromJson(policy, "augmentation policy", as);
    });
}

json toJson(std::span<const EpochMetrics> history)
{
    json list = json::array();
    for (std::size_t i = 0; i < history.size(); ++i) {
        const auto& epoch = history[i];
        list.push_back({
            {"epoch", i + 1},
            {"train_loss", epoch.trainLoss},
            {"train_accuracy", epoch.trainAccuracy},
            {"validation_loss", numberOrNull(epoch.validationLoss)},
            {"validation_accuracy", numberOrNull(epoch.validationAccuracy)},
            {"seconds", epoch.seconds},
        });
    }
    return list;
}

std::vector<EpochMetrics> historyFromJson(const json& list, const std::string& where)
{
    if (!list.is_array())
        throw Error(where + ": the history must be a list of epochs.");
    std::vector<EpochMetrics> history;
    for (const auto& entry : list) {
        JsonFields fields(entry, "an epoch");
        std::size_t epoch = 0;
        EpochMetrics metrics;
        fields.integer("epoch", epoch);
        fields.number("train_loss", metrics.trainLoss);
        fields.number("train_accuracy", metrics.trainAccuracy);
        fields.optionalNumber("validation_loss", metrics.validationLoss);
        fields.optionalNumber("validation_accuracy", metrics.validationAccuracy);
        fields.number("seconds", metrics.seconds);
        throwIfAny(fields.problems(), fmt::format("{}, epoch {}", where, history.size() + 1));
        history.push_back(metrics);
    }
    return history;
}

} // namespace augury
