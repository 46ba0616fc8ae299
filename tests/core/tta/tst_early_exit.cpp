// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/trainer.h"
#include "core/tta/early_exit.h"
#include "tests/support/fake_classifier.h"
#include "tests/support/made_images.h"
#include "tests/support/synthetic_images.h"

#include <QtTest>

using namespace augury;
using namespace augury::testing;

namespace {

constexpr Shape shape{3, 8, 8};

/// Probabilities as a function of an image's bytes: a table of random votes. `steps` > 0 makes them
/// multiples of 1/steps, so that exact ties of sums and of votes abound.
class TableClassifier : public FakeClassifier {
public:
    /// `overshoot` is added to the likeliest class and taken from another: probabilities that are
    /// not quite, as those of a network in lower precision.
    TableClassifier(int classes, double sharpness, int steps, float overshoot = 0)
        : FakeClassifier(shape, classes)
        , m_sharpness(sharpness)
        , m_steps(steps)
        , m_overshoot(overshoot)
    {
        kind = OutputKind::Probabilities;
    }

    void predict(std::span<const std::uint8_t> pixels, std::span<float> outputs) override
    {
        const auto classes = classNames().size();
        const auto images = pixels.size() / shape.size();
        passes += static_cast<std::int64_t>(images);
        for (std::size_t n = 0; n < images; ++n) {
            std::uint64_t hash = 14695981039346656037ULL; // FNV-1a
            for (const auto byte : pixels.subspan(n * shape.size(), shape.size()))
                hash = (hash ^ byte) * 1099511628211ULL;
            auto row = outputs.subspan(n * classes, classes);
            fill(row, hash);
        }
    }

private:
    void fill(std::span<float> row, std::uint64_t hash) const
    {
        const auto uniform = [&](std::size_t i) {
            return toUniform(
                randomWords(hash, RandomUse::Bootstrap, static_cast<std::uint32_t>(i))[0]);
        };
        if (m_steps > 0) { // that many votes thrown at the classes
            std::ranges::fill(row, 0.0F);
            for (int i = 0; i < m_steps; ++i)
                row[static_cast<std::size_t>(uniform(static_cast<std::size_t>(i))
                    * static_cast<double>(row.size()))] += 1.0F / static_cast<float>(m_steps);
            *std::ranges::max_element(row) += m_overshoot;
            *std::ranges::min_element(row) -= m_overshoot;
            return;
        }
        for (std::size_t k = 0; k < row.size(); ++k)
            row[k] = static_cast<float>(m_sharpness * uniform(k));
        softmaxRows(row, static_cast<int>(row.size()));
    }

    double m_sharpness;
    int m_steps;
    float m_overshoot;
};

AugmentPolicy flips()
{
    AugmentPolicy policy;
    policy.horizontalFlip = true;
    policy.verticalFlip = true;
    return policy;
}

AugmentPolicy affine()
{
    AugmentPolicy policy;
    policy.horizontalFlip = true;
    policy.rotationRange = 30;
    policy.widthShiftRange = 0.2;
    return policy;
}

AugmentPolicy views()
{
    AugmentPolicy policy;
    policy.views = ViewSets{};
    policy.views->horizontalFlip = policy.views->quarterTurns = true;
    return policy;
}

std::vector<VoteOptions> allOptions()
{
    std::vector<VoteOptions> all;
    for (const auto rule : {VoteRule::Mean, VoteRule::Majority}) {
        all.push_back({rule});
        all.push_back({rule, true});
        for (const double blend : {0.25, 0.5, 1.0})
            all.push_back({rule, false, blend});
    }
    return all;
}

/// Everything that must hold for one setting; the message of the first that does not. `table` is
/// the full vote's.
QString difference(Classifier& classifier, const Split& split, const PredictOptions& predict,
    const VoteTable& table, const VoteOptions& vote)
{
    const auto expected = mergeVotes(table, predict.copies, vote).decisions;
    for (const bool baseline : {true, false}) {
        const auto found = predictDecisions(classifier, split, predict, vote, baseline);
        for (std::size_t i = 0; i < split.size(); ++i) {
            if (found.merged[i] != expected[i])
                return QStringLiteral("image %1, copies %2, rule %3, blend %4: %5 %6, not %7 %8")
                    .arg(i)
                    .arg(predict.copies)
                    .arg(QLatin1String(toString(vote.rule)))
                    .arg(vote.blend)
                    .arg(found.merged[i].predicted)
                    .arg(found.merged[i].tied)
                    .arg(expected[i].predicted)
                    .arg(expected[i].tied);
        }
        if (baseline ? found.baseline != baselineDecisions(table) : !found.baseline.empty())
            return QStringLiteral("the baseline differs");
        if (found.forwardPasses + found.passesSaved != table.forwardPasses()
            || found.passesSaved < 0)
            return QStringLiteral("passes do not add up: %1 + %2, not %3")
                .arg(found.forwardPasses)
                .arg(found.passesSaved)
                .arg(table.forwardPasses());
    }
    return {};
}

} // namespace

class EarlyExitTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void randomTables_data();
    void randomTables();
    void realModel();
    void stopsAsSoonAsItIsCertain();
    void stopsNoSooner();
    void originalNotNeeded();
    void independentOfThreads();
    void progress();
    void edges();
    void stopRequest();
    void refuses();
};

void EarlyExitTest::randomTables_data()
{
    QTest::addColumn<int>("classes");
    QTest::addColumn<double>("sharpness");
    QTest::addColumn<int>("steps");
    QTest::addColumn<float>("overshoot");
    QTest::newRow("vague") << 4 << 1.0 << 0 << 0.0F;
    QTest::newRow("middling") << 10 << 6.0 << 0 << 0.0F;
    QTest::newRow("sharp") << 3 << 60.0 << 0 << 0.0F;
    QTest::newRow("halves: ties everywhere") << 3 << 0.0 << 2 << 0.0F;
    QTest::newRow("quarters") << 5 << 0.0 << 4 << 0.0F;
    QTest::newRow("one certain class") << 3 << 0.0 << 1 << 0.0F;
    QTest::newRow("an ulp above 1") << 3 << 0.0 << 1 << 1.2e-7F;
    QTest::newRow("just above 1, just below 0") << 3 << 0.0 << 1 << 9e-5F;
    QTest::newRow("tenths: ties up to rounding") << 4 << 0.0 << 10 << 0.0F;
    QTest::newRow("two classes") << 2 << 2.0 << 0 << 0.0F;
    QTest::newRow("one class") << 1 << 1.0 << 0 << 0.0F;
}

void EarlyExitTest::randomTables()
{
    QFETCH(int, classes);
    QFETCH(double, sharpness);
    QFETCH(int, steps);
    QFETCH(float, overshoot);
    TableClassifier classifier(classes, sharpness, steps, overshoot);
    const auto split = wholeSplit(noiseImages(120, shape, classes));
    for (const int copies : {1, 2, 3, 7, 8, 20}) {
        for (const auto& policy : {flips(), affine(), views()}) {
            if (copies > mostCopies(policy))
                continue;
            const PredictOptions options{policy, copies, 11, 1};
            const auto table = predictVotes(classifier, split, options);
            for (const auto& vote : allOptions()) {
                const auto message = difference(classifier, split, options, table, vote);
                QVERIFY2(message.isEmpty(), qPrintable(message));
            }
        }
    }
}

void EarlyExitTest::realModel()
{
    TrainSettings settings;
    settings.epochs = 1;
    const Shape large{3, 16, 16};
    const auto training = bandImages(256, large, 4, 1);
    const auto model = train(wholeSplit(training), {}, testing::classNames(4), settings);
    const auto classifier = makeClassifier(model.checkpoint);
    const auto split = wholeSplit(noiseImages(300, large, 4)); // where it is unsure
    for (const auto& policy : {flips(), affine(), views()}) {
        const PredictOptions options{policy, 7, 3, 1};
        const auto table = predictVotes(*classifier, split, options);
        for (const auto& vote : allOptions()) {
            const auto message = difference(*classifier, split, options, table, vote);
            QVERIFY2(message.isEmpty(), qPrintable(message));
        }
    }
}

/// Seven copies of random flips: with v votes for the likeliest variant and a lead of l, one pass
/// is enough exactly when v l > 7 − v.
void EarlyExitTest::stopsAsSoonAsItIsCertain()
{
    TableClassifier classifier(3, 6.0, 0);
    const auto policy = tutorialPolicy();
    const auto images = noiseImages(300, shape, 3);
    int once = 0;
    for (std::uint32_t i = 0; i < 300; ++i) {
        const Split one{images, {i}};
        int flipped = 0;
        for (std::uint32_t copy = 1; copy <= 7; ++copy)
            flipped += draw(policy, 5, i, copy).horizontalFlip ? 1 : 0;
        const auto table = predictVotes(classifier, one, {policy, 7, 5, 1});
        const bool flipFirst = flipped > 3;
        const int votes = std::max(flipped, 7 - flipped);
        int slot = 0; // of the likelier variant
        while (slot == 0 ? flipFirst
                         : draw(policy, 5, i, std::uint32_t(slot)).horizontalFlip != flipFirst)
            ++slot;
        std::vector<float> p(table.view(0, slot).begin(), table.view(0, slot).end());
        std::sort(p.rbegin(), p.rend());
        const bool enough = votes * static_cast<double>(p[0] - p[1]) > 7 - votes;
        const auto found = predictDecisions(classifier, one, {policy, 7, 5, 1}, {}, false);
        QCOMPARE(found.forwardPasses, std::int64_t(enough || votes == 7 ? 1 : 2));
        once += enough ? 1 : 0;
    }
    QVERIFY(once > 50); // both happened
    QVERIFY(once < 250);
}

/// Copies that all say the same with certainty: decided once more than half of them have spoken.
void EarlyExitTest::stopsNoSooner()
{
    class Constant : public TableClassifier {
    public:
        Constant()
            : TableClassifier(2, 0, 1)
        {
        }
        void predict(std::span<const std::uint8_t> pixels, std::span<float> outputs) override
        {
            passes += static_cast<std::int64_t>(pixels.size() / shape.size());
            for (std::size_t i = 0; i < outputs.size(); ++i)
                outputs[i] = i % 2 == 0 ? 1.0F : 0.0F;
        }
    } constant;
    const auto split = wholeSplit(noiseImages(10, shape, 2));
    for (const auto rule : {VoteRule::Mean, VoteRule::Majority}) {
        for (const int copies : {1, 2, 3, 4, 7, 8}) {
            const auto found =
                predictDecisions(constant, split, {affine(), copies, 1, 1}, {rule}, false);
            QCOMPARE(found.forwardPasses, std::int64_t(10 * (copies / 2 + 1)));
        }
    }
}

void EarlyExitTest::originalNotNeeded()
{
    // Alone, the copies of an affine policy decide without a look at the original …
    TableClassifier classifier(3, 60.0, 0);
    const auto split = wholeSplit(noiseImages(100, shape, 3));
    const auto without = predictDecisions(classifier, split, {affine(), 3, 1, 1}, {}, false);
    const auto with = predictDecisions(classifier, split, {affine(), 3, 1, 1}, {}, true);
    QCOMPARE(with.forwardPasses, without.forwardPasses + 100);
    QVERIFY(with.merged == without.merged);
    QCOMPARE(with.distinctVariants, std::int64_t(300));
    QCOMPARE(without.distinctVariants, std::int64_t(300));
}

void EarlyExitTest::independentOfThreads()
{
    FakeClassifier classifier(shape, 5);
    const auto split = wholeSplit(noiseImages(700, shape, 5));
    const auto one = predictDecisions(classifier, split, {affine(), 7, 2, 1}, {}, true);
    const auto three = predictDecisions(classifier, split, {affine(), 7, 2, 3}, {}, true);
    QVERIFY(one.merged == three.merged);
    QCOMPARE(one.forwardPasses, three.forwardPasses);
    QVERIFY(classifier.largestBatch <= 512);
}

void EarlyExitTest::progress()
{
    FakeClassifier classifier(shape, 5);
    const auto split = wholeSplit(noiseImages(700, shape, 5));
    std::vector<std::int64_t> seen;
    Job job;
    job.onProgress = [&](const Progress& progress) {
        QCOMPARE(progress.total, std::int64_t(700));
        seen.push_back(progress.done);
    };
    predictDecisions(classifier, split, {affine(), 7, 2, 1}, {}, true, job);
    QVERIFY(std::is_sorted(seen.begin(), seen.end()));
    QCOMPARE(seen.front(), std::int64_t(0));
    QCOMPARE(seen.back(), std::int64_t(700));
    QCOMPARE(static_cast<std::int64_t>(seen.size()), classifier.calls + 1); // block by block
}

void EarlyExitTest::edges()
{
    FakeClassifier classifier(shape, 5);
    const auto split = wholeSplit(noiseImages(20, shape, 5));
    // No copies, the original alone.
    const VoteOptions original{VoteRule::Mean, true};
    const auto alone = predictDecisions(classifier, split, {affine(), 0, 1, 1}, original, true);
    QVERIFY(alone.merged == alone.baseline);
    QCOMPARE(alone.forwardPasses, std::int64_t(20));
    // A policy that draws nothing: the original seven times.
    const auto nothing = predictDecisions(classifier, split, {{}, 7, 1, 1}, {}, true);
    QVERIFY(nothing.merged == alone.baseline);
    QCOMPARE(nothing.forwardPasses, std::int64_t(20));
    QCOMPARE(nothing.passesSaved, std::int64_t(0));
}

void EarlyExitTest::stopRequest()
{
    FakeClassifier classifier(shape, 5);
    const auto split = wholeSplit(noiseImages(700, shape, 5));
    std::stop_source source;
    classifier.onCall = [&] { source.request_stop(); };
    QVERIFY_EXCEPTION_THROWN(predictDecisions(classifier, split, {affine(), 7, 1, 1}, {}, true,
                                 {source.get_token(), {}}),
        Cancelled);
    QCOMPARE(classifier.calls, std::int64_t(1));
}

void EarlyExitTest::refuses()
{
    FakeClassifier classifier(shape, 5);
    const auto split = wholeSplit(noiseImages(7, shape, 5));
    for (const auto rule : allVoteRules()) {
        if (allowsEarlyExit(rule))
            continue;
        QVERIFY_EXCEPTION_THROWN(
            predictDecisions(classifier, split, {affine(), 3, 1, 1}, {rule}), Error);
    }
    QVERIFY_EXCEPTION_THROWN(predictDecisions(classifier, split, {affine(), 0, 1, 1}, {}), Error);
    QVERIFY_EXCEPTION_THROWN(
        predictDecisions(classifier, split, {affine(), 3, 1, 1}, {VoteRule::Mean, false, 2.0}),
        Error);
    QCOMPARE(classifier.passes, std::int64_t(0));
}

QTEST_GUILESS_MAIN(EarlyExitTest)
#include "tst_early_exit.moc"
