// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/repeat_details.h"
#include "core/experiment/report.h"
#include "core/store/run_store.h"
#include "tests/ui/compare_data.h"
#include "tests/ui/sheet_data.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>

/// Whole runs for the Compare page, without any training, the same at every call.
namespace compare_data {

inline augury::Dataset dataset(int classes = 10)
{
    augury::Dataset made;
    made.name = "CIFAR-10";
    made.format = "made up";
    made.classNames = confusion(classes).classNames;
    auto images = std::make_shared<augury::ImageSet>();
    images->shape = {1, 2, 2};
    images->labels = {0};
    images->pixels = {1, 2, 3, 4};
    made.train = images;
    made.test = images;
    return made;
}

inline augury::Scorecard card(const std::vector<std::int64_t>& cells, int classes)
{
    augury::Scorecard made(classes);
    made.confusion = cells;
    for (int label = 0; label < classes; ++label)
        for (int predicted = 0; predicted < classes; ++predicted) {
            const auto l = static_cast<std::size_t>(label);
            const auto n =
                cells[l * static_cast<std::size_t>(classes) + static_cast<std::size_t>(predicted)];
            made.images += n;
            made.support[l] += n;
            if (label == predicted) {
                made.correct += n;
                made.hits[l] += n;
            }
        }
    return made;
}

struct MadeRun {
    std::string name = {};
    int done = 10;
    int planned = 10;
    double shift = 0; ///< of the lift, in points
    bool details = true;
    bool earlyExit = false;
    int copies = 7;
    std::string dataPath = "/nowhere/cifar10";
    augury::VoteRule rule = augury::VoteRule::Mean;
};

inline augury::ExperimentConfig configOf(const MadeRun& run)
{
    augury::ExperimentConfig config;
    config.dataPath = run.dataPath;
    config.repeats = run.planned;
    config.copies = run.copies;
    config.exactEarlyExit = run.earlyExit;
    config.vote.rule = run.rule;
    if (run.rule == augury::VoteRule::Learned) {
        config.policy = {};
        config.policy.views = augury::ViewSets{.horizontalFlip = true, .quarterTurns = true};
        config.validationFraction = 0.1;
    }
    return config;
}

inline std::vector<augury::RepeatResult> repeatsOf(const MadeRun& run)
{
    const auto config = configOf(run);
    auto repeats = charts_data::repeats(run.done);
    const auto cells = confusion(10);
    for (auto& repeat : repeats) {
        repeat.seed = augury::repeatSeed(config, repeat.index);
        repeat.trainSeconds = 68 + repeat.index;
        repeat.evaluateSeconds = 4;
        auto& c = repeat.comparison;
        c.broken += 320; // so that there is something to take away from
        c.fixed += 320 + std::llround(run.shift * 100);
        c.ttaCorrect = c.baselineCorrect + c.fixed - c.broken;
        if (!run.details || run.earlyExit)
            continue;
        auto details = std::make_shared<augury::RepeatDetails>();
        details->baseline = card(cells.baseline, 10);
        details->tta = card(cells.tta, 10);
        details->curve = sheet_data::curve(run.copies);
        for (auto& point : details->curve.points) {
            point.fixed += 320;
            point.broken += 320;
        }
        for (std::uint32_t i = 0; i < 3; ++i)
            details->changed.push_back({i, 3, 5, 3});
        repeat.details = details;
    }
    return repeats;
}

/// Puts a run into the history; returns its number there.
inline std::int64_t store(const std::filesystem::path& file, const MadeRun& run)
{
    augury::RepeatsOutcome outcome;
    outcome.repeats = repeatsOf(run);
    outcome.stopped = run.done < run.planned;
    auto history = augury::RunStore::open(file);
    const auto id =
        history.add(augury::repeatDocument(configOf(run), dataset(), outcome, 700), "repeat");
    if (!run.name.empty())
        history.rename(id, run.name);
    return id;
}

} // namespace compare_data
