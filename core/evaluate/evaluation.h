// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/comparison.h"
#include "core/evaluate/copies_curve.h"
#include "core/evaluate/image_outcomes.h"
#include "core/evaluate/scorecard.h"
#include "core/tta/predictor.h"

#include <optional>
#include <vector>

namespace augury {

struct EvaluationRequest {
    PredictOptions predict; ///< with copies of 1 or more, unless the vote does without
    VoteOptions vote;
    bool scorecards = true; ///< baseline's and TTA's
    bool curve = false; ///< TTA against the number of copies
    bool perImage = false; ///< one ImageOutcome an image
    /// Spares passes that cannot change a decision. The votes themselves are then not known: taken
    /// only where nothing else is asked for and the rule allows it (see needsWholeTable()).
    bool exactEarlyExit = false;
};

/// Whether the request asks for more than decisions.
bool needsWholeTable(const EvaluationRequest& request);

/// What one classifier, one split and one policy give.
struct EvaluationResult {
    Comparison comparison;
    std::optional<Scorecard> baseline;
    std::optional<Scorecard> tta;
    std::optional<CopiesCurve> curve;
    std::vector<ImageOutcome> images;
    int parts = 1; ///< into which the split was cut to stay within the memory budget
};

/// Predicts, merges and scores every image of a labelled split. A VoteTable that would not fit in
/// the memory budget is filled and merged in parts; the numbers are the same. Throws Error as
/// predictVotes() and mergeVotes() do, and where not even one image's votes fit.
EvaluationResult evaluate(Classifier& classifier, const Split& split,
    const EvaluationRequest& request, const Job& job = {});

/// The same, read from the votes of a labelled split that are there: the first
/// `request.predict.copies`; the curve is of all of them. Throws Error as mergeVotes() does.
EvaluationResult evaluate(const VoteTable& table, const EvaluationRequest& request);

/// How well a measure tells which predictions are wrong: AUROC, 0.5 is chance.
struct UncertaintyCheck {
    const char* measure; ///< "1 - max p of the baseline", "mutual information" …
    double tta = 0; ///< of TTA's wrong predictions; NaN when all or none are wrong
    double baseline = 0; ///< of the baseline's
};
std::vector<UncertaintyCheck> checkUncertainty(std::span<const ImageOutcome> images);

} // namespace augury
