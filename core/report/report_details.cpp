// SPDX-License-Identifier: GPL-3.0-or-later
// The ledger, the settings and where it all comes from.
#include "core/experiment/experiment_json.h"
#include "core/experiment/repeat_details.h"
#include "core/experiment/report.h"
#include "core/report/html_text.h"
#include "core/report/report_sections.h"
#include "core/store/run_documents.h"
#include "core/support/error.h"
#include "core/tta/sentence.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <span>

namespace augury::report {

namespace {

using nlohmann::json;
using Pairs = std::vector<std::pair<std::string, std::string>>;

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

std::string thumbnail(const ReportParts& parts, std::uint32_t image)
{
    const auto found = parts.thumbnails.find(image);
    return found == parts.thumbnails.end()
        ? std::string("<td></td>")
        : fmt::format("<td><img class=\"thumb\" src=\"{}\" alt=\"Test image {}\"/></td>",
            dataUri("image/png", found->second), image);
}

std::string ledgerTable(std::span<const ChangedOften> images, std::size_t repeats,
    const RunFacts& facts, const ReportParts& parts, const char* contrary)
{
    const bool pictures = !parts.thumbnails.empty();
    auto html = fmt::format("<div class=\"scroll\"><table class=\"ledger\">\n<thead><tr>{}<th "
                            "scope=\"col\" class=\"n\">Test image</th><th scope=\"col\">True "
                            "class</th><th scope=\"col\">Baseline says</th><th scope=\"col\">TTA "
                            "says</th><th scope=\"col\" class=\"n\">In repeats</th><th "
                            "scope=\"col\" class=\"n\">{}</th></tr></thead>\n<tbody>\n",
        pictures ? "<th scope=\"col\">Picture</th>" : "", contrary);
    for (const auto& image : images) {
        const auto name = [&](std::int32_t k) {
            return htmlEscaped(className(facts.classNames, k));
        };
        html +=
            fmt::format("<tr>{}<th scope=\"row\" class=\"n\">{}</th><td>{}</td><td>{}</td>"
                        "<td>{}</td><td class=\"n\">{} of {}</td><td class=\"n\">{}</td></tr>\n",
                pictures ? thumbnail(parts, image.image) : "", image.image, name(image.label),
                name(image.baseline), name(image.merged), image.repeats, repeats, image.opposite);
    }
    return html + "</tbody>\n</table></div>\n";
}

std::string ledgerOf(const RunRecord& record, OutcomeKind kind, std::size_t repeats,
    const RunFacts& facts, const ReportParts& parts)
{
    auto images = changedOften(record.repeats, kind);
    const bool fixed = kind == OutcomeKind::Fixed;
    const char* verb = fixed ? "fixed" : "broke";
    if (images.empty())
        return fmt::format("<p>TTA {} no image in any repeat.</p>\n", verb);
    const auto all = images.size();
    images.resize(std::min(all, mostLedgerImages));
    auto html =
        fmt::format("<h3>{} the most often</h3>\n<p>TTA {} {} {} in at least one repeat{}.</p>\n",
            fixed ? "Fixed" : "Broken", verb, all, all == 1 ? "image" : "different images",
            all > images.size() ? fmt::format("; these {} the most often", images.size()) : "");
    return html + ledgerTable(images, repeats, facts, parts, fixed ? "Broken in" : "Fixed in");
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

std::string ledgerSection(const RunRecord& record, const RunFacts& facts, const ReportParts& parts)
{
    if (record.info.kind != repeatKind || record.repeats.empty())
        return {};
    const auto known = static_cast<std::size_t>(std::ranges::count_if(
        record.repeats, [](const RepeatResult& repeat) { return repeat.details != nullptr; }));
    if (known == 0)
        return section("Images that TTA changed",
            "<p>Which images they were is not known: the run skipped passes that could not change "
            "a decision (exact early exit), or is of an Augury that did not keep them.</p>\n");
    return section("Images that TTA changed",
        ledgerOf(record, OutcomeKind::Fixed, known, facts, parts)
            + ledgerOf(record, OutcomeKind::Broken, known, facts, parts));
}

std::string settingsSection(const RunRecord& record)
{
    const auto& settings = record.settings();
    std::string html;
    try {
        const auto config = experimentFromJson(settings, "the run's settings");
        const bool trains = record.info.kind != evaluateKind;
        const bool votes = record.info.kind != trainKind;
        html = facts({{"Training", trains ? trainingText(config) : ""},
            {"Copies",
                votes ? fmt::format("{} an image: {}", config.copies, describe(config.policy))
                      : ""},
            {"Vote", votes ? describeRule(config.vote, config.copies) : ""},
            {"Exact early exit",
                votes && config.exactEarlyExit ? "passes that cannot change a decision are skipped"
                                               : ""},
            {"Repeats", record.info.kind == repeatKind ? fmt::format("{}", config.repeats) : ""},
            {"Seed", fmt::format("{}", config.training.seed)},
            {"Seed of splits", fmt::format("{}", config.splitSeed)},
            {"Device", config.training.device}});
    } catch (const Error&) { // of another version: the JSON says it all the same
    }
    return section("Settings",
        html + "<details><summary>Settings as JSON</summary>\n<pre>"
            + htmlEscaped(documentText(settings)) + "</pre></details>\n");
}

std::string provenanceSection(const RunRecord& record)
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
    Pairs pairs = {{"Run", info.id > 0 ? fmt::format("{}", info.id) : ""}, {"Kind", info.kind},
        {"Name", info.name}, {"Tags", fmt::format("{}", fmt::join(info.tags, ", "))},
        {"Status", toString(info.status)}, {"Started", dateText(info.started)},
        {"Ended", dateText(info.finished)}, {"Work", durationText(info.seconds)},
        {"Data", info.data}, {"Format", textAt(data, "format")}, {"Images", imagesText(data)},
        {"Channels × height × width", shape},
        {"Fingerprint of the data", textAt(data, "fingerprint")},
        {"Model file", textAt(document, "model")}, {"Seeds of the repeats", seeds},
        {"Fits side by side", number("parallel_fits")},
        {"Threads a fit", number("threads_per_fit")}, {"Threads", number("threads")},
        {"Augury", scalarAt(versions, "augury")}, {"LibTorch", scalarAt(versions, "torch")},
        {"OpenCV", scalarAt(versions, "opencv")}, {"Compiler", scalarAt(versions, "compiler")},
        {"System", scalarAt(versions, "os")}};
    auto html = facts(pairs);
    if (const auto& notes = part(data, "notes"); notes.is_array()) {
        for (const auto& note : notes) {
            if (note.is_string())
                html += fmt::format("<p>Data: {}</p>\n", htmlEscaped(note.get<std::string>()));
        }
    }
    return section("Where this comes from", html);
}

} // namespace augury::report
