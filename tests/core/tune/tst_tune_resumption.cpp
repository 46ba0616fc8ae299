// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/tune/tune_subject.h"

#include <map>

using namespace augury;
using namespace augury::testing;

namespace {

std::vector<Trial> valuesOf(const std::map<int, Trial>& known)
{
    std::vector<Trial> trials;
    for (const auto& [index, trial] : known)
        trials.push_back(trial);
    return trials;
}

} // namespace

/// A search that is stopped anywhere and goes on in another process ends as if it had not been.
class TuneResumptionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void afterEveryTell_data();
    void afterEveryTell();
    void withinAPrediction();
    void refusesTrialsOfAnotherSearch();
};

void TuneResumptionTest::afterEveryTell_data()
{
    QTest::addColumn<int>("method");
    QTest::addColumn<bool>("halving");
    QTest::newRow("copies") << int(TuneMethod::Copies) << false;
    QTest::newRow("sweep") << int(TuneMethod::Sweep) << false;
    QTest::newRow("sweep with halving") << int(TuneMethod::Sweep) << true;
    QTest::newRow("sensitivity") << int(TuneMethod::Sensitivity) << false;
}

namespace {

TuneSpec specOf(TuneMethod method, bool halving)
{
    TuneSpec spec = defaultSpec(method);
    spec.seed = 4;
    spec.policies = {tutorialPolicy(), noisyTurns(), presetPolicy("five_crop")};
    spec.copies = 6;
    spec.copyCounts = {1, 3, 5};
    spec.rules = {VoteRule::Mean, VoteRule::Majority};
    spec.halving = halving;
    spec.halvingStart = 50;
    if (method == TuneMethod::Sensitivity) {
        spec.policies.resize(1);
        spec.swept = {"shift_range", {0, 0.1, 0.2, 0.3}};
    }
    return spec;
}

} // namespace

void TuneResumptionTest::afterEveryTell()
{
    QFETCH(int, method);
    QFETCH(bool, halving);
    const auto split = tuneSplit(220);
    const auto spec = specOf(static_cast<TuneMethod>(method), halving);
    const auto run = [&](int stopAfter, std::span<const Trial> begun, int* tells,
                         std::map<int, Trial>& known) {
        FakeClassifier classifier(tuneShape, tuneClasses);
        VoteCache cache(classifier, split);
        std::stop_source stop;
        TuneObserver observer;
        observer.onTrials = [&](std::span<const Trial> trials) {
            for (const auto& trial : trials)
                known[trial.index] = trial;
            if (++*tells == stopAfter)
                stop.request_stop();
        };
        return tune(cache, spec, observer, stop.get_token(), begun);
    };
    int all = 0;
    std::map<int, Trial> heard;
    const auto whole = run(-1, {}, &all, heard);
    QVERIFY(!whole.stopped);
    QVERIFY(all >= 3);
    const auto compare = [&](const std::vector<Trial>& trials) {
        QCOMPARE(trials.size(), whole.trials.size());
        for (std::size_t i = 0; i < trials.size(); ++i)
            QVERIFY2(sameTrial(trials[i], whole.trials[i]), QByteArray::number(int(i)));
    };
    compare(valuesOf(heard));

    for (int stopAfter = 1; stopAfter <= all; ++stopAfter) {
        std::map<int, Trial> known;
        int tells = 0;
        run(stopAfter, {}, &tells, known);
        QCOMPARE(tells, stopAfter);
        const auto stored = valuesOf(known);
        int rest = 0;
        const auto resumed = run(-1, stored, &rest, known);
        QVERIFY(!resumed.stopped);
        QCOMPARE(tells + rest, all);
        QCOMPARE(resumed.tried, whole.tried);
        compare(resumed.trials);
        compare(valuesOf(known)); // what a store that hears of changes alone has
    }
    // And stopped after each.
    std::map<int, Trial> known;
    for (int i = 0; i < all; ++i) {
        int tells = 0;
        const auto stored = valuesOf(known);
        run(1, stored, &tells, known);
        QCOMPARE(tells, 1);
    }
    compare(valuesOf(known));
}

void TuneResumptionTest::withinAPrediction()
{
    const auto split = tuneSplit(220);
    const auto spec = specOf(TuneMethod::Sweep, true);
    FakeClassifier classifier(tuneShape, tuneClasses);
    VoteCache cache(classifier, split);
    std::stop_source stop;
    classifier.onCall = [&] {
        if (classifier.calls == 3)
            stop.request_stop();
    };
    const auto cut = tune(cache, spec, {}, stop.get_token());
    QVERIFY(cut.stopped);
    const auto spent = cut.passes;
    const auto resumed = tune(cache, spec, {}, {}, cut.trials);
    FakeClassifier fresh(tuneShape, tuneClasses);
    VoteCache anew(fresh, split);
    const auto whole = tune(anew, spec);
    QCOMPARE(resumed.trials.size(), whole.trials.size());
    for (std::size_t i = 0; i < whole.trials.size(); ++i)
        QVERIFY(sameTrial(resumed.trials[i], whole.trials[i]));
    QCOMPARE(spent + resumed.passes, whole.passes); // nothing is predicted twice
}

void TuneResumptionTest::refusesTrialsOfAnotherSearch()
{
    const auto split = tuneSplit(60);
    auto spec = specOf(TuneMethod::Copies, false);
    FakeClassifier classifier(tuneShape, tuneClasses);
    VoteCache cache(classifier, split);
    const auto outcome = tune(cache, spec);
    spec.vote.rule = VoteRule::Max;
    QVERIFY_THROWS_EXCEPTION(Error, tune(cache, spec, {}, {}, outcome.trials));
    spec.vote.rule = VoteRule::Mean;
    auto trials = outcome.trials;
    trials.back().index = 1000;
    QVERIFY_THROWS_EXCEPTION(Error, tune(cache, spec, {}, {}, trials));
    spec.images = 20; // fewer than they have seen
    QVERIFY_THROWS_EXCEPTION(Error, tune(cache, spec, {}, {}, outcome.trials));
}

QTEST_GUILESS_MAIN(TuneResumptionTest)
#include "tst_tune_resumption.moc"
