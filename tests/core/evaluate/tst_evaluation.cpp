// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/evaluation.h"
#include "core/support/error.h"
#include "tests/support/fake_classifier.h"
#include "tests/support/made_images.h"

#include <QtTest>

using namespace augury;
using namespace augury::testing;

namespace {

constexpr Shape shape{3, 6, 8};
constexpr int classes = 5;

EvaluationRequest everything(VoteRule rule)
{
    EvaluationRequest request;
    request.predict.policy.horizontalFlip = true;
    request.predict.policy.rotationRange = 20;
    request.predict.copies = 6;
    request.predict.threads = 1;
    request.vote.rule = rule;
    if (isLearned(rule)) {
        for (int i = 0; i < 6 * (rule == VoteRule::LearnedPerClass ? classes : 1); ++i)
            request.vote.weights.push_back(1 + i % 4);
    }
    request.curve = request.perImage = true;
    return request;
}

bool same(const Scorecard& a, const Scorecard& b)
{
    return a.images == b.images && a.correct == b.correct && a.confusion == b.confusion
        && a.tied == b.tied && a.topFiveCorrect == b.topFiveCorrect
        && std::abs(a.nllSum - b.nllSum) < 1e-9 && std::abs(a.brierSum - b.brierSum) < 1e-9
        && std::abs(a.ece() - b.ece()) < 1e-12;
}

QString errorOf(Classifier& classifier, const Split& split, const EvaluationRequest& request)
{
    try {
        evaluate(classifier, split, request);
    } catch (const Error& error) {
        return QString::fromStdString(error.what());
    }
    return {};
}

} // namespace

class EvaluationTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void agreesWithItsParts();
    void partsAddUp_data();
    void partsAddUp();
    void tooSmallABudget();
    void earlyExitGivesTheSameLedger();
    void earlyExitOnlyWhereNothingElseIsWanted();
    void progressOverAllParts();
    void uncertaintyTellsWrongFromRight();
    void refuses();
};

void EvaluationTest::agreesWithItsParts()
{
    FakeClassifier classifier(shape, classes);
    const auto split = wholeSplit(noiseImages(90, shape, classes));
    const auto request = everything(VoteRule::Mean);
    const auto result = evaluate(classifier, split, request);
    const auto table = predictVotes(classifier, split, request.predict);
    const auto expected = compare(table, 6, request.vote);
    QCOMPARE(result.comparison.ttaCorrect, expected.ttaCorrect);
    QCOMPARE(result.comparison.fixed, expected.fixed);
    QCOMPARE(result.comparison.broken, expected.broken);
    QCOMPARE(result.comparison.forwardPasses, expected.forwardPasses);
    QCOMPARE(result.baseline->correct, expected.baselineCorrect);
    QCOMPARE(result.tta->correct, expected.ttaCorrect);
    QCOMPARE(result.curve->points.size(), std::size_t(6));
    QCOMPARE(result.curve->points.back().correct, expected.ttaCorrect);
    QCOMPARE(result.curve->baselineCorrect, expected.baselineCorrect);
    QCOMPARE(result.images.size(), split.size());
    std::int64_t fixed = 0;
    for (std::size_t i = 0; i < split.size(); ++i) {
        const auto& image = result.images[i];
        QCOMPARE(image.image, split.indices[i]);
        QCOMPARE(image.label, split.label(i));
        fixed += image.baseline.predicted != image.label && image.merged.predicted == image.label;
        int votes = 0;
        for (const auto& [k, count] : image.votes)
            votes += count;
        QCOMPARE(votes, 6);
        QCOMPARE(image.uncertainty.agreement, image.votes.front().second / 6.0);
        // p̄ of the mean rule is the merged score.
        QVERIFY(image.mergedConfidence <= 1 && image.mergedConfidence >= 1.0 / classes);
    }
    QCOMPARE(fixed, expected.fixed);
}

void EvaluationTest::partsAddUp_data()
{
    QTest::addColumn<int>("rule");
    for (const auto rule : allVoteRules()) {
        QTest::newRow(toString(rule)) << static_cast<int>(rule);
    }
}

void EvaluationTest::partsAddUp()
{
    QFETCH(int, rule);
    FakeClassifier classifier(shape, classes);
    const auto split = wholeSplit(noiseImages(50, shape, classes));
    auto request = everything(static_cast<VoteRule>(rule));
    const auto whole = evaluate(classifier, split, request);
    QCOMPARE(whole.parts, 1);
    const auto perImage = tableBytesPerImage(6, classes) + sizeof(double) * classes;
    request.predict.memoryBudget = 7 * perImage;
    const auto inParts = evaluate(classifier, split, request);
    QCOMPARE(inParts.parts, 8); // seven images each, the last one
    QVERIFY(same(*inParts.baseline, *whole.baseline));
    QVERIFY(same(*inParts.tta, *whole.tta));
    QCOMPARE(inParts.comparison.fixed, whole.comparison.fixed);
    QCOMPARE(inParts.comparison.broken, whole.comparison.broken);
    QCOMPARE(inParts.comparison.images, whole.comparison.images);
    QCOMPARE(inParts.comparison.forwardPasses, whole.comparison.forwardPasses);
    QCOMPARE(inParts.comparison.variants, whole.comparison.variants);
    for (std::size_t n = 0; n < whole.curve->points.size(); ++n) {
        QCOMPARE(inParts.curve->points[n].correct, whole.curve->points[n].correct);
        QCOMPARE(inParts.curve->points[n].forwardPasses, whole.curve->points[n].forwardPasses);
    }
    QCOMPARE(inParts.images.size(), whole.images.size());
    for (std::size_t i = 0; i < whole.images.size(); ++i) {
        QCOMPARE(inParts.images[i].image, whole.images[i].image);
        QVERIFY(inParts.images[i].merged == whole.images[i].merged);
        QVERIFY(inParts.images[i].votes == whole.images[i].votes);
    }
}

void EvaluationTest::tooSmallABudget()
{
    FakeClassifier classifier(shape, classes);
    const auto split = wholeSplit(noiseImages(5, shape, classes));
    auto request = everything(VoteRule::Mean);
    request.predict.memoryBudget = tableBytesPerImage(6, classes);
    const auto message = errorOf(classifier, split, request);
    QVERIFY2(message.contains(QStringLiteral("memory budget")), qPrintable(message));
    QCOMPARE(classifier.passes, std::int64_t(0));
}

void EvaluationTest::earlyExitGivesTheSameLedger()
{
    FakeClassifier classifier(shape, classes);
    const auto split = wholeSplit(noiseImages(200, shape, classes));
    for (const auto rule : {VoteRule::Mean, VoteRule::Majority}) {
        auto request = everything(rule);
        request.curve = request.perImage = request.scorecards = false;
        const auto full = evaluate(classifier, split, request).comparison;
        request.exactEarlyExit = true;
        const auto early = evaluate(classifier, split, request).comparison;
        QCOMPARE(early.images, full.images);
        QCOMPARE(early.baselineCorrect, full.baselineCorrect);
        QCOMPARE(early.ttaCorrect, full.ttaCorrect);
        QCOMPARE(early.fixed, full.fixed);
        QCOMPARE(early.broken, full.broken);
        QCOMPARE(early.variants, full.variants);
        QCOMPARE(early.forwardPasses + early.passesSaved, full.forwardPasses);
        QVERIFY(early.passesSaved > 0);
        QCOMPARE(full.passesSaved, std::int64_t(0));
    }
}

void EvaluationTest::earlyExitOnlyWhereNothingElseIsWanted()
{
    FakeClassifier classifier(shape, classes);
    const auto split = wholeSplit(noiseImages(20, shape, classes));
    for (int asked = 0; asked < 4; ++asked) {
        auto request = everything(asked == 3 ? VoteRule::Max : VoteRule::Mean);
        request.scorecards = asked == 0;
        request.curve = asked == 1;
        request.perImage = asked == 2;
        request.exactEarlyExit = true;
        const auto result = evaluate(classifier, split, request);
        QCOMPARE(result.comparison.passesSaved, std::int64_t(0));
        QCOMPARE(result.comparison.forwardPasses, std::int64_t(20 * 7));
        QCOMPARE(result.baseline.has_value(), asked == 0);
        QCOMPARE(result.curve.has_value(), asked == 1);
        QCOMPARE(result.images.empty(), asked != 2);
    }
}

void EvaluationTest::progressOverAllParts()
{
    FakeClassifier classifier(shape, classes);
    const auto split = wholeSplit(noiseImages(50, shape, classes));
    auto request = everything(VoteRule::Mean);
    request.predict.memoryBudget = 20 * (tableBytesPerImage(6, classes) + sizeof(double) * classes);
    std::vector<std::int64_t> seen;
    Job job;
    job.onProgress = [&](const Progress& progress) {
        QCOMPARE(progress.total, std::int64_t(50));
        seen.push_back(progress.done);
    };
    evaluate(classifier, split, request, job);
    QVERIFY(std::is_sorted(seen.begin(), seen.end()));
    QCOMPARE(seen.back(), std::int64_t(50));

    std::stop_source source;
    classifier.onCall = [&] { source.request_stop(); };
    QVERIFY_EXCEPTION_THROWN(
        evaluate(classifier, split, request, {source.get_token(), {}}), Cancelled);
}

/// Wrong exactly where the entropy is high: AUROC 1; where the agreement is the same for all: ½.
void EvaluationTest::uncertaintyTellsWrongFromRight()
{
    std::vector<ImageOutcome> images;
    for (int i = 0; i < 10; ++i) {
        ImageOutcome image;
        image.label = 0;
        image.merged.predicted = i < 4 ? 1 : 0;
        image.baseline.predicted = 0; // always right: no AUROC
        image.uncertainty.predictiveEntropy = i < 4 ? 1 + 0.1 * i : 0.1 * i - 0.4;
        image.mergedConfidence = 0.5;
        images.push_back(image);
    }
    bool entropy = false;
    for (const auto& check : checkUncertainty(images)) {
        QVERIFY(std::isnan(check.baseline));
        const bool isEntropy = std::string_view(check.measure) == "predictive entropy";
        entropy = entropy || isEntropy;
        QCOMPARE(check.tta, isEntropy ? 1.0 : 0.5);
    }
    QVERIFY(entropy);
}

void EvaluationTest::refuses()
{
    FakeClassifier classifier(shape, classes);
    QVERIFY(errorOf(classifier, {noiseImages(3, shape, classes), {}}, everything(VoteRule::Mean))
                .contains(QStringLiteral("no images")));
    auto unlabelled = noiseImages(3, shape, classes);
    unlabelled->labels[1] = -1;
    auto request = everything(VoteRule::Mean);
    QVERIFY(errorOf(classifier, wholeSplit(unlabelled), request)
                .contains(QStringLiteral("Image 1 has no label")));
    for (const auto rule : {VoteRule::Learned, VoteRule::LearnedPerClass}) {
        request.vote.rule = rule; // without weights
        QVERIFY(
            !errorOf(classifier, wholeSplit(noiseImages(3, shape, classes)), request).isEmpty());
    }
}

QTEST_GUILESS_MAIN(EvaluationTest)
#include "tst_evaluation.moc"
