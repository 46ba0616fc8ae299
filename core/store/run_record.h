// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/statistics.h"
#include "core/experiment/fit_plan.h"
#include "core/experiment/repeats.h"
#include "core/tune/confirmation.h"
#include "core/tune/trial.h"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace augury {

enum class RunStatus {
    Running, ///< some process is at it now
    Finished,
    Stopped, ///< ended before it was complete: by its user, by a failure, or killed
};
const char* toString(RunStatus status); ///< "running", "finished", "stopped"

/// What a user writes on a run is cut there.
inline constexpr std::size_t mostNameCharacters = 200;
inline constexpr std::size_t mostNoteCharacters = 10'000;
inline constexpr std::size_t mostTags = 50;
inline constexpr std::size_t mostTagCharacters = 60;

/// One line of a list of runs. Dates are UTC, "2024-05-01T12:34:56Z". Accuracies are fractions.
struct RunInfo {
    std::int64_t id = 0;
    std::string kind; ///< "repeat", "evaluate", "train", "tune"
    std::string name; ///< the user's; may be empty
    std::string title; ///< one line made up: the data set and the outcome
    std::string note; ///< the user's
    std::vector<std::string> tags; ///< the user's; sorted, each once

    RunStatus status = RunStatus::Finished;
    std::string started;
    std::string finished; ///< when it ended; of a killed run, its last repeat; may be empty
    double seconds = 0; ///< of work, over all of its resumptions
    bool removed = false; ///< deleted, until restored or purged

    int repeatsDone = 0; ///< 0 where the kind has none; of a search: finished or dropped trials
    int repeatsWanted = 0;

    std::string data; ///< the data set's name
    std::string policy; ///< what is drawn, in words; empty where the kind has none
    std::string vote; ///< the rule
    int copies = 0;
    std::uint64_t seed = 0;

    std::optional<double> baseline; ///< mean over the repeats, or the evaluation's
    std::optional<double> tta;
    std::optional<double> lift;
    std::optional<Interval> liftCi95; ///< t interval over repeats; an evaluation's bootstrap
    std::int64_t fixed = 0; ///< images, summed over the repeats
    std::int64_t broken = 0;

    bool isComplete() const { return repeatsDone >= repeatsWanted; }
};

/// All that is known of a run.
struct RunRecord {
    RunInfo info;
    /// As core/experiment/report.h makes it. Of an unfinished run: with the repeats that there
    /// are, their summary, and "stopped": true.
    nlohmann::json document;
    std::vector<RepeatResult> repeats; ///< by index
    std::vector<Trial> trials; ///< of a search, by index
    FitPlan plan; ///< decides the numbers' last bits; a resumption must keep threadsPerFit

    const nlohmann::json& settings() const; ///< of the document; throws Error when it has none
};

/// A confirmation as it was put down.
struct KeptConfirmation {
    std::int64_t id = 0;
    std::optional<std::int64_t> run; ///< the search that it came from
    std::string date; ///< UTC
    Confirmation confirmation;
};

} // namespace augury
