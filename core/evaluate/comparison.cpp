// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/comparison.h"

#include "core/evaluate/statistics.h"
#include "core/support/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace augury {

namespace {

double ratio(std::int64_t part, std::int64_t whole)
{
    return whole == 0 ? std::numeric_limits<double>::quiet_NaN()
                      : static_cast<double>(part) / static_cast<double>(whole);
}

/// Counts the distinct rows among an image's slots; `scratch` is reordered.
std::int64_t countDistinct(std::vector<std::uint32_t>& scratch)
{
    std::sort(scratch.begin(), scratch.end());
    return std::unique(scratch.begin(), scratch.end()) - scratch.begin();
}

} // namespace

double Comparison::baselineAccuracy() const
{
    return ratio(baselineCorrect, images);
}
double Comparison::ttaAccuracy() const
{
    return ratio(ttaCorrect, images);
}
double Comparison::lift() const
{
    // From the counts: equal lifts of several repeats are then equal to the last bit.
    return ratio(ttaCorrect - baselineCorrect, images);
}
double Comparison::cost() const
{
    return ratio(forwardPasses, images);
}
double Comparison::mcnemarP() const
{
    return mcnemarExactP(fixed, broken);
}

Comparison compare(const VoteTable& table, int copies, const VoteOptions& options)
{
    const auto tta = mergeVotes(table, copies, options).decisions;
    const auto baseline = baselineDecisions(table);
    Comparison result;
    result.images = static_cast<std::int64_t>(table.size());
    std::int64_t variants = 0;
    std::vector<std::uint32_t> rows;
    for (std::size_t i = 0; i < table.size(); ++i) {
        const auto label = table.labels[i];
        if (label < 0)
            throw Error(fmt::format(
                "Image {} has no label, so accuracy cannot be measured.", table.images[i]));
        const bool before = baseline[i].predicted == label;
        const bool after = tta[i].predicted == label;
        result.baselineCorrect += before ? 1 : 0;
        result.ttaCorrect += after ? 1 : 0;
        result.fixed += !before && after ? 1 : 0;
        result.broken += before && !after ? 1 : 0;

        const auto first = table.rows.begin()
            + static_cast<std::ptrdiff_t>(i * (static_cast<std::size_t>(table.copies) + 1));
        rows.assign(first + 1, first + 1 + copies);
        const auto distinct = countDistinct(rows);
        variants += distinct;
        const bool drawn = std::binary_search(rows.begin(), rows.begin() + distinct, *first);
        result.forwardPasses += distinct + (drawn ? 0 : 1);
    }
    result.distinctVariants = copies == 0 ? 0 : ratio(variants, result.images);
    return result;
}

} // namespace augury
