// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/experiment_config.h"
#include "core/support/read_as.h"

#include <nlohmann/json_fwd.hpp>

namespace augury {

class JsonFields;

/// The only place that reads and writes an experiment as JSON: one flat object of readable fields
/// with the policy nested under "policy".
nlohmann::json toJson(const ExperimentConfig& config);

/// Missing fields keep their default. Throws Error naming `where` and listing every problem:
/// unknown fields (with the nearest known name), wrong types, values out of range.
ExperimentConfig experimentFromJson(const nlohmann::json& json, const std::string& where);

/// The same for an object within another document: everything that is wrong becomes a problem of
/// `fields`.
void readExperiment(JsonFields& fields, ExperimentConfig& config, ReadAs as = ReadAs::Settings);

} // namespace augury
