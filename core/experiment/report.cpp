// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/report.h"

#include "core/data/fingerprint.h"
#include "core/experiment/comparison_json.h"
#include "core/experiment/experiment_json.h"
#include "core/experiment/repeat_details.h"
#include "core/experiment/verdict.h"
#include "core/experiment/versions.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <limits>

namespace augury {

namespace {

using nlohmann::json;

json toJson(const MeanStd& value)
{
    return {{"mean", numberOrNull(value.mean)}, {"std", numberOrNull(value.std)}};
}

json toJson(const Shape& shape)
{
    return {shape.channels, shape.height, shape.width};
}

json dataJson(const ExperimentConfig& config, const Dataset& dataset)
{
    return dataset.test ? dataJson(dataset, splitsFor(dataset, config)) : json(nullptr);
}

/// Training that ran away has a loss that is no number, which is null in JSON. What it was is told
/// beside it, so that nothing is lost by being written.
void noteLost(json& row, const char* field, double value)
{
    if (!std::isfinite(value))
        row["not_finite"][field] = std::isnan(value) ? "nan" : value > 0 ? "inf" : "-inf";
}

double fromWord(const std::string& word)
{
    constexpr double infinity = std::numeric_limits<double>::infinity();
    return word == "inf" ? infinity
        : word == "-inf" ? -infinity
                         : std::numeric_limits<double>::quiet_NaN();
}

json historyJson(std::span<const EpochMetrics> history)
{
    json rows = json::array();
    for (std::size_t i = 0; i < history.size(); ++i) {
        const EpochMetrics& metrics = history[i];
        const auto optional = [](const std::optional<double>& value) {
            return value ? numberOrNull(*value) : json(nullptr);
        };
        json row = {{"epoch", i + 1}, {"train_loss", numberOrNull(metrics.trainLoss)},
            {"train_accuracy", numberOrNull(metrics.trainAccuracy)},
            {"validation_loss", optional(metrics.validationLoss)},
            {"validation_accuracy", optional(metrics.validationAccuracy)},
            {"seconds", metrics.seconds}};
        noteLost(row, "train_loss", metrics.trainLoss);
        noteLost(row, "validation_loss", metrics.validationLoss.value_or(0));
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<EpochMetrics> historyFromJson(const json& rows)
{
    std::vector<EpochMetrics> history;
    for (const json& row : rows) {
        const auto optional = [&](const char* field) -> std::optional<double> {
            if (const auto lost = row.find("not_finite");
                lost != row.end() && lost->contains(field))
                return fromWord(lost->at(field).get<std::string>());
            const json& value = row.at(field);
            return value.is_null() ? std::optional<double>() : value.get<double>();
        };
        const auto number = [&](const char* field) {
            return optional(field).value_or(std::numeric_limits<double>::quiet_NaN());
        };
        history.push_back(
            {number("train_loss"), number("train_accuracy"), optional("validation_loss"),
                optional("validation_accuracy"), row.at("seconds").get<double>()});
    }
    return history;
}

RepeatResult readRepeat(const json& row)
{
    RepeatResult repeat;
    row.at("index").get_to(repeat.index);
    row.at("seed").get_to(repeat.seed);
    repeat.comparison = comparisonFromJson(row);
    repeat.history = historyFromJson(row.at("history"));
    row.at("train_seconds").get_to(repeat.trainSeconds);
    row.at("evaluate_seconds").get_to(repeat.evaluateSeconds);
    if (const auto details = row.find("details"); details != row.end() && !details->is_null())
        repeat.details = std::make_shared<const RepeatDetails>(detailsFromJson(*details));
    return repeat;
}

/// ": sweep of 96 configurations, best +1.20 points"
std::string searchTitle(const json& document)
{
    const auto method = document.at("tune").at("method").get<std::string>();
    const auto tried = document.at("tried").get<std::int64_t>();
    auto title = fmt::format(": {} {} {}",
        method == "sweep"             ? "sweep of"
            : method == "greedy"      ? "greedy search of"
            : method == "weights"     ? "learned weights,"
            : method == "sensitivity" ? "sensitivity,"
                                      : "curves over the copies,",
        tried, tried == 1 ? "configuration" : "configurations");
    const auto& best = document.at("best");
    for (const auto& trial : document.at("trials")) {
        if (best.is_null() || trial.at("index") != best)
            continue;
        const double points = 100 * trial.at("lift").get<double>();
        title += fmt::format(", best {}{:.2f} points", points < 0 ? "−" : "+", std::abs(points));
    }
    return title;
}

/// An integer from a document, refused when it cannot be what it claims to be.
int countFromJson(const json& value)
{
    const auto count = value.get<std::int64_t>();
    if (count < 1 || count > 1'000'000)
        throw Error(fmt::format("a count of {}", count));
    return static_cast<int>(count);
}

} // namespace

json dataJson(const Dataset& dataset, const ExperimentSplits& splits)
{
    if (!dataset.test) // stopped before it was read
        return nullptr;
    return {{"name", dataset.name}, {"format", dataset.format}, {"shape", toJson(dataset.shape())},
        {"classes", dataset.classNames}, {"training_images", splits.training.size()},
        {"validation_images", splits.validation.size()}, {"test_images", splits.test.size()},
        {"notes", dataset.notes}, {"fingerprint", fingerprint(dataset)}};
}

json toJson(const RepeatResult& repeat)
{
    json row = augury::toJson(repeat.comparison);
    row["index"] = repeat.index;
    row["seed"] = repeat.seed;
    row["train_seconds"] = repeat.trainSeconds;
    row["evaluate_seconds"] = repeat.evaluateSeconds;
    row["history"] = historyJson(repeat.history);
    row["details"] = repeat.details ? augury::toJson(*repeat.details) : json(nullptr);
    return row;
}

void setRepeats(json& document, std::span<const RepeatResult> repeats)
{
    json rows = json::array();
    for (const RepeatResult& repeat : repeats)
        rows.push_back(augury::toJson(repeat));
    json summary;
    if (!repeats.empty()) {
        const RepeatSummary numbers = summarise(repeats);
        summary = {{"repeats", repeats.size()}, {"baseline", toJson(numbers.baseline)},
            {"tta", toJson(numbers.tta)}, {"lift", toJson(numbers.lift)}};
        summary["lift"]["ci95"] = {
            numberOrNull(numbers.liftCi95.low), numberOrNull(numbers.liftCi95.high)};
        summary["lift"]["p_value"] = numberOrNull(numbers.pValue);
    }
    document["repeats"] = std::move(rows);
    document["summary"] = std::move(summary);
    document["verdict"] = repeats.empty() ? json(nullptr) : json(verdict(repeats));
}

json repeatDocument(const ExperimentConfig& config, const Dataset& dataset,
    const RepeatsOutcome& outcome, double seconds)
{
    json document = {{"settings", augury::toJson(config)}, {"data", dataJson(config, dataset)},
        {"stopped", outcome.stopped},
        {"run",
            {{"seconds", seconds}, {"parallel_fits", outcome.parallelFits},
                {"threads_per_fit", outcome.threadsPerFit}, {"peak_memory_mb", peakMemoryMb()}}},
        {"versions", versionsJson()}};
    setRepeats(document, outcome.repeats);
    return document;
}

std::string repeatCsv(std::span<const RepeatResult> repeats)
{
    std::string text = fmt::format(
        "repeat,seed,{},train_seconds,evaluate_seconds,passes_saved\n", comparisonColumns());
    for (const RepeatResult& repeat : repeats)
        text += fmt::format("{},{},{},{},{},{}\n", repeat.index + 1, repeat.seed,
            comparisonCells(repeat.comparison), repeat.trainSeconds, repeat.evaluateSeconds,
            repeat.comparison.passesSaved);
    return text;
}

RepeatsOutcome repeatsFromDocument(const json& document, const std::string& where)
{
    try {
        RepeatsOutcome outcome;
        for (const json& row : document.at("repeats"))
            outcome.repeats.push_back(readRepeat(row));
        document.at("stopped").get_to(outcome.stopped);
        outcome.parallelFits = countFromJson(document.at("run").at("parallel_fits"));
        outcome.threadsPerFit = countFromJson(document.at("run").at("threads_per_fit"));
        return outcome;
    } catch (const std::exception& problem) {
        throw Error(
            fmt::format("{} does not hold the result of `repeat` ({}).", where, problem.what()));
    }
}

RepeatResult repeatFromJson(const json& row, const std::string& where)
{
    try {
        return readRepeat(row);
    } catch (const std::exception& problem) {
        throw Error(fmt::format("{} is not a repeat's result ({}).", where, problem.what()));
    }
}

json evaluateDocument(
    const ExperimentConfig& config, const Dataset& dataset, const EvaluateOutcome& outcome)
{
    const auto& result = outcome.evaluation.result;
    json document = augury::toJson(result.comparison);
    if (result.baseline)
        document["baseline"] = augury::toJson(*result.baseline);
    if (result.tta)
        document["tta"] = augury::toJson(*result.tta);
    if (result.curve)
        document["curve"] = augury::toJson(*result.curve);
    if (!outcome.uncertainty.empty())
        document["uncertainty"] = augury::toJson(outcome.uncertainty);
    if (outcome.evaluation.learned)
        document["learned"] = augury::toJson(*outcome.evaluation.learned);
    document["settings"] = augury::toJson(config);
    document["data"] = dataJson(config, dataset);
    document["model"] = outcome.model.empty() ? json(nullptr) : json(outcome.model);
    document["verdict"] = verdict(result.comparison);
    document["seconds"] = outcome.seconds;
    document["run"] = {{"seconds", outcome.seconds}, {"threads", outcome.threads},
        {"parts", result.parts}, {"peak_memory_mb", peakMemoryMb()}};
    document["versions"] = versionsJson();
    return document;
}

std::string evaluateCsv(const ExperimentConfig& config, const EvaluationResult& result)
{
    const Comparison& comparison = result.comparison;
    const auto interval = comparison.liftCi95();
    std::string scores;
    for (const auto& card : {result.baseline, result.tta})
        scores += card ? fmt::format(",{},{},{}", card->nll(), card->brier(), card->ece())
                       : std::string(",,,");
    return fmt::format(
        "{},passes_saved,lift_low,lift_high,baseline_nll,baseline_brier,baseline_ece,tta_nll,"
        "tta_brier,tta_ece,policy,copies,vote,include_original,blend,seed\n{},{},{},{}{},{},{},{},"
        "{},{},{}\n",
        comparisonColumns(), comparisonCells(comparison), comparison.passesSaved, interval.low,
        interval.high, scores, csvText(describe(config.policy)), config.copies,
        toString(config.vote.rule), config.vote.includeOriginal, config.vote.blend,
        config.training.seed);
}

json trainDocument(
    const ExperimentConfig& config, const Dataset& dataset, const TrainOutcome& outcome)
{
    const Checkpoint& checkpoint = outcome.result.checkpoint;
    std::size_t parameters = 0;
    for (const NamedTensor& tensor : checkpoint.tensors) {
        // The running statistics of BatchNorm are kept with the weights, but nothing learns them.
        if (tensor.name.find("running_") == std::string::npos
            && std::holds_alternative<std::vector<float>>(tensor.values))
            parameters += std::get<std::vector<float>>(tensor.values).size();
    }
    return {{"settings", augury::toJson(config)}, {"data", dataJson(config, dataset)},
        {"model", outcome.model.empty() ? json(nullptr) : json(outcome.model)},
        {"architecture", checkpoint.architecture}, {"parameters", parameters},
        {"history", historyJson(checkpoint.history)}, {"stopped", outcome.result.stopped},
        {"seconds", outcome.seconds},
        {"run",
            {{"seconds", outcome.seconds}, {"threads", outcome.threads},
                {"peak_memory_mb", peakMemoryMb()}}},
        {"versions", versionsJson()}};
}

std::vector<EpochMetrics> epochsFromDocument(const json& document, const std::string& where)
{
    try {
        return historyFromJson(document.at("history"));
    } catch (const std::exception& problem) {
        throw Error(
            fmt::format("{} does not hold the result of `train` ({}).", where, problem.what()));
    }
}

std::string trainCsv(std::span<const EpochMetrics> history)
{
    std::string text =
        "epoch,train_loss,train_accuracy,validation_loss,validation_accuracy,seconds\n";
    for (std::size_t i = 0; i < history.size(); ++i) {
        const auto cell = [](const std::optional<double>& value) {
            return value ? fmt::format("{}", *value) : std::string();
        };
        text += fmt::format("{},{},{},{},{},{}\n", i + 1, history[i].trainLoss,
            history[i].trainAccuracy, cell(history[i].validationLoss),
            cell(history[i].validationAccuracy), history[i].seconds);
    }
    return text;
}

std::string documentTitle(const json& document)
{
    try {
        std::string title = document.at("data").at("name").get<std::string>();
        if (document.contains("tune")) {
            title += searchTitle(document);
        } else if (document.contains("repeats")) {
            const std::size_t n = document.at("repeats").size();
            title += fmt::format(": {} {}", n, n == 1 ? "repeat" : "repeats");
            if (const json& summary = document.at("summary"); !summary.is_null())
                title += fmt::format(", {:.1f} → {:.1f} %",
                    100 * summary.at("baseline").at("mean").get<double>(),
                    100 * summary.at("tta").at("mean").get<double>());
        } else if (document.contains("tta")) {
            title += fmt::format(": {:.1f} → {:.1f} %",
                100 * document.at("baseline").at("accuracy").get<double>(),
                100 * document.at("tta").at("accuracy").get<double>());
        } else {
            const std::size_t epochs = document.at("history").size();
            title += fmt::format(": {} {}", epochs, epochs == 1 ? "epoch" : "epochs");
        }
        return title;
    } catch (const json::exception&) {
        return "a run"; // a list must show it all the same
    }
}

std::string documentText(const json& document)
{
    return document.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

} // namespace augury
