// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/image_outcomes.h"
#include "core/experiment/repeats.h"
#include "ui/charts/confusion_data.h"
#include "ui/session/image_query.h"

#include <cstdint>
#include <optional>
#include <span>

namespace augury {

/// What a click on a chart asks for: a segment of the ledger, and a cell of the confusion matrix.
/// Of a cell of the difference it is the images that TTA moved: into the cell where it grew, out of
/// it where it shrank (`difference` < 0).
ImageQuery queryFor(OutcomeKind kind);
ImageQuery queryFor(ConfusionMode mode, int label, int predicted, std::int64_t difference);

/// How many images of a repeat such a query finds; nothing where its details are needed and not
/// there.
std::optional<std::int64_t> imagesOf(const RepeatResult& repeat, const ImageQuery& query);

/// The index of the newest repeat that has such images; of the newest at all where none is known to
/// have any. Nothing without repeats.
std::optional<int> newestWith(std::span<const RepeatResult> repeats, const ImageQuery& query);

} // namespace augury
