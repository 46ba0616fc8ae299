// SPDX-License-Identifier: GPL-3.0-or-later
//
// Why the early decision is the full vote's. Let S_k be the sum of what the counted votes gave
// class k (its probability for Mean, 0 or 1 for Majority), r the number of votes still to come, n
// their total, o_k what the original gives k and β the blend. The final score of k is
// ((1 − β) (S_k + R_k) / n + β o_k), where R_k is what the r votes give. Each vote gives every
// class between 0 and 1, so R_j − R_k ≤ r for any two classes, and
//     final_k − final_j ≥ lead_kj − (1 − β) r / n
//     lead_kj = (1 − β) (S_k − S_j) / n + β (o_k − o_j).
// If that is positive for every j, k wins, whatever comes, and not by a tie.
//
// That is in real numbers. Sums here and in mergeVotes() are doubles of the same terms in another
// order; with at most 1001 terms of at most 1 both are within 1001² · 2⁻⁵³ < 2 · 10⁻¹⁰ of the
// real sum, so a margin of 1e-9 above the bound leaves no room for rounding. Where the lead is
// smaller when all votes are in, a tie or close to one, the votes are merged as mergeVotes() does.
#include "core/tta/early_exit.h"

#include "core/tta/view_predictor.h"
#include "core/tta/vote_merger.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace augury {

namespace {

constexpr double margin = 1e-9;
constexpr std::size_t chunkBytes = std::size_t(128) << 20;
constexpr std::size_t largestChunk = 4096; ///< images whose votes are open at once

class EarlyExit {
public:
    EarlyExit(Classifier& classifier, const Split& split, const PredictOptions& options,
        const VoteOptions& vote, bool baseline, const Job& job)
        : m_split(split)
        , m_vote(vote)
        , m_baseline(baseline)
        , m_job(job)
        , m_predictor(classifier, split, options, job)
        , m_merger(m_vote, m_predictor.classes())
        , m_classes(static_cast<std::size_t>(m_predictor.classes()))
        , m_slots(m_predictor.slots())
        , m_firstVote(vote.includeOriginal ? 0U : 1U)
        , m_votes(static_cast<double>(m_slots - m_firstVote))
        , m_scores(m_classes)
    {
    }

    Decisions run()
    {
        const auto perImage =
            m_slots * (m_classes * sizeof(float) + 16) + m_classes * sizeof(double);
        const auto chunk = std::clamp<std::size_t>(chunkBytes / perImage, 1, largestChunk);
        m_result.merged.resize(m_split.size());
        if (m_baseline)
            m_result.baseline.resize(m_split.size());
        report(0);
        for (std::size_t begin = 0; begin < m_split.size(); begin += chunk) {
            const auto count = std::min(chunk, m_split.size() - begin);
            open(begin, count);
            predictOpen();
        }
        return std::move(m_result);
    }

private:
    /// One image whose vote is under way.
    struct Ballot {
        std::size_t image; ///< place in the split
        std::vector<std::uint32_t> viewOfSlot; ///< distinct views, by first appearance
        std::vector<std::uint32_t> firstSlot; ///< of each view
        std::vector<std::uint32_t> votes; ///< of each view
        std::vector<std::uint32_t> order; ///< views in the order of prediction
        std::size_t predicted = 0; ///< of `order`
        std::vector<float> outputs; ///< [view × K]
        std::vector<double> sums; ///< S_k
        double left = 0; ///< votes still to come
        bool decided = false;
    };

    bool needsOriginal() const { return m_baseline || m_vote.blend > 0; }

    void open(std::size_t begin, std::size_t count)
    {
        m_job.throwIfStopped();
        m_numbers.resize(count * m_slots);
        m_predictor.numberViews(begin, count, m_numbers);
        m_ballots.assign(count, {});
        for (std::size_t i = 0; i < count; ++i) {
            auto& ballot = m_ballots[i];
            const auto numbers = std::span(m_numbers).subspan(i * m_slots, m_slots);
            ballot.image = begin + i;
            ballot.viewOfSlot.assign(numbers.begin(), numbers.end());
            for (std::uint32_t slot = 0; slot < m_slots; ++slot) {
                if (numbers[slot] == ballot.firstSlot.size()) {
                    ballot.firstSlot.push_back(slot);
                    ballot.votes.push_back(0);
                }
                ballot.votes[numbers[slot]] += slot >= m_firstVote ? 1 : 0;
            }
            const bool drawn = std::find(numbers.begin() + 1, numbers.end(), 0U) != numbers.end();
            m_result.distinctVariants +=
                static_cast<std::int64_t>(ballot.votes.size()) - (drawn ? 0 : 1);
            setOrder(ballot);
            ballot.outputs.resize(ballot.votes.size() * m_classes);
            ballot.sums.assign(m_classes, 0.0);
            ballot.left = m_votes;
            // A full vote's; what is spent is taken off again.
            m_result.passesSaved += static_cast<std::int64_t>(ballot.votes.size());
        }
    }

    /// Most votes first; the original, view 0, before all where it is needed, and not at all where
    /// nobody votes for it.
    void setOrder(Ballot& ballot) const
    {
        for (std::uint32_t view = 0; view < ballot.votes.size(); ++view) {
            if (ballot.votes[view] > 0 || (view == 0 && needsOriginal()))
                ballot.order.push_back(view);
        }
        std::stable_sort(
            ballot.order.begin(), ballot.order.end(), [&](std::uint32_t a, std::uint32_t b) {
                if (needsOriginal() && (a == 0 || b == 0))
                    return a == 0 && b != 0;
                return ballot.votes[a] > ballot.votes[b];
            });
    }

    /// Round by round the next view of every open image, in blocks.
    void predictOpen()
    {
        std::vector<Ballot*> block;
        std::vector<ViewPredictor::Wanted> wanted;
        const auto flush = [&] {
            if (block.empty())
                return;
            const auto outputs = m_predictor.predict(wanted).probabilities;
            for (std::size_t i = 0; i < block.size(); ++i)
                count(*block[i], outputs.subspan(i * m_classes, m_classes));
            m_result.forwardPasses += static_cast<std::int64_t>(block.size());
            m_result.passesSaved -= static_cast<std::int64_t>(block.size());
            block.clear();
            wanted.clear();
            report(m_decided);
        };
        for (bool any = true; any;) {
            any = false;
            for (auto& ballot : m_ballots) {
                if (ballot.decided)
                    continue;
                any = true;
                const auto view = ballot.order[ballot.predicted];
                block.push_back(&ballot);
                wanted.push_back({ballot.image, ballot.firstSlot[view]});
                if (block.size() == m_predictor.blockSize())
                    flush();
            }
            flush();
        }
    }

    /// One view of `ballot` is known.
    void count(Ballot& ballot, std::span<const float> outputs)
    {
        const auto view = ballot.order[ballot.predicted++];
        std::copy(outputs.begin(), outputs.end(),
            ballot.outputs.begin() + static_cast<std::ptrdiff_t>(view * m_classes));
        if (view == 0 && m_baseline)
            m_result.baseline[ballot.image] = decisionOf(outputs);
        const double votes = ballot.votes[view];
        if (votes > 0) {
            addTo(ballot.sums, outputs, votes);
            ballot.left -= votes;
        }
        if (const auto winner = certainWinner(ballot); winner >= 0)
            decide(ballot, {winner, false});
        else if (ballot.predicted == ballot.order.size())
            settleTie(ballot);
    }

    void addTo(std::span<double> sums, std::span<const float> outputs, double votes) const
    {
        if (m_vote.rule == VoteRule::Majority) {
            sums[static_cast<std::size_t>(argmax(outputs))] += votes;
        } else {
            for (std::size_t k = 0; k < m_classes; ++k)
                sums[k] += votes * static_cast<double>(outputs[k]);
        }
    }

    /// −1 while votes to come could change it.
    std::int32_t certainWinner(const Ballot& ballot)
    {
        const double share = m_votes == 0 ? 0 : (1 - m_vote.blend) / m_votes;
        for (std::size_t k = 0; k < m_classes; ++k)
            m_scores[k] = share * ballot.sums[k];
        if (m_vote.blend > 0)
            addTo(m_scores, std::span(ballot.outputs).first(m_classes), m_vote.blend);
        const auto best = argmax(std::span<const double>(m_scores));
        double second = -std::numeric_limits<double>::infinity();
        for (std::size_t k = 0; k < m_classes; ++k) {
            if (k != static_cast<std::size_t>(best))
                second = std::max(second, m_scores[k]);
        }
        const double lead = m_scores[static_cast<std::size_t>(best)] - second;
        return lead > share * ballot.left + margin ? best : -1;
    }

    /// All voting views are known and no class is clearly ahead.
    void settleTie(Ballot& ballot)
    {
        const bool originalKnown =
            std::find(ballot.order.begin(), ballot.order.end(), 0U) != ballot.order.end();
        if (!originalKnown && m_vote.rule == VoteRule::Majority)
            ballot.order.push_back(0); // its class may break the tie
        else
            decide(ballot, merged(ballot));
    }

    void decide(Ballot& ballot, const Decision& decision)
    {
        m_result.merged[ballot.image] = decision;
        ballot.decided = true;
        ++m_decided;
    }

    Decision merged(const Ballot& ballot)
    {
        const auto outputs = [&](std::size_t slot) {
            return View{ballot.outputs.data() + ballot.viewOfSlot[slot] * m_classes, nullptr};
        };
        m_merger.start(outputs(0));
        for (std::size_t slot = 1; slot < m_slots; ++slot)
            m_merger.add(outputs(slot));
        return m_merger.merge(m_scores);
    }

    void report(std::size_t images) const
    {
        m_job.report("evaluating", static_cast<std::int64_t>(images),
            static_cast<std::int64_t>(m_split.size()));
    }

    const Split& m_split;
    const VoteOptions& m_vote;
    const bool m_baseline;
    const Job& m_job;
    ViewPredictor m_predictor;
    VoteMerger m_merger;
    const std::size_t m_classes;
    const std::size_t m_slots;
    const std::uint32_t m_firstVote;
    const double m_votes; ///< n
    Decisions m_result;
    std::size_t m_decided = 0; ///< images
    std::vector<Ballot> m_ballots;
    std::vector<std::uint32_t> m_numbers;
    std::vector<double> m_scores; ///< room for K
};

} // namespace

bool allowsEarlyExit(VoteRule rule)
{
    return rule == VoteRule::Mean || rule == VoteRule::Majority;
}

Decisions predictDecisions(Classifier& classifier, const Split& split,
    const PredictOptions& options, const VoteOptions& vote, bool baseline, const Job& job)
{
    if (!allowsEarlyExit(vote.rule))
        throw Error(fmt::format("An early exit is exact with the vote rules mean and majority "
                                "only, not with {}.",
            toString(vote.rule)));
    throwIfAny(vote.validate(), "The vote's options are not valid");
    if (options.copies < 1 && !vote.includeOriginal && vote.blend < 1)
        throw Error("There are no copies to vote: ask for at least one copy, or include the "
                    "original.");
    return EarlyExit(classifier, split, options, vote, baseline, job).run();
}

} // namespace augury
