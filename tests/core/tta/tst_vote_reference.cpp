// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tta/vote.h"
#include "tests/core/tta/naive_vote.h"
#include "tests/core/tta/vote_tables.h"

#include <QtTest>

#include <limits>
#include <numeric>

using namespace augury;
using namespace augury::test;

namespace {

/// Worse for the rules whose logs are short series; and the weights of views that are all but
/// uniform are the small difference of two entropies.
double toleranceOf(VoteRule rule)
{
    return rule == VoteRule::EntropyWeighted ? 1e-9
        : rule == VoteRule::GeometricMean    ? 1e-11
                                             : 1e-12;
}

/// Every rule with every option; weights for `views` views, some of them 0.
std::vector<VoteOptions> everyOption(int copies, int classes)
{
    std::vector<VoteOptions> all;
    for (const auto rule : allVoteRules()) {
        for (const double blend : {0.0, 0.25, 1.0})
            all.push_back({.rule = rule, .blend = blend});
        all.push_back({.rule = rule, .includeOriginal = true});
    }
    for (const double temperature : {0.05, 0.7, 1.0, 2.0, 20.0})
        all.push_back({.rule = VoteRule::SharpenedMean, .temperature = temperature});
    for (const double gamma : {0.0, 2.5, 50.0})
        all.push_back({.rule = VoteRule::ConfidenceWeighted, .gamma = gamma});
    for (auto& options : all) {
        const int views = copies + (options.includeOriginal ? 1 : 0);
        options.weights = someWeights(options.rule, views, classes);
    }
    return all;
}

QByteArray nameOf(const VoteOptions& options)
{
    return QByteArray(toString(options.rule)) + " blend " + QByteArray::number(options.blend)
        + (options.includeOriginal ? " with the original" : "") + " T "
        + QByteArray::number(options.temperature) + " gamma " + QByteArray::number(options.gamma);
}

/// Every score and decision of the first n copies against the definitions. Returns what is wrong
/// first, or nothing.
QByteArray compareWithNaive(const VoteTable& table, int n)
{
    const auto classes = static_cast<std::size_t>(table.classes);
    for (const auto& options : everyOption(n, table.classes)) {
        if (needsLogits(options.rule) && !table.hasLogits())
            continue;
        const auto votes = mergeVotes(table, n, options);
        for (std::size_t i = 0; i < table.size(); ++i) {
            const auto expected = naiveVote(table, i, n, options);
            const auto scores = std::span(votes.scores).subspan(i * classes, classes);
            const auto where = nameOf(options) + ", image " + QByteArray::number(i);
            for (std::size_t k = 0; k < classes; ++k) {
                const auto away = std::abs(scores[k] - static_cast<double>(expected.scores[k]));
                if (!(away <= toleranceOf(options.rule)))
                    return where + ": score is off by " + QByteArray::number(away);
            }
            const double sum = std::accumulate(scores.begin(), scores.end(), 0.0);
            if (!(std::abs(sum - 1) < 1e-5))
                return where + ": scores sum to " + QByteArray::number(sum, 'g', 17);
            const bool clear = expected.lead > 1e-9L;
            if (clear && votes.decisions[i].predicted != expected.predicted)
                return where + ": another decision";
            const bool hard = options.rule == VoteRule::Majority;
            if ((hard || clear) && votes.decisions[i].tied != expected.tied)
                return where + ": another tie";
        }
    }
    return {};
}

} // namespace

class VoteReferenceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void againstNaive_data();
    void againstNaive();
    void coarseAgainstNaive();
    void thousandsOfClasses();
    void extremes_data();
    void extremes();
};

void VoteReferenceTest::againstNaive_data()
{
    QTest::addColumn<int>("classes");
    QTest::addColumn<int>("copies");
    QTest::addColumn<double>("spread");
    for (const int classes : {1, 2, 3, 10, 37, 200})
        for (const int copies : {1, 2, 7, 40})
            QTest::addRow("K = %d, %d copies", classes, copies) << classes << copies << 3.0;
    // Probabilities far below the clip, down to denormal ones and 0.
    QTest::addRow("far apart") << 10 << 7 << 40.0;
    QTest::addRow("all alike") << 10 << 7 << 1e-6;
}

void VoteReferenceTest::againstNaive()
{
    QFETCH(int, classes);
    QFETCH(int, copies);
    QFETCH(double, spread);
    const auto table = randomTable(classes, copies, classes > 50 ? 8 : 30,
        static_cast<std::uint32_t>(classes * 64 + copies), spread);
    for (const int n : {1, (copies + 1) / 2, copies}) {
        const auto wrong = compareWithNaive(table, n);
        QVERIFY2(wrong.isEmpty(), wrong.constData());
    }
}

void VoteReferenceTest::coarseAgainstNaive()
{
    for (const int classes : {2, 3, 6, 130})
        for (const int copies : {1, 3, 20}) {
            const auto table =
                coarseTable(classes, copies, 60, static_cast<std::uint32_t>(classes + copies));
            const auto wrong = compareWithNaive(table, copies);
            QVERIFY2(wrong.isEmpty(), wrong.constData());
        }
}

void VoteReferenceTest::thousandsOfClasses()
{
    const auto wrong = compareWithNaive(randomTable(5000, 2, 1, 8), 2);
    QVERIFY2(wrong.isEmpty(), wrong.constData());
}

void VoteReferenceTest::extremes_data()
{
    QTest::addColumn<int>("classes");
    QTest::addColumn<QList<QList<float>>>("views"); // the original's first
    const float least = std::numeric_limits<float>::denorm_min();
    const float small = std::numeric_limits<float>::min() / 8;
    QTest::newRow("one class") << 1 << QList<QList<float>>{{1}, {1}, {1}};
    QTest::newRow("certain") << 3 << QList<QList<float>>{{0, 1, 0}, {0, 1, 0}, {0, 1, 0}};
    QTest::newRow("certain of different classes")
        << 3 << QList<QList<float>>{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    QTest::newRow("uniform") << 4
                             << QList<QList<float>>{
                                    {0.25F, 0.25F, 0.25F, 0.25F}, {0.25F, 0.25F, 0.25F, 0.25F}};
    const float third = 1.0F / 3;
    QTest::newRow("uniform, rounded")
        << 3 << QList<QList<float>>{{third, third, third}, {third, third, third}};
    QTest::newRow("denormal") << 3
                              << QList<QList<float>>{
                                     {1, least, 0}, {1, least, small}, {small, 1, least}};
    QTest::newRow("one copy") << 2 << QList<QList<float>>{{1, 0}, {0.25F, 0.75F}};
    QTest::newRow("above one") << 2 << QList<QList<float>>{{1.0000002F, 0}, {1.0000001F, 0}};
    QList<float> many(5000, 0.0F);
    many[4999] = 1;
    QTest::newRow("thousands of classes, one certain") << 5000 << QList<QList<float>>{many, many};
    QTest::newRow("thousands of classes, uniform")
        << 5000 << QList<QList<float>>{QList<float>(5000, 2e-4F), QList<float>(5000, 2e-4F)};
}

void VoteReferenceTest::extremes()
{
    QFETCH(int, classes);
    QFETCH(QList<QList<float>>, views);
    std::vector<std::vector<Numbers>> images(1);
    for (const auto& view : views)
        images[0].emplace_back(view.begin(), view.end());
    auto table = tableOf(classes, images);
    for (const float p : table.probabilities)
        table.logits.push_back(p > 0.5F ? 3e4F : p > 0 ? -1e4F : -3e38F);
    const auto wrong = compareWithNaive(table, table.copies);
    QVERIFY2(wrong.isEmpty(), wrong.constData()); // finite too: a NaN is no closer than 1e-12
}

QTEST_GUILESS_MAIN(VoteReferenceTest)
#include "tst_vote_reference.moc"
