// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/open_dataset.h"
#include "core/experiment/experiment_config.h"
#include "core/store/run_record.h"

#include <string>
#include <vector>

/// What going on with a run needs beyond its settings, for every program that does so.
namespace augury {

/// How a data set was opened, into the "data" of a document, as "opened".
void addOpening(nlohmann::json& document, const OpenOptions& options, const std::string& folder);

/// Of the options, what decides which images there are and is no setting of an experiment.
nlohmann::json openingJson(const OpenOptions& options);

/// The same back.
struct DataOpening {
    OpenOptions options;
    std::string folder; ///< the settings' where the document names none
};
DataOpening openingOf(const RunRecord& record, const ExperimentConfig& config);

/// Whether it is the data set that the run was begun on, image for image. True where a run of an
/// older Augury does not say.
bool isDataOf(const RunRecord& record, const Dataset& dataset);

/// A sentence for each part of the program that is another than when the run was begun: numbers may
/// then differ in their last bits from those that are there.
std::vector<std::string> otherVersions(const RunRecord& record);

} // namespace augury
