// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/evaluation_json.h"

#include "core/experiment/comparison_json.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>

namespace augury {

using nlohmann::json;

namespace {

constexpr std::size_t mostConfused = 100; ///< classes whose confusion a document holds

std::string cell(double value)
{
    return std::isfinite(value) ? fmt::format("{}", value) : std::string();
}

double lift(const CopiesCurve& curve, const CurvePoint& point)
{
    return curve.images == 0 ? std::nan("")
                             : static_cast<double>(point.correct - curve.baselineCorrect)
            / static_cast<double>(curve.images);
}

} // namespace

json toJson(const Scorecard& card)
{
    json perClass = json::array();
    json confusion = json::array();
    const auto k = static_cast<std::size_t>(card.classes);
    for (std::size_t i = 0; i < k; ++i) {
        perClass.push_back(numberOrNull(card.classAccuracy(static_cast<int>(i))));
        if (k > mostConfused)
            continue;
        const auto row = card.confusion.begin() + static_cast<std::ptrdiff_t>(i * k);
        confusion.push_back(std::vector<std::int64_t>(row, row + static_cast<std::ptrdiff_t>(k)));
    }
    json calibration = json::array();
    for (const auto& bin : card.bins) {
        const auto mean = [&](double sum) {
            return bin.images == 0 ? json(nullptr) : json(sum / static_cast<double>(bin.images));
        };
        calibration.push_back(
            {{"images", bin.images}, {"accuracy", mean(static_cast<double>(bin.correct))},
                {"confidence", mean(bin.confidenceSum)}});
    }
    json result = {{"accuracy", numberOrNull(card.accuracy())}, {"correct", card.correct},
        {"nll", numberOrNull(card.nll())}, {"brier", numberOrNull(card.brier())},
        {"ece", numberOrNull(card.ece())}, {"ties", card.tied}, {"per_class", std::move(perClass)},
        {"confusion", k > mostConfused ? json(nullptr) : std::move(confusion)},
        {"calibration", std::move(calibration)}};
    if (card.hasTopFive())
        result["top5_accuracy"] = numberOrNull(card.topFiveAccuracy());
    return result;
}

json toJson(const CopiesCurve& curve)
{
    json points = json::array();
    for (const auto& point : curve.points)
        points.push_back({{"copies", point.copies},
            {"accuracy", numberOrNull(curve.accuracy(point))},
            {"nll", numberOrNull(curve.nll(point))}, {"lift", numberOrNull(lift(curve, point))},
            {"fixed", point.fixed}, {"broken", point.broken},
            {"mcnemar_p", numberOrNull(mcnemarExactP(point.fixed, point.broken))},
            {"forward_passes", point.forwardPasses}, {"cost", numberOrNull(curve.cost(point))}});
    return {{"baseline",
                {{"accuracy", numberOrNull(curve.baselineAccuracy())},
                    {"nll", numberOrNull(curve.baselineNll())}}},
        {"points", std::move(points)}};
}

json toJson(std::span<const UncertaintyCheck> checks)
{
    json list = json::array();
    for (const auto& check : checks)
        list.push_back({{"measure", check.measure}, {"auroc_tta", numberOrNull(check.tta)},
            {"auroc_baseline", numberOrNull(check.baseline)}});
    return list;
}

json toJson(const LearnedWeights& learned)
{
    return {{"weights", learned.weights}, {"per_class", learned.of == WeightsOf::ViewsAndClasses},
        {"nll", learned.nll}, {"uniform_nll", learned.uniformNll},
        {"iterations", learned.iterations}};
}

std::string curveCsv(const CopiesCurve& curve)
{
    std::string text = fmt::format("copies,accuracy,nll,lift,fixed,broken,mcnemar_p,forward_passes,"
                                   "cost\n0,{},{},0,0,0,1,{},1\n",
        cell(curve.baselineAccuracy()), cell(curve.baselineNll()), curve.images);
    for (const auto& point : curve.points)
        text += fmt::format("{},{},{},{},{},{},{},{},{}\n", point.copies,
            cell(curve.accuracy(point)), cell(curve.nll(point)), cell(lift(curve, point)),
            point.fixed, point.broken, cell(mcnemarExactP(point.fixed, point.broken)),
            point.forwardPasses, cell(curve.cost(point)));
    return text;
}

std::string perImageCsv(
    std::span<const ImageOutcome> images, const std::vector<std::string>& classNames)
{
    const auto name = [&](int k) {
        return k < 0 ? std::string() : classNames.at(static_cast<std::size_t>(k));
    };
    std::string text = "index,label,baseline,merged,votes,agreement,entropy,mutual_information,"
                       "expected_entropy,baseline_confidence,merged_confidence\n";
    for (const auto& image : images) {
        std::string votes;
        for (const auto& [k, count] : image.votes)
            votes += fmt::format("{}{} {}", votes.empty() ? "" : "; ", name(k), count);
        text += fmt::format("{},{},{},{},{},{},{},{},{},{},{}\n", image.image,
            csvText(name(image.label)), csvText(name(image.baseline.predicted)),
            csvText(name(image.merged.predicted)), csvText(votes), image.uncertainty.agreement,
            image.uncertainty.predictiveEntropy, image.uncertainty.mutualInformation,
            image.uncertainty.expectedEntropy, image.baselineConfidence, image.mergedConfidence);
    }
    return text;
}

} // namespace augury
