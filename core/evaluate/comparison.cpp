// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/comparison.h"

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

void addToLedger(Comparison& ledger, std::uint32_t image, std::int32_t label,
    const Decision& baseline, const Decision& merged)
{
    if (label < 0)
        throw Error(fmt::format("Image {} has no label, so accuracy cannot be measured.", image));
    const bool before = baseline.predicted == label;
    const bool after = merged.predicted == label;
    ++ledger.images;
    ledger.baselineCorrect += before ? 1 : 0;
    ledger.ttaCorrect += after ? 1 : 0;
    ledger.fixed += !before && after ? 1 : 0;
    ledger.broken += before && !after ? 1 : 0;
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

Interval Comparison::liftCi95() const
{
    return bootstrapLift(images, fixed, broken);
}
double Comparison::distinctVariants() const
{
    return ratio(variants, images);
}

Comparison& Comparison::operator+=(const Comparison& other)
{
    images += other.images;
    baselineCorrect += other.baselineCorrect;
    ttaCorrect += other.ttaCorrect;
    fixed += other.fixed;
    broken += other.broken;
    forwardPasses += other.forwardPasses;
    passesSaved += other.passesSaved;
    variants += other.variants;
    return *this;
}

Comparison compare(const VoteTable& table, int copies, const VoteOptions& options)
{
    return compare(table, mergeVotes(table, copies, options), copies);
}

Comparison compare(const VoteTable& table, const Votes& votes, int copies)
{
    const auto baseline = baselineDecisions(table);
    Comparison result;
    std::vector<std::uint32_t> rows;
    for (std::size_t i = 0; i < table.size(); ++i) {
        addToLedger(result, table.images[i], table.labels[i], baseline[i], votes.decisions[i]);

        const auto first = table.rows.begin()
            + static_cast<std::ptrdiff_t>(i * (static_cast<std::size_t>(table.copies) + 1));
        rows.assign(first + 1, first + 1 + copies);
        const auto distinct = countDistinct(rows);
        result.variants += distinct;
        const bool drawn = std::binary_search(rows.begin(), rows.begin() + distinct, *first);
        result.forwardPasses += distinct + (drawn ? 0 : 1);
    }
    return result;
}

Comparison compare(const Split& split, const Decisions& decisions)
{
    if (decisions.baseline.size() != split.size() || decisions.merged.size() != split.size())
        throw Error("The decisions are not of these images, or without their baseline.");
    Comparison result;
    for (std::size_t i = 0; i < split.size(); ++i)
        addToLedger(
            result, split.indices[i], split.label(i), decisions.baseline[i], decisions.merged[i]);
    result.forwardPasses = decisions.forwardPasses;
    result.passesSaved = decisions.passesSaved;
    result.variants = decisions.distinctVariants;
    return result;
}

} // namespace augury
