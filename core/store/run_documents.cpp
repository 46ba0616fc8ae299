// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_documents.h"

#include "core/augment/presets.h"
#include "core/experiment/comparison_json.h"
#include "core/experiment/experiment_json.h"
#include "core/experiment/repeat_details.h"
#include "core/experiment/report.h"
#include "core/support/error.h"
#include "core/tune/tune_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
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
    if (document.contains("tune"))
        return tuneKind;
    if (document.contains("repeats"))
        return repeatKind;
    if (document.contains("baseline") && document.contains("tta"))
        return evaluateKind;
    return document.contains("history") ? trainKind : "";
}

bool isDay(int year, int month, int day)
{
    const std::chrono::year_month_day date{std::chrono::year(year),
        std::chrono::month(static_cast<unsigned>(month)),
        std::chrono::day(static_cast<unsigned>(day))};
    constexpr int first = 1970;
    return year >= first && date.ok();
}

/// UTC as the store writes it, or nothing.
std::string dateAt(const json& object, const char* field)
{
    constexpr std::string_view shape = "dddd-dd-ddTdd:dd:ddZ";
    const auto text = textAt(object, field);
    const bool fits = text.size() == shape.size()
        && std::equal(text.begin(), text.end(), shape.begin(),
            [](char c, char wanted) { return wanted == 'd' ? c >= '0' && c <= '9' : c == wanted; });
    const auto number = [&](std::size_t from, std::size_t digits) {
        return std::stoi(text.substr(from, digits));
    };
    const bool is = fits && isDay(number(0, 4), number(5, 2), number(8, 2)) && number(11, 2) < 24
        && number(14, 2) < 60 && number(17, 2) < 60;
    return is ? text : std::string();
}

/// Reading wraps a negative number round where none is expected.
void requireSeed(const json& row, const std::string& where)
{
    const auto& seed = part(row, "seed");
    if (!seed.is_number_integer() || (!seed.is_number_unsigned() && seed.get<std::int64_t>() < 0))
        throw Error(where + " has a repeat with an impossible seed.");
}

/// What charts, tables and intervals are made of.
void requireCounts(const Comparison& c, const std::string& where)
{
    if (!isPossible(c))
        throw Error(where + " has counts of images that cannot be.");
}

/// How many classes the data set has; nothing where the document does not say.
std::optional<std::size_t> classesOf(const json& document, const std::string& where)
{
    const auto& classes = part(part(document, "data"), "classes");
    if (classes.is_null())
        return {};
    if (!classes.is_array()
        || !std::ranges::all_of(classes, [](const json& name) { return name.is_string(); }))
        throw Error(where + ": the classes of its data must be a list of names.");
    return classes.size();
}

void checkRepeats(const json& document, int wanted, const std::string& where)
{
    const auto classes = classesOf(document, where);
    const auto outcome = repeatsFromDocument(document, where);
    for (const auto& row : document.at("repeats"))
        requireSeed(row, where);
    std::set<int> indices;
    for (const auto& repeat : outcome.repeats) {
        if (repeat.index < 0 || repeat.index >= wanted)
            throw Error(fmt::format("{} has repeat {}, but its settings are of {} repeats.", where,
                std::int64_t(repeat.index) + 1, wanted));
        if (!indices.insert(repeat.index).second)
            throw Error(fmt::format("{} has repeat {} twice.", where, repeat.index + 1));
        requireCounts(repeat.comparison, where);
        if (repeat.details && classes
            && static_cast<std::size_t>(repeat.details->tta.classes) != *classes)
            throw Error(fmt::format("{}: repeat {} is of {} classes, but the data has {}.", where,
                repeat.index + 1, repeat.details->tta.classes, *classes));
    }
    try {
        summedDetails(outcome.repeats);
    } catch (const Error& problem) {
        throw Error(
            fmt::format("{}: its repeats do not fit each other. {}", where, problem.what()));
    }
}

void checkSearch(const json& document, const std::string& where)
{
    classesOf(document, where);
    outcomeFromDocument(document, where);
    if (const auto& rows = part(document, "confirmations"); !rows.is_null()) {
        for (const auto& row : rows)
            confirmationFromJson(row, "A confirmation in " + where);
    }
}

/// Throws Error or nlohmann's exceptions unless a document is whole.
void check(const json& document, const std::string& kind, const std::string& where)
{
    const auto config = experimentFromJson(document.at("settings"), "the settings of " + where);
    if (kind == evaluateKind) {
        classesOf(document, where);
        requireCounts(comparisonFromJson(document), where);
    } else if (kind == trainKind) {
        if (!document.at("history").is_array())
            throw Error(where + ": \"history\" must be a list of epochs.");
        classesOf(document, where);
        epochsFromDocument(document, where);
    } else if (kind == tuneKind) {
        checkSearch(document, where);
    } else {
        checkRepeats(document, config.repeats, where);
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

RunFigures figuresOf(const Comparison& comparison)
{
    const auto interval = comparison.liftCi95();
    return {finite(comparison.baselineAccuracy()), finite(comparison.ttaAccuracy()),
        finite(comparison.lift()), finite(interval.low), finite(interval.high), comparison.fixed,
        comparison.broken};
}

RunFigures figuresOf(const json& document)
{
    try {
        return figuresOf(comparisonFromJson(document));
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
        if (info.kind == trainKind || info.kind == tuneKind) // a search has many policies
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

std::string searchTitle(const std::string& data, const char* method, std::int64_t tried,
    const std::optional<double>& bestLift)
{
    const json best = {{"index", 0}, {"lift", bestLift ? json(*bestLift) : json()}};
    return documentTitle({{"data", {{"name", data}}}, {"tune", {{"method", method}}},
        {"tried", tried}, {"best", bestLift ? json(0) : json()}, {"trials", json::array({best})}});
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
        info.name = tidyName(textAt(*run, "name"));
        info.note = cutTo(textAt(*run, "note"), mostNoteCharacters);
        info.started = dateAt(*run, "started");
        info.finished = dateAt(*run, "finished");
        if (!info.finished.empty() && info.started > info.finished)
            info.started.clear();
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
        throw Error(
            fmt::format("{} is not a run of `repeat`, `evaluate`, `train` or `tune`.", where));
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
        tag = trimmed(cutTo(trimmed(tag), mostTagCharacters));
    std::erase(tags, "");
    std::ranges::sort(tags);
    const auto rest = std::ranges::unique(tags);
    tags.erase(rest.begin(), rest.end());
    if (tags.size() > mostTags)
        tags.resize(mostTags);
    return tags;
}

std::string tidyName(const std::string& name)
{
    return trimmed(cutTo(trimmed(name), mostNameCharacters));
}

std::string cutTo(std::string text, std::size_t characters)
{
    std::size_t seen = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool begins = (static_cast<unsigned char>(text[i]) & 0xc0) != 0x80;
        if (begins && seen++ == characters) {
            text.resize(i);
            break;
        }
    }
    return text;
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
