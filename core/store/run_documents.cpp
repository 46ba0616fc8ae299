// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_documents.h"

#include "core/augment/presets.h"
#include "core/experiment/comparison_json.h"
#include "core/experiment/experiment_json.h"
#include "core/experiment/report.h"
#include "core/support/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace augury {

using nlohmann::json;

namespace {

std::optional<double> finite(double value)
{
    return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

std::string kindOf(const json& document)
{
    if (document.contains("repeats"))
        return repeatKind;
    if (document.contains("baseline") && document.contains("tta"))
        return evaluateKind;
    return document.contains("history") ? trainKind : "";
}

/// UTC as the store writes it, or nothing.
std::string dateAt(const json& object, const char* field)
{
    constexpr std::string_view shape = "dddd-dd-ddTdd:dd:ddZ";
    const auto text = textAt(object, field);
    const bool fits = text.size() == shape.size()
        && std::equal(text.begin(), text.end(), shape.begin(),
            [](char c, char wanted) { return wanted == 'd' ? c >= '0' && c <= '9' : c == wanted; });
    return fits ? text : std::string();
}

/// Throws Error or nlohmann's exceptions unless a document is whole.
void check(const json& document, const std::string& kind, const std::string& where)
{
    experimentFromJson(document.at("settings"), "the settings of " + where);
    if (kind == evaluateKind) {
        comparisonFromJson(document);
    } else if (kind == trainKind) {
        if (!document.at("history").is_array())
            throw Error(where + ": \"history\" must be a list of epochs.");
    } else {
        std::set<int> indices;
        for (const auto& repeat : repeatsFromDocument(document, where).repeats) {
            if (repeat.index < 0 || !indices.insert(repeat.index).second)
                throw Error(fmt::format("{} has repeat {} twice.", where, repeat.index + 1));
        }
    }
}

} // namespace

const char* toString(RunStatus status)
{
    switch (status) {
    case RunStatus::Running:
        return "running";
    case RunStatus::Finished:
        return "finished";
    case RunStatus::Stopped:
        break;
    }
    return "stopped";
}

const json& RunRecord::settings() const
{
    const auto& settings = part(document, "settings");
    if (!settings.is_object())
        throw Error(fmt::format("Run {} has no settings.", info.id));
    return settings;
}

RunFigures figuresOf(std::span<const RepeatResult> repeats)
{
    RunFigures figures;
    if (repeats.empty())
        return figures;
    const auto summary = summarise(repeats);
    figures.baseline = finite(summary.baseline.mean);
    figures.tta = finite(summary.tta.mean);
    figures.lift = finite(summary.lift.mean);
    figures.liftLow = finite(summary.liftCi95.low);
    figures.liftHigh = finite(summary.liftCi95.high);
    for (const auto& repeat : repeats) {
        figures.fixed += repeat.comparison.fixed;
        figures.broken += repeat.comparison.broken;
    }
    return figures;
}

RunFigures figuresOf(const json& document)
{
    try {
        const auto comparison = comparisonFromJson(document);
        const auto interval = comparison.liftCi95();
        return {finite(comparison.baselineAccuracy()), finite(comparison.ttaAccuracy()),
            finite(comparison.lift()), finite(interval.low), finite(interval.high),
            comparison.fixed, comparison.broken};
    } catch (const json::exception&) {
        return {};
    } catch (const Error&) { // counts that cannot be
        return {};
    }
}

const json& part(const json& document, const char* field)
{
    static const json none;
    if (!document.is_object())
        return none;
    const auto found = document.find(field);
    return found == document.end() ? none : *found;
}

std::string textAt(const json& object, const char* field)
{
    const auto& value = part(object, field);
    return value.is_string() ? value.get<std::string>() : std::string();
}

double numberAt(const json& object, const char* field)
{
    const auto& value = part(object, field);
    return value.is_number() ? value.get<double>() : 0;
}

std::string titleOf(const std::string& data, std::size_t repeats, const RunFigures& figures)
{
    json document = {
        {"data", {{"name", data}}}, {"repeats", std::vector<int>(repeats)}, {"summary", nullptr}};
    if (figures.baseline && figures.tta)
        document["summary"] = {
            {"baseline", {{"mean", *figures.baseline}}}, {"tta", {{"mean", *figures.tta}}}};
    return documentTitle(document);
}

void describeSettings(const json& settings, RunInfo& info)
{
    try {
        const auto config = experimentFromJson(settings, "settings");
        info.seed = config.training.seed;
        if (info.kind == trainKind)
            return;
        const auto preset = presetName(config.policy);
        info.policy = preset.empty() ? describe(config.policy)
                                     : fmt::format("{} ({})", preset, describe(config.policy));
        info.vote = toString(config.vote.rule);
        info.copies = config.copies;
    } catch (const Error&) {
        // a list must show it all the same
    }
}

FitPlan planOf(const json& document)
{
    const auto& run = part(document, "run");
    const auto count = [&](const char* field) {
        constexpr double most = 1'000'000;
        return static_cast<int>(std::clamp(numberAt(run, field), 1.0, most));
    };
    return {count("parallel_fits"), count("threads_per_fit")};
}

json withNotes(json document, const RunInfo& info)
{
    auto& run = document["run"];
    if (!run.is_object())
        run = json::object();
    run.update({{"kind", info.kind}, {"name", info.name}, {"note", info.note}, {"tags", info.tags},
        {"started", info.started}, {"finished", info.finished}});
    return document;
}

RunInfo takeNotes(json& document, const std::string& where)
{
    RunInfo info;
    if (!document.is_object() || !part(document, "settings").is_object())
        throw Error(fmt::format(
            "{} is not a run: it must be what `runs export` or `--json` wrote.", where));
    if (auto run = document.find("run"); run != document.end() && run->is_object()) {
        info.kind = textAt(*run, "kind");
        info.name = trimmed(textAt(*run, "name"));
        info.note = textAt(*run, "note");
        info.started = dateAt(*run, "started");
        info.finished = dateAt(*run, "finished");
        if (const auto& tags = part(*run, "tags"); tags.is_array()) {
            for (const auto& tag : tags) {
                if (tag.is_string())
                    info.tags.push_back(tag.get<std::string>());
            }
        }
        info.tags = tidyTags(std::move(info.tags));
        for (const char* field : {"kind", "name", "note", "tags", "started", "finished"})
            run->erase(field);
    }
    const auto kind = kindOf(document);
    if (kind.empty() || (!info.kind.empty() && info.kind != kind))
        throw Error(fmt::format("{} is not a run of `repeat`, `evaluate` or `train`.", where));
    info.kind = kind;
    try {
        check(document, kind, where);
    } catch (const json::exception& problem) {
        throw Error(fmt::format("{} is no whole run of `{}` ({}).", where, kind, problem.what()));
    }
    return info;
}

std::vector<std::string> tidyTags(std::vector<std::string> tags)
{
    for (auto& tag : tags)
        tag = trimmed(tag);
    std::erase(tags, "");
    std::ranges::sort(tags);
    const auto rest = std::ranges::unique(tags);
    tags.erase(rest.begin(), rest.end());
    return tags;
}

std::string trimmed(const std::string& text)
{
    constexpr const char* blank = " \t\r\n";
    const auto first = text.find_first_not_of(blank);
    return first == std::string::npos
        ? std::string()
        : text.substr(first, text.find_last_not_of(blank) - first + 1);
}

} // namespace augury
