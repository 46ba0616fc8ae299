// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/support/error.h"
#include "core/tune/judgement.h"

#include <QtTest>

using namespace augury;

namespace {

/// A finished trial of `images` images whose baseline is right on the first `baseline`; it is right
/// where `right` says so.
Trial trialOf(int index, const std::vector<bool>& right, std::size_t baseline, double cost,
    double nll = 0.5, int copies = 3)
{
    Trial trial;
    trial.index = index;
    trial.state = Trial::State::Finished;
    trial.configuration = tutorialConfiguration();
    trial.configuration.copies = copies;
    const auto images = right.size();
    trial.comparison.images = static_cast<std::int64_t>(images);
    trial.comparison.baselineCorrect = static_cast<std::int64_t>(baseline);
    trial.comparison.forwardPasses =
        static_cast<std::int64_t>(cost * static_cast<double>(images) + 0.5);
    trial.nll.sum = nll * static_cast<double>(images);
    trial.right.resize((images + 63) / 64);
    for (std::size_t i = 0; i < images; ++i) {
        if (right[i])
            trial.right[i / 64] |= std::uint64_t(1) << (i % 64);
        trial.comparison.ttaCorrect += right[i] ? 1 : 0;
        trial.comparison.fixed += right[i] && i >= baseline ? 1 : 0;
        trial.comparison.broken += !right[i] && i < baseline ? 1 : 0;
    }
    return trial;
}

/// Of 100 images: right on those of [0, 60) but the first `broken`, and on `fixed` of the rest.
Trial ledgerTrial(int index, int fixed, int broken, double cost, double nll = 0.5, int copies = 3)
{
    std::vector<bool> right(100, false);
    for (int i = 0; i < 100; ++i)
        right[static_cast<std::size_t>(i)] = i < 60 ? i >= broken : i < 60 + fixed;
    return trialOf(index, right, 60, cost, nll, copies);
}

} // namespace

class JudgementTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void mcNemarByHand();
    void bestAndItsEquals();
    void holmOverAllTried();
    void onlyFinishedOnes();
    void words();
    void pareto();
    void underACost();
    void whereACurveStopsGaining();
};

void JudgementTest::mcNemarByHand()
{
    // a alone is right on 5 images, b alone on none: p = 2 · (½)⁵ = 0.0625.
    const auto a = ledgerTrial(0, 5, 0, 2);
    const auto b = ledgerTrial(1, 0, 0, 2);
    QVERIFY(std::abs(mcnemarP(a, b) - 0.0625) < 1e-15);
    QVERIFY(std::abs(mcnemarP(b, a) - 0.0625) < 1e-15);
    QCOMPARE(mcnemarP(a, a), 1.0);
    // 8 against 2: 2 · (1 + 10 + 45) / 1024.
    const auto c = ledgerTrial(2, 8, 2, 2);
    QVERIFY(std::abs(mcnemarP(c, b) - 112.0 / 1024) < 1e-15);
    auto shorter = b;
    shorter.comparison.images = 99;
    QVERIFY_THROWS_EXCEPTION(Error, mcnemarP(a, shorter));
}

void JudgementTest::bestAndItsEquals()
{
    const std::vector<Trial> trials = {
        ledgerTrial(0, 10, 0, 7), // as good as the next, dearer
        ledgerTrial(1, 10, 0, 4, 0.6), // as good and as dear as the next, higher NLL
        ledgerTrial(2, 10, 0, 4, 0.5), // the best
        ledgerTrial(3, 4, 0, 2, 0.6), // 6 fewer: p = 2/64 = 0.031, told apart
        ledgerTrial(4, 5, 0, 2, 0.7), // 5 fewer: p = 0.0625, not
        ledgerTrial(5, 6, 0, 2, 0.9), // not either, as cheap, better
        ledgerTrial(6, 0, 20, 1),
    };
    const auto judgement = judge(trials, 7);
    QCOMPARE(judgement.best, 2);
    QCOMPARE(judgement.equals, (std::vector<int>{0, 1, 2, 4, 5}));
    QCOMPARE(judgement.cheapest, 5);
    QVERIFY(std::abs(judgement.p - 2.0 / 1024) < 1e-15);
    QVERIFY(std::abs(judgement.adjustedP - 14.0 / 1024) < 1e-15);
    QVERIFY(!judgement.insideNoise);
}

void JudgementTest::holmOverAllTried()
{
    const std::vector<Trial> trials = {ledgerTrial(0, 10, 0, 2)}; // p = 2/1024
    QVERIFY(!judge(trials, 25).insideNoise); // 0.0488
    QVERIFY(judge(trials, 26).insideNoise); // 0.0508
    QCOMPARE(judge(trials, 1000).adjustedP, 1.0);
    // Holm's of the smallest of m p values is m times it.
    std::vector<double> ps(25, 1.0);
    ps[0] = judge(trials, 25).p;
    QCOMPARE(judge(trials, 25).adjustedP, holmAdjusted(ps)[0]);
    const std::vector<Trial> worse = {ledgerTrial(0, 0, 30, 2)}; // significantly worse
    const auto lost = judge(worse, 1);
    QVERIFY(lost.p < 0.001);
    QVERIFY(lost.insideNoise);
}

void JudgementTest::onlyFinishedOnes()
{
    std::vector<Trial> trials = {
        ledgerTrial(0, 20, 0, 2), ledgerTrial(1, 15, 0, 2), ledgerTrial(2, 10, 0, 2)};
    trials[0].state = Trial::State::Dropped;
    trials[0].comparison.images = 50; // and of other images
    trials[1].state = Trial::State::Waiting;
    const auto judgement = judge(trials, 3);
    QCOMPARE(judgement.best, 2);
    QCOMPARE(judgement.equals, std::vector<int>{2});
    QCOMPARE(paretoFront(trials), std::vector<std::size_t>{2});
    QCOMPARE(bestUnder(trials, 10).value(), std::size_t(2));
    QCOMPARE(stopsGaining(trials).value(), std::size_t(2));
    trials[0].state = Trial::State::Finished;
    QVERIFY_THROWS_EXCEPTION(Error, judge(trials, 3));
    trials.resize(2);
    trials[0].state = Trial::State::Dropped;
    const auto none = judge(trials, 2);
    QCOMPARE(none.best, -1);
    QCOMPARE(none.cheapest, -1);
    QVERIFY(none.insideNoise);
    QVERIFY(judgementText(none, trials, 2).empty());
    QVERIFY(!bestUnder(trials, 10));
    QVERIFY(!stopsGaining(trials));
}

void JudgementTest::words()
{
    const auto text = [](const std::vector<Trial>& trials, std::int64_t tried) {
        return QString::fromStdString(judgementText(judge(trials, tried), trials, tried));
    };
    const std::vector<Trial> clear = {ledgerTrial(0, 10, 0, 2.5), ledgerTrial(1, 8, 0, 2)};
    QCOMPARE(text(clear, 20),
        QStringLiteral(
            "The best of 20 configurations on 100 validation images is tutorial × 3, mean: it "
            "gains 10.00 points against the plain prediction (60.00 to 70.00 %; 95 % interval "
            "%1 to %2, McNemar p = 0.002, after Holm's correction for 20 tried p = 0.04), at 2.5× "
            "the cost. That is more than the best of so many would be by chance. One other cannot "
            "be told from it; the cheapest of these is tutorial × 3, mean, at 2.0× the cost.")
            .arg(100 * clear[0].comparison.liftCi95().low, 0, 'f', 2)
            .arg(100 * clear[0].comparison.liftCi95().high, 0, 'f', 2));
    QVERIFY(text(clear, 2000).contains(QStringLiteral("inside the noise: the best of so many")));
    const std::vector<Trial> lost = {ledgerTrial(0, 0, 1, 2)};
    QVERIFY(text(lost, 5).contains(QStringLiteral("loses 1.00 points")));
    QVERIFY(text(lost, 5).contains(QStringLiteral("None of 5 configurations is better")));
    QVERIFY(text(clear, 1).startsWith(QStringLiteral("The one configuration tried on 100")));
    QVERIFY(!text(clear, 1).contains(QStringLiteral("Holm")));
}

void JudgementTest::pareto()
{
    const std::vector<Trial> trials = {
        ledgerTrial(0, 3, 0, 5), // beaten by 2 at a lower cost
        ledgerTrial(1, 0, 5, 1), // below the baseline
        ledgerTrial(2, 4, 0, 3),
        ledgerTrial(3, 2, 0, 2),
        ledgerTrial(4, 2, 0, 2, 0.4), // the same with a lower NLL
        ledgerTrial(5, 4, 0, 4), // as good as 2, dearer
        ledgerTrial(6, 9, 0, 20),
        ledgerTrial(7, 1, 0, 2),
    };
    QCOMPARE(paretoFront(trials), (std::vector<std::size_t>{4, 2, 6}));
    QVERIFY(paretoFront({}).empty());
}

void JudgementTest::underACost()
{
    const std::vector<Trial> trials = {ledgerTrial(0, 3, 0, 2), ledgerTrial(1, 5, 0, 3),
        ledgerTrial(2, 5, 0, 2.5), ledgerTrial(3, 9, 0, 8)};
    QCOMPARE(bestUnder(trials, 3).value(), std::size_t(2));
    QCOMPARE(bestUnder(trials, 2).value(), std::size_t(0));
    QCOMPARE(bestUnder(trials, 100).value(), std::size_t(3));
    QVERIFY(!bestUnder(trials, 1.5));
}

void JudgementTest::whereACurveStopsGaining()
{
    // 5 more right beat nobody (p = 0.0625), 6 more do.
    const std::vector<Trial> curve = {ledgerTrial(0, 1, 0, 2, 0.5, 1),
        ledgerTrial(1, 3, 0, 2, 0.5, 2), ledgerTrial(2, 6, 0, 2, 0.5, 3),
        ledgerTrial(3, 8, 0, 2, 0.5, 4)};
    QCOMPARE(stopsGaining(curve).value(), std::size_t(1)); // 1 is beaten by 4, 2 by none
    // A later one that is significantly worse does not beat.
    const std::vector<Trial> falling = {
        ledgerTrial(0, 10, 0, 2, 0.5, 1), ledgerTrial(1, 0, 10, 2, 0.5, 2)};
    QCOMPARE(stopsGaining(falling).value(), std::size_t(0));
    QVERIFY(!stopsGaining({}));
}

QTEST_GUILESS_MAIN(JudgementTest)
#include "tst_judgement.moc"
