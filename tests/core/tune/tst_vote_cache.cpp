// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tta/predictor.h"
#include "core/tune/vote_cache.h"
#include "tests/core/tune/tune_subject.h"

#include <set>

using namespace augury;
using namespace augury::testing;

namespace {

constexpr std::uint64_t seed = 5;

/// Every row of every slot is to the bit what predictVotes() gives.
void compareTables(const VoteTable& table, const VoteTable& expected)
{
    QCOMPARE(table.classes, expected.classes);
    QCOMPARE(table.copies, expected.copies);
    QVERIFY(table.images == expected.images);
    QVERIFY(table.labels == expected.labels);
    QVERIFY(table.policy == expected.policy);
    QCOMPARE(table.seed, expected.seed);
    QCOMPARE(table.hasLogits(), expected.hasLogits());
    QCOMPARE(table.forwardPasses(), expected.forwardPasses()); // duplicates share a row
    QCOMPARE(table.rows.size(), expected.rows.size());
    const auto classes = static_cast<std::size_t>(table.classes);
    for (std::size_t image = 0; image < table.size(); ++image) {
        for (int slot = 0; slot <= table.copies; ++slot) {
            const auto a = table.outputs(image, slot);
            const auto b = expected.outputs(image, slot);
            QVERIFY(std::equal(a.probabilities, a.probabilities + classes, b.probabilities));
            if (table.hasLogits())
                QVERIFY(std::equal(a.logits, a.logits + classes, b.logits));
            for (int other = 0; other < slot; ++other)
                QCOMPARE(table.row(image, slot) == table.row(image, other),
                    expected.row(image, slot) == expected.row(image, other));
        }
    }
}

VoteTable expectedVotes(const Split& split, const AugmentPolicy& policy, int copies,
    std::span<const std::uint32_t> positions)
{
    FakeClassifier classifier(tuneShape, tuneClasses);
    Split part{split.images, {}};
    for (const auto position : positions)
        part.indices.push_back(split.indices[position]);
    PredictOptions options;
    options.policy = policy;
    options.copies = copies;
    options.seed = seed;
    return predictVotes(classifier, part, options);
}

} // namespace

class VoteCacheTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void givesWhatPredictVotesGives();
    void sharesWhateverIsEqual();
    void predictsOnlyWhatIsMissing();
    void keepsWhatAStopLeft();
    void refuses();
    void probabilitiesWithoutLogits();
};

void VoteCacheTest::givesWhatPredictVotesGives()
{
    const auto split = tuneSplit(700); // more than a block of views
    FakeClassifier classifier(tuneShape, tuneClasses);
    VoteCache cache(classifier, split);
    const std::vector<std::uint32_t> few = {3, 699, 0, 41, 40};
    std::vector<std::uint32_t> all(split.size());
    for (std::size_t i = 0; i < all.size(); ++i)
        all[i] = static_cast<std::uint32_t>((i * 271) % all.size()); // coprime: each once
    const auto check = [&](const AugmentPolicy& policy, int copies, const auto& positions) {
        compareTables(cache.votes(policy, copies, seed, positions),
            expectedVotes(split, policy, copies, positions));
    };
    check(tutorialPolicy(), 7, few);
    check(noisyTurns(), 3, few);
    check(noisyTurns(), 6, all); // more copies, more images
    check(noisyTurns(), 2, few); // fewer of both
    check(presetPolicy("hflip"), 2, all);
    check(presetPolicy("ten_crop"), 10, few);
    check(presetPolicy("five_crop"), 5, few);
    check(presetPolicy("keras_full"), 4, all);
    check(AugmentPolicy{}, 3, all);
    check(tutorialPolicy(), 0, all);
}

void VoteCacheTest::sharesWhateverIsEqual()
{
    const auto split = tuneSplit(20);
    FakeClassifier classifier(tuneShape, tuneClasses);
    VoteCache cache(classifier, split);
    std::vector<std::uint32_t> all(split.size());
    std::iota(all.begin(), all.end(), 0U);

    // All distinct pairs of image and Transform, drawn one by one.
    std::set<std::pair<std::uint32_t, Transform>> distinct;
    const std::vector<std::pair<AugmentPolicy, int>> asked = {{presetPolicy("five_crop"), 5},
        {presetPolicy("ten_crop"), 10}, {presetPolicy("hflip"), 2}, {tutorialPolicy(), 7},
        {noisyTurns(), 4}, {noisyTurns(), 9}, {presetPolicy("multi_scale"), 6}};
    for (const auto& [policy, copies] : asked) {
        cache.votes(policy, copies, seed, all);
        for (const auto image : split.indices) {
            distinct.insert({image, Transform{}});
            for (int copy = 1; copy <= copies; ++copy)
                distinct.insert(
                    {image, draw(policy, seed, image, static_cast<std::uint32_t>(copy))});
        }
        QCOMPARE(cache.passes(), static_cast<std::int64_t>(distinct.size()));
        QCOMPARE(classifier.passes, cache.passes());
    }
    cache.votes(noisyTurns(), 4, seed + 1, all); // other draws, the same originals
    QCOMPARE(cache.passes(), static_cast<std::int64_t>(distinct.size()) + 4 * 20);
}

void VoteCacheTest::predictsOnlyWhatIsMissing()
{
    const auto split = tuneSplit(12);
    FakeClassifier classifier(tuneShape, tuneClasses);
    VoteCache cache(classifier, split);
    QCOMPARE(cache.passes(), std::int64_t(0));
    QCOMPARE(cache.secondsPerPass(), 0.0);
    const std::vector<std::uint32_t> some = {1, 2, 3};
    std::int64_t last = -1;
    std::int64_t total = -1;
    const Job job{{}, [&](const Progress& progress) {
                      last = progress.done;
                      total = progress.total;
                  }};
    cache.votes(noisyTurns(), 2, seed, some, job);
    QCOMPARE(cache.passes(), std::int64_t(9));
    QCOMPARE(last, std::int64_t(9));
    QCOMPARE(total, std::int64_t(9));
    const std::vector<std::uint32_t> more = {3, 4};
    cache.votes(noisyTurns(), 3, seed, more, job);
    QCOMPARE(cache.passes(), std::int64_t(9 + 1 + 4));
    QCOMPARE(total, std::int64_t(5));
    const auto seconds = cache.seconds();
    QVERIFY(seconds > 0);
    cache.votes(noisyTurns(), 2, seed, std::vector<std::uint32_t>{4, 2, 1});
    QCOMPARE(classifier.passes, std::int64_t(14));
    QCOMPARE(cache.seconds(), seconds); // a look at what is there costs no pass
    QCOMPARE(cache.secondsPerPass(), seconds / 14);
}

void VoteCacheTest::keepsWhatAStopLeft()
{
    const auto split = tuneSplit(600);
    FakeClassifier classifier(tuneShape, tuneClasses);
    VoteCache cache(classifier, split);
    std::vector<std::uint32_t> all(split.size());
    std::iota(all.begin(), all.end(), 0U);
    std::stop_source stop;
    classifier.onCall = [&] {
        if (classifier.calls == 2)
            stop.request_stop();
    };
    QVERIFY_THROWS_EXCEPTION(
        Cancelled, cache.votes(noisyTurns(), 2, seed, all, {stop.get_token(), {}}));
    const auto kept = cache.passes();
    QVERIFY(kept > 0 && kept < 1800);
    QCOMPARE(classifier.passes, kept); // of the block that was under way, too
    compareTables(
        cache.votes(noisyTurns(), 2, seed, all), expectedVotes(split, noisyTurns(), 2, all));
    QCOMPARE(classifier.passes, std::int64_t(1800));
}

void VoteCacheTest::refuses()
{
    const auto split = tuneSplit(10);
    const std::vector<std::uint32_t> all = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    FakeClassifier classifier(tuneShape, tuneClasses);
    {
        auto set = std::make_shared<ImageSet>(*split.images);
        set->labels[split.indices[4]] = -1;
        QVERIFY_THROWS_EXCEPTION(Error, VoteCache(classifier, Split{set, split.indices}));
    }
    VoteCache::Options options;
    options.memoryBudget = 60'000;
    VoteCache small(classifier, split, options);
    small.votes(noisyTurns(), 1, seed, all);
    try {
        small.votes(noisyTurns(), 50, seed, all);
        QFAIL("The budget is too small.");
    } catch (const Error& error) {
        const std::string text = error.what();
        QVERIFY2(text.find("510 distinct variants") != std::string::npos, text.c_str());
        QVERIFY2(text.find("the budget is 0.1 MB") != std::string::npos, text.c_str());
    }
    QCOMPARE(small.passes(), std::int64_t(20)); // nothing was predicted, nothing is lost
    small.votes(noisyTurns(), 2, seed, all);
    QCOMPARE(small.passes(), std::int64_t(30));

    VoteCache cache(classifier, split);
    AugmentPolicy turned;
    turned.rotate90 = true; // the images are not square
    QVERIFY_THROWS_EXCEPTION(Error, cache.votes(turned, 2, seed, all));
    QVERIFY_THROWS_EXCEPTION(Error, cache.votes(presetPolicy("hflip"), 3, seed, all));
    QVERIFY_THROWS_EXCEPTION(
        Error, cache.votes(tutorialPolicy(), 3, seed, std::vector<std::uint32_t>{10}));
    FakeClassifier other({1, 6, 8}, tuneClasses);
    VoteCache misfit(other, split);
    QVERIFY_THROWS_EXCEPTION(Error, misfit.votes(tutorialPolicy(), 3, seed, all));
}

void VoteCacheTest::probabilitiesWithoutLogits()
{
    const auto split = tuneSplit(10);
    const std::vector<std::uint32_t> all = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    FakeClassifier classifier(tuneShape, tuneClasses);
    classifier.withSoftmax = true;
    classifier.kind = OutputKind::Unknown;
    VoteCache cache(classifier, split);
    QVERIFY(cache.outputKind() == OutputKind::Probabilities);
    const auto table = cache.votes(noisyTurns(), 3, seed, all);
    QVERIFY(!table.hasLogits());
    QCOMPARE(cache.passes(), std::int64_t(40)); // the look at the first images is no variant

    PredictOptions options;
    options.policy = noisyTurns();
    options.copies = 3;
    options.seed = seed;
    compareTables(table, predictVotes(classifier, split, options));
    FakeClassifier known(tuneShape, tuneClasses);
    QVERIFY(VoteCache(known, split).outputKind() == OutputKind::Logits);
    QCOMPARE(known.calls, std::int64_t(0));
}

QTEST_GUILESS_MAIN(VoteCacheTest)
#include "tst_vote_cache.moc"
