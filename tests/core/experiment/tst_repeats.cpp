// SPDX-License-Identifier: GPL-3.0-or-later
// Repeats: the same numbers however they run, and each one reproducible alone.
#include "core/data/splits.h"
#include "core/experiment/experiment_json.h"
#include "core/experiment/repeats.h"
#include "core/experiment/verdict.h"
#include "core/model/classifier.h"
#include "core/tta/predictor.h"
#include "tests/support/synthetic_images.h"

#include <nlohmann/json.hpp>

#include <QtTest>

#include <cmath>
#include <set>

using namespace augury;
using namespace augury::testing;

namespace {

ExperimentConfig smallConfig()
{
    ExperimentConfig config;
    config.training.epochs = 1;
    config.training.batchSize = 16;
    config.training.seed = 5;
    config.training.threads = 1;
    config.policy.rotationRange = 10;
    config.copies = 3;
    config.repeats = 3;
    config.parallelFits = 1;
    return config;
}

bool sameNumbers(const RepeatResult& a, const RepeatResult& b)
{
    return a.index == b.index && a.seed == b.seed
        && a.comparison.baselineCorrect == b.comparison.baselineCorrect
        && a.comparison.ttaCorrect == b.comparison.ttaCorrect
        && a.comparison.fixed == b.comparison.fixed && a.comparison.broken == b.comparison.broken
        && a.comparison.forwardPasses == b.comparison.forwardPasses
        && a.history.back().trainLoss == b.history.back().trainLoss;
}

RepeatResult resultWith(std::int64_t baseline, std::int64_t tta)
{
    RepeatResult result;
    result.comparison.images = 1000;
    result.comparison.baselineCorrect = baseline;
    result.comparison.ttaCorrect = tta;
    result.comparison.fixed = tta - baseline + 10;
    result.comparison.broken = 10;
    result.comparison.forwardPasses = 2000;
    return result;
}

} // namespace

class RepeatsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sideBySideGivesTheSameNumbers()
    {
        const auto dataset = bandDataset(96, 40, {1, 8, 8}, 4);
        const auto config = smallConfig();
        auto parallel = config;
        parallel.parallelFits = 2;
        parallel.training.threads = 2; // one a fit, as above
        const auto one = runRepeats(dataset, config);
        const auto two = runRepeats(dataset, parallel);
        QCOMPARE(two.parallelFits, 2);
        QCOMPARE(two.threadsPerFit, 1);
        QCOMPARE(one.repeats.size(), std::size_t(3));
        QCOMPARE(two.repeats.size(), std::size_t(3));
        std::set<std::uint64_t> seeds;
        for (std::size_t i = 0; i < 3; ++i) {
            QVERIFY(sameNumbers(one.repeats[i], two.repeats[i]));
            seeds.insert(one.repeats[i].seed);
        }
        QCOMPARE(seeds.size(), std::size_t(3));
    }

    void moreRepeatsBeginWithTheSameOnes()
    {
        const auto dataset = bandDataset(64, 20, {1, 8, 8}, 4);
        auto config = smallConfig();
        config.repeats = 1;
        const auto few = runRepeats(dataset, config);
        config.repeats = 2;
        const auto more = runRepeats(dataset, config);
        QVERIFY(sameNumbers(few.repeats[0], more.repeats[0]));
    }

    void aRepeatIsATrainingAndAnEvaluation()
    {
        const auto dataset = bandDataset(96, 40, {3, 8, 8}, 4);
        const auto config = smallConfig();
        const auto repeat = runRepeats(dataset, config).repeats[1];
        auto settings = config.training;
        settings.seed = repeat.seed;
        const auto splits = splitsFor(dataset, config);
        const auto trained =
            train(splits.training, splits.validation, dataset.classNames, settings).checkpoint;
        const auto classifier = makeClassifier(trained, "cpu", 1);
        const auto table =
            predictVotes(*classifier, splits.test, {config.policy, config.copies, repeat.seed, 1});
        const auto alone = compare(table, config.copies, config.vote);
        QCOMPARE(alone.baselineCorrect, repeat.comparison.baselineCorrect);
        QCOMPARE(alone.ttaCorrect, repeat.comparison.ttaCorrect);
        QCOMPARE(alone.fixed, repeat.comparison.fixed);
        QCOMPARE(alone.broken, repeat.comparison.broken);
    }

    void handsOutEachRepeatAndProgress()
    {
        const auto dataset = bandDataset(64, 20, {1, 8, 8}, 4);
        auto config = smallConfig();
        config.training.threads = 2;
        config.parallelFits = 2;
        RepeatObserver observer;
        int repeats = 0;
        std::int64_t last = 0;
        std::int64_t total = 0;
        bool monotonic = true;
        observer.onRepeat = [&](const RepeatResult&) { ++repeats; };
        observer.onProgress = [&](const Progress& progress) {
            monotonic = monotonic && progress.done >= last;
            last = progress.done;
            total = progress.total;
        };
        runRepeats(dataset, config, observer);
        QCOMPARE(repeats, 3);
        QVERIFY(monotonic);
        QVERIFY(last >= total - 2 && last <= total);
    }

    void aStopKeepsWhatIsFinished()
    {
        const auto dataset = bandDataset(64, 20, {1, 8, 8}, 4);
        auto config = smallConfig();
        config.repeats = 5;
        std::stop_source stop;
        RepeatObserver observer;
        int seen = 0;
        observer.onRepeat = [&](const RepeatResult&) {
            if (++seen == 2)
                stop.request_stop();
        };
        const auto outcome = runRepeats(dataset, config, observer, stop.get_token());
        QVERIFY(outcome.stopped);
        QCOMPARE(outcome.repeats.size(), std::size_t(2));
    }

    void anErrorInAFitReachesTheCaller()
    {
        auto dataset = bandDataset(64, 20, {1, 8, 8}, 4);
        dataset.classNames.resize(2); // labels 2 and 3 have no class
        auto config = smallConfig();
        config.training.threads = 2;
        config.parallelFits = 2;
        QVERIFY_EXCEPTION_THROWN(runRepeats(dataset, config), Error);
    }

    void validationAndSubsetsAreCarvedFromTrain()
    {
        const auto dataset = bandDataset(100, 40, {1, 8, 8}, 4);
        auto config = smallConfig();
        config.validationFraction = 0.2;
        config.subsetTrain = 30;
        config.subsetTest = 10;
        const auto splits = splitsFor(dataset, config);
        QCOMPARE(splits.training.size(), std::size_t(30));
        QCOMPARE(splits.validation.size(), std::size_t(20));
        QCOMPARE(splits.test.size(), std::size_t(10));
        std::set<std::uint32_t> training(
            splits.training.indices.begin(), splits.training.indices.end());
        for (const auto index : splits.validation.indices)
            QVERIFY(!training.contains(index));
        QVERIFY(splits.test.images == dataset.test);
    }

    void summaryByHand()
    {
        // Lifts 0.010, 0.020, 0.030: mean 0.02, s = 0.01, t(0.975, 2) = 4.302653.
        const std::vector<RepeatResult> repeats{
            resultWith(700, 710), resultWith(690, 710), resultWith(680, 710)};
        const auto summary = summarise(repeats);
        QVERIFY(std::abs(summary.baseline.mean - 0.69) < 1e-12);
        QVERIFY(std::abs(summary.baseline.std - 0.01) < 1e-12);
        QVERIFY(std::abs(summary.tta.std) < 1e-12);
        QVERIFY(std::abs(summary.lift.mean - 0.02) < 1e-12);
        const double half = 4.302653 * 0.01 / std::sqrt(3.0);
        QVERIFY(std::abs(summary.liftCi95.low - (0.02 - half)) < 1e-7);
        QVERIFY(std::abs(summary.liftCi95.high - (0.02 + half)) < 1e-7);
        QVERIFY(std::abs(summary.pValue - 0.25) < 1e-12); // 2 of 8 sign patterns
    }

    void verdictSaysWhatTheNumbersSay()
    {
        const auto text = [](std::vector<RepeatResult> repeats) {
            return QString::fromStdString(verdict(repeats));
        };
        QVERIFY(text({}).isEmpty());
        QVERIFY(text({resultWith(700, 710)}).contains(QStringLiteral("one repeat TTA gained 1.0")));
        std::vector<RepeatResult> gains;
        std::vector<RepeatResult> mixed;
        for (int i = 0; i < 10; ++i) {
            gains.push_back(resultWith(700 + i, 712 + i + i % 2));
            mixed.push_back(resultWith(700, i % 2 == 0 ? 705 : 695));
        }
        QVERIFY(text(gains).startsWith(QStringLiteral("TTA gained 1.25 points")));
        QVERIFY(text(gains).contains(QStringLiteral("2.0× the cost")));
        QVERIFY(text(mixed).startsWith(QStringLiteral("No clear effect")));
    }

    void configSurvivesJson()
    {
        auto config = smallConfig();
        config.dataPath = "/data/some folder";
        config.vote = {VoteRule::Majority, true};
        config.policy.zoomRange = {0.9, 1.2};
        config.training.normalisation = NormalisationKind::Standardise;
        config.validationFraction = 0.1;
        const auto readBack = [](const std::string& text) {
            return experimentFromJson(nlohmann::json::parse(text), "test.json");
        };
        QVERIFY(readBack(toJson(config).dump()) == config);
        const ExperimentConfig defaults;
        QVERIFY(readBack("{}") == defaults);
        QString message;
        try {
            config = readBack(R"({"epocs": 3, "copies": 0, "vote": "median", "repeats": "ten"})");
        } catch (const Error& error) {
            message = QString::fromUtf8(error.what());
        }
        for (const char* part : {"test.json", "epocs", "epochs", "copies", "vote", "repeats"})
            QVERIFY2(message.contains(QString::fromLatin1(part)), qPrintable(message));
    }
};

QTEST_GUILESS_MAIN(RepeatsTest)
#include "tst_repeats.moc"
