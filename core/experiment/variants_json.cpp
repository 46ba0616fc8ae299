// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/variants_json.h"

#include "core/augment/transform_json.h"
#include "core/experiment/comparison_json.h"
#include "core/experiment/vote_json.h"
#include "core/tta/sentence.h"
#include "core/tta/uncertainty.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace augury {

using nlohmann::json;

namespace {

using Names = std::span<const std::string>;

/// Those of the first `copies` copies, and the original.
std::vector<int> shownSlots(const Variant& variant, int copies)
{
    std::vector<int> slots;
    std::copy_if(variant.slots.begin(), variant.slots.end(), std::back_inserter(slots),
        [&](int slot) { return slot <= copies; });
    return slots;
}

json labelOf(Names names, std::int32_t label)
{
    return label < 0 ? json(nullptr) : json(className(names, label));
}

json viewsOf(const ImageVariants& variants, int copies, Names names)
{
    json views = json::array();
    for (const auto& variant : variants.variants) {
        const auto slots = shownSlots(variant, copies);
        if (slots.empty())
            continue;
        json view = {{"slots", slots}, {"transform", toJson(variant.transform)},
            {"words", describe(variant.transform, variants.shape)}};
        if (variants.table.classes > 0) {
            const auto p = variants.table.view(0, slots.front());
            view["predicted"] = className(names, decisionOf(p).predicted);
            view["probabilities"] = std::vector<float>(p.begin(), p.end());
        }
        views.push_back(std::move(view));
    }
    return views;
}

} // namespace

json toJson(const ImageVariants& variants, int copies, const VoteOptions& options,
    std::span<const std::string> classNames, std::int32_t label)
{
    json result = {
        {"label", labelOf(classNames, label)}, {"views", viewsOf(variants, copies, classNames)}};
    if (variants.table.classes == 0)
        return result;
    // The sentence speaks of the label that the caller names, as the rest does.
    auto table = variants.table;
    table.labels = {label};
    const auto vote = voteOn(table, 0, copies, options);
    const bool withOriginal = options.includeOriginal || copies == 0;
    const auto uncertainty = uncertainties(table, copies, withOriginal).front();
    const auto baseline = table.view(0, 0);
    json classes = json::array();
    for (int k = 0; k < table.classes; ++k)
        classes.push_back(className(classNames, k));
    result["classes"] = std::move(classes);
    result["baseline"] = className(classNames, vote.original);
    result["merged"] = className(classNames, vote.merged.predicted);
    result["tied"] = vote.merged.tied;
    result["copies"] = copies;
    result["vote"] = toJson(options);
    result["scores"] = vote.scores;
    result["baseline_probabilities"] = std::vector<float>(baseline.begin(), baseline.end());
    result["counts"] = voteCounts(table, 0, copies, withOriginal);
    result["agreement"] = uncertainty.agreement;
    result["predictive_entropy"] = uncertainty.predictiveEntropy;
    result["expected_entropy"] = uncertainty.expectedEntropy;
    result["mutual_information"] = uncertainty.mutualInformation;
    result["sentence"] = describeVote(table, 0, copies, options, classNames);
    return result;
}

std::string variantsCsv(const ImageVariants& variants, int copies,
    std::span<const std::string> classNames, std::int32_t label)
{
    const auto& table = variants.table;
    std::string text = "slot,words,predicted,confidence,right";
    for (int k = 0; k < table.classes; ++k)
        text += fmt::format(",{}", csvText(className(classNames, k)));
    text += '\n';
    std::vector<std::pair<int, const Variant*>> lines;
    for (const auto& variant : variants.variants)
        for (const int slot : shownSlots(variant, copies))
            lines.emplace_back(slot, &variant);
    std::sort(lines.begin(), lines.end());
    for (const auto& [slot, variant] : lines) {
        text += fmt::format("{},{}", slot, csvText(describe(variant->transform, variants.shape)));
        if (table.classes == 0) {
            text += ",,,\n";
            continue;
        }
        const auto p = table.view(0, slot);
        const auto predicted = decisionOf(p).predicted;
        text += fmt::format(",{},{},{}", csvText(className(classNames, predicted)),
            p[static_cast<std::size_t>(predicted)],
            label < 0                ? ""
                : predicted == label ? "1"
                                     : "0");
        for (const float value : p)
            text += fmt::format(",{}", value);
        text += '\n';
    }
    return text;
}

} // namespace augury
