// SPDX-License-Identifier: GPL-3.0-or-later
// A whole search as a document, and its trials as a table.
#include "core/experiment/comparison_json.h"
#include "core/experiment/experiment_json.h"
#include "core/experiment/report.h"
#include "core/experiment/versions.h"
#include "core/tune/judgement.h"
#include "core/tune/tune_json.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <set>

namespace augury {

using nlohmann::json;

namespace {

/// Only what the plan of `spec` has.
void checkTrials(const TuneSpec& spec, std::span<const Trial> trials)
{
    const auto planned = plannedTrials(spec).size();
    const auto axes = axesOf(spec);
    std::set<int> indices;
    for (const auto& trial : trials) {
        if (static_cast<std::size_t>(trial.index) >= planned)
            throw Error(fmt::format(
                "it has trial {}, but {} were planned", std::int64_t(trial.index) + 1, planned));
        if (!indices.insert(trial.index).second)
            throw Error(fmt::format("it has trial {} twice", trial.index + 1));
        bool within = trial.place.size() == axes.size();
        for (std::size_t i = 0; within && i < axes.size(); ++i)
            within = trial.place[i] >= 0
                && static_cast<std::size_t>(trial.place[i]) < axes[i].labels.size();
        if (!within)
            throw Error(fmt::format("trial {} lies outside of what was tried", trial.index + 1));
    }
}

std::int64_t countAt(const json& document, const char* field)
{
    const auto& value = document.at(field);
    constexpr std::uint64_t most = std::uint64_t(1) << 53;
    if (!value.is_number_integer() || value < 0 || value > most)
        throw Error(fmt::format("\"{}\" is no count", field));
    return value.get<std::int64_t>();
}

/// Those that tell something that the columns of every trial do not.
bool hasColumn(const TuneAxis& axis)
{
    constexpr std::array known = {"policy", "copies", "vote", "original"};
    return std::ranges::find(known, axis.name) == known.end();
}

std::string cell(const std::optional<double>& value)
{
    return value ? fmt::format("{}", *value) : std::string();
}

} // namespace

std::int64_t triedOf(const TuneSpec& spec, std::int64_t begun)
{
    return spec.method == TuneMethod::Greedy
        ? configurationsOf(spec) / std::max(1, spec.steps) * begun
        : begun;
}

std::int64_t triedOf(const TuneSpec& spec, std::span<const Trial> trials)
{
    return triedOf(
        spec, std::ranges::count_if(trials, [](const Trial& trial) { return trial.images() > 0; }));
}

void setTrials(json& document, std::span<const Trial> trials, std::int64_t tried)
{
    json rows = json::array();
    for (const auto& trial : trials)
        rows.push_back(toJson(trial));
    const auto judgement = judge(trials, tried);
    document["trials"] = std::move(rows);
    document["tried"] = tried;
    document["best"] = judgement.best < 0
        ? json(nullptr)
        : json(trials[static_cast<std::size_t>(judgement.best)].index);
    const auto words = judgementText(judgement, trials, tried);
    document["verdict"] = words.empty() ? json(nullptr) : json(words);
}

json tuneDocument(const TuneSpec& spec, const ExperimentConfig& config, const Dataset& dataset,
    const TunedModel& model, const ExperimentSplits& splits, const TuneOutcome& outcome)
{
    const auto images = splits.validation.size();
    auto found = config; // with what was found: the settings that somebody would take from here
    if (const int best = judge(outcome.trials, outcome.tried).best; best >= 0) {
        const auto& configuration = outcome.trials[static_cast<std::size_t>(best)].configuration;
        found.policy = configuration.policy;
        found.copies = configuration.copies;
        found.vote = configuration.vote;
    }
    json document = {{"tune", toJson(spec)}, {"settings", toJson(found)},
        {"data", dataJson(dataset, splits)},
        {"model",
            {{"path", model.path.empty() ? json(nullptr) : json(model.path)},
                {"fingerprint", model.fingerprint}}},
        {"search",
            {{"images", spec.images == 0 ? images : std::min(spec.images, images)},
                {"validation_images", images}, {"test_images", splits.test.size()}}},
        {"configurations", configurationsOf(spec)}, {"passes", outcome.passes},
        {"seconds", outcome.seconds}, {"stopped", outcome.stopped}, {"versions", versionsJson()}};
    setTrials(document, outcome.trials, outcome.tried);
    return document;
}

TuneSpec specFromDocument(const json& document, const std::string& where)
{
    const auto found = document.is_object() ? document.find("tune") : document.end();
    if (found == document.end())
        throw Error(where + " does not hold the result of `tune`.");
    return specFromJson(*found, where);
}

TuneOutcome outcomeFromDocument(const json& document, const std::string& where)
{
    const auto spec = specFromDocument(document, where);
    try {
        TuneOutcome outcome;
        for (const auto& row : document.at("trials"))
            outcome.trials.push_back(
                trialFromJson(row, fmt::format("trial {}", outcome.trials.size() + 1)));
        std::ranges::sort(outcome.trials, {}, &Trial::index);
        checkTrials(spec, outcome.trials);
        outcome.tried = countAt(document, "tried");
        outcome.passes = countAt(document, "passes");
        document.at("seconds").get_to(outcome.seconds);
        document.at("stopped").get_to(outcome.stopped);
        return outcome;
    } catch (const json::exception& problem) {
        throw Error(
            fmt::format("{} does not hold the result of `tune` ({}).", where, problem.what()));
    } catch (const Error& problem) {
        throw Error(
            fmt::format("{} does not hold the result of `tune` ({}).", where, problem.what()));
    }
}

std::string trialsCsv(const TuneSpec& spec, std::span<const Trial> trials)
{
    const auto axes = axesOf(spec);
    std::string text = "trial";
    for (const auto& axis : axes)
        text += hasColumn(axis) ? fmt::format(",{}", csvText(axis.name)) : std::string();
    text += fmt::format(",policy,copies,vote,include_original,blend,state,{},lift_low,lift_high,"
                        "cost,nll,baseline_nll,seconds,log_likelihood,temperature,held_out_nll,"
                        "preferred,pareto\n",
        comparisonColumns());
    const auto front = paretoFront(trials);
    for (std::size_t i = 0; i < trials.size(); ++i) {
        const auto& trial = trials[i];
        const auto& c = trial.comparison;
        if (c.images == 0) // not tried yet
            continue;
        text += fmt::format("{}", trial.index + 1);
        for (std::size_t a = 0; a < axes.size() && a < trial.place.size(); ++a) {
            if (!hasColumn(axes[a]))
                continue;
            const auto place = static_cast<std::size_t>(trial.place[a]);
            text += fmt::format(",{}",
                axes[a].values.empty() ? csvText(axes[a].labels.at(place))
                                       : fmt::format("{}", axes[a].values.at(place)));
        }
        const auto& vote = trial.configuration.vote;
        const auto interval = c.liftCi95();
        text += fmt::format(",{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\n",
            csvText(shortName(trial.configuration.policy)), trial.configuration.copies,
            toString(vote.rule), vote.includeOriginal, vote.blend, toString(trial.state),
            comparisonCells(c), interval.low, interval.high, c.cost(), trial.nll.mean(c.images),
            trial.baselineNll.mean(c.images), trial.seconds, cell(trial.logLikelihood),
            cell(trial.temperature), cell(trial.heldOutNll), trial.preferred,
            std::ranges::find(front, i) != front.end());
    }
    return text;
}

} // namespace augury
