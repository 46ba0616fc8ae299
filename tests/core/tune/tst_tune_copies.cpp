// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/copies_curve.h"
#include "core/tta/predictor.h"
#include "core/tune/policy_field.h"
#include "tests/core/tune/tune_subject.h"

using namespace augury;
using namespace augury::testing;

class TuneCopiesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isTheCopiesCurve_data();
    void isTheCopiesCurve();
    void costsItsDistinctVariants();
    void sensitivity();
    void someOfTheImages();
    void stopsBetweenPolicies();
};

void TuneCopiesTest::isTheCopiesCurve_data()
{
    QTest::addColumn<int>("rule");
    QTest::addColumn<bool>("original");
    for (const auto rule : allVoteRules()) {
        if (!isLearned(rule)) {
            QTest::addRow("%s", toString(rule)) << static_cast<int>(rule) << false;
            QTest::addRow("%s with the original", toString(rule)) << static_cast<int>(rule) << true;
        }
    }
}

void TuneCopiesTest::isTheCopiesCurve()
{
    QFETCH(int, rule);
    QFETCH(bool, original);
    const auto split = tuneSplit(90);
    auto spec = defaultSpec(TuneMethod::Copies);
    spec.policies = {noisyTurns(), presetPolicy("ten_crop"), tutorialPolicy()};
    spec.copies = 12;
    spec.vote.rule = static_cast<VoteRule>(rule);
    spec.vote.includeOriginal = original;
    FakeClassifier classifier(tuneShape, tuneClasses);
    VoteCache cache(classifier, split);
    const auto outcome = tune(cache, spec);
    QCOMPARE(outcome.trials.size(), std::size_t(12 + 10 + 12));
    QCOMPARE(outcome.tried, configurationsOf(spec));

    const auto order = searchOrder(split, spec);
    std::size_t next = 0;
    for (int p = 0; p < 3; ++p) {
        PredictOptions options;
        options.policy = spec.policies[std::size_t(p)];
        options.copies = p == 1 ? 10 : 12;
        options.seed = spec.seed;
        const auto curve = copiesCurve(
            predictVotes(classifier, partInOrder(split, order, 0, order.size()), options),
            spec.vote);
        for (const auto& point : curve.points) {
            const auto& trial = outcome.trials[next++];
            QCOMPARE(trial.place, (std::vector<int>{p, point.copies - 1}));
            QVERIFY(trial.state == Trial::State::Finished);
            QCOMPARE(trial.configuration.copies, point.copies);
            QCOMPARE(trial.comparison.images, curve.images);
            QCOMPARE(trial.comparison.baselineCorrect, curve.baselineCorrect);
            QCOMPARE(trial.comparison.ttaCorrect, point.correct);
            QCOMPARE(trial.comparison.fixed, point.fixed);
            QCOMPARE(trial.comparison.broken, point.broken);
            QCOMPARE(trial.comparison.forwardPasses, point.forwardPasses);
            QCOMPARE(trial.nll.sum, point.nllSum);
            QCOMPARE(trial.baselineNll.sum, curve.baselineNllSum);
        }
    }
    QCOMPARE(next, outcome.trials.size());
}

void TuneCopiesTest::costsItsDistinctVariants()
{
    const auto split = tuneSplit(40);
    auto spec = defaultSpec(TuneMethod::Copies);
    spec.policies = {noisyTurns(), presetPolicy("five_crop"), presetPolicy("ten_crop")};
    spec.copies = 20;
    FakeClassifier classifier(tuneShape, tuneClasses);
    VoteCache cache(classifier, split);
    int tells = 0;
    std::vector<int> places;
    TuneObserver observer;
    observer.onTrials = [&](std::span<const Trial> trials) {
        ++tells;
        for (const auto& trial : trials)
            places.push_back(trial.index);
    };
    const auto outcome = tune(cache, spec, observer);
    QCOMPARE(outcome.passes, std::int64_t(40 * (1 + 20 + 10))); // five crops are of the ten
    QCOMPARE(mostPassesOf(spec, 40), std::int64_t(40 * (1 + 20 + 5 + 10)));
    QCOMPARE(tells, 3);
    QCOMPARE(places.size(), outcome.trials.size());
    QVERIFY(std::is_sorted(places.begin(), places.end()));
}

void TuneCopiesTest::sensitivity()
{
    const auto split = tuneSplit(70);
    TuneSpec spec;
    spec.method = TuneMethod::Sensitivity;
    spec.policies = {tutorialPolicy()};
    spec.copies = 4;
    spec.swept = {"rotation_range", {0, 5, 45}};
    FakeClassifier classifier(tuneShape, tuneClasses);
    VoteCache cache(classifier, split);
    const auto outcome = tune(cache, spec);
    QCOMPARE(outcome.trials.size(), std::size_t(3));
    const auto order = searchOrder(split, spec);
    const auto images = partInOrder(split, order, 0, order.size());
    for (std::size_t i = 0; i < 3; ++i) {
        const auto& trial = outcome.trials[i];
        QCOMPARE(trial.place, (std::vector<int>{int(i)}));
        QVERIFY(trial.configuration.policy.horizontalFlip); // what was on stays on
        QCOMPARE(trial.configuration.policy.rotationRange, spec.swept.strengths[i]);
        QCOMPARE(trial.configuration.copies, 4);
        compareWith(trial, evaluatedAlone(trial.configuration, spec.seed, images));
    }
    // The same copy of an image turns nine times as far at nine times the strength.
    const auto image = images.indices[0];
    const auto weak = draw(outcome.trials[1].configuration.policy, spec.seed, image, 2);
    const auto strong = draw(outcome.trials[2].configuration.policy, spec.seed, image, 2);
    QVERIFY(std::abs(strong.rotation - 9 * weak.rotation) < 1e-12);
    QCOMPARE(strong.horizontalFlip, weak.horizontalFlip);
}

void TuneCopiesTest::someOfTheImages()
{
    const auto split = tuneSplit(200);
    auto spec = defaultSpec(TuneMethod::Copies);
    const auto all = searchOrder(split, spec);
    QCOMPARE(all.size(), std::size_t(200));
    auto sorted = all;
    std::sort(sorted.begin(), sorted.end());
    for (std::uint32_t i = 0; i < 200; ++i)
        QCOMPARE(sorted[i], i);
    QVERIFY(all != sorted); // a beginning is not just the first images
    spec.images = 60;
    const auto some = searchOrder(split, spec);
    QCOMPARE(some, std::vector<std::uint32_t>(all.begin(), all.begin() + 60));
    spec.seed = 2;
    QVERIFY(searchOrder(split, spec) != some);
    spec.images = 500;
    QCOMPARE(searchOrder(split, spec).size(), std::size_t(200));
    QCOMPARE(mostPassesOf(spec, 200), 200 * mostPassesOf(spec, 1));
}

void TuneCopiesTest::stopsBetweenPolicies()
{
    const auto split = tuneSplit(40);
    auto spec = defaultSpec(TuneMethod::Copies);
    spec.copies = 5;
    FakeClassifier classifier(tuneShape, tuneClasses);
    VoteCache cache(classifier, split);
    std::stop_source stop;
    TuneObserver observer;
    observer.onTrials = [&](std::span<const Trial>) { stop.request_stop(); };
    const auto outcome = tune(cache, spec, observer, stop.get_token());
    QVERIFY(outcome.stopped);
    QCOMPARE(outcome.trials.size(), std::size_t(5)); // the first policy's
    QCOMPARE(outcome.tried, std::int64_t(5));
    const auto none = tune(cache, spec, {}, stop.get_token());
    QVERIFY(none.stopped);
    QVERIFY(none.trials.empty());
}

QTEST_GUILESS_MAIN(TuneCopiesTest)
#include "tst_tune_copies.moc"
