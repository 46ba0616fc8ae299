// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tune/policy_field.h"
#include "tests/core/tune/tune_subject.h"

#include <map>
#include <set>

using namespace augury;
using namespace augury::testing;

namespace {

TuneSpec smallSweep()
{
    TuneSpec spec;
    spec.method = TuneMethod::Sweep;
    spec.seed = 3;
    spec.policies = {tutorialPolicy(), noisyTurns(), presetPolicy("hflip")};
    spec.copyCounts = {1, 4, 3};
    spec.rules = {VoteRule::Mean, VoteRule::Majority, VoteRule::SharpenedMean, VoteRule::LogitMean};
    spec.vote.temperature = 0.7;
    spec.originals = {{}, {true, 0}, {false, 0.25}};
    spec.halving = false;
    spec.halvingStart = 50;
    return spec;
}

TuneOutcome runSweep(const TuneSpec& spec, const Split& split)
{
    FakeClassifier classifier(tuneShape, tuneClasses);
    VoteCache cache(classifier, split);
    auto outcome = tune(cache, spec);
    if (outcome.passes != classifier.passes)
        throw Error("passes");
    return outcome;
}

} // namespace

class TuneSweepTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyConfigurationIsItsOwnEvaluation();
    void fieldsOnTopOfPolicies();
    void halvesAsByHand();
    void anotherLookCostsNothing();
    void tellsAsItGoes();
    void threadsAndPartsChangeNothing();
    void refuses();
};

void TuneSweepTest::everyConfigurationIsItsOwnEvaluation()
{
    const auto split = tuneSplit(130);
    const auto spec = smallSweep();
    const auto outcome = runSweep(spec, split);
    const auto order = searchOrder(split, spec);
    const auto images = partInOrder(split, order, 0, order.size());
    // hflip has two views: one of its counts, 4 and 3, goes.
    QCOMPARE(outcome.trials.size(), std::size_t((3 + 3 + 2) * 4 * 3));
    QCOMPARE(outcome.tried, configurationsOf(spec));
    QCOMPARE(outcome.tried, std::int64_t(outcome.trials.size()));
    std::set<std::vector<int>> places;
    for (const auto& trial : outcome.trials) {
        QVERIFY(trial.state == Trial::State::Finished);
        QVERIFY(places.insert(trial.place).second);
        const auto p = [&](std::size_t axis) { return std::size_t(trial.place[axis]); };
        QVERIFY(trial.configuration.policy == spec.policies[p(0)]);
        QCOMPARE(trial.configuration.copies,
            std::min(spec.copyCounts[p(1)], mostCopies(trial.configuration.policy)));
        QVERIFY(trial.configuration.vote.rule == spec.rules[p(2)]);
        QCOMPARE(trial.configuration.vote.includeOriginal, spec.originals[p(3)].included);
        QCOMPARE(trial.configuration.vote.blend, spec.originals[p(3)].blend);
        compareWith(trial, evaluatedAlone(trial.configuration, spec.seed, images));
    }
    // 130 originals and mirrored ones, and 4 turns of each: no more was predicted.
    QVERIFY(outcome.passes <= 130 * (2 + 4));
    QVERIFY(outcome.passes > 130 * (1 + 4));
    QVERIFY(outcome.passes <= mostPassesOf(spec, split.size()));
}

void TuneSweepTest::fieldsOnTopOfPolicies()
{
    const auto split = tuneSplit(60);
    TuneSpec spec;
    spec.method = TuneMethod::Sweep;
    spec.policies = {tutorialPolicy(), AugmentPolicy{}};
    spec.fields = {{"rotation_range", {0, 10}}, {"zoom_range", {0.1, 0.3, 0}}};
    spec.copyCounts = {3};
    const auto outcome = runSweep(spec, split);
    QCOMPARE(outcome.trials.size(), std::size_t(12));
    const auto order = searchOrder(split, spec);
    const auto images = partInOrder(split, order, 0, order.size());
    for (const auto& trial : outcome.trials) {
        auto policy = spec.policies[std::size_t(trial.place[0])];
        policy.rotationRange = trial.place[1] == 0 ? 0 : 10;
        const double zoom = spec.fields[1].strengths[std::size_t(trial.place[2])];
        policy.zoomRange = {1 - zoom, 1 + zoom};
        QVERIFY(trial.configuration.policy == policy);
        compareWith(trial, evaluatedAlone(trial.configuration, spec.seed, images));
    }
    const auto axes = axesOf(spec);
    QCOMPARE(axes.size(), outcome.trials.front().place.size());
    QCOMPARE(axes[1].name, std::string("rotation"));
    QCOMPARE(axes[1].labels, (std::vector<std::string>{"off", "±10°"}));
    QCOMPARE(axes[2].labels, (std::vector<std::string>{"0.9–1.1", "0.7–1.3", "off"}));
    QCOMPARE(axes[2].values, (std::vector<double>{10, 30, 0}));
}

/// Successive halving written down plainly, every configuration evaluated alone from the start.
void TuneSweepTest::halvesAsByHand()
{
    const auto split = tuneSplit(230);
    auto spec = smallSweep();
    spec.halving = true;
    const auto outcome = runSweep(spec, split);
    const auto order = searchOrder(split, spec);
    auto planned = plannedTrials(spec);
    QCOMPARE(outcome.trials.size(), planned.size());

    std::vector<int> alive;
    for (const auto& trial : planned)
        alive.push_back(trial.index);
    std::map<int, std::size_t> ends; // images that a dropped one has seen
    std::vector<std::size_t> survivors;
    for (const std::size_t end : {50, 100, 200}) {
        const auto images = partInOrder(split, order, 0, end);
        struct Score {
            double lift;
            double nll;
            int copies;
            int index;
        };
        std::vector<Score> scores;
        for (const int i : alive) {
            const auto& configuration = planned[std::size_t(i)].configuration;
            const auto alone = evaluatedAlone(configuration, spec.seed, images);
            scores.push_back({alone.comparison.lift(), alone.tta->nll(), configuration.copies, i});
        }
        std::sort(scores.begin(), scores.end(), [](const Score& a, const Score& b) {
            if (a.lift != b.lift)
                return a.lift > b.lift;
            if (a.nll != b.nll)
                return a.nll < b.nll;
            return a.copies != b.copies ? a.copies < b.copies : a.index < b.index;
        });
        alive.clear();
        for (std::size_t i = 0; i < scores.size(); ++i) {
            if (2 * i < scores.size())
                alive.push_back(scores[i].index);
            else
                ends[scores[i].index] = end;
        }
        survivors.push_back(alive.size());
    }
    QCOMPARE(survivors, (std::vector<std::size_t>{48, 24, 12})); // of 96
    for (const auto& trial : outcome.trials) {
        const bool dropped = ends.contains(trial.index);
        QVERIFY(trial.state == (dropped ? Trial::State::Dropped : Trial::State::Finished));
        const auto end = dropped ? ends[trial.index] : order.size();
        compareWith(trial,
            evaluatedAlone(trial.configuration, spec.seed, partInOrder(split, order, 0, end)));
    }
    QVERIFY(outcome.passes < 230 * 6); // some were spared
    QVERIFY(outcome.passes <= mostPassesOf(spec, split.size()));
}

void TuneSweepTest::anotherLookCostsNothing()
{
    const auto split = tuneSplit(80);
    FakeClassifier classifier(tuneShape, tuneClasses);
    VoteCache cache(classifier, split);
    auto spec = smallSweep();
    tune(cache, spec);
    const auto passes = classifier.passes;
    spec.copyCounts = {2, 4};
    spec.rules = {VoteRule::Rank, VoteRule::Min, VoteRule::ConfidenceWeighted};
    spec.vote.gamma = 3;
    spec.originals = {{false, 0.5}, {false, 1}};
    const auto again = tune(cache, spec);
    QCOMPARE(classifier.passes, passes);
    QCOMPARE(again.passes, std::int64_t(0));
    const auto order = searchOrder(split, spec);
    for (const auto& trial : again.trials)
        compareWith(trial,
            evaluatedAlone(
                trial.configuration, spec.seed, partInOrder(split, order, 0, order.size())));
}

void TuneSweepTest::tellsAsItGoes()
{
    const auto split = tuneSplit(120);
    auto spec = smallSweep();
    spec.images = 110;
    spec.halving = true;
    FakeClassifier classifier(tuneShape, tuneClasses);
    VoteCache cache(classifier, split);
    std::map<int, Trial> known;
    int tells = 0;
    double done = -1;
    TuneObserver observer;
    observer.onTrials = [&](std::span<const Trial> trials) {
        ++tells;
        for (const auto& trial : trials)
            known[trial.index] = trial;
    };
    observer.onProgress = [&](const Progress& progress) {
        const double share = double(progress.done) / double(progress.total);
        QVERIFY(share >= done && share <= 1);
        done = share;
    };
    const auto outcome = tune(cache, spec, observer);
    QCOMPARE(done, 1.0);
    QVERIFY(tells >= 3 + 1 + 1 + 1 + 1);
    QCOMPARE(known.size(), outcome.trials.size());
    for (const auto& trial : outcome.trials) {
        QVERIFY(sameTrial(trial, known[trial.index]));
        QVERIFY(trial.images() == 50 || trial.images() == 100 || trial.images() == 110);
        QVERIFY(trial.seconds > 0);
    }
    QVERIFY(!outcome.stopped);
}

void TuneSweepTest::threadsAndPartsChangeNothing()
{
    const auto split = tuneSplit(150);
    auto spec = smallSweep();
    const auto expected = runSweep(spec, split);
    FakeClassifier classifier(tuneShape, tuneClasses);
    VoteCache::Options options;
    options.threads = 5;
    VoteCache cache(classifier, split, options);
    spec.halvingStart = 70; // where rounds end is of no account without halving
    const auto outcome = tune(cache, spec);
    QCOMPARE(outcome.trials.size(), expected.trials.size());
    for (std::size_t i = 0; i < outcome.trials.size(); ++i)
        QVERIFY(sameTrial(outcome.trials[i], expected.trials[i]));
}

void TuneSweepTest::refuses()
{
    const auto split = tuneSplit(60);
    const auto message = [&](const TuneSpec& spec, FakeClassifier& classifier) -> std::string {
        VoteCache cache(classifier, split);
        try {
            tune(cache, spec);
        } catch (const Error& error) {
            return error.what();
        }
        return {};
    };
    FakeClassifier softmax(tuneShape, tuneClasses);
    softmax.withSoftmax = true;
    softmax.kind = OutputKind::Probabilities;
    const auto logits = message(smallSweep(), softmax);
    QVERIFY2(logits.find("logit_mean needs logits") != std::string::npos, logits.c_str());
    QCOMPARE(softmax.calls, std::int64_t(0));

    FakeClassifier classifier(tuneShape, tuneClasses);
    auto turned = smallSweep();
    turned.policies.push_back(presetPolicy("d4"));
    const auto square = message(turned, classifier);
    QVERIFY2(square.find("d4") != std::string::npos, square.c_str());
    QVERIFY2(square.find("3×6×8") != std::string::npos, square.c_str());
    auto wrong = smallSweep();
    wrong.rules.clear();
    const auto rules = message(wrong, classifier);
    QVERIFY2(rules.find("rules must name at least one") != std::string::npos, rules.c_str());
    QCOMPARE(classifier.calls, std::int64_t(0));
}

QTEST_GUILESS_MAIN(TuneSweepTest)
#include "tst_tune_sweep.moc"
