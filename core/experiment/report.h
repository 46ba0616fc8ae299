// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/evaluation_json.h"
#include "core/experiment/repeats.h"

#include <nlohmann/json_fwd.hpp>

#include <span>
#include <string>

namespace augury {

/// Results as JSON documents and CSV text, for the command line, the run store and files. The JSON
/// is a contract (README.md documents it): fields are added, none is renamed. Accuracies and lifts
/// are fractions; a value that is not a number (σ of one repeat) is null.

/// The "data" of a document: {"name", "format", "shape", "classes", "training_images",
/// "validation_images", "test_images", "notes", "fingerprint"}; null for an empty Dataset.
nlohmann::json dataJson(const Dataset& dataset, const ExperimentSplits& splits);

/// {"settings", "data", "repeats": […], "summary": {…} or null without a finished repeat,
/// "verdict", "stopped", "run": {"seconds", "parallel_fits", "threads_per_fit", "peak_memory_mb"},
/// "versions"}. "data" is null for an empty Dataset (stopped before it was read). "settings" is
/// exactly toJson(config): experimentFromJson() reads it back.
nlohmann::json repeatDocument(const ExperimentConfig& config, const Dataset& dataset,
    const RepeatsOutcome& outcome, double seconds = 0);

/// Puts these repeats, with their summary and verdict, into a repeatDocument().
void setRepeats(nlohmann::json& document, std::span<const RepeatResult> repeats);

/// One row of "repeats". Read back it is the same to the last bit, figures that are no numbers
/// included.
nlohmann::json toJson(const RepeatResult& repeat);
/// Throws Error naming `where`.
RepeatResult repeatFromJson(const nlohmann::json& row, const std::string& where);

/// A header line, then one line a repeat; '.' as decimal point whatever the locale.
std::string repeatCsv(std::span<const RepeatResult> repeats);

/// The repeats of a repeatDocument() again, to show an earlier run. Throws Error when `document`
/// is something else. `where` names the source in messages.
RepeatsOutcome repeatsFromDocument(const nlohmann::json& document, const std::string& where);

/// What one evaluation of a stored or fresh model gave.
struct EvaluateOutcome {
    std::string model; ///< the file it was read from; may be empty
    ModelEvaluation evaluation;
    std::vector<UncertaintyCheck> uncertainty; ///< may be empty
    double seconds = 0;
    int threads = 1;
};

/// {"settings", "data", "model", a Comparison's fields (toJson(Comparison)) with the scorecards' in
/// "baseline" and "tta", "seconds", "run", "verdict", "versions"}; "curve", "uncertainty" and
/// "learned" where they were asked for.
nlohmann::json evaluateDocument(
    const ExperimentConfig& config, const Dataset& dataset, const EvaluateOutcome& outcome);
/// A header line and one line: the comparison, the scorecards' means (empty without), and the
/// settings that tell several such files apart.
std::string evaluateCsv(const ExperimentConfig& config, const EvaluationResult& result);

/// What one training gave.
struct TrainOutcome {
    std::string model; ///< the file it was written to; may be empty
    TrainResult result;
    double seconds = 0;
    int threads = 1;
};

/// {"settings", "data", "model", "parameters", "history": [{"epoch", "train_loss", …}], "stopped",
/// "seconds", "versions"}
nlohmann::json trainDocument(
    const ExperimentConfig& config, const Dataset& dataset, const TrainOutcome& outcome);
/// The epochs of a trainDocument() again. Throws Error as repeatsFromDocument().
std::vector<EpochMetrics> epochsFromDocument(
    const nlohmann::json& document, const std::string& where);
/// One line an epoch; empty cells without a validation split.
std::string trainCsv(std::span<const EpochMetrics> history);

/// One line for a list of runs: "Fashion-MNIST: 10 repeats, 91.2 → 91.5 %". Takes any document.
std::string documentTitle(const nlohmann::json& document);

/// Indented text, ending in a line feed. Bytes that are not UTF-8 (names of folders) are replaced.
std::string documentText(const nlohmann::json& document);

} // namespace augury
