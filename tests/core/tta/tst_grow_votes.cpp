// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tta/predictor.h"
#include "core/tta/vote.h"
#include "tests/support/fake_classifier.h"
#include "tests/support/made_images.h"

#include <QtTest>

using namespace augury;
using namespace augury::testing;

namespace {

constexpr Shape shape{3, 6, 8};
constexpr int classes = 5;

AugmentPolicy policyOf(bool flipsOnly)
{
    AugmentPolicy policy;
    policy.horizontalFlip = true;
    policy.verticalFlip = flipsOnly;
    policy.rotationRange = flipsOnly ? 0 : 15;
    return policy;
}

bool sameVotes(const VoteTable& a, const VoteTable& b)
{
    if (a.size() != b.size() || a.copies != b.copies || a.labels != b.labels)
        return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        for (int slot = 0; slot <= a.copies; ++slot) {
            const auto x = a.outputs(i, slot);
            const auto y = b.outputs(i, slot);
            if (!std::equal(x.probabilities, x.probabilities + a.classes, y.probabilities)
                || !std::equal(x.logits, x.logits + a.classes, y.logits))
                return false;
        }
    }
    return true;
}

} // namespace

class GrowVotesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void equalsATableOfThatSize_data();
    void equalsATableOfThatSize();
    void staysAsItWasOnFailure();
    void refusesAnothersVotes();
};

void GrowVotesTest::equalsATableOfThatSize_data()
{
    QTest::addColumn<bool>("flipsOnly");
    QTest::newRow("flips") << true;
    QTest::newRow("continuous") << false;
}

void GrowVotesTest::equalsATableOfThatSize()
{
    QFETCH(bool, flipsOnly);
    const auto split = wholeSplit(noiseImages(150, shape, classes));
    FakeClassifier classifier(shape, classes);
    PredictOptions options{policyOf(flipsOnly), 0, 5, 2};
    auto table = predictVotes(classifier, split, options);
    for (const int copies : {1, 2, 2, 7, 20}) {
        options.copies = copies;
        growVotes(classifier, split, table, options);
        FakeClassifier fresh(shape, classes);
        const auto expected = predictVotes(fresh, split, options);
        QVERIFY(sameVotes(table, expected));
        QCOMPARE(table.forwardPasses(), expected.forwardPasses());
        QCOMPARE(classifier.passes, fresh.passes); // in all: nothing was predicted twice
        QVERIFY(mergeVotes(table, copies, {}).scores == mergeVotes(expected, copies, {}).scores);
    }
}

void GrowVotesTest::staysAsItWasOnFailure()
{
    const auto split = wholeSplit(noiseImages(300, shape, classes));
    FakeClassifier classifier(shape, classes);
    PredictOptions options{policyOf(false), 2, 5, 2};
    auto table = predictVotes(classifier, split, options);
    const auto before = table;
    options.copies = 9;
    std::stop_source source;
    classifier.onCall = [&] { // in the middle of the growth
        if (classifier.calls == 4)
            source.request_stop();
    };
    QVERIFY_EXCEPTION_THROWN(
        growVotes(classifier, split, table, options, {source.get_token(), {}}), Cancelled);
    QVERIFY(sameVotes(table, before));
    QVERIFY(table.probabilities == before.probabilities);
    QVERIFY(table.rows == before.rows);

    options.memoryBudget = 1000;
    QVERIFY_EXCEPTION_THROWN(growVotes(classifier, split, table, options), Error);
    QVERIFY(table.rows == before.rows);

    options.memoryBudget = PredictOptions().memoryBudget;
    classifier.onCall = [&] { classifier.logitOffset = std::nan(""); };
    QVERIFY_EXCEPTION_THROWN(growVotes(classifier, split, table, options), Error);
    classifier.onCall = {};
    classifier.logitOffset = 0;
    growVotes(classifier, split, table, options); // and it still grows
    FakeClassifier fresh(shape, classes);
    QVERIFY(sameVotes(table, predictVotes(fresh, split, options)));
}

void GrowVotesTest::refusesAnothersVotes()
{
    const auto split = wholeSplit(noiseImages(10, shape, classes));
    FakeClassifier classifier(shape, classes);
    const PredictOptions options{policyOf(false), 2, 5, 2};
    auto table = predictVotes(classifier, split, options);
    const auto errorOf = [&](const Split& images, PredictOptions changed) {
        try {
            growVotes(classifier, images, table, changed);
        } catch (const Error& error) {
            return QString::fromStdString(error.what());
        }
        return QString();
    };
    auto more = options;
    more.copies = 4;
    auto seed = more;
    seed.seed = 6;
    auto policy = more;
    policy.policy.rotationRange = 16;
    auto fewer = options;
    fewer.copies = 1;
    QVERIFY(errorOf({split.images, {1, 0}}, more).contains(QStringLiteral("other images")));
    QVERIFY(errorOf(split, seed).contains(QStringLiteral("another policy or seed")));
    QVERIFY(errorOf(split, policy).contains(QStringLiteral("another policy or seed")));
    QVERIFY(errorOf(split, fewer).contains(QStringLiteral("2 copies already")));
    // A classifier that now hands out something else.
    classifier.withSoftmax = true;
    classifier.kind = OutputKind::Probabilities;
    QVERIFY(errorOf(split, more).contains(QStringLiteral("another kind of outputs")));
    classifier.withSoftmax = false;
    classifier.kind = OutputKind::Logits;
    QCOMPARE(errorOf(split, more), QString());
}

QTEST_GUILESS_MAIN(GrowVotesTest)
#include "tst_grow_votes.moc"
