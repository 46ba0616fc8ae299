// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/compare/repeat_images.h"

#include "core/experiment/repeat_details.h"

#include <algorithm>

namespace augury {

ImageQuery queryFor(OutcomeKind kind)
{
    ImageQuery query;
    switch (kind) {
    case OutcomeKind::Fixed:
        query.filter = ImageFilter::Fixed;
        break;
    case OutcomeKind::Broken:
        query.filter = ImageFilter::Broken;
        break;
    case OutcomeKind::BothWrong:
        query.filter = ImageFilter::BothWrong;
        break;
    case OutcomeKind::BothRight:
        query.filter = ImageFilter::BothRight;
        break;
    case OutcomeKind::Unknown:
        break;
    }
    return query;
}

ImageQuery queryFor(ConfusionMode mode, int label, int predicted, std::int64_t difference)
{
    ImageQuery query;
    query.label = label;
    if (mode == ConfusionMode::Difference)
        query.filter = ImageFilter::Changed;
    const bool ofOriginal =
        mode == ConfusionMode::Baseline || (mode == ConfusionMode::Difference && difference < 0);
    (ofOriginal ? query.original : query.predicted) = predicted;
    return query;
}

std::optional<std::int64_t> imagesOf(const RepeatResult& repeat, const ImageQuery& query)
{
    const auto& c = repeat.comparison;
    const bool anyClass = query.label < 0 && query.predicted < 0 && query.original < 0;
    if (anyClass) {
        switch (query.filter) {
        case ImageFilter::All:
            return c.images;
        case ImageFilter::Fixed:
            return c.fixed;
        case ImageFilter::Broken:
            return c.broken;
        case ImageFilter::BothRight:
            return c.ttaCorrect - c.fixed;
        case ImageFilter::BothWrong:
            return c.images - c.ttaCorrect - c.broken;
        case ImageFilter::Changed:
            break;
        }
    }
    if (!repeat.details)
        return {};
    const auto& details = *repeat.details;
    if (query.filter == ImageFilter::Changed)
        return std::ranges::count_if(details.changed, [&](const ChangedImage& image) {
            return (query.label < 0 || image.label == query.label)
                && (query.predicted < 0 || image.merged == query.predicted)
                && (query.original < 0 || image.baseline == query.original);
        });
    const bool ofOriginal = query.original >= 0;
    const auto& card = ofOriginal ? details.baseline : details.tta;
    const int predicted = ofOriginal ? query.original : query.predicted;
    const auto k = static_cast<std::size_t>(card.classes);
    const auto cell =
        static_cast<std::size_t>(query.label) * k + static_cast<std::size_t>(predicted);
    if (query.filter != ImageFilter::All || query.label < 0 || predicted < 0
        || cell >= card.confusion.size())
        return {};
    return card.confusion[cell];
}

std::optional<int> newestWith(std::span<const RepeatResult> repeats, const ImageQuery& query)
{
    std::optional<int> newest;
    std::optional<int> newestAny;
    for (const auto& repeat : repeats) {
        if (imagesOf(repeat, query).value_or(0) > 0)
            newest = std::max(newest.value_or(repeat.index), repeat.index);
        newestAny = std::max(newestAny.value_or(repeat.index), repeat.index);
    }
    return newest ? newest : newestAny;
}

} // namespace augury
