// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/comparison.h"
#include "core/evaluate/statistics.h"
#include "core/support/error.h"
#include "core/support/random.h"

#include <QtTest>

#include <cmath>
#include <set>

using namespace augury;

namespace {

/// Four rows of two classes: sure of 0, sure of 1, leaning to 0, leaning to 1.
VoteTable handMade()
{
    VoteTable table;
    table.classes = 2;
    table.copies = 3;
    table.probabilities = {1, 0, 0, 1, 0.75F, 0.25F, 0.25F, 0.75F};
    return table;
}

void add(VoteTable& table, std::int32_t label, const std::vector<std::uint32_t>& rows)
{
    table.images.push_back(static_cast<std::uint32_t>(table.labels.size()));
    table.labels.push_back(label);
    table.rows.insert(table.rows.end(), rows.begin(), rows.end());
}

} // namespace

class ComparisonTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void byHand();
    void countsOnlyTheFirstCopies();
    void policyOff();
    void againstNaive();
    void unlabelled();
    void empty();
    void equalLiftsAreEqual();
};

void ComparisonTest::byHand()
{
    auto table = handMade();
    add(table, 1, {2, 1, 3, 1}); // baseline 0, copies 1: fixed; 2 distinct copies, 3 passes
    add(table, 0, {0, 1, 1, 1}); // baseline 0, copies 1: broken; 1 distinct, 2 passes
    add(table, 1, {3, 3, 3, 3}); // right before and after; 1 distinct, 1 pass
    add(table, 1, {0, 0, 2, 3}); // wrong before and after; 3 distinct, 3 passes
    add(table, 0, {1, 0, 1, 0}); // baseline 1, copies 0: fixed; 2 distinct, 2 passes
    const auto result = compare(table, 3, {});
    QCOMPARE(result.images, std::int64_t(5));
    QCOMPARE(result.baselineCorrect, std::int64_t(2));
    QCOMPARE(result.ttaCorrect, std::int64_t(3));
    QCOMPARE(result.fixed, std::int64_t(2));
    QCOMPARE(result.broken, std::int64_t(1));
    QCOMPARE(result.forwardPasses, std::int64_t(11));
    QCOMPARE(result.distinctVariants(), 9.0 / 5);
    QCOMPARE(result.baselineAccuracy(), 0.4);
    QCOMPARE(result.ttaAccuracy(), 0.6);
    QCOMPARE(result.lift(), 0.2);
    QCOMPARE(result.cost(), 2.2);
    QCOMPARE(result.mcnemarP(), 1.0); // 2 (1 + 3) / 8
}

void ComparisonTest::countsOnlyTheFirstCopies()
{
    auto table = handMade();
    add(table, 1, {2, 2, 3, 1});
    const std::int64_t passes[] = {1, 1, 2, 3};
    const double distinct[] = {0, 1, 2, 3};
    const std::int64_t correct[] = {0, 0, 0, 1}; // a tie at two copies goes to class 0
    for (int n = 0; n <= 3; ++n) {
        const auto result = compare(table, n, {VoteRule::Mean, n == 0});
        QCOMPARE(result.forwardPasses, passes[n]);
        QCOMPARE(result.distinctVariants(), distinct[n]);
        QCOMPARE(result.ttaCorrect, correct[n]);
    }
}

void ComparisonTest::policyOff()
{
    auto table = handMade();
    for (int i = 0; i < 7; ++i)
        add(table, i % 2, {1, 1, 1, 1});
    const auto result = compare(table, 3, {});
    QCOMPARE(result.forwardPasses, result.images);
    QCOMPARE(result.distinctVariants(), 1.0);
    QCOMPARE(result.lift(), 0.0);
    QCOMPARE(result.fixed + result.broken, std::int64_t(0));
    QCOMPARE(result.cost(), 1.0);
}

void ComparisonTest::againstNaive()
{
    std::uint32_t count = 0;
    const auto below = [&](std::uint32_t n) {
        return randomWords(21, RandomUse::Subset, count++)[0] % n;
    };
    auto table = handMade();
    table.copies = 9;
    for (int i = 0; i < 300; ++i) {
        std::vector<std::uint32_t> rows;
        for (int slot = 0; slot <= 9; ++slot)
            rows.push_back(below(1 + below(4)));
        add(table, static_cast<std::int32_t>(below(2)), rows);
    }
    for (const auto& options :
        {VoteOptions{VoteRule::Mean, false}, VoteOptions{VoteRule::Majority, true}}) {
        for (const int n : {1, 4, 9}) {
            const auto before = baselineDecisions(table);
            const auto after = mergeVotes(table, n, options).decisions;
            std::int64_t ledger[2][2] = {};
            std::int64_t passes = 0;
            std::size_t variants = 0;
            for (std::size_t i = 0; i < table.size(); ++i) {
                ++ledger[before[i].predicted == table.labels[i]]
                        [after[i].predicted == table.labels[i]];
                std::set<std::uint32_t> rows;
                for (int slot = 1; slot <= n; ++slot)
                    rows.insert(table.row(i, slot));
                variants += rows.size();
                rows.insert(table.row(i, 0));
                passes += static_cast<std::int64_t>(rows.size());
            }
            const auto result = compare(table, n, options);
            QCOMPARE(result.fixed, ledger[0][1]);
            QCOMPARE(result.broken, ledger[1][0]);
            QCOMPARE(result.baselineCorrect, ledger[1][0] + ledger[1][1]);
            QCOMPARE(result.ttaCorrect, ledger[0][1] + ledger[1][1]);
            QCOMPARE(result.forwardPasses, passes);
            QCOMPARE(result.distinctVariants(), static_cast<double>(variants) / 300);
            QCOMPARE(result.mcnemarP(), mcnemarExactP(result.fixed, result.broken));
        }
    }
}

void ComparisonTest::unlabelled()
{
    auto table = handMade();
    add(table, 0, {0, 0, 0, 0});
    add(table, -1, {0, 0, 0, 0});
    try {
        compare(table, 3, {});
        QFAIL("accepted");
    } catch (const Error& error) {
        QVERIFY(std::string(error.what()).starts_with("Image 1 has no label"));
    }
}

void ComparisonTest::empty()
{
    const auto result = compare(handMade(), 3, {});
    QCOMPARE(result.images, std::int64_t(0));
    QVERIFY(std::isnan(result.baselineAccuracy()));
    QVERIFY(std::isnan(result.lift()));
    QCOMPARE(result.mcnemarP(), 1.0);
}

void ComparisonTest::equalLiftsAreEqual()
{
    // Ranking lifts needs exact ties where the counts tie.
    for (std::int64_t base = 0; base < 9000; base += 7)
        QVERIFY(
            (Comparison{.images = 10000, .baselineCorrect = base, .ttaCorrect = base + 123}.lift()
                == 123 / 10000.0));
}

QTEST_GUILESS_MAIN(ComparisonTest)
#include "tst_comparison.moc"
