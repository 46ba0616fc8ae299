// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/comparison.h"
#include "core/evaluate/copies_curve.h"
#include "core/support/error.h"
#include "tests/core/tta/vote_tables.h"

#include <QtTest>

using namespace augury;
using namespace augury::test;

namespace {

/// Images `begin` to `end` of a table, over the same rows.
VoteTable partOf(const VoteTable& table, std::size_t begin, std::size_t end)
{
    VoteTable part = table;
    const auto slots = static_cast<std::size_t>(table.copies) + 1;
    const auto cut = [](auto& values, std::size_t from, std::size_t to) {
        values = {values.begin() + static_cast<std::ptrdiff_t>(from),
            values.begin() + static_cast<std::ptrdiff_t>(to)};
    };
    cut(part.rows, begin * slots, end * slots);
    cut(part.labels, begin, end);
    cut(part.images, begin, end);
    return part;
}

} // namespace

class CopiesCurveTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void byHand();
    void everyPointIsItsOwnMerge_data();
    void everyPointIsItsOwnMerge();
    void partsAddUp();
    void edges();
    void refuses();
};

void CopiesCurveTest::byHand()
{
    VoteTable table;
    table.classes = 2;
    table.copies = 3;
    // Sure of 0, sure of 1, leaning to 0, leaning to 1.
    table.probabilities = {1, 0, 0, 1, 0.75F, 0.25F, 0.25F, 0.75F};
    table.rows = {2, 3, 3, 2, /* second image */ 1, 1, 0, 0};
    table.labels = {1, 1};
    table.images = {0, 1};
    const auto curve = copiesCurve(table, {});
    QCOMPARE(curve.images, std::int64_t(2));
    QCOMPARE(curve.baselineCorrect, std::int64_t(1));
    QVERIFY(std::abs(curve.baselineNllSum - std::log(4.0)) < 1e-15); // p = ¼ and 1
    QCOMPARE(curve.points.size(), std::size_t(3));
    // Scores of class 1: the first image's ¾, ¾, 7/12, the second's 1, ½ (a tie, to class 0), ⅓.
    const std::int64_t correct[] = {2, 1, 1};
    const std::int64_t fixed[] = {1, 1, 1};
    const std::int64_t broken[] = {0, 1, 1};
    const std::int64_t passes[] = {3, 4, 4};
    const double product[] = {3.0 / 4, 3.0 / 8, 7.0 / 36};
    for (std::size_t i = 0; i < 3; ++i) {
        const auto& point = curve.points[i];
        QCOMPARE(point.copies, static_cast<int>(i) + 1);
        QCOMPARE(point.correct, correct[i]);
        QCOMPARE(point.fixed, fixed[i]);
        QCOMPARE(point.broken, broken[i]);
        QCOMPARE(point.forwardPasses, passes[i]);
        QVERIFY(std::abs(point.nllSum + std::log(product[i])) < 1e-14);
    }
    QCOMPARE(curve.baselineAccuracy(), 0.5);
    QCOMPARE(curve.accuracy(curve.points[0]), 1.0);
    QCOMPARE(curve.cost(curve.points[2]), 2.0);
    QVERIFY(std::abs(curve.baselineNll() - std::log(2.0)) < 1e-15);
    QVERIFY(std::abs(curve.nll(curve.points[0]) + std::log(0.75) / 2) < 1e-15);
}

void CopiesCurveTest::everyPointIsItsOwnMerge_data()
{
    QTest::addColumn<int>("rule");
    for (const auto rule : allVoteRules())
        QTest::newRow(toString(rule)) << static_cast<int>(rule);
}

void CopiesCurveTest::everyPointIsItsOwnMerge()
{
    QFETCH(int, rule);
    constexpr int copies = 37; // more than twice what a geometric mean multiplies at once
    const auto table = randomTable(7, copies, 60, 12);
    for (VoteOptions options : {VoteOptions{.includeOriginal = false},
             VoteOptions{.includeOriginal = true}, VoteOptions{.blend = 0.25}}) {
        options.rule = static_cast<VoteRule>(rule);
        const int extra = options.includeOriginal ? 1 : 0;
        options.weights = someWeights(options.rule, copies + extra, 7);
        const auto curve = copiesCurve(table, options);
        QCOMPARE(curve.points.size(), static_cast<std::size_t>(copies));
        for (const auto& point : curve.points) {
            options.weights = someWeights(options.rule, point.copies + extra, 7);
            const auto comparison = compare(table, point.copies, options);
            QCOMPARE(point.correct, comparison.ttaCorrect);
            QCOMPARE(point.fixed, comparison.fixed);
            QCOMPARE(point.broken, comparison.broken);
            QCOMPARE(point.forwardPasses, comparison.forwardPasses);
            QCOMPARE(curve.baselineCorrect, comparison.baselineCorrect);
            const auto scores = mergeVotes(table, point.copies, options).scores;
            double nll = 0;
            for (std::size_t i = 0; i < table.size(); ++i)
                nll -= std::log(
                    std::max(1e-12, scores[i * 7 + static_cast<std::size_t>(table.labels[i])]));
            QCOMPARE(point.nllSum, nll); // to the last bit: the same arithmetic
        }
    }
}

void CopiesCurveTest::partsAddUp()
{
    const auto table = randomTable(5, 9, 50, 3);
    for (const auto rule : {VoteRule::Mean, VoteRule::Rank}) {
        const auto whole = copiesCurve(table, {.rule = rule});
        auto sum = copiesCurve(partOf(table, 0, 21), {.rule = rule});
        sum += copiesCurve(partOf(table, 21, 21), {.rule = rule});
        sum += copiesCurve(partOf(table, 21, 50), {.rule = rule});
        QCOMPARE(sum.images, whole.images);
        QCOMPARE(sum.baselineCorrect, whole.baselineCorrect);
        QVERIFY(std::abs(sum.baselineNllSum - whole.baselineNllSum) < 1e-12);
        for (std::size_t i = 0; i < whole.points.size(); ++i) {
            QCOMPARE(sum.points[i].copies, whole.points[i].copies);
            QCOMPARE(sum.points[i].correct, whole.points[i].correct);
            QCOMPARE(sum.points[i].fixed, whole.points[i].fixed);
            QCOMPARE(sum.points[i].broken, whole.points[i].broken);
            QCOMPARE(sum.points[i].forwardPasses, whole.points[i].forwardPasses);
            QVERIFY(std::abs(sum.points[i].nllSum - whole.points[i].nllSum) < 1e-12);
        }
    }
    auto curve = copiesCurve(table, {});
    QVERIFY_EXCEPTION_THROWN(curve += copiesCurve(randomTable(5, 8, 5, 3), {}), Error);
}

void CopiesCurveTest::edges()
{
    VoteTable empty;
    empty.classes = 3;
    empty.copies = 4;
    const auto curve = copiesCurve(empty, {});
    QCOMPARE(curve.points.size(), std::size_t(4));
    QVERIFY(std::isnan(curve.baselineAccuracy()) && std::isnan(curve.baselineNll()));
    QVERIFY(std::isnan(curve.accuracy(curve.points[0])) && std::isnan(curve.nll(curve.points[0])));
    QVERIFY(std::isnan(curve.cost(curve.points[0])));
    // No copies: the baseline, and no point.
    const auto alone = copiesCurve(tableOf(2, {{{0.25F, 0.75F}}}), {.includeOriginal = true});
    QCOMPARE(alone.images, std::int64_t(1));
    QVERIFY(alone.points.empty());
    QVERIFY_EXCEPTION_THROWN(copiesCurve(tableOf(2, {{{0.25F, 0.75F}}}), {}), Error);
    // A label that has no score at all costs −log 1e-12.
    const auto never = copiesCurve(tableOf(2, {{{0, 1}, {0, 1}}}), {});
    QVERIFY(std::abs(never.points[0].nllSum - 12 * std::log(10.0)) < 1e-12);
}

void CopiesCurveTest::refuses()
{
    auto table = randomTable(4, 3, 5, 9);
    QVERIFY_EXCEPTION_THROWN(copiesCurve(table, {.blend = 2}), Error);
    QVERIFY_EXCEPTION_THROWN(
        copiesCurve(table, {.rule = VoteRule::Learned, .weights = {1, 1}}), Error);
    QVERIFY_EXCEPTION_THROWN(
        copiesCurve(table, {.rule = VoteRule::LearnedPerClass, .weights = {1, 1, 1}}), Error);
    table.labels[2] = -1;
    QVERIFY_EXCEPTION_THROWN(copiesCurve(table, {}), Error);
    table.labels[2] = 4;
    QVERIFY_EXCEPTION_THROWN(copiesCurve(table, {}), Error);
    table.labels[2] = 0;
    table.logits.clear();
    QVERIFY_EXCEPTION_THROWN(copiesCurve(table, {.rule = VoteRule::LogitMean}), Error);
}

QTEST_GUILESS_MAIN(CopiesCurveTest)
#include "tst_copies_curve.moc"
