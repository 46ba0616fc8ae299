// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/run_record.h"
#include "core/tune/tune.h"
#include "core/tune/tune_json.h"
#include "ui/session/fitted_model.h"

#include <QDateTime>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace augury {

/// A search as the Tune page shows it: running, just over, or of the history.
struct TuneRun {
    TuneSpec spec;
    ExperimentConfig config; ///< data and split that it is about
    std::shared_ptr<const Dataset> dataset; ///< null for one of the history
    std::shared_ptr<const FittedModel> model; ///< null for one of the history
    std::string dataName;
    std::vector<std::string> classNames; ///< may be empty
    TunedModel tuned;
    std::string dataFingerprint;
    std::size_t searchImages = 0; ///< tried on, of
    std::size_t validationImages = 0;
    std::size_t testImages = 0;
    TuneOutcome outcome; ///< trials by index; `stopped` is set while it may still grow
    bool running = false;
    std::int64_t id = 0; ///< in the history; below 0: in none
    QString name = {}; ///< the user's; may be empty
    QDateTime finished = {}; ///< set for one of the history
    std::shared_ptr<const std::string> document = {}; ///< its JSON once it is over

    const Trial* trial(int index) const; ///< null: not begun
    /// Those tried on at least one image, by index.
    std::vector<Trial> begunTrials() const;
    void put(std::span<const Trial> trials); ///< each in place of that of its index
};

} // namespace augury
