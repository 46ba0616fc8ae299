// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/repeats_run.h"

#include <nlohmann/json_fwd.hpp>

#include <QString>

#include <cstdint>
#include <filesystem>
#include <memory>

namespace augury {

/// Adds a finished run of `kind` to the history in `file` (empty: keeps none). Returns what went
/// wrong, for people; empty when nothing did. For the worker's thread: it waits for the disk.
QString keepInHistory(
    const std::filesystem::path& file, const nlohmann::json& document, const char* kind);

/// The newest run of repeats in the history that was not stopped early, or else the newest with
/// anything to show. Null when `file` does not exist or holds no such run. Throws Error.
std::shared_ptr<const RepeatsRun> lastRun(const std::filesystem::path& file);

/// Throws Error when `run` was made on other images, and when the history in `file` cannot say. A
/// run of 0 or below is in no history; without a file there is none to ask.
void requireDataOf(const std::filesystem::path& file, std::int64_t run, const Dataset& dataset);

} // namespace augury
