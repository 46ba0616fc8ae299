// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/evaluation.h"

#include "core/support/error.h"
#include "core/tta/view_predictor.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace augury {

namespace {

/// Scores of both ways of predicting, over the images of one part.
void addScores(EvaluationResult& result, const VoteTable& table, const Votes& votes)
{
    const auto k = static_cast<std::size_t>(table.classes);
    const auto baseline = baselineDecisions(table);
    std::vector<double> untouched(k);
    for (std::size_t i = 0; i < table.size(); ++i) {
        const auto p = table.view(i, 0);
        std::copy(p.begin(), p.end(), untouched.begin());
        result.baseline->add(table.labels[i], untouched, baseline[i]);
        result.tta->add(
            table.labels[i], std::span(votes.scores).subspan(i * k, k), votes.decisions[i]);
    }
}

void begin(EvaluationResult& result, int classes, const EvaluationRequest& request)
{
    if (request.scorecards) {
        result.baseline.emplace(classes);
        result.tta.emplace(classes);
    }
    result.parts = 0;
}

void addPart(EvaluationResult& result, const VoteTable& table, const EvaluationRequest& request)
{
    const int copies = request.predict.copies;
    const auto votes = mergeVotes(table, copies, request.vote);
    result.comparison += compare(table, votes, copies);
    if (request.scorecards)
        addScores(result, table, votes);
    if (request.curve) {
        auto curve = copiesCurve(table, request.vote);
        if (result.curve)
            *result.curve += curve;
        else
            result.curve = std::move(curve);
    }
    if (request.perImage) {
        auto images = imageOutcomes(table, votes, copies, request.vote.includeOriginal);
        result.images.insert(result.images.end(), std::make_move_iterator(images.begin()),
            std::make_move_iterator(images.end()));
    }
    ++result.parts;
}

/// The split's images first … first + count − 1.
Split partOf(const Split& split, std::size_t first, std::size_t count)
{
    const auto begin = split.indices.begin() + static_cast<std::ptrdiff_t>(first);
    return {split.images, {begin, begin + static_cast<std::ptrdiff_t>(count)}};
}

void requireLabels(const Split& split)
{
    for (std::size_t i = 0; i < split.size(); ++i) {
        if (split.label(i) < 0)
            throw Error(fmt::format(
                "Image {} has no label, so accuracy cannot be measured.", split.indices[i]));
    }
}

std::size_t imagesWithin(const EvaluationRequest& request, int classes)
{
    const auto each = tableBytesPerImage(request.predict.copies, classes)
        + sizeof(double) * static_cast<std::uint64_t>(classes); // and the merged scores
    const auto images = request.predict.memoryBudget / std::max<std::uint64_t>(each, 1);
    if (images == 0)
        throw Error(fmt::format("The votes of one image with {} copies and {} classes need {:.1f} "
                                "MB, more than the memory budget of {:.1f} MB. Use fewer copies or "
                                "a larger budget.",
            request.predict.copies, classes, static_cast<double>(each) / 1e6,
            static_cast<double>(request.predict.memoryBudget) / 1e6));
    return static_cast<std::size_t>(images);
}

} // namespace

bool needsWholeTable(const EvaluationRequest& request)
{
    return request.scorecards || request.curve || request.perImage;
}

EvaluationResult evaluate(
    Classifier& classifier, const Split& split, const EvaluationRequest& request, const Job& job)
{
    requireLabels(split);
    EvaluationResult result;
    if (request.exactEarlyExit && !needsWholeTable(request) && allowsEarlyExit(request.vote.rule)) {
        result.comparison = compare(
            split, predictDecisions(classifier, split, request.predict, request.vote, true, job));
        return result;
    }

    const auto classes = static_cast<int>(classifier.classNames().size());
    auto predict = request.predict;
    predict.outputKind = ViewPredictor(classifier, split, predict, job).outputKind();
    const auto most = std::min(split.size(), imagesWithin(request, classes));
    begin(result, classes, request);
    for (std::size_t first = 0; first < split.size(); first += most) {
        const auto part = partOf(split, first, std::min(most, split.size() - first));
        Job partJob{job.stop, {}};
        if (job.onProgress)
            partJob.onProgress = [&](const Progress& progress) {
                job.report(progress.phase, static_cast<std::int64_t>(first) + progress.done,
                    static_cast<std::int64_t>(split.size()));
            };
        addPart(result, predictVotes(classifier, part, predict, partJob), request);
    }
    return result;
}

EvaluationResult evaluate(const VoteTable& table, const EvaluationRequest& request)
{
    EvaluationResult result;
    begin(result, table.classes, request);
    addPart(result, table, request);
    return result;
}

std::vector<UncertaintyCheck> checkUncertainty(std::span<const ImageOutcome> images)
{
    std::vector<bool> ttaWrong;
    std::vector<bool> baselineWrong;
    for (const auto& image : images) {
        ttaWrong.push_back(image.merged.predicted != image.label);
        baselineWrong.push_back(image.baseline.predicted != image.label);
    }
    std::vector<UncertaintyCheck> checks;
    const auto check = [&](const char* measure, auto value) {
        std::vector<double> scores;
        scores.reserve(images.size());
        for (const auto& image : images)
            scores.push_back(value(image));
        checks.push_back({measure, auroc(scores, ttaWrong), auroc(scores, baselineWrong)});
    };
    check("1 - max p of the baseline", [](const auto& i) { return 1 - i.baselineConfidence; });
    check("1 - max merged score", [](const auto& i) { return 1 - i.mergedConfidence; });
    check("variation ratio", [](const auto& i) { return i.uncertainty.variationRatio(); });
    check("predictive entropy", [](const auto& i) { return i.uncertainty.predictiveEntropy; });
    check("expected entropy", [](const auto& i) { return i.uncertainty.expectedEntropy; });
    check("mutual information", [](const auto& i) { return i.uncertainty.mutualInformation; });
    return checks;
}

} // namespace augury
