// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/scorecard.h"
#include "core/experiment/learned_weights.h"
#include "tests/core/experiment/learned_tables.h"

#include <QtTest>

#include <numeric>

using namespace augury;
using namespace augury::test;

class LearnedWeightsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void byHand();
    void between();
    void optimal_data();
    void optimal();
    void asTheVoteUsesThem();
    void edges();
    void refuses();
};

void LearnedWeightsTest::byHand()
{
    // Copy 1 favours every label by 2, copy 2 once by 4 and once by −4. More of copy 2 changes the
    // margins 2 by opposite amounts, and log(1 + e^−m) is convex: all weight goes to copy 1.
    const auto table = tableOfMargins({0, 1}, {{9, 2, 4}, {-9, 2, -4}});
    const auto learned = learnWeights(table, 2, false);
    QCOMPARE(learned.weights.size(), std::size_t(2));
    QVERIFY(near(learned.weights[0], 1, 1e-6) && near(learned.weights[1], 0, 1e-6));
    QVERIFY(near(learned.nll, std::log1p(std::exp(-2.0)), 1e-8));
    // Equal weights: margins 3 and −1.
    QVERIFY(near(
        learned.uniformNll, (std::log1p(std::exp(-3.0)) + std::log1p(std::exp(1.0))) / 2, 1e-14));
    // Two views that are right by 3 where the other is wrong by 1: by symmetry half and half, and
    // that is the start.
    const auto halves = learnWeights(tableOfMargins({0, 1}, {{0, 3, -1}, {0, -1, 3}}), 2, false);
    QVERIFY(near(halves.weights[0], 0.5, 1e-7) && near(halves.weights[1], 0.5, 1e-7));
    QVERIFY(near(halves.nll, std::log1p(std::exp(-1.0)), 1e-12));
    // The original is the good one, and its weight is the first.
    const auto original = learnWeights(tableOfMargins({0, 1}, {{2, 4}, {2, -4}}), 1, true);
    QVERIFY(near(original.weights[0], 1, 1e-6));
}

void LearnedWeightsTest::between()
{
    // Two views of three images: the best θ = (t, 1 − t) by golden section.
    const auto table = tableOfMargins({0, 1, 0}, {{0, 3, -1}, {0, -2, 4}, {0, 1, 0.5F}});
    const auto loss = [&](double t) { return naive(table, 1, {t, 1 - t}).nll; };
    double low = 0;
    double high = 1;
    while (high - low > 1e-9) {
        const double a = high - 0.6180339887498949 * (high - low);
        const double b = low + 0.6180339887498949 * (high - low);
        (loss(a) < loss(b) ? high : low) = loss(a) < loss(b) ? b : a;
    }
    QVERIFY(low > 0.05 && high < 0.95);
    const auto learned = learnWeights(table, 2, false);
    QVERIFY(near(learned.weights[0], low, 1e-4));
    QVERIFY(near(learned.nll, static_cast<double>(loss(low)), 1e-9));
}

void LearnedWeightsTest::optimal_data()
{
    QTest::addColumn<int>("copies");
    QTest::addColumn<int>("useful");
    QTest::addColumn<int>("images");
    QTest::newRow("all useful") << 7 << 8 << 400;
    QTest::newRow("half noise") << 9 << 5 << 400;
    QTest::newRow("all noise") << 4 << 0 << 300;
    QTest::newRow("many views, few images") << 30 << 20 << 60;
}

void LearnedWeightsTest::optimal()
{
    QFETCH(int, copies);
    QFETCH(int, useful);
    QFETCH(int, images);
    const auto table = gradedTable(copies, useful, images, static_cast<std::uint32_t>(copies));
    for (const bool original : {false, true}) {
        const int first = original ? 0 : 1;
        const auto learned = learnWeights(table, copies, original);
        const auto& weights = learned.weights;
        QCOMPARE(weights.size(), static_cast<std::size_t>(copies + 1 - first));
        QVERIFY(std::all_of(weights.begin(), weights.end(), [](double w) { return w >= 0; }));
        QVERIFY(near(std::accumulate(weights.begin(), weights.end(), 0.0), 1, 1e-12));

        const auto here = naive(table, first, weights);
        QVERIFY(near(learned.nll, static_cast<double>(here.nll), 1e-9));
        // Karush, Kuhn and Tucker: no view's slope is below the common one, and those with weight
        // are at it. What their difference could still gain, the loss being convex, is next to
        // nothing.
        const auto lowest = *std::min_element(here.gradient.begin(), here.gradient.end());
        long double gap = 0;
        for (std::size_t a = 0; a < weights.size(); ++a)
            gap += static_cast<long double>(weights[a]) * (here.gradient[a] - lowest);
        QVERIFY2(gap < 1e-4L * here.nll, qPrintable(QString::number(static_cast<double>(gap))));

        const std::vector<double> uniform(weights.size(), 1 / static_cast<double>(weights.size()));
        QVERIFY(
            near(learned.uniformNll, static_cast<double>(naive(table, first, uniform).nll), 1e-12));
        QVERIFY(learned.nll <= learned.uniformNll);
        for (std::size_t a = 0; a < weights.size(); ++a) {
            std::vector<double> single(weights.size(), 0.0);
            single[a] = 1;
            QVERIFY(here.nll <= naive(table, first, single).nll);
        }
        // Nor is it better anywhere around.
        Dice dice(5);
        for (int round = 0; round < 20; ++round) {
            auto other = weights;
            for (auto& weight : other)
                weight = std::max(0.0, weight + 0.02 * dice.bell());
            const double sum = std::accumulate(other.begin(), other.end(), 0.0);
            for (auto& weight : other)
                weight /= sum;
            QVERIFY(here.nll <= naive(table, first, other).nll + 1e-8L);
        }
        QVERIFY(learnWeights(table, copies, original).weights == weights); // to the bit
    }
}

void LearnedWeightsTest::asTheVoteUsesThem()
{
    const auto table = gradedTable(6, 4, 300, 11);
    for (const bool original : {false, true}) {
        const auto learned = learnWeights(table, 6, original);
        const auto votes = mergeVotes(table, 6,
            {.rule = VoteRule::Learned, .includeOriginal = original, .weights = learned.weights});
        Scorecard card(10);
        for (std::size_t i = 0; i < table.size(); ++i)
            card.add(
                table.labels[i], std::span(votes.scores).subspan(i * 10, 10), votes.decisions[i]);
        QVERIFY(near(card.nll(), learned.nll, 1e-9));
    }
}

void LearnedWeightsTest::edges()
{
    // One view has all the weight there is.
    const auto one = learnWeights(gradedTable(1, 2, 20, 3), 1, false);
    QVERIFY(one.weights == std::vector<double>{1});
    QCOMPARE(one.nll, one.uniformNll);
    QVERIFY(learnWeights(gradedTable(1, 2, 20, 3), 0, true).weights == std::vector<double>{1});
    // Equal views: nothing to choose.
    const auto same = learnWeights(tableOfMargins({0, 1}, {{1, 2, 2}, {1, 2, 2}}), 2, false);
    QVERIFY(near(same.weights[0], 0.5, 1e-12));
    // Logits of any size stay finite.
    const auto huge =
        learnWeights(tableOfMargins({0, 1}, {{0, 1e30F, -1e30F}, {0, 1e30F, 1e30F}}), 2, false);
    QVERIFY(std::isfinite(huge.nll) && std::isfinite(huge.weights[0]));
    QVERIFY(near(huge.weights[0] + huge.weights[1], 1, 1e-12));
    QVERIFY(huge.nll <= huge.uniformNll);
    // One class: no loss at all.
    auto single = gradedTable(2, 1, 10, 2);
    single.classes = 1;
    std::fill(single.labels.begin(), single.labels.end(), 0);
    QCOMPARE(learnWeights(single, 2, false).nll, 0.0);
}

void LearnedWeightsTest::refuses()
{
    const auto table = gradedTable(3, 2, 10, 1);
    QVERIFY_EXCEPTION_THROWN(learnWeights(table, 0, false), Error);
    QVERIFY_EXCEPTION_THROWN(learnWeights(table, 4, false), Error);
    QVERIFY_EXCEPTION_THROWN(learnWeights(table, -1, true), Error);
    auto without = table;
    without.logits.clear();
    QVERIFY_EXCEPTION_THROWN(learnWeights(without, 3, false), Error);
    auto unlabelled = table;
    unlabelled.labels[4] = -1;
    QVERIFY_EXCEPTION_THROWN(learnWeights(unlabelled, 3, false), Error);
    VoteTable empty;
    empty.classes = 2;
    empty.copies = 3;
    QVERIFY_EXCEPTION_THROWN(learnWeights(empty, 3, false), Error);
    std::stop_source source;
    source.request_stop();
    QVERIFY_EXCEPTION_THROWN(
        learnWeights(table, 3, false, WeightsOf::Views, {source.get_token(), {}}), Cancelled);
}

QTEST_GUILESS_MAIN(LearnedWeightsTest)
#include "tst_learned_weights.moc"
