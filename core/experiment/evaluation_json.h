// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/evaluation.h"
#include "core/experiment/evaluate_model.h"

#include <nlohmann/json_fwd.hpp>

#include <span>
#include <string>
#include <vector>

/// What an evaluation found beyond its Comparison, in JSON and CSV. Accuracies are fractions, a
/// value that is not a number is null (JSON) or empty (CSV).
namespace augury {

/// {"accuracy", "correct", "nll", "brier", "ece", "ties", "per_class": […], "confusion":
/// [[label × predicted]] (null above 100 classes), "calibration": [{"images", "accuracy",
/// "confidence"} × 15]} and, for more than ten classes, "top5_accuracy".
nlohmann::json toJson(const Scorecard& scorecard);

/// {"baseline": {"accuracy", "nll"}, "points": [{"copies", "accuracy", "nll", "lift", "fixed",
/// "broken", "mcnemar_p", "forward_passes", "cost"}]}
nlohmann::json toJson(const CopiesCurve& curve);

/// [{"measure", "auroc_tta", "auroc_baseline"}]
nlohmann::json toJson(std::span<const UncertaintyCheck> checks);

/// {"weights", "per_class", "nll", "uniform_nll", "iterations"}: one weight a view, or, per class,
/// [view × class] one after the other, as the settings' "weights" take them.
nlohmann::json toJson(const LearnedWeights& learned);

/// One line a point, and a line of 0 copies for the baseline.
std::string curveCsv(const CopiesCurve& curve);

/// index,label,baseline,merged,votes,agreement,entropy,mutual_information,expected_entropy,
/// baseline_confidence,merged_confidence. Classes by name; votes as "cat 5; dog 2"; entropy is that
/// of the mean prediction, in nats as the others; confidences are those of the predicted classes.
std::string perImageCsv(
    std::span<const ImageOutcome> images, const std::vector<std::string>& classNames);

} // namespace augury
