// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/experiment_config.h"
#include "core/experiment/repeats.h"

#include <nlohmann/json_fwd.hpp>

#include <QDateTime>
#include <QString>

#include <filesystem>
#include <optional>

namespace augury {

/// Adds a finished run to the history in `file` (empty: keeps none). Returns what went wrong, for
/// people; empty when nothing did. For the worker's thread: it waits for the disk.
QString keepInHistory(const std::filesystem::path& file, const nlohmann::json& document);

/// The newest run of repeats in the history that was not stopped early, or else the newest.
struct PastRun {
    ExperimentConfig config;
    std::string dataName;
    RepeatsOutcome outcome;
    std::string document; ///< JSON text
    QDateTime finished;
};

/// Nothing when `file` does not exist or holds no such run. Throws Error.
std::optional<PastRun> lastRun(const std::filesystem::path& file);

} // namespace augury
