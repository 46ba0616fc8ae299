// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/fingerprint.h"
#include "core/model/model_fingerprint.h"
#include "core/tune/confirmation.h"
#include "tests/core/tune/made_search.h"
#include "tests/core/tune/tune_subject.h"

#include <QTest>

#include <set>

using namespace augury;
using namespace augury::testing;

namespace {

Confirmation withTest(std::int64_t images, std::int64_t fixed, std::int64_t broken)
{
    Confirmation confirmation;
    confirmation.configuration = tutorialConfiguration();
    confirmation.test = {.images = images,
        .baselineCorrect = images / 2,
        .ttaCorrect = images / 2 + fixed - broken,
        .fixed = fixed,
        .broken = broken,
        .forwardPasses = 2 * images,
        .passesSaved = 0,
        .variants = images};
    return confirmation;
}

Comparison searched(std::int64_t images, std::int64_t fixed, std::int64_t broken)
{
    return withTest(images, fixed, broken).test;
}

Trial trialOf(const char* preset, int copies, VoteRule rule)
{
    Trial trial;
    trial.configuration = {presetPolicy(preset), copies, {}};
    trial.configuration.vote.rule = rule;
    trial.comparison = searched(50, 5, 2);
    return trial;
}

Checkpoint madeCheckpoint()
{
    Checkpoint checkpoint;
    checkpoint.architecture = "tutorial_cnn";
    checkpoint.inputShape = {1, 4, 4};
    checkpoint.classNames = {"a", "b"};
    checkpoint.normalisation.mean = {0};
    checkpoint.normalisation.std = {1};
    checkpoint.tensors = {
        {"w", {2, 2}, std::vector<float>{1, 2, 3, 4}}, {"n", {}, std::vector<std::int64_t>{7}}};
    return checkpoint;
}

} // namespace

class TestConfirmation : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eachIsAsEvaluatedAloneAndSharedPassesAreSpentOnce()
    {
        const auto test = tuneSplit(40);
        FakeClassifier classifier(tuneShape, tuneClasses);
        auto tutorial = trialOf("tutorial", 7, VoteRule::Mean);
        tutorial.comparison = {};
        const std::vector<Trial> chosen = {trialOf("tutorial", 5, VoteRule::Majority),
            trialOf("hflip", 2, VoteRule::Mean), tutorial};
        std::vector<std::int64_t> progress;
        std::int64_t total = 0;
        const Job job{{}, [&](const Progress& p) {
                          progress.push_back(p.done);
                          total = p.total;
                      }};
        const auto confirmed = confirmOnTest(classifier, test, chosen, 12, 99, 1, job);

        QCOMPARE(confirmed.size(), std::size_t(3));
        for (std::size_t i = 0; i < confirmed.size(); ++i) {
            const auto alone = evaluatedAlone(chosen[i].configuration, 99, test);
            QVERIFY(sameCounts(confirmed[i].test, alone.comparison));
            QVERIFY(std::abs(confirmed[i].nll.mean(40) - alone.tta->nll()) < 1e-12);
            QVERIFY(std::abs(confirmed[i].baselineNll.mean(40) - alone.baseline->nll()) < 1e-12);
            QVERIFY(confirmed[i].configuration == chosen[i].configuration);
            QCOMPARE(confirmed[i].seed, std::uint64_t(99));
            QVERIFY(confirmed[i].seconds > 0);
        }
        // All that there is are an image and its mirror image.
        std::set<std::pair<std::uint32_t, bool>> variants;
        for (const auto index : test.indices) {
            variants.insert({index, false});
            variants.insert({index, true});
        }
        QCOMPARE(classifier.passes, static_cast<std::int64_t>(variants.size()));
        QVERIFY(std::ranges::is_sorted(progress));
        QCOMPARE(progress.back(), total);

        QCOMPARE(confirmed[0].tried, std::int64_t(12));
        QVERIFY(confirmed[0].search && confirmed[0].search->fixed == 5);
        QVERIFY(!confirmed[2].search); // it was not chosen
        QCOMPARE(confirmed[2].tried, std::int64_t(0));
    }

    void aStopEndsIt()
    {
        const auto test = tuneSplit(20);
        FakeClassifier classifier(tuneShape, tuneClasses);
        std::stop_source source;
        classifier.onCall = [&] { source.request_stop(); };
        const std::vector<Trial> chosen = {trialOf("hflip", 2, VoteRule::Mean)};
        QVERIFY_EXCEPTION_THROWN(
            confirmOnTest(classifier, test, chosen, 1, 1, 1, {source.get_token(), {}}), Cancelled);
    }

    void testSetsAreToldApart()
    {
        auto dataset = bandDataset(20, 12, {1, 4, 4}, 2);
        auto test = testing::wholeSplit(dataset.test);
        const auto key = testSetKey(dataset, test);
        QCOMPARE(testSetKey(dataset, test), key);
        auto shuffled = test;
        std::ranges::reverse(shuffled.indices);
        QCOMPARE(testSetKey(dataset, shuffled), key); // the same images
        auto part = test;
        part.indices.pop_back();
        QVERIFY(testSetKey(dataset, part) != key);
        QVERIFY(testSetKey(dataset, testing::wholeSplit(dataset.train)) != key);
        auto other = dataset;
        other.test = std::make_shared<ImageSet>(*dataset.test);
        QCOMPARE(testSetKey(other, testing::wholeSplit(other.test)), key); // opened again
        auto changed = std::make_shared<ImageSet>(*dataset.test);
        changed->pixels[3] ^= 1;
        other.test = changed;
        QVERIFY(testSetKey(other, testing::wholeSplit(other.test)) != key);
    }

    void networksAreToldApart()
    {
        const auto fingerprint = modelFingerprint(madeCheckpoint());
        QCOMPARE(fingerprint.size(), std::size_t(16));
        auto same = madeCheckpoint();
        same.settings.epochs = 99; // how it was trained is no part of it
        same.dataName = "elsewhere";
        QCOMPARE(modelFingerprint(same), fingerprint);
        const auto differs = [&](const auto& change) {
            auto other = madeCheckpoint();
            change(other);
            return modelFingerprint(other) != fingerprint;
        };
        QVERIFY(differs([](Checkpoint& c) { std::get<0>(c.tensors[0].values)[3] = 4.0001F; }));
        QVERIFY(differs([](Checkpoint& c) { std::get<1>(c.tensors[1].values)[0] = 8; }));
        QVERIFY(differs([](Checkpoint& c) { c.tensors[0].shape = {4, 1}; }));
        QVERIFY(differs([](Checkpoint& c) { c.tensors[0].name = "v"; }));
        QVERIFY(differs([](Checkpoint& c) { c.classNames = {"ab", ""}; }));
        QVERIFY(differs([](Checkpoint& c) { c.inputShape = {4, 1, 4}; }));
        QVERIFY(differs([](Checkpoint& c) { c.normalisation.mean = {0.5}; }));
    }

    void holmIsOverAllOfThem()
    {
        const std::vector<Confirmation> all = {
            withTest(1000, 20, 5), withTest(1000, 30, 5), withTest(1000, 6, 5)};
        std::vector<double> p;
        for (const auto& each : all)
            p.push_back(mcnemarExactP(each.test.fixed, each.test.broken));
        const auto adjusted = holmAdjusted(all);
        // By hand: the smallest times three, the next times two, the last as it is.
        QCOMPARE(adjusted[1], std::min(1.0, 3 * p[1]));
        QCOMPARE(adjusted[0], std::min(1.0, 2 * p[0]));
        QCOMPARE(adjusted[2], std::min(1.0, p[2]));
    }

    void whatDidNotCarryOver()
    {
        auto gained = withTest(10'000, 187, 66);
        QVERIFY(!didNotCarryOver(gained)); // nothing was promised
        gained.search = searched(1000, 18, 6); // 1.2, as on test
        QVERIFY(!didNotCarryOver(gained));
        gained.search = searched(1000, 40, 5); // 3.5: above the test interval
        QVERIFY(didNotCarryOver(gained));
        auto lost = withTest(10'000, 66, 187);
        lost.search = searched(1000, 8, 6);
        QVERIFY(didNotCarryOver(lost));
        lost.search = searched(1000, 6, 8); // there was no gain before either
        QVERIFY(!didNotCarryOver(lost));
    }

    void theTextSaysItAll()
    {
        auto confirmation = withTest(10'000, 187, 66);
        confirmation.search = searched(1000, 40, 5);
        confirmation.tried = 1200;
        const auto text = confirmationText(confirmation, 0.004, 3);
        for (const char* part : {"On 10,000 test images TTA gained 1.21 points", "95 % interval",
                 "McNemar p below 0.001, 0.004 after Holm's correction for 4 confirmations",
                 "187 fixed, 66 broken, at 2.0× the cost",
                 "On 1,000 images of the validation split, where it was chosen from 1,200",
                 "it had gained 3.50: 2.29 of that did not carry over", "3 times before"})
            QVERIFY2(contains(text, part), (text + "\nlacks: " + part).c_str());
        QVERIFY(!contains(text, "chance"));

        confirmation.search = searched(1000, 18, 6);
        QVERIFY(contains(confirmationText(confirmation, 0.004, 0), "which carried over"));
        confirmation.search = searched(1000, 19, 6);
        const auto within = confirmationText(confirmation, 0.004, 0);
        QVERIFY2(contains(within, "agrees with the test images"), within.c_str());
        QVERIFY(contains(within, "had not been used for a confirmation before"));
        QVERIFY(!contains(within, "Holm"));

        auto lost = withTest(500, 3, 9);
        lost.search = searched(100, 5, 2);
        const auto words = confirmationText(lost, 0.3, 1, 2);
        for (const char* part : {"TTA lost 1.20 points", "can be chance",
                 "none of that carried over", "for 3 confirmations", "once before"})
            QVERIFY2(contains(words, part), (words + "\nlacks: " + part).c_str());
        const auto none = confirmationText(withTest(500, 4, 4), 1, 0);
        QVERIFY2(contains(none, "TTA gained nothing") && !contains(none, "chance"), none.c_str());
        lost.search.reset();
        QVERIFY(!contains(confirmationText(lost, 0.3, 0), "validation"));
    }
};

QTEST_GUILESS_MAIN(TestConfirmation)
#include "tst_confirmation.moc"
