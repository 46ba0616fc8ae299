// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/support/error.h"
#include "core/support/random.h"
#include "core/tta/vote.h"
#include "tests/core/tta/vote_tables.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

using namespace augury;
using namespace augury::test;

namespace {

struct Naive {
    std::vector<double> scores;
    int predicted = -1;
    bool tied = false;
};

/// The definitions of the two rules, spelt out on whole vectors.
Naive naiveVote(const VoteTable& table, std::size_t image, int copies, const VoteOptions& options)
{
    std::vector<std::vector<double>> views;
    for (int slot = options.includeOriginal ? 0 : 1; slot <= copies; ++slot) {
        const auto view = table.view(image, slot);
        views.emplace_back(view.begin(), view.end());
    }
    const auto n = static_cast<double>(views.size());
    const auto classes = static_cast<std::size_t>(table.classes);
    std::vector<double> meanP(classes, 0.0);
    std::vector<double> share(classes, 0.0);
    for (const auto& view : views) {
        for (std::size_t k = 0; k < classes; ++k)
            meanP[k] += view[k];
        share[static_cast<std::size_t>(
            std::max_element(view.begin(), view.end()) - view.begin())] += 1;
    }
    for (std::size_t k = 0; k < classes; ++k) {
        meanP[k] /= n;
        share[k] /= n;
    }
    Naive result;
    const bool hard = options.rule == VoteRule::Majority;
    result.scores = hard ? share : meanP;
    std::set<int> candidates;
    const double top = *std::max_element(result.scores.begin(), result.scores.end());
    for (std::size_t k = 0; k < classes; ++k)
        if (result.scores[k] == top)
            candidates.insert(static_cast<int>(k));
    result.tied = candidates.size() > 1;
    if (hard) {
        double best = -1;
        for (const int k : candidates)
            best = std::max(best, meanP[static_cast<std::size_t>(k)]);
        std::erase_if(
            candidates, [&](int k) { return meanP[static_cast<std::size_t>(k)] != best; });
        const auto original = table.view(image, 0);
        const int own =
            static_cast<int>(std::max_element(original.begin(), original.end()) - original.begin());
        if (candidates.contains(own))
            candidates = {own};
    }
    result.predicted = *candidates.begin();
    return result;
}

const VoteOptions allOptions[] = {{VoteRule::Mean, false}, {VoteRule::Mean, true},
    {VoteRule::Majority, false}, {VoteRule::Majority, true}};

} // namespace

class VoteTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void meanByHand();
    void majorityTies();
    void meanTie();
    void againstNaive_data();
    void againstNaive();
    void firstCopiesOnly();
    void addsInSlotOrder();
    void baseline();
    void copiesOutOfRange();
};

void VoteTest::meanByHand()
{
    const auto table = tableOf(3, {{{0.75F, 0.25F, 0}, {0.5F, 0.25F, 0.25F}, {0, 0.75F, 0.25F}}});
    const auto copies = mergeVotes(table, 2, {VoteRule::Mean, false});
    QVERIFY(copies.scores == (std::vector<double>{0.25, 0.5, 0.25}));
    QCOMPARE(copies.decisions[0].predicted, 1);
    QVERIFY(!copies.decisions[0].tied);
    const auto all = mergeVotes(table, 2, {VoteRule::Mean, true});
    QVERIFY(all.scores == (std::vector<double>{1.25 / 3, 1.25 / 3, 0.5 / 3}));
    const auto one = mergeVotes(table, 1, {VoteRule::Mean, false});
    QCOMPARE(one.decisions[0].predicted, 0);
}

void VoteTest::majorityTies()
{
    const VoteOptions majority{VoteRule::Majority, false};
    const auto decide = [&](const std::vector<Numbers>& views) {
        return mergeVotes(tableOf(3, {views}), static_cast<int>(views.size()) - 1, majority)
            .decisions[0];
    };
    // One vote each for 0 and 1: class 1 has the higher mean p.
    auto decision = decide({{1, 0, 0}, {0.5F, 0.375F, 0.125F}, {0, 0.75F, 0.25F}});
    QCOMPARE(decision.predicted, 1);
    QVERIFY(decision.tied);
    // The same mean p: the original's class, here the higher index.
    decision = decide({{0, 1, 0}, {0.75F, 0, 0.25F}, {0, 0.75F, 0.25F}});
    QCOMPARE(decision.predicted, 1);
    QVERIFY(decision.tied);
    // The original's class is not among the tied ones: the lower index.
    decision = decide({{0, 0, 1}, {0.75F, 0, 0.25F}, {0, 0.75F, 0.25F}});
    QCOMPARE(decision.predicted, 0);
    QVERIFY(decision.tied);
    // The original's class is tied in votes, but the mean p decides before it.
    decision = decide({{1, 0, 0}, {0.625F, 0.375F, 0}, {0, 0.75F, 0.25F}});
    QCOMPARE(decision.predicted, 1);
    // A class with the highest mean p but fewer votes does not win.
    const std::vector<Numbers> views = {{0, 0, 1}, {0.5F, 0, 0.5F}, {0.5F, 0, 0.5F}, {0, 0, 1}};
    decision = decide(views);
    QCOMPARE(decision.predicted, 0); // a view's own tie goes to the lower index
    QVERIFY(!decision.tied);
    const auto votes = mergeVotes(tableOf(3, {views}), 3, majority);
    QVERIFY(votes.scores == (std::vector<double>{2.0 / 3, 0, 1.0 / 3}));
}

void VoteTest::meanTie()
{
    const auto table = tableOf(3, {{{0, 1, 0}, {0.5F, 0.25F, 0.25F}, {0, 0.25F, 0.75F}}});
    auto decision = mergeVotes(table, 2, {VoteRule::Mean, false}).decisions[0];
    QCOMPARE(decision.predicted, 2);
    QVERIFY(!decision.tied);
    const auto even =
        tableOf(3, {{{0, 1, 0}, {0.75F, 0, 0.25F}, {0, 0.25F, 0.75F}, {0.25F, 0.75F, 0}}});
    decision = mergeVotes(even, 3, {VoteRule::Mean, false}).decisions[0];
    QCOMPARE(decision.predicted, 0); // 1 : 1 : 1
    QVERIFY(decision.tied);
    const float nearly = std::nextafter(0.5F, 0.0F);
    const auto close = tableOf(2, {{{0, 1}, {nearly, 0.5F}}});
    decision = mergeVotes(close, 1, {VoteRule::Mean, false}).decisions[0];
    QCOMPARE(decision.predicted, 1);
    QVERIFY(!decision.tied);
}

void VoteTest::againstNaive_data()
{
    QTest::addColumn<int>("classes");
    QTest::addColumn<int>("copies");
    for (const int classes : {1, 2, 3, 4, 10, 100, 1000})
        for (const int copies : {1, 2, 7, 32})
            QTest::addRow("K = %d, %d copies", classes, copies) << classes << copies;
}

void VoteTest::againstNaive()
{
    QFETCH(int, classes);
    QFETCH(int, copies);
    const auto table =
        coarseTable(classes, copies, 120, static_cast<std::uint32_t>(classes * 64 + copies));
    int ties = 0;
    for (const auto& options : allOptions) {
        for (const int n : {1, (copies + 1) / 2, copies}) {
            const auto votes = mergeVotes(table, n, options);
            QCOMPARE(votes.decisions.size(), table.size());
            QCOMPARE(votes.scores.size(), table.size() * static_cast<std::size_t>(classes));
            for (std::size_t i = 0; i < table.size(); ++i) {
                const auto expected = naiveVote(table, i, n, options);
                double sum = 0;
                for (std::size_t k = 0; k < expected.scores.size(); ++k) {
                    const double score = votes.scores[i * expected.scores.size() + k];
                    QVERIFY(std::abs(score - expected.scores[k]) < 1e-15);
                    sum += score;
                }
                QVERIFY(std::abs(sum - 1) < 1e-12);
                QCOMPARE(votes.decisions[i].predicted, expected.predicted);
                QCOMPARE(votes.decisions[i].tied, expected.tied);
                ties += expected.tied ? 1 : 0;
            }
        }
    }
    if (classes > 1)
        QVERIFY(ties > 0); // the tables do exercise the tie rules
}

void VoteTest::firstCopiesOnly()
{
    const auto table = coarseTable(6, 20, 50, 5);
    for (const int n : {0, 1, 5, 19}) {
        auto shorter = table;
        shorter.copies = n;
        shorter.rows.clear();
        for (std::size_t i = 0; i < table.size(); ++i)
            for (int slot = 0; slot <= n; ++slot)
                shorter.rows.push_back(table.row(i, slot));
        for (const auto& options : allOptions) {
            if (n == 0 && !options.includeOriginal)
                continue;
            const auto a = mergeVotes(table, n, options);
            const auto b = mergeVotes(shorter, n, options);
            QVERIFY(a.scores == b.scores);
            for (std::size_t i = 0; i < table.size(); ++i) {
                QCOMPARE(a.decisions[i].predicted, b.decisions[i].predicted);
                QCOMPARE(a.decisions[i].tied, b.decisions[i].tied);
            }
        }
    }
}

void VoteTest::addsInSlotOrder()
{
    // Floats of very different sizes: another order gives another last bit.
    const auto value = [](std::uint32_t i) {
        return static_cast<float>(
            std::exp(-20 * toUniform(randomWords(5, RandomUse::Subset, i)[0])));
    };
    std::vector<Numbers> views;
    for (std::uint32_t slot = 0; slot <= 50; ++slot)
        views.push_back({value(2 * slot), value(2 * slot + 1)});
    const auto votes = mergeVotes(tableOf(2, {views}), 50, {VoteRule::Mean, false});
    for (std::size_t k = 0; k < 2; ++k) {
        double sum = 0;
        for (std::size_t slot = 1; slot <= 50; ++slot)
            sum += static_cast<double>(views[slot][k]);
        QVERIFY(votes.scores[k] == sum / 50);
    }
}

void VoteTest::baseline()
{
    const auto table =
        tableOf(3, {{{0.25F, 0.5F, 0.25F}, {1, 0, 0}}, {{0.25F, 0.375F, 0.375F}, {1, 0, 0}}});
    const auto decisions = baselineDecisions(table);
    QCOMPARE(decisions.size(), std::size_t(2));
    QCOMPARE(decisions[0].predicted, 1);
    QVERIFY(!decisions[0].tied);
    QCOMPARE(decisions[1].predicted, 1);
    QVERIFY(decisions[1].tied);
}

void VoteTest::copiesOutOfRange()
{
    const auto table = coarseTable(3, 4, 5, 1);
    for (const auto& options : allOptions) {
        QVERIFY_EXCEPTION_THROWN(mergeVotes(table, -1, options), Error);
        QVERIFY_EXCEPTION_THROWN(mergeVotes(table, 5, options), Error);
        if (!options.includeOriginal)
            QVERIFY_EXCEPTION_THROWN(mergeVotes(table, 0, options), Error);
    }
    QVERIFY_EXCEPTION_THROWN(mergeVotes(tableOf(2, {{{1, 0}}}), 0, {}), Error);
    // The original alone: its own prediction.
    const auto alone = mergeVotes(tableOf(2, {{{0.25F, 0.75F}}}), 0, {VoteRule::Mean, true});
    QCOMPARE(alone.decisions[0].predicted, 1);
    QVERIFY(alone.scores == (std::vector<double>{0.25, 0.75}));
    VoteTable empty;
    empty.classes = 2;
    empty.copies = 3;
    QVERIFY(mergeVotes(empty, 3, {}).decisions.empty());
}

QTEST_GUILESS_MAIN(VoteTest)
#include "tst_vote.moc"
