// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tta/uncertainty.h"

#include "core/support/error.h"
#include "tests/core/tta/naive_vote.h"
#include "tests/core/tta/vote_tables.h"

#include <QtTest>

#include <limits>

using namespace augury;
using namespace augury::test;

namespace {

bool near(double a, long double b, double tolerance = 1e-12)
{
    return std::abs(static_cast<long double>(a) - b) <= static_cast<long double>(tolerance);
}

/// Every measure of every image against its definition in extended precision; what is wrong first.
QByteArray compareWithNaive(const VoteTable& table, int copies, bool includeOriginal)
{
    const auto all = uncertainties(table, copies, includeOriginal);
    if (all.size() != table.size())
        return "another number of images";
    const auto classes = static_cast<std::size_t>(table.classes);
    for (std::size_t i = 0; i < table.size(); ++i) {
        std::vector<Vector> views;
        for (int slot = includeOriginal ? 0 : 1; slot <= copies; ++slot)
            views.push_back(naiveView(table, i, slot).p);
        const auto n = static_cast<Real>(views.size());
        std::vector<int> counts(classes, 0);
        Real entropies = 0;
        for (const auto& p : views) {
            ++counts[naiveArgmax(p)];
            entropies += naiveEntropy(p) / n;
        }
        const auto mean = weightedMean(views, Vector(views.size(), 1));
        const auto mode = static_cast<Real>(*std::max_element(counts.begin(), counts.end()));
        const auto& u = all[i];
        if (!near(u.agreement, mode / n) || !near(u.variationRatio(), 1 - mode / n))
            return "agreement";
        if (!near(u.expectedEntropy, entropies) || !near(u.predictiveEntropy, naiveEntropy(mean)))
            return "entropy";
        if (!near(u.mutualInformation, naiveEntropy(mean) - entropies)
            || !(u.mutualInformation >= 0))
            return "mutual information";
        if (voteCounts(table, i, copies, includeOriginal) != counts)
            return "counts";
        const auto deviations = classStd(table, i, copies, includeOriginal);
        for (std::size_t k = 0; k < classes; ++k) {
            Real variance = 0;
            for (const auto& p : views)
                variance += (p[k] - mean[k]) * (p[k] - mean[k]) / n;
            if (!near(deviations[k], std::sqrt(variance)))
                return "standard deviation";
        }
    }
    return {};
}

} // namespace

class UncertaintyTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void byHand();
    void againstNaive_data();
    void againstNaive();
    void extremes();
    void refuses();
};

void UncertaintyTest::byHand()
{
    // Copies say 0, 0, 1: agreement 2/3. Their mean is (1/2, 1/2).
    const auto table = tableOf(2, {{{0, 1}, {1, 0}, {0.5F, 0.5F}, {0, 1}}});
    const auto u = uncertainties(table, 3)[0];
    const double log2 = std::log(2.0);
    QCOMPARE(u.agreement, 2.0 / 3);
    QCOMPARE(u.variationRatio(), 1 - 2.0 / 3);
    QVERIFY(near(u.predictiveEntropy, log2));
    QVERIFY(near(u.expectedEntropy, log2 / 3)); // 0, log 2 and 0
    QVERIFY(near(u.mutualInformation, 2 * log2 / 3));
    QVERIFY(voteCounts(table, 0, 3) == (std::vector<int>{2, 1}));
    QVERIFY(voteCounts(table, 0, 3, true) == (std::vector<int>{2, 2}));
    // (½, 0, −½): variance (¼ + 0 + ¼) / 3
    for (const double deviation : classStd(table, 0, 3))
        QVERIFY(near(deviation, std::sqrt(1.0L / 6)));
    // Two of the four, with the original: 0 and 1 have two votes each.
    QCOMPARE(uncertainties(table, 3, true)[0].agreement, 0.5);
    // The first copy alone, and the original alone.
    for (const auto& alone : {uncertainties(table, 1)[0], uncertainties(table, 0, true)[0]}) {
        QCOMPARE(alone.agreement, 1.0);
        QCOMPARE(alone.predictiveEntropy, 0.0);
        QCOMPARE(alone.mutualInformation, 0.0);
    }
}

void UncertaintyTest::againstNaive_data()
{
    QTest::addColumn<int>("classes");
    QTest::addColumn<int>("copies");
    for (const int classes : {1, 2, 3, 10, 100})
        for (const int copies : {1, 2, 7, 33})
            QTest::addRow("K = %d, %d copies", classes, copies) << classes << copies;
}

void UncertaintyTest::againstNaive()
{
    QFETCH(int, classes);
    QFETCH(int, copies);
    const auto stream = static_cast<std::uint32_t>(classes * 100 + copies);
    for (const auto& table :
        {randomTable(classes, copies, 25, stream), randomTable(classes, copies, 10, stream, 60),
            coarseTable(classes, copies, 25, stream)})
        for (const bool original : {false, true})
            for (const int n : {(copies + 1) / 2, copies}) {
                const auto wrong = compareWithNaive(table, n, original);
                QVERIFY2(wrong.isEmpty(), wrong.constData());
            }
}

void UncertaintyTest::extremes()
{
    const float least = std::numeric_limits<float>::denorm_min();
    for (const auto& table : {tableOf(1, {{{1}, {1}}}), tableOf(3, {{{1, 0, 0}, {1, least, 0}}}),
             tableOf(2, {{{0.5F, 0.5F}, {0.5F, 0.5F}, {0.5F, 0.5F}}}),
             tableOf(5000, {{Numbers(5000, 2e-4F), Numbers(5000, 2e-4F)}})}) {
        const auto wrong = compareWithNaive(table, table.copies, true);
        QVERIFY2(wrong.isEmpty(), wrong.constData());
    }
    // Equal views have nothing to disagree about, whatever rounding does to their mean.
    const auto same = tableOf(3, {std::vector<Numbers>(8, {0.3F, 0.1F, 0.6F})});
    QVERIFY(uncertainties(same, 7)[0].mutualInformation < 1e-15);
    // Certain of K different classes: all there is to know is what they disagree about.
    const auto apart = tableOf(3, {{{1, 0, 0}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}}});
    QVERIFY(near(uncertainties(apart, 3)[0].mutualInformation, std::log(3.0L)));
    QVERIFY(uncertainties({}, 0, true).empty());
}

void UncertaintyTest::refuses()
{
    const auto table = coarseTable(3, 4, 5, 1);
    QVERIFY_EXCEPTION_THROWN(uncertainties(table, 0), Error);
    QVERIFY_EXCEPTION_THROWN(uncertainties(table, 5), Error);
    QVERIFY_EXCEPTION_THROWN(uncertainties(table, -1, true), Error);
    QVERIFY_EXCEPTION_THROWN(voteCounts(table, 0, 0), Error);
    QVERIFY_EXCEPTION_THROWN(classStd(table, 0, 0), Error);
}

QTEST_GUILESS_MAIN(UncertaintyTest)
#include "tst_uncertainty.moc"
