// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/presets.h"
#include "core/tune/tune.h"
#include "core/tune/weights_study.h"
#include "tests/support/fake_classifier.h"
#include "tests/support/made_images.h"

#include <QtTest>

using namespace augury;
using namespace augury::testing;

namespace {

constexpr Shape shape{3, 12, 12};
constexpr int classes = 4;

TuneSpec specOf(std::initializer_list<const char*> presets)
{
    TuneSpec spec;
    spec.method = TuneMethod::Weights;
    spec.copies = 0;
    for (const char* name : presets)
        spec.policies.push_back(findPreset(name)->policy);
    return spec;
}

bool same(const Trial& a, const Trial& b)
{
    return a.index == b.index && a.place == b.place && a.configuration == b.configuration
        && a.state == b.state && a.right == b.right && a.nll.sum == b.nll.sum
        && a.heldOutNll == b.heldOutNll && a.preferred == b.preferred;
}

} // namespace

class WeightsMethodTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isTheStudyOfEachPolicy_data()
    {
        QTest::addColumn<bool>("original");
        QTest::addColumn<int>("copies");
        QTest::newRow("all views") << false << 0;
        QTest::newRow("with the original") << true << 0;
        QTest::newRow("the first three") << false << 3;
    }

    void isTheStudyOfEachPolicy()
    {
        QFETCH(bool, original);
        QFETCH(int, copies);
        FakeClassifier classifier(shape, classes);
        const auto split = wholeSplit(noiseImages(90, shape, classes));
        auto spec = specOf({"hflip", "five_crop"});
        spec.copies = copies;
        spec.vote.includeOriginal = original;
        spec.images = 70;
        VoteCache cache(classifier, split);
        std::vector<int> told;
        TuneObserver observer;
        observer.onTrials = [&](std::span<const Trial> trials) {
            for (const auto& trial : trials)
                told.push_back(trial.index);
        };
        const auto outcome = tune(cache, spec, observer);
        QVERIFY((told == std::vector<int>{0, 1, 2, 3, 4, 5}));
        QCOMPARE(outcome.trials.size(), std::size_t(6));
        QCOMPARE(outcome.tried, std::int64_t(6));

        const auto order = searchOrder(split, spec);
        for (std::size_t p = 0; p < 2; ++p) {
            const auto& policy = spec.policies[p];
            const int voting =
                copies == 0 ? mostCopies(policy) : std::min(copies, mostCopies(policy));
            const auto table = cache.votes(policy, voting, spec.seed, order);
            const auto study = studyWeights(table, voting, original, spec.seed);
            for (std::size_t w = 0; w < 3; ++w) {
                const auto& trial = outcome.trials[3 * p + w];
                const auto& way = study.ways[w];
                QVERIFY(trial.state == Trial::State::Finished);
                QVERIFY((trial.place == std::vector<int>{int(p), int(w)}));
                QVERIFY(trial.configuration.policy == policy);
                QCOMPARE(trial.configuration.copies, voting);
                QVERIFY(trial.configuration.vote == way.vote);
                QCOMPARE(*trial.heldOutNll, way.heldOutNll);
                QCOMPARE(trial.preferred, int(w) == study.preferred);
                const auto expected = compare(table, way.heldOut, voting);
                QCOMPARE(trial.comparison.images, std::int64_t(70));
                QCOMPARE(trial.comparison.ttaCorrect, expected.ttaCorrect);
                QCOMPARE(trial.comparison.fixed, expected.fixed);
                QCOMPARE(trial.comparison.forwardPasses, expected.forwardPasses);
                QCOMPARE(trial.right.size(), std::size_t(2));
                double nll = 0;
                double baseline = 0;
                for (std::size_t i = 0; i < table.size(); ++i) {
                    const auto label = static_cast<std::size_t>(table.labels[i]);
                    QCOMPARE(
                        trial.isRight(i), way.heldOut.decisions[i].predicted == table.labels[i]);
                    nll -= std::log(way.heldOut.scores[i * classes + label]);
                    baseline -= std::log(static_cast<double>(table.view(i, 0)[label]));
                }
                QVERIFY(std::abs(trial.nll.sum - nll) < 1e-9);
                QVERIFY(std::abs(trial.nll.mean(70) - way.heldOutNll) < 1e-9);
                QVERIFY(std::abs(trial.baselineNll.sum - baseline) < 1e-9);
            }
            // The mean is counted as every other search counts it.
            auto mean = plannedTrials(spec)[3 * p];
            addVotes(mean, table, 0);
            const auto& trial = outcome.trials[3 * p];
            QVERIFY(mean.right == trial.right);
            QVERIFY(std::abs(mean.nll.sum - trial.nll.sum) < 1e-12);
            QVERIFY(std::abs(mean.nll.squares - trial.nll.squares) < 1e-12);
            QCOMPARE(mean.comparison.broken, trial.comparison.broken);
            QCOMPARE(mean.comparison.variants, trial.comparison.variants);
        }
        QCOMPARE(classifier.passes, outcome.passes); // every view once
    }

    void goesOnWhereItWasStopped()
    {
        FakeClassifier classifier(shape, classes);
        const auto split = wholeSplit(noiseImages(60, shape, classes));
        const auto spec = specOf({"hflip", "five_crop", "d4"});
        VoteCache cache(classifier, split);
        const auto whole = tune(cache, spec);
        std::stop_source source;
        TuneObserver observer;
        observer.onTrials = [&](std::span<const Trial>) { source.request_stop(); };
        VoteCache first(classifier, split);
        const auto part = tune(first, spec, observer, source.get_token());
        QVERIFY(part.stopped);
        QCOMPARE(part.trials.size(), std::size_t(3)); // a policy's three together
        VoteCache second(classifier, split);
        std::vector<int> told;
        TuneObserver listening;
        listening.onTrials = [&](std::span<const Trial> trials) {
            for (const auto& trial : trials)
                told.push_back(trial.index);
        };
        const auto rest = tune(second, spec, listening, {}, part.trials);
        QVERIFY((told == std::vector<int>{3, 4, 5, 6, 7, 8}));
        QCOMPARE(rest.trials.size(), whole.trials.size());
        for (std::size_t i = 0; i < whole.trials.size(); ++i)
            QVERIFY(same(rest.trials[i], whole.trials[i]));
    }

    void refusesProbabilities()
    {
        FakeClassifier classifier(shape, classes);
        classifier.kind = OutputKind::Probabilities;
        classifier.withSoftmax = true;
        VoteCache cache(classifier, wholeSplit(noiseImages(20, shape, classes)));
        QVERIFY_EXCEPTION_THROWN(tune(cache, specOf({"hflip"})), Error);
        QCOMPARE(classifier.passes, std::int64_t(0));
    }
};

QTEST_GUILESS_MAIN(WeightsMethodTest)
#include "tst_weights_method.moc"
