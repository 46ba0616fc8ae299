// SPDX-License-Identifier: GPL-3.0-or-later
// Repeats that were interrupted: going on gives what an uninterrupted run gives, to the last bit.
#include "core/experiment/fit_plan.h"
#include "core/experiment/repeats.h"
#include "core/experiment/report.h"
#include "core/support/error.h"
#include "tests/support/synthetic_images.h"

#include <nlohmann/json.hpp>

#include <QtTest>

#include <cstring>
#include <limits>

using namespace augury;
using namespace augury::testing;

namespace {

ExperimentConfig smallConfig()
{
    ExperimentConfig config;
    config.training.epochs = 1;
    config.training.batchSize = 16;
    config.training.seed = 5;
    config.training.threads = 1; // two would wait for each other on a busy machine
    config.policy.rotationRange = 10;
    config.copies = 3;
    config.repeats = 4;
    config.parallelFits = 1;
    config.validationFraction = 0.25;
    return config;
}

bool sameBits(double a, double b)
{
    return std::memcmp(&a, &b, sizeof a) == 0 || (std::isnan(a) && std::isnan(b));
}

bool sameBits(const std::optional<double>& a, const std::optional<double>& b)
{
    return a.has_value() == b.has_value() && (!a || sameBits(*a, *b));
}

/// All but how long it took.
bool sameResult(const RepeatResult& a, const RepeatResult& b)
{
    bool same = a.index == b.index && a.seed == b.seed && a.history.size() == b.history.size()
        && std::memcmp(&a.comparison, &b.comparison, sizeof a.comparison) == 0;
    for (std::size_t i = 0; same && i < a.history.size(); ++i)
        same = sameBits(a.history[i].trainLoss, b.history[i].trainLoss)
            && sameBits(a.history[i].trainAccuracy, b.history[i].trainAccuracy)
            && sameBits(a.history[i].validationLoss, b.history[i].validationLoss)
            && sameBits(a.history[i].validationAccuracy, b.history[i].validationAccuracy);
    return same;
}

RepeatResult throughText(const RepeatResult& repeat)
{
    return repeatFromJson(nlohmann::json::parse(toJson(repeat).dump()), "a test");
}

} // namespace

class RepeatsResumeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyWayToInterruptGivesTheSameOutcome()
    {
        const auto dataset = bandDataset(96, 40, {1, 8, 8}, 4);
        const auto config = smallConfig();
        const auto whole = runRepeats(dataset, config);
        for (const unsigned done : {0U, 1U, 7U, 8U, 10U, 15U}) { // bit i: repeat i was there
            std::vector<RepeatResult> earlier;
            for (std::size_t i = 0; i < 4; ++i) {
                if ((done >> i) % 2 == 1)
                    earlier.push_back(throughText(whole.repeats[i]));
            }
            std::vector<int> observed;
            RepeatObserver observer;
            observer.onRepeat = [&](const RepeatResult& repeat) {
                observed.push_back(repeat.index);
            };
            const auto outcome =
                runRepeats(dataset, config, observer, {}, {earlier, whole.threadsPerFit});
            QVERIFY(!outcome.stopped);
            QCOMPARE(outcome.threadsPerFit, whole.threadsPerFit);
            QCOMPARE(outcome.repeats.size(), std::size_t(4));
            QCOMPARE(observed.size(), 4 - earlier.size());
            for (std::size_t i = 0; i < 4; ++i)
                QVERIFY2(sameResult(outcome.repeats[i], whole.repeats[i]),
                    qPrintable(QStringLiteral("%1, repeat %2").arg(done).arg(i)));
            for (const int index : observed)
                QVERIFY((done >> static_cast<unsigned>(index)) % 2 == 0);
        }
    }

    /// Where fewer are left than the machine has threads, a plan made anew would give each more.
    void threadsPerFitStayWhatTheyWere()
    {
        const auto dataset = bandDataset(64, 20, {1, 8, 8}, 4);
        auto config = smallConfig();
        config.parallelFits = 2;
        config.training.threads = 2;
        const auto whole = runRepeats(dataset, config);
        QCOMPARE(whole.threadsPerFit, 1);
        QCOMPARE(whole.parallelFits, 2);
        const std::vector<RepeatResult> earlier(whole.repeats.begin(), whole.repeats.begin() + 3);
        const auto outcome = runRepeats(dataset, config, {}, {}, {earlier, whole.threadsPerFit});
        QCOMPARE(outcome.threadsPerFit, 1);
        QVERIFY(sameResult(outcome.repeats[3], whole.repeats[3]));

        auto automatic = smallConfig();
        automatic.parallelFits = 0;
        automatic.training.threads = 8;
        QCOMPARE(planFits(automatic, {1, 8, 8}).threadsPerFit, 2); // 4 fits of 8 threads
        QCOMPARE(planFits(automatic, {1, 8, 8}, 1).threadsPerFit, 1);
        QCOMPARE(planFits(automatic, {1, 8, 8}, 4).threadsPerFit, 4);
        QCOMPARE(planFits(automatic, {1, 8, 8}, 4).parallelFits, 2);
    }

    void progressBeginsWhereItWas()
    {
        const auto dataset = bandDataset(64, 20, {1, 8, 8}, 4);
        const auto config = smallConfig();
        const auto whole = runRepeats(dataset, config);
        const std::vector<RepeatResult> earlier(whole.repeats.begin(), whole.repeats.begin() + 3);
        std::int64_t first = -1;
        std::int64_t last = 0;
        std::int64_t total = 0;
        RepeatObserver observer;
        observer.onProgress = [&](const Progress& progress) {
            first = first < 0 ? progress.done : first;
            last = progress.done;
            total = progress.total;
        };
        runRepeats(dataset, config, observer, {}, {earlier, whole.threadsPerFit});
        QVERIFY(first >= total * 3 / 4);
        QVERIFY(last >= total - 2 && last <= total);
    }

    void aStopKeepsWhatWasThereToo()
    {
        const auto dataset = bandDataset(64, 20, {1, 8, 8}, 4);
        const auto config = smallConfig();
        const auto whole = runRepeats(dataset, config);
        const std::vector<RepeatResult> earlier{whole.repeats[2]};
        std::stop_source stop;
        stop.request_stop();
        const auto outcome =
            runRepeats(dataset, config, {}, stop.get_token(), {earlier, whole.threadsPerFit});
        QVERIFY(outcome.stopped);
        QCOMPARE(outcome.repeats.size(), std::size_t(1));
        QCOMPARE(outcome.repeats[0].index, 2);
    }

    void repeatsOfAnotherExperimentAreRefused()
    {
        const auto dataset = bandDataset(64, 20, {1, 8, 8}, 4);
        const auto config = smallConfig();
        RepeatResult good;
        good.index = 1;
        good.seed = repeatSeed(config, 1);
        auto otherSeed = good;
        otherSeed.seed += 1;
        auto outside = good;
        outside.index = 4;
        outside.seed = repeatSeed(config, 4);
        auto negative = good;
        negative.index = -1;
        for (const auto& wrong : std::vector<std::vector<RepeatResult>>{
                 {otherSeed}, {outside}, {negative}, {good, good}})
            QVERIFY_EXCEPTION_THROWN(runRepeats(dataset, config, {}, {}, {wrong, 1}), Error);
    }

    void aRepeatSurvivesJsonToTheLastBit()
    {
        constexpr double infinity = std::numeric_limits<double>::infinity();
        constexpr double none = std::numeric_limits<double>::quiet_NaN();
        RepeatResult repeat;
        repeat.index = 999;
        repeat.seed = (std::uint64_t(1) << 32U) - 1;
        repeat.comparison = {60'000, 12'345, 23'456, 20'000, 8'889, 480'001, 77, 123'457};
        repeat.history = {
            {0.1 + 0.2, 1.0 / 3, std::nullopt, std::nullopt, 1e-300},
            {none, 0, none, 0.0, 0},
            {infinity, 1, -infinity, 1.0, 5e-324},
            {-0.0, 0.5, 1.7976931348623157e308, 0.3, 3},
        };
        repeat.trainSeconds = 1.0 / 7;
        repeat.evaluateSeconds = 123456.789;
        const auto back = throughText(repeat);
        QVERIFY(sameResult(back, repeat));
        QVERIFY(sameBits(back.trainSeconds, repeat.trainSeconds));
        QVERIFY(sameBits(back.evaluateSeconds, repeat.evaluateSeconds));
        for (std::size_t i = 0; i < repeat.history.size(); ++i)
            QVERIFY(sameBits(back.history[i].seconds, repeat.history[i].seconds));
        // Whatever the counts are: the mean number of variants comes back as their sum.
        for (std::uint32_t i = 0; i < 500; ++i) {
            const auto words = randomWords(9, RandomUse::Subset, i);
            repeat.comparison.fixed = repeat.comparison.broken = 0;
            repeat.comparison.images = 1 + words[0] % 1'000'000;
            repeat.comparison.variants = words[1] % 100'000'000;
            QCOMPARE(throughText(repeat).comparison.variants, repeat.comparison.variants);
        }
    }
};

QTEST_GUILESS_MAIN(RepeatsResumeTest)
#include "tst_repeats_resume.moc"
