// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/repeat_details.h"

#include "core/experiment/comparison_json.h"
#include "core/experiment/evaluation_json.h"
#include "core/experiment/repeats.h"
#include "core/support/error.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <limits>
#include <map>

namespace augury {

using nlohmann::json;

namespace {

constexpr int mostClasses = 1'000'000; ///< of a document

double numberOrNan(const json& value)
{
    return value.is_null() ? std::numeric_limits<double>::quiet_NaN() : value.get<double>();
}

/// The scorecard's figures, and under "counts" the sums that they are made of, so that it can be
/// read back to the last bit.
json cardJson(const Scorecard& card)
{
    json counts = {{"classes", card.classes}, {"images", card.images},
        {"top5_correct", card.topFiveCorrect}, {"support", card.support}, {"hits", card.hits},
        {"nll_sum", numberOrNull(card.nllSum)}, {"brier_sum", numberOrNull(card.brierSum)}};
    json bins = json::array();
    for (const auto& bin : card.bins)
        bins.push_back({bin.images, bin.correct, numberOrNull(bin.confidenceSum)});
    counts["bins"] = std::move(bins);
    json cells = json::array(); // far fewer than K², where there are many classes
    const auto k = static_cast<std::size_t>(card.classes);
    for (std::size_t i = 0; i < card.confusion.size(); ++i) {
        if (card.confusion[i] != 0)
            cells.push_back({i / k, i % k, card.confusion[i]});
    }
    counts["confusion_cells"] = std::move(cells);
    json result = toJson(card);
    result["counts"] = std::move(counts);
    return result;
}

void requireAll(const std::vector<std::int64_t>& counts, std::int64_t most)
{
    for (const auto count : counts) {
        if (count < 0 || count > most)
            throw Error("it counts images that there cannot be");
    }
}

/// Sums of cards must not overflow, and a chart must be able to show each.
void requirePossible(const Scorecard& card)
{
    constexpr std::int64_t mostImages = 1'000'000'000;
    requireAll({card.images}, mostImages);
    requireAll({card.correct, card.topFiveCorrect, card.tied}, card.images);
    requireAll(card.confusion, card.images);
    requireAll(card.support, card.images);
    requireAll(card.hits, card.images);
    for (std::size_t k = 0; k < card.hits.size(); ++k)
        requireAll({card.hits[k]}, card.support[k]);
    for (const auto& bin : card.bins) {
        requireAll({bin.images}, card.images);
        requireAll({bin.correct}, bin.images);
    }
}

Scorecard cardFromJson(const json& from)
{
    const json& counts = from.at("counts");
    const int classes = counts.at("classes").get<int>();
    if (classes < 1 || classes > mostClasses)
        throw Error("the number of classes is impossible");
    Scorecard card(classes);
    from.at("correct").get_to(card.correct);
    from.at("ties").get_to(card.tied);
    counts.at("images").get_to(card.images);
    counts.at("top5_correct").get_to(card.topFiveCorrect);
    counts.at("support").get_to(card.support);
    counts.at("hits").get_to(card.hits);
    card.nllSum = numberOrNan(counts.at("nll_sum"));
    card.brierSum = numberOrNan(counts.at("brier_sum"));
    const json& bins = counts.at("bins");
    const auto k = static_cast<std::size_t>(classes);
    if (card.support.size() != k || card.hits.size() != k || bins.size() != card.bins.size())
        throw Error("the scorecard's parts do not fit each other");
    for (std::size_t i = 0; i < bins.size(); ++i)
        card.bins[i] = {bins[i].at(0).get<std::int64_t>(), bins[i].at(1).get<std::int64_t>(),
            numberOrNan(bins[i].at(2))};
    for (const json& cell : counts.at("confusion_cells")) {
        const auto label = cell.at(0).get<std::size_t>();
        const auto predicted = cell.at(1).get<std::size_t>();
        if (label >= k || predicted >= k || card.confusion.empty())
            throw Error("a cell lies outside the confusion matrix");
        card.confusion[label * k + predicted] = cell.at(2).get<std::int64_t>();
    }
    requirePossible(card);
    return card;
}

json curveJson(const CopiesCurve& curve)
{
    json result = toJson(curve);
    result["images"] = curve.images;
    result["baseline"]["correct"] = curve.baselineCorrect;
    result["baseline"]["nll_sum"] = numberOrNull(curve.baselineNllSum);
    for (std::size_t i = 0; i < curve.points.size(); ++i) {
        result["points"][i]["correct"] = curve.points[i].correct;
        result["points"][i]["nll_sum"] = numberOrNull(curve.points[i].nllSum);
    }
    return result;
}

CopiesCurve curveFromJson(const json& from)
{
    CopiesCurve curve;
    from.at("images").get_to(curve.images);
    from.at("baseline").at("correct").get_to(curve.baselineCorrect);
    curve.baselineNllSum = numberOrNan(from.at("baseline").at("nll_sum"));
    for (const json& point : from.at("points"))
        curve.points.push_back(
            {point.at("copies").get<int>(), point.at("correct").get<std::int64_t>(),
                point.at("fixed").get<std::int64_t>(), point.at("broken").get<std::int64_t>(),
                point.at("forward_passes").get<std::int64_t>(), numberOrNan(point.at("nll_sum"))});
    constexpr std::int64_t mostPasses = 1'000'000'000'000'000;
    requireAll({curve.images}, mostPasses);
    requireAll({curve.baselineCorrect}, curve.images);
    for (std::size_t i = 0; i < curve.points.size(); ++i) {
        const auto& point = curve.points[i];
        if (point.copies != static_cast<int>(i) + 1)
            throw Error("the points of a curve over the copies are not 1, 2, 3 and so on");
        requireAll({point.correct, point.fixed, point.broken}, curve.images);
        requireAll({point.fixed + point.broken}, curve.images);
        requireAll({point.forwardPasses}, mostPasses);
    }
    return curve;
}

OutcomeKind kindOf(const ChangedImage& image)
{
    if (image.merged == image.label)
        return OutcomeKind::Fixed;
    return image.baseline == image.label ? OutcomeKind::Broken : OutcomeKind::BothWrong;
}

/// The key with the largest count; of equals the lowest.
std::int32_t commonest(const std::map<std::int32_t, int>& counts)
{
    return std::ranges::max_element(counts, {}, [](const auto& entry) {
        return entry.second;
    })->first;
}

} // namespace

RepeatDetails detailsOf(const EvaluationResult& evaluation)
{
    RepeatDetails details{*evaluation.baseline, *evaluation.tta, *evaluation.curve, {}};
    for (const auto& image : evaluation.images) {
        if (image.changed())
            details.changed.push_back(
                {image.image, image.label, image.baseline.predicted, image.merged.predicted});
    }
    std::ranges::sort(details.changed, {}, &ChangedImage::image);
    return details;
}

std::optional<RepeatDetails> summedDetails(std::span<const RepeatResult> repeats)
{
    std::optional<RepeatDetails> sum;
    for (const auto& repeat : repeats) {
        if (!repeat.details)
            continue;
        if (!sum) {
            sum = RepeatDetails{
                repeat.details->baseline, repeat.details->tta, repeat.details->curve, {}};
        } else {
            sum->baseline += repeat.details->baseline;
            sum->tta += repeat.details->tta;
            sum->curve += repeat.details->curve;
        }
    }
    return sum;
}

std::vector<ChangedOften> changedOften(std::span<const RepeatResult> repeats, OutcomeKind kind)
{
    struct Count {
        ChangedOften image;
        std::map<std::int32_t, int> baseline;
        std::map<std::int32_t, int> merged;
    };
    std::map<std::uint32_t, Count> counts;
    for (const auto& repeat : repeats) {
        if (!repeat.details)
            continue;
        for (const auto& changed : repeat.details->changed) {
            const auto is = kindOf(changed);
            if (is == OutcomeKind::BothWrong)
                continue;
            auto& count = counts[changed.image];
            count.image.image = changed.image;
            count.image.label = changed.label;
            if (is != kind) {
                ++count.image.opposite;
                continue;
            }
            ++count.image.repeats;
            ++count.baseline[changed.baseline];
            ++count.merged[changed.merged];
        }
    }
    std::vector<ChangedOften> images;
    for (auto& [index, count] : counts) {
        if (count.image.repeats == 0)
            continue;
        count.image.baseline = commonest(count.baseline);
        count.image.merged = commonest(count.merged);
        images.push_back(count.image);
    }
    std::ranges::stable_sort(images, std::greater{}, &ChangedOften::repeats);
    return images;
}

json toJson(const RepeatDetails& details)
{
    json changed = json::array();
    for (const auto& image : details.changed)
        changed.push_back({image.image, image.label, image.baseline, image.merged});
    return {{"baseline", cardJson(details.baseline)}, {"tta", cardJson(details.tta)},
        {"curve", curveJson(details.curve)}, {"changed", std::move(changed)}};
}

RepeatDetails detailsFromJson(const json& from)
{
    RepeatDetails details{cardFromJson(from.at("baseline")), cardFromJson(from.at("tta")),
        curveFromJson(from.at("curve")), {}};
    const int classes = details.tta.classes;
    if (details.baseline.classes != classes)
        throw Error("the scorecards are of different classes");
    for (const json& row : from.at("changed")) {
        const auto index = row.at(0).get<std::int64_t>();
        if (index < 0 || index > std::numeric_limits<std::int32_t>::max())
            throw Error("a changed image has an impossible number");
        const ChangedImage image{static_cast<std::uint32_t>(index), row.at(1).get<std::int32_t>(),
            row.at(2).get<std::int32_t>(), row.at(3).get<std::int32_t>()};
        for (const auto k : {image.label, image.baseline, image.merged}) {
            if (k < 0 || k >= classes)
                throw Error("a changed image has an impossible class");
        }
        details.changed.push_back(image);
    }
    return details;
}

} // namespace augury
