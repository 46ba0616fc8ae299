// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/image_outcomes.h"
#include "ui/session/evaluation.h"

#include <memory>
#include <optional>
#include <vector>

namespace augury {

/// What one vote rule over the first copies of an Evaluation's table gives, image by image.
/// Immutable once shared.
struct Tally {
    std::shared_ptr<const Evaluation> evaluation;
    int copies = 0;
    VoteOptions vote;
    std::vector<ImageOutcome> images; ///< one a position of the evaluation's split
    std::optional<Comparison> comparison; ///< none without labels
};

/// Reads the table, predicts nothing. Throws Error as mergeVotes() does.
Tally tally(std::shared_ptr<const Evaluation> evaluation, int copies, const VoteOptions& vote);

} // namespace augury
