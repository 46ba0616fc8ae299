// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/image_query.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace augury {

namespace {

bool passes(const ImageOutcome& outcome, const ImageQuery& query)
{
    if (query.predicted >= 0 && outcome.merged.predicted != query.predicted)
        return false;
    if (query.original >= 0 && outcome.baseline.predicted != query.original)
        return false;
    switch (query.filter) {
    case ImageFilter::All:
        return true;
    case ImageFilter::Fixed:
        return kindOf(outcome) == OutcomeKind::Fixed;
    case ImageFilter::Broken:
        return kindOf(outcome) == OutcomeKind::Broken;
    case ImageFilter::BothWrong:
        return kindOf(outcome) == OutcomeKind::BothWrong;
    case ImageFilter::BothRight:
        return kindOf(outcome) == OutcomeKind::BothRight;
    case ImageFilter::Changed:
        return outcome.changed();
    }
    return true;
}

double keyOf(const ImageOutcome& outcome, ImageOrder order)
{
    switch (order) {
    case ImageOrder::Index:
        break;
    case ImageOrder::Confidence:
        return outcome.mergedConfidence;
    case ImageOrder::Agreement:
        return outcome.uncertainty.agreement;
    case ImageOrder::Entropy:
        return outcome.uncertainty.predictiveEntropy;
    case ImageOrder::MutualInformation:
        return outcome.uncertainty.mutualInformation;
    }
    return 0;
}

} // namespace

std::vector<std::uint32_t> selectImages(
    const Split& split, std::span<const ImageOutcome> outcomes, const ImageQuery& query)
{
    const bool voted = !outcomes.empty() && outcomes.size() == split.size();
    struct Row {
        double key;
        std::uint32_t position;
    };
    std::vector<Row> rows;
    rows.reserve(split.size());
    const bool byIndex = !voted || query.order == ImageOrder::Index;
    for (std::size_t i = 0; i < split.size(); ++i) {
        if (query.label >= 0 && split.label(i) != query.label)
            continue;
        if (voted && !passes(outcomes[i], query))
            continue;
        double key = byIndex ? split.indices[i] : keyOf(outcomes[i], query.order);
        // A network gone wrong hands out NaN, which nothing can be sorted by.
        if (std::isnan(key))
            key = -std::numeric_limits<double>::infinity();
        rows.push_back({key, static_cast<std::uint32_t>(i)});
    }
    std::ranges::stable_sort(rows, [&](const Row& a, const Row& b) {
        return query.descending ? a.key > b.key : a.key < b.key;
    });
    std::vector<std::uint32_t> positions;
    positions.reserve(rows.size());
    for (const auto& row : rows)
        positions.push_back(row.position);
    return positions;
}

} // namespace augury
