// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/support/read_as.h"
#include "core/train/train_settings.h"

#include <nlohmann/json_fwd.hpp>

#include <span>

namespace augury {

class JsonFields;

/// "epochs", "batch_size", "learning_rate", "normalisation", "seed", "device", "threads",
/// and "train_policy" where there is one.
nlohmann::json toJson(const TrainSettings& settings);

/// Reads those fields; what is missing keeps its value, what is wrong becomes a problem of
/// `fields`. A "train_policy" of null is none.
void readTrainSettings(JsonFields& fields, TrainSettings& settings, ReadAs as = ReadAs::Settings);

/// [{"epoch", "train_loss", "train_accuracy", "validation_loss", "validation_accuracy" (null
/// without validation), "seconds"}]
nlohmann::json toJson(std::span<const EpochMetrics> history);

/// Throws Error naming `where`.
std::vector<EpochMetrics> historyFromJson(const nlohmann::json& json, const std::string& where);

} // namespace augury
