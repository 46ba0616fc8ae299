// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/comparison_json.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>

namespace augury {

using nlohmann::json;

json numberOrNull(double value)
{
    return std::isfinite(value) ? json(value) : json(nullptr);
}

json toJson(const Comparison& comparison)
{
    const auto interval = comparison.liftCi95();
    return {{"images", comparison.images},
        {"baseline",
            {{"accuracy", numberOrNull(comparison.baselineAccuracy())},
                {"correct", comparison.baselineCorrect}}},
        {"tta",
            {{"accuracy", numberOrNull(comparison.ttaAccuracy())},
                {"correct", comparison.ttaCorrect}}},
        {"lift", numberOrNull(comparison.lift())},
        {"lift_ci95", {numberOrNull(interval.low), numberOrNull(interval.high)}},
        {"fixed", comparison.fixed}, {"broken", comparison.broken},
        {"mcnemar_p", numberOrNull(comparison.mcnemarP())},
        {"distinct_variants", numberOrNull(comparison.distinctVariants())},
        {"forward_passes", comparison.forwardPasses}, {"passes_saved", comparison.passesSaved},
        {"cost", numberOrNull(comparison.cost())}};
}

Comparison comparisonFromJson(const json& row)
{
    Comparison comparison;
    row.at("images").get_to(comparison.images);
    row.at("baseline").at("correct").get_to(comparison.baselineCorrect);
    row.at("tta").at("correct").get_to(comparison.ttaCorrect);
    row.at("fixed").get_to(comparison.fixed);
    row.at("broken").get_to(comparison.broken);
    row.at("forward_passes").get_to(comparison.forwardPasses);
    comparison.passesSaved = row.value("passes_saved", std::int64_t(0));
    if (comparison.images > 0) // there is no mean of none
        comparison.variants = std::llround(
            row.at("distinct_variants").get<double>() * static_cast<double>(comparison.images));
    return comparison;
}

bool isPossible(const Comparison& c)
{
    constexpr std::int64_t mostImages = 10'000'000; // an interval takes memory with them
    constexpr std::int64_t mostPasses = 1'000'000'000'000'000;
    const auto within = [](std::int64_t count, std::int64_t most) {
        return count >= 0 && count <= most;
    };
    return within(c.images, mostImages) && within(c.baselineCorrect, c.images)
        && within(c.ttaCorrect, c.images) && within(c.fixed, c.images)
        && within(c.broken, c.images - c.fixed) && within(c.forwardPasses, mostPasses)
        && within(c.passesSaved, mostPasses) && within(c.variants, mostPasses);
}

std::string comparisonColumns()
{
    return "images,baseline_accuracy,tta_accuracy,lift,fixed,broken,mcnemar_p,distinct_variants,"
           "forward_passes";
}

/// fmt writes the shortest digits that read back as the same double, in every locale.
std::string comparisonCells(const Comparison& c)
{
    return fmt::format("{},{},{},{},{},{},{},{},{}", c.images, c.baselineAccuracy(),
        c.ttaAccuracy(), c.lift(), c.fixed, c.broken, c.mcnemarP(), c.distinctVariants(),
        c.forwardPasses);
}

std::string csvText(const std::string& text)
{
    if (text.find_first_of(",\"\r\n") == std::string::npos)
        return text;
    std::string result = "\"";
    for (const char c : text)
        result += c == '"' ? std::string("\"\"") : std::string(1, c);
    return result + '"';
}

} // namespace augury
