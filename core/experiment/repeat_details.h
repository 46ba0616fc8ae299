// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/copies_curve.h"
#include "core/evaluate/evaluation.h"
#include "core/evaluate/image_outcomes.h"
#include "core/evaluate/scorecard.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace augury {

struct RepeatResult;

/// An image whose class TTA changed.
struct ChangedImage {
    std::uint32_t image = 0; ///< index in the test images
    std::int32_t label = 0;
    std::int32_t baseline = 0; ///< predicted from one look
    std::int32_t merged = 0; ///< by vote; another than `baseline`

    bool operator==(const ChangedImage&) const = default;
};

/// What the test images say of one fitted model beyond the counts of its Comparison.
struct RepeatDetails {
    Scorecard baseline{1};
    Scorecard tta{1};
    CopiesCurve curve;
    std::vector<ChangedImage> changed; ///< by image
};

/// Of an evaluation with scorecards, curve and images.
RepeatDetails detailsOf(const EvaluationResult& evaluation);

/// Scorecards and curves added up over the repeats that have details, which must be of one
/// experiment, or Error; `changed` is empty. Nothing without any.
std::optional<RepeatDetails> summedDetails(std::span<const RepeatResult> repeats);

/// One image over all repeats.
struct ChangedOften {
    std::uint32_t image = 0;
    std::int32_t label = 0;
    std::int32_t baseline = 0; ///< the commonest of these repeats
    std::int32_t merged = 0; ///< likewise
    int repeats = 0; ///< in how many TTA did so
    int opposite = 0; ///< in how many it did the contrary
};
/// The images that TTA fixed, or broke, the most often first, equal ones by index.
std::vector<ChangedOften> changedOften(
    std::span<const RepeatResult> repeats, OutcomeKind fixedOrBroken);

/// {"baseline": a Scorecard's fields, "tta": …, "curve": a CopiesCurve's fields, "changed":
/// [[image, label, baseline, merged], …]}
nlohmann::json toJson(const RepeatDetails& details);
/// The same to the last bit. Throws nlohmann's exceptions, or Error, for what is something else.
RepeatDetails detailsFromJson(const nlohmann::json& json);

} // namespace augury
