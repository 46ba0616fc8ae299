// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tta/vote.h"
#include "tests/core/tta/vote_tables.h"

#include <QtTest>

#include <cmath>

using namespace augury;
using namespace augury::test;

namespace {

/// Two views of K = 3 and their original, with the logits of the hand-worked cases. These are not
/// the probabilities' own, so that no rule can take the one for the other.
VoteTable handMade()
{
    return tableOf(3, {{{1, 0, 0}, {0.5F, 0.25F, 0.25F}, {0.125F, 0.75F, 0.125F}}},
        {{{4, 0, 0}, {1, 3, 0}, {3, 1, -2}}});
}

} // namespace

class VoteRulesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void byHand_data();
    void byHand();
    void tiesByHand();
    void blendedMajorityTie();
    void geometricIsLogitMeanButForItsClip();
    void weightsOfZero();
};

void VoteRulesTest::byHand_data()
{
    QTest::addColumn<VoteRule>("rule");
    QTest::addColumn<QList<double>>("expected");
    const auto row = [](VoteRule rule, const QList<double>& expected) {
        QTest::newRow(toString(rule)) << rule << expected;
    };
    // a = (1/2, 1/4, 1/4), b = (1/8, 3/4, 1/8)
    row(VoteRule::Mean, {5.0 / 16, 8.0 / 16, 3.0 / 16});
    // √(1/16), √(3/16), √(1/32), renormalised
    const double roots = 0.25 + std::sqrt(3.0) / 4 + std::sqrt(2.0) / 8;
    row(VoteRule::GeometricMean,
        {0.25 / roots, std::sqrt(3.0) / 4 / roots, std::sqrt(2.0) / 8 / roots});
    // 2 / (2 + 8), 2 / (4 + 4/3), 2 / (4 + 8) = 24, 45 and 20 of 120; sum 89
    row(VoteRule::HarmonicMean, {24.0 / 89, 45.0 / 89, 20.0 / 89});
    row(VoteRule::Max, {2.0 / 6, 3.0 / 6, 1.0 / 6}); // 1/2, 3/4, 1/4; sum 3/2
    row(VoteRule::Min, {0.25, 0.5, 0.25}); // 1/8, 1/4, 1/8; sum 1/2
    row(VoteRule::Majority, {0.5, 0.5, 0});
    // a gives 2, ½, ½, b gives ½, 2, ½
    row(VoteRule::Rank, {2.5 / 6, 2.5 / 6, 1.0 / 6});
    // squares, in 64ths: 16, 4, 4 and 1, 36, 1; sums 17, 40, 5
    row(VoteRule::SharpenedMean, {17.0 / 62, 40.0 / 62, 5.0 / 62});
    // weights 2 and 3: (2/2 + 3/8, 2/4 + 9/4, 2/4 + 3/8) / 5
    row(VoteRule::ConfidenceWeighted, {11.0 / 40, 22.0 / 40, 7.0 / 40});
    // H(a) = ½ log 2 + ½ log 4 = 1.5 log 2; H(b) = ¾ log 4/3 + ¼ log 8 = 2.25 log 2 − ¾ log 3
    const double u = 1 - 1.5 * std::log(2.0) / std::log(3.0);
    const double v = 1.75 - 2.25 * std::log(2.0) / std::log(3.0);
    row(VoteRule::EntropyWeighted,
        {(u / 2 + v / 8) / (u + v), (u / 4 + 3 * v / 4) / (u + v), (u / 4 + v / 8) / (u + v)});
    // mean logits (2, 2, −1)
    const double e3 = std::exp(-3.0);
    row(VoteRule::LogitMean, {1 / (2 + e3), 1 / (2 + e3), e3 / (2 + e3)});
    // θ = (3, 1): (6, 10, −2) / 4 = (1.5, 2.5, −0.5)
    const double e1 = std::exp(-1.0);
    row(VoteRule::Learned, {e1 / (1 + e1 + e3), 1 / (1 + e1 + e3), e3 / (1 + e1 + e3)});
    // θ = (3, 1, 0) and (1, 1, 2): (3 + 3) / 4, (3 + 1) / 2, −4 / 2 = (1.5, 2, −2)
    const double eHalf = std::exp(-0.5);
    const double e4 = std::exp(-4.0);
    row(VoteRule::LearnedPerClass,
        {eHalf / (1 + eHalf + e4), 1 / (1 + eHalf + e4), e4 / (1 + eHalf + e4)});
}

void VoteRulesTest::byHand()
{
    QFETCH(VoteRule, rule);
    QFETCH(QList<double>, expected);
    const auto table = handMade();
    VoteOptions options = {.rule = rule, .weights = {3, 1}};
    if (rule == VoteRule::LearnedPerClass)
        options.weights = {3, 1, 0, 1, 1, 2};
    const auto scores = mergeVotes(table, 2, options).scores;
    for (std::size_t k = 0; k < 3; ++k)
        QVERIFY2(std::abs(scores[k] - expected[static_cast<int>(k)]) < 1e-13,
            qPrintable(QString::number(scores[k], 'g', 17)));
    // Blended with the original, a class 0 beyond doubt, which has logits (4, 0, 0), and where
    // p = 0 counts as 1e-12.
    auto own = std::vector<double>{1, 0, 0};
    if (needsLogits(rule))
        own = {1 / (1 + 2 * std::exp(-4.0)), std::exp(-4.0) / (1 + 2 * std::exp(-4.0)),
            std::exp(-4.0) / (1 + 2 * std::exp(-4.0))};
    else if (rule == VoteRule::GeometricMean || rule == VoteRule::HarmonicMean)
        own = {1 / (1 + 2e-12), 1e-12 / (1 + 2e-12), 1e-12 / (1 + 2e-12)};
    else if (rule == VoteRule::Rank) // 2, ½, ½ of 3 points
        own = {2.0 / 3, 1.0 / 6, 1.0 / 6};
    auto blended = options;
    blended.blend = 0.25;
    const auto mixed = mergeVotes(table, 2, blended).scores;
    for (std::size_t k = 0; k < 3; ++k)
        QVERIFY(std::abs(mixed[k] - (0.75 * scores[k] + 0.25 * own[k])) < 1e-13);
    // One whole blend is the original alone, with copies or without.
    blended.blend = 1;
    const auto alone = mergeVotes(table, 2, blended).scores;
    for (std::size_t k = 0; k < 3; ++k)
        QVERIFY(std::abs(alone[k] - own[k]) < 1e-13);
    blended.weights.clear();
    QVERIFY(mergeVotes(table, 0, blended).scores == alone);
}

void VoteRulesTest::tiesByHand()
{
    // Equal scores of classes 1 and 2 by every rule: the lower index, and said to be a tie.
    const auto table = tableOf(3, {{{1, 0, 0}, {0, 0.5F, 0.5F}, {0.25F, 0.375F, 0.375F}}},
        {{{3, 0, 0}, {-9, 1, 1}, {0, 2, 2}}});
    for (const auto rule : allVoteRules()) {
        VoteOptions options = {.rule = rule, .weights = {1, 2}};
        if (rule == VoteRule::LearnedPerClass)
            options.weights = {1, 3, 3, 2, 6, 6};
        const auto decision = mergeVotes(table, 2, options).decisions[0];
        QCOMPARE(decision.predicted, 1);
        QCOMPARE(decision.tied, rule != VoteRule::Majority); // two votes for 1, none for 2
    }
}

void VoteRulesTest::blendedMajorityTie()
{
    // Shares 1/3 and 2/3, blended by a quarter with an original of class 0:
    // ¾ · 1/3 + ¼ = ½ = ¾ · 2/3, which doubles do not quite compute.
    const auto decide = [](float p) {
        const std::vector<Numbers> views = {{0.625F, 0.375F}, {1, 0}, {1 - p, p}, {1 - p, p}};
        return mergeVotes(tableOf(2, {views}), 3, {.rule = VoteRule::Majority, .blend = 0.25})
            .decisions[0];
    };
    // Mean p of class 1: ¾ · 2p/3 + ¼ · 3/8 = p/2 + 3/32, more than half for p > 13/16.
    QVERIFY((decide(0.875F) == Decision{1, true}));
    QVERIFY((decide(0.75F) == Decision{0, true}));
    QVERIFY((decide(0.8125F) == Decision{0, true})); // even in that: the original's class
}

void VoteRulesTest::geometricIsLogitMeanButForItsClip()
{
    const auto table = randomTable(10, 9, 40, 77, 2);
    const auto geometric = mergeVotes(table, 9, {.rule = VoteRule::GeometricMean}).scores;
    const auto logits = mergeVotes(table, 9, {.rule = VoteRule::LogitMean}).scores;
    for (std::size_t i = 0; i < geometric.size(); ++i)
        QVERIFY(std::abs(geometric[i] - logits[i]) < 1e-6);
}

void VoteRulesTest::weightsOfZero()
{
    const auto table = randomTable(5, 3, 20, 6);
    const auto equal = mergeVotes(table, 3, {.rule = VoteRule::LogitMean}).scores;
    const auto zeros = mergeVotes(table, 3, {.rule = VoteRule::Learned, .weights = {0, 0, 0}});
    for (std::size_t i = 0; i < equal.size(); ++i)
        QVERIFY(std::abs(zeros.scores[i] - equal[i]) < 1e-14);
    // A class whose weights are all 0 has the mean of its logits.
    VoteOptions perClass = {.rule = VoteRule::LearnedPerClass, .weights = std::vector(15, 0.0)};
    const auto none = mergeVotes(table, 3, perClass);
    for (std::size_t i = 0; i < equal.size(); ++i)
        QVERIFY(std::abs(none.scores[i] - equal[i]) < 1e-14);
    for (const std::size_t view : {0, 1, 2}) // of classes 1 … 4 the second view's alone
        for (std::size_t k = 1; k < 5; ++k)
            perClass.weights[view * 5 + k] = view == 1 ? 2 : 0;
    const auto mostly = mergeVotes(table, 3, perClass);
    for (std::size_t i = 0; i < table.size(); ++i) {
        double zero = 0;
        for (int slot = 1; slot <= 3; ++slot)
            zero += static_cast<double>(table.outputs(i, slot).logits[0]) / 3;
        const auto score = [&](std::size_t k) { return mostly.scores[i * 5 + k]; };
        for (std::size_t k = 1; k < 5; ++k) {
            const double z = static_cast<double>(table.outputs(i, 2).logits[k]);
            QVERIFY(std::abs(std::log(score(k) / score(0)) - (z - zero)) < 1e-10);
        }
    }
    // Uniform views have entropy weight 0 and do not dilute a sure one.
    const auto mixed = tableOf(2, {{{1, 0}, {0.5F, 0.5F}, {0.125F, 0.875F}, {0.5F, 0.5F}}});
    const auto scores = mergeVotes(mixed, 3, {.rule = VoteRule::EntropyWeighted}).scores;
    QVERIFY(std::abs(scores[1] - 0.875) < 1e-12);
}

QTEST_GUILESS_MAIN(VoteRulesTest)
#include "tst_vote_rules.moc"
