// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/repeats.h"
#include "core/model/checkpoint.h"
#include "core/store/resumption.h"

#include <QDateTime>
#include <QString>

#include <cstdint>
#include <map>
#include <memory>
#include <string>

namespace augury {

/// A run of repeats as pages show it: running, just over, or of the history.
struct RepeatsRun {
    ExperimentConfig config;
    std::shared_ptr<const Dataset> dataset; ///< null for a run of the history
    DataOpening opening = {}; ///< how that is opened again; without a folder: as the settings say
    std::string dataName;
    RepeatsOutcome outcome; ///< `stopped` is set while it may still grow
    double seconds = 0; ///< 0 while it runs
    bool running = false;
    std::shared_ptr<const std::string> document = {}; ///< its JSON once it is over
    QDateTime finished = {}; ///< set for a run of the history
    std::int64_t id = 0; ///< in the history; below 0: in none
    QString name = {}; ///< the user's; may be empty
    std::vector<std::string> classNames = {}; ///< of the data; may be empty
    /// The fitted networks of a run that was made in this window, by repeat.
    std::map<int, std::shared_ptr<const Checkpoint>> models = {};

    /// "12 · hflip × 7": how lists and legends call it.
    QString title() const;
};

/// Out of the settings where the run does not say.
DataOpening openingOf(const RepeatsRun& run);

} // namespace augury
