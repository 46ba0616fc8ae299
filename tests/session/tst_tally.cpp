// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/evaluation.h"
#include "core/support/error.h"
#include "tests/session/votes_data.h"

#include <QTest>

using namespace augury;
using namespace augury::test;

namespace {

constexpr Shape shape{1, 8, 8};
constexpr int classes = 5;

bool same(const Uncertainty& a, const Uncertainty& b)
{
    return a.agreement == b.agreement && a.predictiveEntropy == b.predictiveEntropy
        && a.expectedEntropy == b.expectedEntropy && a.mutualInformation == b.mutualInformation;
}

} // namespace

class TallyTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isWhatAnEvaluationOfSoManyCopiesGives_data()
    {
        QTest::addColumn<int>("rule");
        QTest::addColumn<int>("copies");
        QTest::addColumn<bool>("includeOriginal");
        QTest::addColumn<double>("blend");
        QTest::newRow("mean of all") << int(VoteRule::Mean) << 9 << false << 0.0;
        QTest::newRow("mean of four") << int(VoteRule::Mean) << 4 << false << 0.0;
        QTest::newRow("one copy") << int(VoteRule::Mean) << 1 << false << 0.0;
        QTest::newRow("majority and original") << int(VoteRule::Majority) << 6 << true << 0.0;
        QTest::newRow("logits, blended") << int(VoteRule::LogitMean) << 5 << false << 0.25;
        QTest::newRow("learned, original too") << int(VoteRule::Learned) << 5 << true << 0.0;
        QTest::newRow("learned per class") << int(VoteRule::LearnedPerClass) << 4 << false << 0.0;
        QTest::newRow("original alone") << int(VoteRule::Mean) << 0 << true << 0.0;
    }

    void isWhatAnEvaluationOfSoManyCopiesGives()
    {
        QFETCH(int, rule);
        QFETCH(int, copies);
        QFETCH(bool, includeOriginal);
        QFETCH(double, blend);
        VoteOptions vote;
        vote.rule = static_cast<VoteRule>(rule);
        vote.includeOriginal = includeOriginal;
        vote.blend = blend;
        const int views = copies + (includeOriginal ? 1 : 0);
        if (isLearned(vote.rule)) {
            for (int i = 0; i < views * (vote.rule == VoteRule::Learned ? 1 : classes); ++i)
                vote.weights.push_back(0.5 + i % 3);
        }

        const Split split{augury::testing::noiseImages(60, shape, classes),
            {3, 50, 7, 8, 20, 31, 11, 12, 13, 14, 15, 16, 17, 18, 19}};
        augury::testing::FakeClassifier classifier(shape, classes);
        const auto evaluation = evaluationOf(classifier, split, 9);
        const auto passes = classifier.passes;
        const auto found = tally(evaluation, copies, vote);
        QCOMPARE(classifier.passes, passes); // it predicts nothing

        EvaluationRequest request;
        request.predict = {evaluation->config.policy, copies, 3, 1};
        request.vote = vote;
        request.scorecards = false;
        request.perImage = true;
        const auto expected = evaluate(classifier, split, request);
        QCOMPARE(found.copies, copies);
        QVERIFY(found.vote == vote);
        QCOMPARE(found.evaluation, evaluation);
        QCOMPARE(found.images.size(), expected.images.size());
        for (std::size_t i = 0; i < found.images.size(); ++i) {
            const auto& a = found.images[i];
            const auto& b = expected.images[i];
            QCOMPARE(a.image, split.indices[i]);
            QCOMPARE(a.image, b.image);
            QCOMPARE(a.label, b.label);
            QVERIFY(a.baseline == b.baseline);
            QVERIFY(a.merged == b.merged);
            QCOMPARE(a.baselineConfidence, b.baselineConfidence);
            QCOMPARE(a.mergedConfidence, b.mergedConfidence);
            QVERIFY(same(a.uncertainty, b.uncertainty));
            QVERIFY(a.votes == b.votes);
        }
        QVERIFY(found.comparison.has_value());
        const auto& a = *found.comparison;
        const auto& b = expected.comparison;
        QCOMPARE(a.images, b.images);
        QCOMPARE(a.baselineCorrect, b.baselineCorrect);
        QCOMPARE(a.ttaCorrect, b.ttaCorrect);
        QCOMPARE(a.fixed, b.fixed);
        QCOMPARE(a.broken, b.broken);
        QCOMPARE(a.forwardPasses, b.forwardPasses);
        QCOMPARE(a.variants, b.variants);
    }

    void withoutLabelsThereIsNoComparison()
    {
        auto images = augury::testing::noiseImages(6, shape, classes);
        images->labels[4] = -1; // one is enough
        augury::testing::FakeClassifier classifier(shape, classes);
        const auto evaluation = evaluationOf(classifier, augury::testing::wholeSplit(images), 3);
        const auto found = tally(evaluation, 3, {});
        QVERIFY(!found.comparison);
        QCOMPARE(found.images.size(), std::size_t(6));
        QVERIFY(kindOf(found.images[4]) == OutcomeKind::Unknown);
        QVERIFY(kindOf(found.images[3]) != OutcomeKind::Unknown);
    }

    void refusesWhatTheTableCannotTell()
    {
        augury::testing::FakeClassifier classifier(shape, classes);
        const auto split =
            augury::testing::wholeSplit(augury::testing::noiseImages(4, shape, classes));
        const auto evaluation = evaluationOf(classifier, split, 3);
        QVERIFY_THROWS_EXCEPTION(Error, tally(evaluation, 4, {}));
        VoteOptions learned;
        learned.rule = VoteRule::Learned;
        QVERIFY_THROWS_EXCEPTION(Error, tally(evaluation, 3, learned));
        learned.rule = VoteRule::LearnedPerClass;
        learned.weights = {1, 1, 1}; // one a view
        QVERIFY_THROWS_EXCEPTION(Error, tally(evaluation, 3, learned));
        QVERIFY_THROWS_EXCEPTION(Error, tally(nullptr, 3, {}));
        QVERIFY_THROWS_EXCEPTION(Error, tally(std::make_shared<Evaluation>(), 3, {}));
    }
};

QTEST_GUILESS_MAIN(TallyTest)
#include "tst_tally.moc"
