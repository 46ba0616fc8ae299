// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tta/vote.h"

#include "core/support/error.h"

#include <fmt/format.h>

#include <algorithm>

namespace augury {

namespace {

/// The first of the largest: the lower index on a tie.
template <typename T> std::int32_t argmax(const T* values, std::size_t count)
{
    std::size_t best = 0;
    for (std::size_t k = 1; k < count; ++k) {
        if (values[k] > values[best])
            best = k;
    }
    return static_cast<std::int32_t>(best);
}

template <typename T> bool isTied(const T* values, std::size_t count, std::int32_t best)
{
    const auto top = values[best];
    for (auto k = static_cast<std::size_t>(best) + 1; k < count; ++k) {
        if (values[k] == top)
            return true;
    }
    return false;
}

/// The views that vote on one image, in slot order.
class Views {
public:
    Views(const VoteTable& table, int copies, bool includeOriginal)
        : m_table(table)
        , m_classes(static_cast<std::size_t>(table.classes))
        , m_slots(static_cast<std::size_t>(table.copies) + 1)
        , m_first(includeOriginal ? 0 : 1)
        , m_last(static_cast<std::size_t>(copies))
    {
    }

    std::size_t count() const { return m_last + 1 - m_first; }
    std::size_t classes() const { return m_classes; }
    const float* original(std::size_t image) const { return row(image, 0); }

    template <typename F> void forEach(std::size_t image, const F& function) const
    {
        for (std::size_t slot = m_first; slot <= m_last; ++slot)
            function(row(image, slot));
    }

    /// Adds every view's probabilities to `sums`.
    void addTo(std::size_t image, double* sums) const
    {
        forEach(image, [&](const float* view) {
            for (std::size_t k = 0; k < m_classes; ++k)
                sums[k] += static_cast<double>(view[k]);
        });
    }

private:
    const float* row(std::size_t image, std::size_t slot) const
    {
        return m_table.probabilities.data() + m_table.rows[image * m_slots + slot] * m_classes;
    }

    const VoteTable& m_table;
    std::size_t m_classes;
    std::size_t m_slots;
    std::size_t m_first;
    std::size_t m_last;
};

void scale(double* scores, std::size_t count, double factor)
{
    for (std::size_t k = 0; k < count; ++k)
        scores[k] /= factor;
}

Decision soft(const Views& views, std::size_t image, double* scores)
{
    views.addTo(image, scores);
    scale(scores, views.classes(), static_cast<double>(views.count()));
    const auto best = argmax(scores, views.classes());
    return {best, isTied(scores, views.classes(), best)};
}

/// Of the classes with the most votes: higher mean p, then the original's class, then the lower
/// index. `sums` is room for K numbers.
std::int32_t breakTie(
    const Views& views, std::size_t image, const double* counts, double most, double* sums)
{
    const auto classes = views.classes();
    std::fill_n(sums, classes, 0.0);
    views.addTo(image, sums);
    const auto untouched = argmax(views.original(image), classes);
    std::int32_t best = -1;
    for (std::size_t k = 0; k < classes; ++k) {
        const auto candidate = static_cast<std::int32_t>(k);
        if (counts[k] == most
            && (best < 0 || sums[k] > sums[best]
                || (sums[k] == sums[best] && candidate == untouched)))
            best = candidate;
    }
    return best;
}

Decision hard(const Views& views, std::size_t image, double* scores, double* sums)
{
    const auto classes = views.classes();
    views.forEach(image, [&](const float* view) { scores[argmax(view, classes)] += 1; });
    Decision decision;
    decision.predicted = argmax(scores, classes);
    decision.tied = isTied(scores, classes, decision.predicted);
    if (decision.tied)
        decision.predicted = breakTie(views, image, scores, scores[decision.predicted], sums);
    scale(scores, classes, static_cast<double>(views.count()));
    return decision;
}

} // namespace

Votes mergeVotes(const VoteTable& table, int copies, const VoteOptions& options)
{
    const int fewest = options.includeOriginal ? 0 : 1;
    if (table.copies < fewest)
        throw Error("There are no copies to vote: evaluate with at least one copy, or include the "
                    "original.");
    if (copies < fewest || copies > table.copies)
        throw Error(fmt::format("The number of copies that vote must be {} to {}, but is {}.",
            fewest, table.copies, copies));
    const Views views(table, copies, options.includeOriginal);
    Votes votes;
    votes.scores.resize(table.size() * views.classes());
    votes.decisions.resize(table.size());
    std::vector<double> sums(options.rule == VoteRule::Majority ? views.classes() : 0);
    for (std::size_t image = 0; image < table.size(); ++image) {
        auto* const scores = votes.scores.data() + image * views.classes();
        votes.decisions[image] = options.rule == VoteRule::Majority
            ? hard(views, image, scores, sums.data())
            : soft(views, image, scores);
    }
    return votes;
}

std::vector<Decision> baselineDecisions(const VoteTable& table)
{
    const Views views(table, 0, true);
    std::vector<Decision> decisions(table.size());
    for (std::size_t image = 0; image < table.size(); ++image) {
        const auto* const p = views.original(image);
        const auto best = argmax(p, views.classes());
        decisions[image] = {best, isTied(p, views.classes(), best)};
    }
    return decisions;
}

const char* toString(VoteRule rule)
{
    switch (rule) {
    case VoteRule::Mean:
        return "mean";
    case VoteRule::Majority:
        return "majority";
    }
    return "?";
}

VoteRule voteRuleFromString(const std::string& text)
{
    for (const auto rule : {VoteRule::Mean, VoteRule::Majority}) {
        if (text == toString(rule))
            return rule;
    }
    throw Error(fmt::format("\"{}\" is not a vote rule: choose mean or majority.", text));
}

} // namespace augury
