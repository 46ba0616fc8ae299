// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/comparison.h"
#include "core/experiment/experiment_config.h"
#include "core/tta/vote_table.h"
#include "ui/session/fitted_model.h"

#include <memory>
#include <optional>

namespace augury {

/// Which images one looks at. Own are a user's, without labels.
enum class SplitKind { Test, Validation, Training, Own };

/// The votes of one model on all images of a split: filled once, read for any number of its copies
/// and any vote rule. Immutable once shared.
struct Evaluation {
    ExperimentConfig config; ///< with which it was filled
    std::shared_ptr<const Dataset> dataset; ///< null for own images without a data set
    std::shared_ptr<const FittedModel> model;
    SplitKind kind = SplitKind::Test;
    Split split;
    std::shared_ptr<const VoteTable> table;
    std::optional<Comparison> comparison; ///< by config.vote; none without labels
    double seconds = 0;
};

} // namespace augury
