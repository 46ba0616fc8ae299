// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/experiment_config.h"
#include "core/model/checkpoint.h"
#include "core/tune/confirmation.h"
#include "core/tune/tune.h"

#include <nlohmann/json_fwd.hpp>

#include <span>
#include <string>

/// Tuning in JSON and CSV: a contract as core/experiment/report.h. Fractions; null is no number.
namespace augury {

/// {"policy", "copies", "vote": {"rule", "include_original", "blend", "temperature", "gamma",
/// "weights"}}
nlohmann::json toJson(const Configuration& configuration);
Configuration configurationFromJson(const nlohmann::json& json, const std::string& where);

/// {"method", "images", "seed"} and the fields that the method uses: "policies" (each a preset's
/// name or an object), "vote", "copies"; of a sweep "fields": [{"field", "strengths"}],
/// "copy_counts", "rules", "originals": [{"included", "blend"}], "halving", "halving_start"; of the
/// greedy search "pool", "steps"; "swept": {"field", "strengths"}. What is missing is that of
/// defaultSpec(). Throws Error naming `where` and listing every problem.
nlohmann::json toJson(const TuneSpec& spec);
TuneSpec specFromJson(const nlohmann::json& json, const std::string& where);

const char* toString(Trial::State state); ///< "waiting", "finished", "dropped"

/// A Comparison's fields beside the trial's; to the last bit, with "right" as base64 of its bytes,
/// low byte first. Throws Error naming `where` for what cannot be.
nlohmann::json toJson(const Trial& trial);
Trial trialFromJson(const nlohmann::json& json, const std::string& where);

nlohmann::json toJson(const Confirmation& confirmation);
Confirmation confirmationFromJson(const nlohmann::json& json, const std::string& where);

/// What was tuned.
struct TunedModel {
    std::string path; ///< the file; empty: none
    std::string fingerprint; ///< modelFingerprint()
};

/// {"tune": the spec, "settings" (data, split and training that it is
/// about, and the best configuration once there is one), "data", "model":
/// {"path", "fingerprint"}, "search": {"images", "validation_images", "test_images"}, "trials",
/// "tried", "configurations", "passes", "seconds", "best" (index of a trial, or null), "verdict",
/// "stopped", "versions"}
nlohmann::json tuneDocument(const TuneSpec& spec, const ExperimentConfig& config,
    const Dataset& dataset, const TunedModel& model, const ExperimentSplits& splits,
    const TuneOutcome& outcome);
/// Puts these trials, with the best of them and the verdict, into a tuneDocument().
void setTrials(nlohmann::json& document, std::span<const Trial> trials, std::int64_t tried);
/// Configurations looked at by a search of which so many trials were begun.
std::int64_t triedOf(const TuneSpec& spec, std::int64_t begun);
std::int64_t triedOf(const TuneSpec& spec, std::span<const Trial> trials);
TuneSpec specFromDocument(const nlohmann::json& document, const std::string& where);
/// Throws Error for trials that are not of the document's own plan.
TuneOutcome outcomeFromDocument(const nlohmann::json& document, const std::string& where);

/// A header line and one line a trial.
std::string trialsCsv(const TuneSpec& spec, std::span<const Trial> trials);

} // namespace augury
