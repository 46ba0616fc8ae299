// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/run_csv.h"

#include "core/experiment/evaluation_json.h"
#include "core/experiment/repeat_details.h"
#include "core/experiment/report.h"
#include "core/report/run_facts.h"
#include "core/store/run_documents.h"
#include "core/support/error.h"
#include "core/tta/sentence.h"
#include "core/tune/tune_json.h"

#include <fmt/format.h>

#include <array>
#include <cmath>

namespace augury {

namespace {

using enum RunTable;
constexpr std::array allTables = {
    Repeats, Curve, Classes, Confusion, Changed, Often, Epochs, Trials};

/// K of a K × K matrix.
std::size_t sideOf(const std::vector<std::int64_t>& matrix)
{
    return static_cast<std::size_t>(std::llround(std::sqrt(static_cast<double>(matrix.size()))));
}

std::string nameOf(const RunFacts& facts, std::size_t k)
{
    return className(facts.classNames, static_cast<std::int32_t>(k));
}

Table classesTable(const RunFacts& facts)
{
    Table table{{"class", "name", "images", "baseline_correct", "tta_correct", "baseline_accuracy",
                    "tta_accuracy", "lift"},
        {}};
    const auto k = sideOf(facts.baselineConfusion);
    for (std::size_t i = 0; i < k; ++i) {
        std::int64_t images = 0;
        for (std::size_t j = 0; j < k; ++j)
            images += facts.baselineConfusion[i * k + j];
        const auto share = [&](std::int64_t count) {
            return images == 0 ? std::nan("")
                               : static_cast<double>(count) / static_cast<double>(images);
        };
        const auto before = facts.baselineConfusion[i * k + i];
        const auto after = facts.ttaConfusion[i * k + i];
        addRow(table, i, nameOf(facts, i), images, before, after, share(before), share(after),
            share(after - before));
    }
    return table;
}

Table confusionTable(const RunFacts& facts)
{
    Table table{
        {"label", "label_name", "predicted", "predicted_name", "baseline_images", "tta_images"},
        {}};
    const auto k = sideOf(facts.baselineConfusion);
    for (std::size_t i = 0; i < k * k; ++i)
        addRow(table, i / k, nameOf(facts, i / k), i % k, nameOf(facts, i % k),
            facts.baselineConfusion[i], facts.ttaConfusion[i]);
    return table;
}

Table changedTable(const RunRecord& record, const RunFacts& facts)
{
    Table table{{"repeat", "image", "label", "label_name", "baseline", "baseline_name", "merged",
                    "merged_name", "outcome"},
        {}};
    for (const auto& repeat : record.repeats) {
        if (!repeat.details)
            continue;
        for (const auto& image : repeat.details->changed) {
            const auto name = [&](std::int32_t k) { return className(facts.classNames, k); };
            const auto outcome = image.merged == image.label ? OutcomeKind::Fixed
                : image.baseline == image.label              ? OutcomeKind::Broken
                                                             : OutcomeKind::BothWrong;
            addRow(table, repeat.index + 1, image.image, image.label, name(image.label),
                image.baseline, name(image.baseline), image.merged, name(image.merged),
                toString(outcome));
        }
    }
    return table;
}

Table oftenTable(const RunRecord& record, const RunFacts& facts)
{
    Table table{{"outcome", "image", "label", "label_name", "baseline", "baseline_name", "merged",
                    "merged_name", "repeats", "opposite_repeats"},
        {}};
    for (const auto kind : {OutcomeKind::Fixed, OutcomeKind::Broken}) {
        for (const auto& image : changedOften(record.repeats, kind)) {
            const auto name = [&](std::int32_t k) { return className(facts.classNames, k); };
            addRow(table, toString(kind), image.image, image.label, name(image.label),
                image.baseline, name(image.baseline), image.merged, name(image.merged),
                image.repeats, image.opposite);
        }
    }
    return table;
}

Table epochsTable(const RunRecord& record, const RunFacts& facts)
{
    Table table{{"repeat", "epoch", "train_loss", "train_accuracy", "validation_loss",
                    "validation_accuracy", "seconds"},
        {}};
    const auto add = [&](int repeat, const std::vector<EpochMetrics>& history) {
        for (std::size_t i = 0; i < history.size(); ++i) {
            const auto& m = history[i];
            addRow(table, repeat, i + 1, m.trainLoss, m.trainAccuracy,
                m.validationLoss.value_or(std::nan("")),
                m.validationAccuracy.value_or(std::nan("")), m.seconds);
        }
    };
    for (const auto& repeat : record.repeats)
        add(repeat.index + 1, repeat.history);
    if (!facts.history.empty())
        add(1, facts.history);
    return table;
}

std::vector<RepeatResult> rowsOf(const RunRecord& record, const RunFacts& facts)
{
    if (record.info.kind != evaluateKind || !facts.comparison)
        return record.repeats;
    RepeatResult only;
    only.seed = record.info.seed;
    only.comparison = *facts.comparison;
    only.evaluateSeconds = record.info.seconds;
    return {only};
}

bool has(const RunRecord& record, const RunFacts& facts, RunTable table)
{
    switch (table) {
    case Repeats:
        return !rowsOf(record, facts).empty();
    case Curve:
        return facts.curve.has_value();
    case Classes:
    case Confusion:
        return !facts.baselineConfusion.empty()
            && facts.baselineConfusion.size() == facts.ttaConfusion.size();
    case Changed:
    case Often:
        return std::ranges::any_of(
            record.repeats, [](const auto& r) { return r.details != nullptr; });
    case Epochs:
        return !facts.history.empty() || std::ranges::any_of(record.repeats, [](const auto& r) {
            return !r.history.empty();
        });
    case Trials:
        return !record.trials.empty();
    }
    return false;
}

std::string whyNot(const RunRecord& record)
{
    if (record.info.kind == tuneKind)
        return "a search has trials alone";
    if (record.info.kind == trainKind)
        return "a training says nothing of TTA";
    if (record.info.kind == evaluateKind)
        return "this evaluation was not asked for it, or has too many classes";
    if (record.info.kind != repeatKind)
        return "only a search has trials";
    if (record.repeats.empty())
        return "no repeat is finished";
    return "scorecards, curve and changed images are not kept of a run with an exact early exit or "
           "of an older Augury, and confusions of more than 1000 classes of none";
}

} // namespace

const char* toString(RunTable table)
{
    switch (table) {
    case Repeats:
        return "repeats";
    case Curve:
        return "curve";
    case Classes:
        return "classes";
    case Confusion:
        return "confusion";
    case Changed:
        return "changed";
    case Often:
        return "often";
    case Epochs:
        return "epochs";
    case Trials:
        break;
    }
    return "trials";
}

std::string runTableNames()
{
    std::string names;
    for (const auto table : allTables)
        names += fmt::format("{}{}",
            names.empty()                   ? ""
                : table == allTables.back() ? " or "
                                            : ", ",
            toString(table));
    return names;
}

RunTable runTableFromString(const std::string& text)
{
    for (const auto table : allTables) {
        if (text == toString(table))
            return table;
    }
    throw Error(fmt::format("\"{}\" is no table of a run: choose {}.", text, runTableNames()));
}

bool has(const RunRecord& record, RunTable table)
{
    return has(record, factsOf(record), table);
}

std::string runCsv(const RunRecord& record, RunTable table)
{
    const auto facts = factsOf(record);
    if (!has(record, facts, table))
        throw Error(fmt::format(
            "There is no table \"{}\" of this run: {}.", toString(table), whyNot(record)));
    switch (table) {
    case Repeats:
        return repeatCsv(rowsOf(record, facts));
    case Curve:
        return curveCsv(*facts.curve);
    case Classes:
        return csvOf(classesTable(facts));
    case Confusion:
        return csvOf(confusionTable(facts));
    case Changed:
        return csvOf(changedTable(record, facts));
    case Often:
        return csvOf(oftenTable(record, facts));
    case Epochs:
        return csvOf(epochsTable(record, facts));
    case Trials:
        break;
    }
    return trialsCsv(specFromDocument(record.document, "The search"), record.trials);
}

} // namespace augury
