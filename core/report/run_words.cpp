// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/run_words.h"

#include "core/experiment/experiment_json.h"
#include "core/store/run_documents.h"
#include "core/support/error.h"
#include "core/tta/sentence.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

namespace augury {

namespace {

using nlohmann::json;

/// "12 min 5 s"
std::string durationText(double seconds)
{
    const auto whole = std::llround(std::max(0.0, seconds));
    if (seconds <= 0)
        return {};
    if (whole < 60)
        return fmt::format("{:.1f} s", seconds);
    if (whole < 3600)
        return fmt::format("{} min {} s", whole / 60, whole % 60);
    return fmt::format("{} h {} min", whole / 3600, whole % 3600 / 60);
}

/// "2024-05-01 12:34:56 UTC"
std::string dateText(std::string date)
{
    if (date.empty())
        return date;
    std::ranges::replace(date, 'T', ' ');
    if (date.ends_with('Z'))
        date.replace(date.size() - 1, 1, " UTC");
    return date;
}

std::string scalarAt(const json& object, const char* field)
{
    const auto& value = part(object, field);
    if (value.is_string())
        return value.get<std::string>();
    return value.is_number() ? value.dump() : std::string();
}

std::string trainingText(const ExperimentConfig& config)
{
    const auto& training = config.training;
    auto text = fmt::format("{} {}, batches of {}, Adam at {}, pixels: {}", training.epochs,
        training.epochs == 1 ? "epoch" : "epochs", training.batchSize, training.learningRate,
        toString(training.normalisation));
    if (!training.policy.isIdentity())
        text += "; training images augmented: " + describe(training.policy);
    return text;
}

std::string imagesText(const json& data)
{
    std::string text;
    for (const auto& [field, name] : {std::pair("training_images", "training"),
             std::pair("validation_images", "validation"), std::pair("test_images", "test")}) {
        const auto& count = part(data, field);
        if (count.is_number_unsigned() && count.get<std::uint64_t>() > 0)
            text +=
                fmt::format("{}{} {}", text.empty() ? "" : ", ", count.get<std::uint64_t>(), name);
    }
    return text;
}

} // namespace

RunWords settingsWords(const RunRecord& record)
{
    try {
        const auto config = experimentFromJson(record.settings(), "the run's settings");
        const bool trains = record.info.kind != evaluateKind;
        const bool votes = record.info.kind != trainKind;
        return {{"Training", trains ? trainingText(config) : ""},
            {"Copies",
                votes ? fmt::format("{} an image: {}", config.copies, describe(config.policy))
                      : ""},
            {"Vote", votes ? describeRule(config.vote, config.copies) : ""},
            {"Early exit",
                votes && config.exactEarlyExit ? "passes that cannot change a decision are skipped"
                                               : ""},
            {"Repeats", record.info.kind == repeatKind ? fmt::format("{}", config.repeats) : ""},
            {"Seed", fmt::format("{}", config.training.seed)},
            {"Seed of splits", fmt::format("{}", config.splitSeed)},
            {"Device", config.training.device}};
    } catch (const Error&) {
        return {};
    }
}

RunWords provenanceWords(const RunRecord& record)
{
    const auto& info = record.info;
    const auto& document = record.document;
    const auto& data = part(document, "data");
    const auto& run = part(document, "run");
    const auto& versions = part(document, "versions");
    const auto number = [&](const char* field) { return scalarAt(run, field); };
    std::string shape;
    if (const auto& value = part(data, "shape"); value.is_array() && value.size() == 3)
        shape = fmt::format("{}×{}×{}", value[0].dump(), value[1].dump(), value[2].dump());
    std::string seeds;
    for (const auto& repeat : record.repeats)
        seeds += fmt::format("{}{}", seeds.empty() ? "" : ", ", repeat.seed);
    return {{"Run", info.id > 0 ? fmt::format("{}", info.id) : ""}, {"Kind", info.kind},
        {"Name", info.name}, {"Tags", fmt::format("{}", fmt::join(info.tags, ", "))},
        {"Status", toString(info.status)}, {"Started", dateText(info.started)},
        {"Ended", dateText(info.finished)}, {"Work", durationText(info.seconds)},
        {"Data", info.data}, {"Format", textAt(data, "format")}, {"Images", imagesText(data)},
        {"Shape", shape.empty() ? shape : shape + " (channels × height × width)"},
        {"Fingerprint", textAt(data, "fingerprint")}, {"Model file", textAt(document, "model")},
        {"Seeds", seeds}, {"Fits side by side", number("parallel_fits")},
        {"Threads a fit", number("threads_per_fit")}, {"Threads", number("threads")},
        {"Augury", scalarAt(versions, "augury")}, {"LibTorch", scalarAt(versions, "torch")},
        {"OpenCV", scalarAt(versions, "opencv")}, {"Compiler", scalarAt(versions, "compiler")},
        {"System", scalarAt(versions, "os")}};
}

} // namespace augury
