// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tta/predictor.h"
#include "core/tta/vote.h"
#include "tests/support/fake_classifier.h"
#include "tests/support/made_images.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

using namespace augury;
using namespace augury::testing;

namespace {

constexpr Shape shape{3, 6, 8};
constexpr int classes = 5;

AugmentPolicy mixed()
{
    AugmentPolicy policy;
    policy.horizontalFlip = true;
    policy.rotationRange = 20;
    policy.zoomRange = {0.8, 1.2};
    policy.fillMode = FillMode::Reflect;
    return policy;
}

AugmentPolicy flips()
{
    AugmentPolicy policy;
    policy.horizontalFlip = true;
    policy.verticalFlip = true;
    return policy;
}

std::vector<float> viewOf(const VoteTable& table, std::size_t image, int slot)
{
    const auto view = table.view(image, slot);
    return {view.begin(), view.end()};
}

/// What one pass on one variant gives, in double, softmax by its definition.
std::vector<double> naiveView(const ImageView& image, const Transform& transform)
{
    FakeClassifier classifier(shape, classes);
    std::vector<std::uint8_t> pixels(shape.size());
    render(image, transform, pixels);
    std::vector<float> logits(classes);
    classifier.predict(pixels, logits);
    std::vector<double> p(logits.begin(), logits.end());
    double sum = 0;
    for (auto& value : p)
        sum += value = std::exp(value);
    for (auto& value : p)
        value /= sum;
    return p;
}

QString errorOf(Classifier& classifier, const Split& split, const PredictOptions& options)
{
    try {
        predictVotes(classifier, split, options);
    } catch (const Error& error) {
        return QString::fromStdString(error.what());
    }
    return QStringLiteral("(no error)");
}

} // namespace

class PredictorTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tableIsComplete();
    void equalsNaivePasses_data();
    void equalsNaivePasses();
    void countsPasses_data();
    void countsPasses();
    void copiesDoNotDependOnTheirNumber();
    void subsetAndOrder();
    void threadsAndBlocks();
    void manyCopies();
    void baselineAlone();
    void progress();
    void stops();
    void wrongInput();
    void refusesHugeTables();
    void memoryBudget();
    void logitsAndProbabilities_data();
    void logitsAndProbabilities();
    void refusesMixedOutputs();
    void enumeratedViews();
    void classifierErrorsPassThrough();
    void notANumber();
};

void PredictorTest::tableIsComplete()
{
    FakeClassifier classifier(shape, classes);
    auto images = noiseImages(9, shape, classes);
    images->labels[4] = -1;
    const Split split{images, {8, 4, 0}};
    const auto table = predictVotes(classifier, split, {mixed(), 3, 5, 1});
    QCOMPARE(table.classes, classes);
    QCOMPARE(table.copies, 3);
    QCOMPARE(table.rows.size(), std::size_t(12));
    QVERIFY(table.images == split.indices);
    QVERIFY(table.labels == (std::vector<std::int32_t>{3, -1, 0}));
    for (std::size_t row = 0; row < table.probabilities.size(); row += classes) {
        double sum = 0;
        for (std::size_t k = 0; k < classes; ++k)
            sum += static_cast<double>(table.probabilities[row + k]);
        QVERIFY(std::abs(sum - 1) < 1e-6);
    }
}

void PredictorTest::equalsNaivePasses_data()
{
    QTest::addColumn<bool>("flipsOnly");
    QTest::addColumn<int>("copies");
    QTest::newRow("flips × 7") << true << 7;
    QTest::newRow("flips × 40") << true << 40;
    QTest::newRow("all × 7") << false << 7;
}

void PredictorTest::equalsNaivePasses()
{
    QFETCH(bool, flipsOnly);
    QFETCH(int, copies);
    const auto policy = flipsOnly ? flips() : mixed();
    const auto split = wholeSplit(noiseImages(60, shape, classes));
    FakeClassifier classifier(shape, classes);
    const auto table = predictVotes(classifier, split, {policy, copies, 17, 2});
    const auto votes = mergeVotes(table, copies, {VoteRule::Mean, false});
    for (std::size_t i = 0; i < split.size(); ++i) {
        std::vector<double> mean(classes, 0.0);
        for (int slot = 0; slot <= copies; ++slot) {
            const auto transform = slot == 0
                ? Transform{}
                : draw(policy, 17, split.indices[i], static_cast<std::uint32_t>(slot));
            const auto expected = naiveView(split.image(i), transform);
            for (std::size_t k = 0; k < classes; ++k) {
                QVERIFY(std::abs(static_cast<double>(table.view(i, slot)[k]) - expected[k]) < 1e-6);
                if (slot > 0)
                    mean[k] += expected[k] / copies;
            }
        }
        for (std::size_t k = 0; k < classes; ++k)
            QVERIFY(std::abs(votes.scores[i * classes + k] - mean[k]) < 1e-6);
    }
}

void PredictorTest::countsPasses_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("off") << 0;
    QTest::newRow("flip") << 1;
    QTest::newRow("both flips") << 2;
    QTest::newRow("continuous") << 3;
}

void PredictorTest::countsPasses()
{
    QFETCH(int, kind);
    const AugmentPolicy policies[] = {{}, tutorialPolicy(), flips(), mixed()};
    const auto& policy = policies[kind];
    const auto split = wholeSplit(noiseImages(200, shape, classes));
    FakeClassifier classifier(shape, classes);
    const int copies = 7;
    const auto table = predictVotes(classifier, split, {policy, copies, 3, 2});
    std::int64_t expected = 0;
    for (const auto index : split.indices) {
        // By pixels, not by Transform: noise looks different under every variant.
        std::set<std::vector<std::uint8_t>> pictures;
        for (std::uint32_t slot = 0; slot <= copies; ++slot) {
            std::vector<std::uint8_t> pixels(shape.size());
            render(split.images->image(index),
                slot == 0 ? Transform{} : draw(policy, 3, index, slot), pixels);
            pictures.insert(pixels);
        }
        expected += static_cast<std::int64_t>(pictures.size());
    }
    QCOMPARE(classifier.passes, expected);
    QCOMPARE(table.forwardPasses(), expected);
    const std::int64_t most[] = {200, 400, 800, 1600};
    QVERIFY(expected <= most[kind]);
    if (kind == 0 || kind == 3)
        QCOMPARE(expected, most[kind]);
    // Every row is used, and by one image only.
    std::vector<std::set<std::size_t>> users(static_cast<std::size_t>(expected));
    for (std::size_t i = 0; i < split.size(); ++i)
        for (int slot = 0; slot <= copies; ++slot)
            users.at(table.row(i, slot)).insert(i);
    for (const auto& user : users)
        QCOMPARE(user.size(), std::size_t(1));
}

void PredictorTest::copiesDoNotDependOnTheirNumber()
{
    const auto split = wholeSplit(noiseImages(40, shape, classes));
    for (const auto& policy : {flips(), mixed()}) {
        FakeClassifier classifier(shape, classes);
        const auto few = predictVotes(classifier, split, {policy, 4, 9, 2});
        const auto many = predictVotes(classifier, split, {policy, 33, 9, 2});
        for (std::size_t i = 0; i < split.size(); ++i)
            for (int slot = 0; slot <= 4; ++slot)
                QVERIFY(viewOf(few, i, slot) == viewOf(many, i, slot));
        const VoteOptions options;
        QVERIFY(mergeVotes(few, 4, options).scores == mergeVotes(many, 4, options).scores);
    }
}

void PredictorTest::subsetAndOrder()
{
    const auto images = noiseImages(50, shape, classes);
    FakeClassifier classifier(shape, classes);
    const PredictOptions options{mixed(), 5, 2, 2};
    const auto whole = predictVotes(classifier, wholeSplit(images), options);
    const Split some{images, {49, 3, 17, 0, 3}}; // out of order, one twice
    const auto part = predictVotes(classifier, some, options);
    for (std::size_t i = 0; i < some.size(); ++i)
        for (int slot = 0; slot <= 5; ++slot)
            QVERIFY(viewOf(part, i, slot) == viewOf(whole, some.indices[i], slot));
    // Another seed gives other copies of the same original.
    auto other = options;
    other.seed = 3;
    const auto changed = predictVotes(classifier, some, other);
    QVERIFY(viewOf(part, 0, 0) == viewOf(changed, 0, 0));
    QVERIFY(viewOf(part, 0, 1) != viewOf(changed, 0, 1));
}

void PredictorTest::threadsAndBlocks()
{
    const auto split = wholeSplit(noiseImages(301, shape, classes));
    FakeClassifier classifier(shape, classes);
    const auto one = predictVotes(classifier, split, {mixed(), 7, 4, 1});
    QCOMPARE(classifier.passes, std::int64_t(301 * 8));
    QVERIFY(classifier.calls > 1); // several blocks, whose borders fall inside an image
    QVERIFY(classifier.largestBatch <= 512);
    for (const int threads : {2, 3, 0}) {
        const auto more = predictVotes(classifier, split, {mixed(), 7, 4, threads});
        QVERIFY(more.probabilities == one.probabilities);
        QVERIFY(more.rows == one.rows);
    }
}

void PredictorTest::manyCopies()
{
    const auto split = wholeSplit(noiseImages(3, shape, classes));
    FakeClassifier classifier(shape, classes);
    const auto table = predictVotes(classifier, split, {flips(), 1000, 1, 2});
    QCOMPARE(table.forwardPasses(), std::int64_t(12)); // all four of each
    const auto continuous = predictVotes(classifier, split, {mixed(), 1000, 1, 2});
    QCOMPARE(continuous.forwardPasses(), std::int64_t(3003));
}

void PredictorTest::baselineAlone()
{
    const auto split = wholeSplit(noiseImages(10, shape, classes));
    FakeClassifier classifier(shape, classes);
    const auto table = predictVotes(classifier, split, {mixed(), 0, 1, 2});
    QCOMPARE(table.forwardPasses(), std::int64_t(10));
    QCOMPARE(table.rows.size(), std::size_t(10));
}

void PredictorTest::progress()
{
    const auto split = wholeSplit(noiseImages(400, shape, classes));
    FakeClassifier classifier(shape, classes);
    std::vector<std::int64_t> seen;
    Job job;
    job.onProgress = [&](const Progress& progress) {
        QCOMPARE(progress.total, std::int64_t(400));
        QVERIFY(!progress.phase.empty());
        seen.push_back(progress.done);
    };
    predictVotes(classifier, split, {mixed(), 7, 1, 2}, job);
    QVERIFY(std::is_sorted(seen.begin(), seen.end()));
    QCOMPARE(seen.front(), std::int64_t(0));
    QCOMPARE(seen.back(), std::int64_t(400));
    QCOMPARE(static_cast<std::int64_t>(seen.size()), classifier.calls + 1);
}

void PredictorTest::stops()
{
    const auto split = wholeSplit(noiseImages(400, shape, classes));
    FakeClassifier classifier(shape, classes);
    std::stop_source source;
    classifier.onCall = [&] { source.request_stop(); };
    QVERIFY_EXCEPTION_THROWN(
        predictVotes(classifier, split, {mixed(), 7, 1, 2}, {source.get_token(), {}}), Cancelled);
    QCOMPARE(classifier.calls, std::int64_t(1));
    QVERIFY_EXCEPTION_THROWN(
        predictVotes(classifier, split, {mixed(), 7, 1, 2}, {source.get_token(), {}}), Cancelled);
    QCOMPARE(classifier.calls, std::int64_t(1)); // stopped before it began
}

void PredictorTest::wrongInput()
{
    const auto images = noiseImages(10, shape, classes);
    const auto split = wholeSplit(images);
    FakeClassifier classifier(shape, classes);
    FakeClassifier otherShape({1, 28, 28}, classes);
    FakeClassifier fewerClasses(shape, 4);
    QVERIFY(errorOf(otherShape, split, {}).contains(QStringLiteral("trained on 1×28×28 images")));
    QVERIFY(errorOf(otherShape, split, {}).contains(QStringLiteral("these are 3×6×8")));
    QVERIFY(errorOf(fewerClasses, split, {})
                .contains(QStringLiteral("Image 4 is labelled 4, but the model knows 4 classes")));
    QVERIFY(errorOf(classifier, {images, {0, 10}}, {}).contains(QStringLiteral("Image 10")));
    QVERIFY(errorOf(classifier, {images, {}}, {}).contains(QStringLiteral("no images")));
    QVERIFY(errorOf(classifier, {}, {}).contains(QStringLiteral("no images")));
    auto policy = mixed();
    policy.rotationRange = 400;
    const auto all = errorOf(classifier, split, {policy, 1001, 1, -1});
    for (const char* field : {"rotation_range", "copies", "threads"})
        QVERIFY2(all.contains(QLatin1String(field)), qPrintable(all));
    QVERIFY(errorOf(classifier, split, {{}, -1, 1, 1}).contains(QStringLiteral("copies")));
    QCOMPARE(classifier.passes + otherShape.passes + fewerClasses.passes, std::int64_t(0));
}

void PredictorTest::refusesHugeTables()
{
    const Shape tiny{1, 1, 1};
    Split split{noiseImages(1, tiny, 1), std::vector<std::uint32_t>(50, 0)};
    FakeClassifier classifier(tiny, 100000);
    // 50 × 1001 distinct views × 100000 classes × (probability and logit, 4 bytes each) = 40 GB.
    const auto message = errorOf(classifier, split, {mixed(), 1000, 1, 2});
    QVERIFY2(message.contains(QStringLiteral("40.0 GB")), qPrintable(message));
    QVERIFY2(message.contains(QStringLiteral("budget is 4.3 GB")), qPrintable(message));
    QCOMPARE(classifier.passes, std::int64_t(0));
    // As many copies, but all equal to the original, are no problem.
    QCOMPARE(predictVotes(classifier, split, {{}, 1000, 1, 2}).forwardPasses(), std::int64_t(50));
}

void PredictorTest::memoryBudget()
{
    const auto split = wholeSplit(noiseImages(10, shape, classes));
    FakeClassifier classifier(shape, classes);
    PredictOptions options{mixed(), 3, 1, 1};
    const auto needed = 10 * tableBytesPerImage(3, classes);
    options.memoryBudget = needed;
    const auto table = predictVotes(classifier, split, options);
    // What is counted is what the table takes.
    QCOMPARE(needed,
        (table.probabilities.size() + table.logits.size()) * sizeof(float)
            + table.rows.size() * sizeof(std::uint32_t));
    options.memoryBudget = needed - 1;
    QVERIFY(errorOf(classifier, split, options).contains(QStringLiteral("40 distinct variants")));
}

void PredictorTest::logitsAndProbabilities_data()
{
    QTest::addColumn<int>("declared");
    QTest::addColumn<bool>("softmax");
    QTest::addColumn<bool>("logits");
    QTest::newRow("logits") << int(OutputKind::Logits) << false << true;
    QTest::newRow("probabilities") << int(OutputKind::Probabilities) << true << false;
    QTest::newRow("unknown, logits") << int(OutputKind::Unknown) << false << true;
    QTest::newRow("unknown, probabilities") << int(OutputKind::Unknown) << true << false;
}

void PredictorTest::logitsAndProbabilities()
{
    QFETCH(int, declared);
    QFETCH(bool, softmax);
    QFETCH(bool, logits);
    const auto split = wholeSplit(noiseImages(200, shape, classes));
    FakeClassifier plain(shape, classes);
    const auto expected = predictVotes(plain, split, {mixed(), 4, 1, 2});
    FakeClassifier classifier(shape, classes);
    classifier.kind = static_cast<OutputKind>(declared);
    classifier.withSoftmax = softmax;
    const auto table = predictVotes(classifier, split, {mixed(), 4, 1, 2});
    QCOMPARE(table.hasLogits(), logits);
    // Probabilities are the same either way: no softmax over a softmax.
    QVERIFY(table.probabilities == expected.probabilities);
    for (const auto rule : {VoteRule::LogitMean, VoteRule::GeometricMean}) {
        if (logits || rule == VoteRule::GeometricMean) {
            QCOMPARE(mergeVotes(table, 4, {rule}).decisions.size(), split.size());
            continue;
        }
        try {
            mergeVotes(table, 4, {rule});
            QFAIL("a logit rule met probabilities");
        } catch (const Error& error) {
            const auto text = QString::fromStdString(error.what());
            QVERIFY2(text.contains(QStringLiteral("geometric_mean")), qPrintable(text));
        }
    }
}

/// A network that calls its logits probabilities is told so, and not merged.
void PredictorTest::refusesMixedOutputs()
{
    const auto split = wholeSplit(noiseImages(4, shape, classes));
    FakeClassifier liar(shape, classes);
    liar.kind = OutputKind::Probabilities;
    QVERIFY(errorOf(liar, split, {}).contains(QStringLiteral("taken for probabilities")));
    // Taken for probabilities by a first look, then something else.
    FakeClassifier changing(shape, classes);
    changing.kind = OutputKind::Unknown;
    changing.onCall = [&] { changing.withSoftmax = changing.calls == 1; };
    QVERIFY(errorOf(changing, split, {}).contains(QStringLiteral("taken for probabilities")));
}

void PredictorTest::enumeratedViews()
{
    AugmentPolicy policy;
    policy.views = ViewSets{};
    policy.views->horizontalFlip = true;
    policy.views->brightness = {1, 0.5, 2};
    const auto split = wholeSplit(noiseImages(20, shape, classes));
    FakeClassifier classifier(shape, classes);
    const auto table = predictVotes(classifier, split, {policy, 6, 1, 2});
    QCOMPARE(table.forwardPasses(), std::int64_t(20 * 6)); // the first view is the original
    const auto other = predictVotes(classifier, split, {policy, 6, 99, 2});
    QVERIFY(table.probabilities == other.probabilities); // no seed in them
    QVERIFY(errorOf(classifier, split, {policy, 7, 1, 2}).contains(QStringLiteral("0 to 6")));
    // Quarter turns need square images.
    policy.views->quarterTurns = true;
    const auto message = errorOf(classifier, split, {policy, 2, 1, 2});
    QVERIFY2(message.contains(QStringLiteral("quarter_turns")), qPrintable(message));
    QVERIFY2(message.contains(QStringLiteral("3×6×8")), qPrintable(message));
}

void PredictorTest::classifierErrorsPassThrough()
{
    FakeClassifier classifier(shape, classes);
    classifier.onCall = [] { throw Error("The device is gone."); };
    QCOMPARE(errorOf(classifier, wholeSplit(noiseImages(2, shape, classes)), {}),
        QStringLiteral("The device is gone."));
}

void PredictorTest::notANumber()
{
    FakeClassifier classifier(shape, classes);
    classifier.logitOffset = std::numeric_limits<double>::quiet_NaN();
    QVERIFY(errorOf(classifier, wholeSplit(noiseImages(2, shape, classes)), {})
                .contains(QStringLiteral("not a number")));
}

QTEST_GUILESS_MAIN(PredictorTest)
#include "tst_predictor.moc"
