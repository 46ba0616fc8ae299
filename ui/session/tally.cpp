// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/tally.h"

#include "core/support/error.h"

#include <algorithm>

namespace augury {

Tally tally(std::shared_ptr<const Evaluation> evaluation, int copies, const VoteOptions& vote)
{
    if (!evaluation || !evaluation->table)
        throw Error("There are no votes to count yet. Evaluate the images first.");
    const auto& table = *evaluation->table;
    const auto votes = mergeVotes(table, copies, vote);
    Tally result;
    result.copies = copies;
    result.vote = vote;
    result.images = imageOutcomes(table, votes, copies, vote.includeOriginal);
    const bool labelled = std::ranges::all_of(table.labels, [](auto label) { return label >= 0; });
    if (labelled && table.size() > 0)
        result.comparison = compare(table, votes, copies);
    result.evaluation = std::move(evaluation);
    return result;
}

} // namespace augury
