// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/console.h"
#include "app/cli/options.h"
#include "core/experiment/repeats.h"
#include "core/store/run_record.h"
#include "core/tune/tune_json.h"

#include <stop_token>

namespace augury::cli {

/// A model with the images that it may be tuned on.
struct TunedData {
    Checkpoint checkpoint;
    TunedModel model;
    Dataset dataset;
    ExperimentSplits splits; ///< the validation split is the model's own
};

/// What `options` name: the images are cut as they were when the model was trained. Their config
/// becomes that of the model. Throws Error, also for a model without validation images.
TunedData openToTune(Options& options, Console& console, const std::stop_token& stop);

/// What a search of the history was about, with its settings in `options`; --model and --data say
/// where they are now. Throws Error when they are other ones.
TunedData openSearched(
    const RunRecord& record, Options& options, Console& console, const std::stop_token& stop);

} // namespace augury::cli
