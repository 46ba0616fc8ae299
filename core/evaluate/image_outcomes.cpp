// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/image_outcomes.h"

#include "core/support/error.h"

#include <algorithm>

namespace augury {

namespace {

std::vector<std::pair<int, int>> tally(const std::vector<int>& counts)
{
    std::vector<std::pair<int, int>> votes;
    for (std::size_t k = 0; k < counts.size(); ++k) {
        if (counts[k] > 0)
            votes.emplace_back(static_cast<int>(k), counts[k]);
    }
    std::stable_sort(votes.begin(), votes.end(),
        [](const auto& a, const auto& b) { return a.second > b.second; });
    return votes;
}

} // namespace

OutcomeKind kindOf(const ImageOutcome& image)
{
    if (image.label < 0)
        return OutcomeKind::Unknown;
    const bool before = image.baseline.predicted == image.label;
    const bool after = image.merged.predicted == image.label;
    if (before)
        return after ? OutcomeKind::BothRight : OutcomeKind::Broken;
    return after ? OutcomeKind::Fixed : OutcomeKind::BothWrong;
}

const char* toString(OutcomeKind kind)
{
    switch (kind) {
    case OutcomeKind::Unknown:
        return "unknown";
    case OutcomeKind::BothRight:
        return "both right";
    case OutcomeKind::Fixed:
        return "fixed";
    case OutcomeKind::Broken:
        return "broken";
    case OutcomeKind::BothWrong:
        return "both wrong";
    }
    return "?";
}

std::vector<ImageOutcome> imageOutcomes(
    const VoteTable& table, const Votes& votes, int copies, bool includeOriginal)
{
    const auto k = static_cast<std::size_t>(table.classes);
    if (votes.decisions.size() != table.size() || votes.scores.size() != table.size() * k)
        throw Error("The merged votes are not of this table; merge them again.");
    const bool withOriginal = includeOriginal || copies == 0;
    const auto baseline = baselineDecisions(table);
    const auto uncertainty = uncertainties(table, copies, withOriginal);
    std::vector<ImageOutcome> images(table.size());
    for (std::size_t i = 0; i < images.size(); ++i) {
        auto& image = images[i];
        image.image = table.images[i];
        image.label = table.labels[i];
        image.baseline = baseline[i];
        image.merged = votes.decisions[i];
        image.baselineConfidence = static_cast<double>(
            table.view(i, 0)[static_cast<std::size_t>(image.baseline.predicted)]);
        image.mergedConfidence =
            votes.scores[i * k + static_cast<std::size_t>(image.merged.predicted)];
        image.uncertainty = uncertainty[i];
        image.votes = tally(voteCounts(table, i, copies, withOriginal));
    }
    return images;
}

} // namespace augury
