// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tune/greedy_search.h"
#include "core/tune/tune.h"
#include "tests/support/fake_classifier.h"
#include "tests/support/made_images.h"

#include <QtTest>

using namespace augury;
using namespace augury::testing;

namespace {

constexpr Shape shape{3, 12, 12};
constexpr int classes = 4;

TuneSpec smallSpec()
{
    auto spec = defaultSpec(TuneMethod::Greedy);
    spec.steps = 5;
    spec.pool.random = 10;
    return spec;
}

/// Labels that the classifier itself gives the flipped image, most of them.
Split labelledSplit(FakeClassifier& classifier, std::size_t n)
{
    auto images = noiseImages(n, shape, classes);
    std::vector<std::uint8_t> flipped(shape.size());
    std::vector<float> logits(classes);
    for (std::size_t i = 0; i < n; ++i) {
        render(images->image(i), {.horizontalFlip = true}, flipped);
        classifier.predict(flipped, logits);
        if (i % 7 != 0)
            images->labels[i] =
                static_cast<std::int32_t>(std::ranges::max_element(logits) - logits.begin());
    }
    classifier.passes = classifier.calls = 0;
    return wholeSplit(images);
}

bool same(const Trial& a, const Trial& b)
{
    return a.index == b.index && a.place == b.place && a.configuration == b.configuration
        && a.state == b.state && a.right == b.right && a.nll.sum == b.nll.sum
        && a.comparison.ttaCorrect == b.comparison.ttaCorrect && a.logLikelihood == b.logLikelihood
        && a.temperature == b.temperature;
}

} // namespace

class GreedyMethodTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isTheGreedySearch()
    {
        FakeClassifier classifier(shape, classes);
        const auto split = labelledSplit(classifier, 120);
        auto spec = smallSpec();
        spec.images = 90;
        VoteCache cache(classifier, split);
        std::vector<int> told;
        TuneObserver observer;
        observer.onTrials = [&](std::span<const Trial> trials) {
            for (const auto& trial : trials)
                told.push_back(trial.index);
        };
        const auto outcome = tune(cache, spec, observer);
        QVERIFY(!outcome.stopped);
        QVERIFY((told == std::vector<int>{0, 1, 2, 3, 4}));

        // The search itself, on the pool's votes.
        const auto pool = poolViews(spec.pool, shape, spec.seed);
        QVERIFY(pool.size() > 40);
        Split searched{split.images, {}};
        const auto order = searchOrder(split, spec);
        QCOMPARE(order.size(), std::size_t(90));
        for (const auto position : order)
            searched.indices.push_back(split.indices[position]);
        PredictOptions options;
        options.policy.views.emplace().list = pool;
        options.copies = static_cast<int>(pool.size());
        FakeClassifier other(shape, classes);
        const auto table = predictVotes(other, searched, options);
        const auto steps = greedySearch(table, 5);
        QVERIFY(pool[static_cast<std::size_t>(steps[0].view)].horizontalFlip);

        QCOMPARE(outcome.trials.size(), std::size_t(5));
        std::vector<Transform> chosen;
        for (std::size_t i = 0; i < 5; ++i) {
            const auto& trial = outcome.trials[i];
            chosen.push_back(pool[static_cast<std::size_t>(steps[i].view)]);
            QVERIFY(trial.state == Trial::State::Finished);
            QVERIFY(trial.place == std::vector<int>{static_cast<int>(i)});
            QVERIFY(trial.configuration.policy.views->list == chosen);
            QVERIFY(trial.configuration.policy.validate().empty());
            QCOMPARE(trial.configuration.copies, static_cast<int>(i) + 1);
            QVERIFY(trial.configuration.vote == VoteOptions{});
            QCOMPARE(*trial.logLikelihood, steps[i].logLikelihood);
            QCOMPARE(*trial.temperature, steps[i].temperature);
            // As an evaluation of that list would count.
            PredictOptions mine;
            mine.policy = trial.configuration.policy;
            mine.copies = trial.configuration.copies;
            const auto votes = predictVotes(other, searched, mine);
            const auto expected = compare(votes, mine.copies, {});
            QCOMPARE(trial.comparison.images, std::int64_t(90));
            QCOMPARE(trial.comparison.ttaCorrect, expected.ttaCorrect);
            QCOMPARE(trial.comparison.fixed, expected.fixed);
            QCOMPARE(trial.comparison.broken, expected.broken);
            QCOMPARE(trial.comparison.forwardPasses, expected.forwardPasses);
            QVERIFY(trial.seconds > 0);
            if (i > 0)
                QVERIFY(*trial.logLikelihood > -2);
        }
        // Every view once, and each step looked at the whole pool.
        QCOMPARE(outcome.passes, table.forwardPasses());
        QCOMPARE(classifier.passes, table.forwardPasses());
        QCOMPARE(outcome.tried, static_cast<std::int64_t>(5 * pool.size()));
    }

    void goesOnWhereItWasStopped()
    {
        FakeClassifier classifier(shape, classes);
        const auto split = labelledSplit(classifier, 60);
        const auto spec = smallSpec();
        VoteCache cache(classifier, split);
        const auto whole = tune(cache, spec);

        std::stop_source source;
        TuneObserver observer;
        observer.onTrials = [&](std::span<const Trial> trials) {
            if (trials.back().index == 1)
                source.request_stop();
        };
        VoteCache first(classifier, split);
        const auto part = tune(first, spec, observer, source.get_token());
        QVERIFY(part.stopped);
        QCOMPARE(part.trials.size(), std::size_t(2));
        QCOMPARE(part.tried * 5, whole.tried * 2);

        VoteCache second(classifier, split);
        const auto rest = tune(second, spec, {}, {}, part.trials);
        QCOMPARE(rest.trials.size(), whole.trials.size());
        for (std::size_t i = 0; i < whole.trials.size(); ++i)
            QVERIFY(same(rest.trials[i], whole.trials[i]));
        QCOMPARE(rest.tried, whole.tried);
        // All of it there: nothing is predicted.
        VoteCache third(classifier, split);
        const auto again = tune(third, spec, {}, {}, whole.trials);
        QCOMPARE(again.passes, std::int64_t(0));
        QCOMPARE(again.tried, whole.tried);
        // Steps of another pool are refused.
        auto other = spec;
        other.pool.flips = other.pool.shifts = other.pool.rotations = other.pool.zooms = false;
        other.pool.crops = other.pool.brightness = false;
        other.seed = 99;
        VoteCache fourth(classifier, split);
        QVERIFY_EXCEPTION_THROWN(tune(fourth, other, {}, {}, whole.trials), Error);
    }

    void stopsWhilePredicting()
    {
        FakeClassifier classifier(shape, classes);
        const auto split = labelledSplit(classifier, 700); // more than a batch of each view
        std::stop_source source;
        int calls = 0;
        classifier.onCall = [&] {
            if (++calls == 3)
                source.request_stop();
        };
        std::vector<std::int64_t> done;
        TuneObserver observer;
        observer.onProgress = [&](const Progress& progress) { done.push_back(progress.done); };
        VoteCache cache(classifier, split);
        const auto outcome = tune(cache, smallSpec(), observer, source.get_token());
        QVERIFY(outcome.stopped);
        QVERIFY(outcome.trials.empty());
        QCOMPARE(outcome.tried, std::int64_t(0));
        QVERIFY(calls <= 4); // within a batch
        QVERIFY(std::ranges::is_sorted(done));
        QVERIFY(done.size() >= 3);
    }
};

QTEST_GUILESS_MAIN(GreedyMethodTest)
#include "tst_greedy_method.moc"
