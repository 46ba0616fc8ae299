// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tta/variants.h"
#include "core/tta/vote.h"

#include <nlohmann/json_fwd.hpp>

#include <span>
#include <string>

/// One image's variants and how they voted, in JSON and CSV. Only the first `copies` copies are
/// told; classes by name, or "class 12" where there is none; a label of −1 is null or empty.
namespace augury {

/// {"label", "classes": [name × K], "baseline", "merged", "tied", "copies", "vote": {"rule",
/// "include_original", "blend", "temperature", "gamma", "weights"}, "scores": [K],
/// "baseline_probabilities": [K], "counts": [K], "agreement", "predictive_entropy",
/// "expected_entropy", "mutual_information", "sentence", "views": […]}. Counts and uncertainty are
/// of the views that vote (the original where it is included or there are no copies). A view is
/// {"slots": 0 the original, from 1 copies, "transform", "words", "predicted", "probabilities":
/// [K]}. Without votes (table.classes 0) "label" and "views", of "slots", "transform" and "words",
/// alone. Throws Error as mergeVotes() does.
nlohmann::json toJson(const ImageVariants& variants, int copies, const VoteOptions& options,
    std::span<const std::string> classNames, std::int32_t label);

/// slot,words,predicted,confidence,right and a column a class with its probability; one line a
/// slot, 0 the original. `right` is 1 or 0, empty without a label; without votes all but the slot
/// and the words is empty, and there are no columns of classes.
std::string variantsCsv(const ImageVariants& variants, int copies,
    std::span<const std::string> classNames, std::int32_t label);

} // namespace augury
