// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/resume.h"

#include "app/cli/values.h"
#include "core/experiment/experiment_json.h"
#include "core/store/resumption.h"
#include "core/store/run_documents.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace augury::cli {

namespace {

using nlohmann::json;

/// Say where things are or go, and nothing about the experiment. `--data`: folders move; whether
/// it is the same data is looked at.
constexpr std::array freeOptions = {"--resume", "--data", "--json", "--json-file", "--csv",
    "--plot", "--plot-size", "--plot-scale", "--report", "--save-project"};

/// The field of the settings' JSON that an option decides.
std::string fieldOf(const CLI::Option& option)
{
    const auto name = option.get_name().substr(2); // without "--"
    if (name == "normalise")
        return "normalisation";
    if (name == "no-exact-early-exit")
        return "exact_early_exit";
    auto field = name;
    std::ranges::replace(field, '-', '_');
    return field;
}

/// What the given options say, in the words of the settings' JSON; augmentations are its "policy".
json givenSettings(Options& options)
{
    settlePolicy(options);
    if (!options.trainPolicy.empty())
        options.config.training.policy = policyNamed(options.trainPolicy);
    if (options.earlyExit)
        options.config.exactEarlyExit = *options.earlyExit;
    json given = toJson(options.config);
    given.update(openingJson(options.open));
    return given;
}

void refuseContradictions(Options& options, const RunRecord& record)
{
    const json given = givenSettings(options);
    const auto config = experimentFromJson(record.settings(), "the run's settings");
    json stored = toJson(config);
    stored.update(openingJson(openingOf(record, config).options));
    for (const auto* option : options.command->get_options()) {
        const auto name = option->get_name();
        if (option->count() == 0 || std::ranges::find(freeOptions, name) != freeOptions.end())
            continue;
        auto field = fieldOf(*option);
        const bool known = given.contains(field) || stored.contains(field);
        if (!known && isAugmentation(*option))
            field = "policy";
        else if (!known && name != "--train-policy")
            throw Error(fmt::format("{} cannot be used with --resume.", name));
        const auto valueIn = [&](const json& settings) { return settings.value(field, json()); };
        if (valueIn(given) != valueIn(stored))
            throw Error(fmt::format(
                "{} contradicts run {}, which was begun with {}. Leave it out to go on with that "
                "run, or leave --resume out to begin another.",
                name, record.info.id,
                valueIn(stored).is_primitive() ? valueIn(stored).dump() : "another policy"));
    }
}

} // namespace

void takeOpening(const RunRecord& record, Options& options)
{
    const auto opening = openingOf(record, options.config);
    options.open.imageSize = opening.options.imageSize;
    options.open.testFraction = opening.options.testFraction;
    if (options.command->get_option("--data")->count() == 0)
        options.config.dataPath = opening.folder;
}

std::int64_t unfinishedRun(const std::string& text, const std::string& kind, const RunStore& store)
{
    if (text == "last") {
        const auto unfinished = store.unfinished(kind);
        if (unfinished.empty())
            throw Error(kind == tuneKind ? "There is no search to go on with: all are finished."
                                         : "There is no run to go on with: all are finished.");
        return unfinished.front().id;
    }
    const auto id = parseNumber<std::int64_t>(text).value_or(0);
    const auto found = store.get(id).info.kind;
    if (found != kind && (found == tuneKind || found == repeatKind))
        throw Error(fmt::format("Run {} is one of `{}`: go on with it by `augury-cli {} {}`.", id,
            found, found == tuneKind ? "tune resume" : "repeat --resume", id));
    return id;
}

RunRecorder::Warn historyWarning(Console& console)
{
    return [&console](const RunRecorder::Message& message) {
        std::string lost;
        if (message.kept == RunRecorder::Kept::Part)
            lost = "The history misses some of this run: ";
        else if (message.kept == RunRecorder::Kept::Nothing)
            lost = "The run is not in the history: ";
        console.note(lost + message.text);
    };
}

Resumed takeUp(Options& options)
{
    if (!options.history)
        throw Error("--no-history cannot be used with --resume, which goes on with a run of the "
                    "history.");
    const auto path = RunStore::defaultPath();
    auto store = RunStore::open(path);
    const auto id = unfinishedRun(options.resume, repeatKind, store);
    auto record = store.resume(id);
    try {
        const auto dataPath = options.config.dataPath;
        const bool moved = options.command->get_option("--data")->count() > 0;
        refuseContradictions(options, record);
        auto config = experimentFromJson(record.settings(), fmt::format("Run {}", id));
        if (moved)
            config.dataPath = dataPath;
        options.config = config;
        takeOpening(record, options);
        config.dataPath = options.config.dataPath;
        settle(options);
        // Where a policy was given, settle() has taken the copies that come with it.
        options.config = config;
    } catch (const json::exception& problem) {
        throw Error(fmt::format(
            "Run {} in the run history {} is damaged ({}).", id, path.string(), problem.what()));
    }
    return {std::move(store), std::move(record)};
}

void requireSameData(const RunRecord& record, const Dataset& dataset, const Options& options)
{
    if (!isDataOf(record, dataset))
        throw Error(fmt::format(
            "The images in {} are not those that run {} was begun on. Name the folder where they "
            "are now with --data, or begin a new run.",
            options.config.dataPath, record.info.id));
}

void noteOtherVersions(const RunRecord& record, Console& console)
{
    for (const auto& note : otherVersions(record))
        console.note(note);
}

void addOpening(json& document, const Options& options)
{
    augury::addOpening(document, options.open, options.config.dataPath);
}

} // namespace augury::cli
