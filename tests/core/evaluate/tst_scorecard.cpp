// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/scorecard.h"
#include "core/support/error.h"
#include "tests/core/tta/vote_tables.h"

#include <QtTest>

#include <numeric>

using namespace augury;
using namespace augury::test;

namespace {

struct Answer {
    std::int32_t label = 0;
    std::vector<double> scores;
    std::int32_t predicted = 0;
};

bool near(double a, double b, double tolerance = 1e-12)
{
    return std::abs(a - b) <= tolerance;
}

Scorecard scorecardOf(int classes, std::span<const Answer> answers)
{
    Scorecard card(classes);
    for (const auto& answer : answers)
        card.add(answer.label, answer.scores, {answer.predicted, false});
    return card;
}

std::vector<Answer> randomAnswers(int classes, int images, std::uint32_t stream)
{
    const auto table = randomTable(classes, 0, images, stream);
    std::vector<Answer> answers;
    for (std::size_t i = 0; i < table.size(); ++i) {
        const auto view = table.view(i, 0);
        Answer answer;
        answer.label = table.labels[i];
        answer.scores.assign(view.begin(), view.end());
        if (i % 3 == 0) // scores in steps: equal ones, and bins' edges
            for (auto& score : answer.scores)
                score = std::round(score * 15) / 15;
        answer.predicted = static_cast<std::int32_t>(
            std::max_element(answer.scores.begin(), answer.scores.end()) - answer.scores.begin());
        if (answer.scores[static_cast<std::size_t>(answer.predicted)] > 0)
            answers.push_back(answer);
    }
    return answers;
}

} // namespace

class ScorecardTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void byHand();
    void calibrationByHand();
    void binEdges();
    void topFive();
    void againstNaive_data();
    void againstNaive();
    void partsAddUp();
    void emptyAndRefused();
};

void ScorecardTest::byHand()
{
    Scorecard card(3);
    const auto add = [&](int label, std::vector<double> scores, Decision decision) {
        card.add(label, scores, decision);
    };
    add(0, {0.5, 0.3, 0.2}, {0, false});
    add(0, {0.25, 0.5, 0.25}, {1, false});
    add(1, {0.5, 0.5, 0}, {0, true});
    add(1, {0, 1, 0}, {1, false});
    QCOMPARE(card.images, std::int64_t(4));
    QCOMPARE(card.accuracy(), 0.5);
    QCOMPARE(card.classAccuracy(0), 0.5);
    QCOMPARE(card.classAccuracy(1), 0.5);
    QVERIFY(std::isnan(card.classAccuracy(2)));
    QVERIFY(card.confusion == (std::vector<std::int64_t>{1, 1, 0, 1, 1, 0, 0, 0, 0}));
    QCOMPARE(card.tied, std::int64_t(1));
    QCOMPARE(card.topFiveAccuracy(), 1.0);
    // log 2, log 4, log 2 and 0
    QVERIFY(near(card.nll(), std::log(2.0)));
    // .25 + .09 + .04 = .38; .5625 + .25 + .0625 = .875; .25 + .25 = .5; 0
    QVERIFY(near(card.brier(), 1.755 / 4));
    // A label whose score is 0 costs −log 1e-12 and no more; Brier's worst is 2.
    Scorecard worst(2);
    worst.add(0, std::vector<double>{0, 1}, {1, false});
    QVERIFY(near(worst.nll(), 12 * std::log(10.0)));
    QCOMPARE(worst.brier(), 2.0);
    QCOMPARE(worst.ece(), 1.0);
}

void ScorecardTest::calibrationByHand()
{
    // Bin 15 (over 14/15): 0.95 right, 0.97 wrong: |1 − 1.92| = 0.92. Bin 9 (8/15 to 9/15): 0.55
    // right, 0.6 right: |2 − 1.15| = 0.85. Together 1.77 of four images.
    Scorecard card(2);
    card.add(0, std::vector<double>{0.95, 0.05}, {0, false});
    card.add(0, std::vector<double>{0.03, 0.97}, {1, false});
    card.add(1, std::vector<double>{0.45, 0.55}, {1, false});
    card.add(1, std::vector<double>{0.4, 0.6}, {1, false});
    QVERIFY(near(card.ece(), 1.77 / 4));
    QCOMPARE(card.bins[14].images, std::int64_t(2));
    QCOMPARE(card.bins[14].correct, std::int64_t(1));
    QCOMPARE(card.bins[8].images, std::int64_t(2));
    QVERIFY(near(card.bins[8].confidenceSum, 1.15));
}

void ScorecardTest::binEdges()
{
    // ((m − 1)/15, m/15]: each edge belongs to the bin below it.
    for (int m = 1; m <= 15; ++m) {
        const double edge = m / 15.0;
        for (const auto& [confidence, bin] :
            {std::pair{edge, m - 1}, std::pair{std::nextafter(edge, 0.0), m - 1},
                std::pair{std::nextafter(edge, 2.0), std::min(m, 14)}}) {
            Scorecard card(1);
            card.add(0, std::vector<double>{confidence}, {0, false});
            QCOMPARE(card.bins[static_cast<std::size_t>(bin)].images, std::int64_t(1));
        }
    }
    // A sum of float probabilities may end up a little above 1.
    Scorecard card(1);
    card.add(0, std::vector<double>{1.0000001}, {0, false});
    QCOMPARE(card.bins[14].images, std::int64_t(1));
}

void ScorecardTest::topFive()
{
    const auto counts = [](int label, const std::vector<double>& scores) {
        Scorecard card(static_cast<int>(scores.size()));
        card.add(label, scores, {0, false});
        return card.topFiveCorrect == 1;
    };
    const std::vector<double> falling = {0.3, 0.2, 0.15, 0.12, 0.11, 0.1, 0.02};
    QVERIFY(counts(0, falling) && counts(4, falling));
    QVERIFY(!counts(5, falling) && !counts(6, falling));
    // Equal scores: the lower index is ahead.
    const std::vector<double> equal(10, 0.1);
    QVERIFY(counts(4, equal));
    QVERIFY(!counts(5, equal));
    QVERIFY(counts(2, {0.5, 0.3, 0.2}));
    QVERIFY(counts(4, {0, 0, 0, 0, 1})); // five classes: always
    QVERIFY(counts(4, {0.2, 0.2, 0.2, 0.2, 0.0}) && counts(4, {0.25, 0.25, 0.25, 0.25, 0}));
}

void ScorecardTest::againstNaive_data()
{
    QTest::addColumn<int>("classes");
    for (const int classes : {1, 2, 5, 6, 10, 100})
        QTest::addRow("K = %d", classes) << classes;
}

void ScorecardTest::againstNaive()
{
    QFETCH(int, classes);
    const auto answers = randomAnswers(classes, 300, static_cast<std::uint32_t>(classes));
    const auto card = scorecardOf(classes, answers);
    const auto n = static_cast<double>(answers.size());
    double right = 0;
    double five = 0;
    double nll = 0;
    double brier = 0;
    double ece = 0;
    for (const auto& [label, scores, predicted] : answers) {
        right += label == predicted ? 1 : 0;
        std::vector<std::size_t> order(scores.size());
        std::iota(order.begin(), order.end(), std::size_t(0));
        std::stable_sort(order.begin(), order.end(),
            [&s = scores](std::size_t a, std::size_t b) { return s[a] > s[b]; });
        order.resize(std::min<std::size_t>(5, order.size()));
        five += std::count(order.begin(), order.end(), static_cast<std::size_t>(label)) > 0 ? 1 : 0;
        nll -= std::log(std::max(1e-12, scores[static_cast<std::size_t>(label)]));
        // Σ s² − 2 s_label + 1
        brier += std::inner_product(scores.begin(), scores.end(), scores.begin(), 0.0)
            - 2 * scores[static_cast<std::size_t>(label)] + 1;
    }
    for (int m = 1; m <= 15; ++m) {
        double inBin = 0;
        double correct = 0;
        double confidence = 0;
        for (const auto& [label, scores, predicted] : answers) {
            const double score = scores[static_cast<std::size_t>(predicted)];
            const bool last = m == 15 && score > 1;
            if (!(score > (m - 1) / 15.0 && score <= m / 15.0) && !last)
                continue;
            inBin += 1;
            correct += label == predicted ? 1 : 0;
            confidence += score;
        }
        if (inBin > 0)
            ece += inBin / n * std::abs(correct / inBin - confidence / inBin);
    }
    QCOMPARE(card.images, static_cast<std::int64_t>(answers.size()));
    QVERIFY(near(card.accuracy(), right / n));
    QVERIFY(near(card.topFiveAccuracy(), five / n));
    QVERIFY(near(card.nll(), nll / n));
    QVERIFY(near(card.brier(), brier / n));
    QVERIFY(near(card.ece(), ece));
    for (int label = 0; label < classes; ++label)
        for (int predicted = 0; predicted < classes; ++predicted)
            QCOMPARE(card.confusion[static_cast<std::size_t>(label * classes + predicted)],
                std::count_if(answers.begin(), answers.end(),
                    [&](const Answer& a) { return a.label == label && a.predicted == predicted; }));
}

void ScorecardTest::partsAddUp()
{
    const auto answers = randomAnswers(10, 300, 4);
    const auto whole = scorecardOf(10, answers);
    Scorecard sum(10);
    for (const auto& [begin, count] : {std::pair{0, 17}, {17, 0}, {17, 100}, {117, -1}})
        sum += scorecardOf(10,
            std::span(answers).subspan(static_cast<std::size_t>(begin),
                count < 0 ? std::dynamic_extent : static_cast<std::size_t>(count)));
    QCOMPARE(sum.images, whole.images);
    QCOMPARE(sum.correct, whole.correct);
    QCOMPARE(sum.topFiveCorrect, whole.topFiveCorrect);
    QCOMPARE(sum.tied, whole.tied);
    QVERIFY(sum.confusion == whole.confusion);
    QVERIFY(near(sum.nll(), whole.nll()));
    QVERIFY(near(sum.brier(), whole.brier()));
    QVERIFY(near(sum.ece(), whole.ece()));
    for (std::size_t m = 0; m < 15; ++m) {
        QCOMPARE(sum.bins[m].images, whole.bins[m].images);
        QCOMPARE(sum.bins[m].correct, whole.bins[m].correct);
    }
}

void ScorecardTest::emptyAndRefused()
{
    Scorecard card(3);
    for (const double mean : {card.accuracy(), card.topFiveAccuracy(), card.nll(), card.brier(),
             card.ece(), card.classAccuracy(1)})
        QVERIFY(std::isnan(mean));
    const std::vector<double> scores = {0.5, 0.25, 0.25};
    QVERIFY_EXCEPTION_THROWN(card.add(-1, scores, {0, false}), Error);
    QVERIFY_EXCEPTION_THROWN(card.add(3, scores, {0, false}), Error);
    QVERIFY_EXCEPTION_THROWN(card.add(0, scores, {3, false}), Error);
    QVERIFY_EXCEPTION_THROWN(card.add(0, std::vector<double>{1}, {0, false}), Error);
    QCOMPARE(card.images, std::int64_t(0));
    QVERIFY_EXCEPTION_THROWN(card += Scorecard(4), Error);
    QVERIFY_EXCEPTION_THROWN(card.classAccuracy(3), Error);
    QVERIFY_EXCEPTION_THROWN(Scorecard(0), Error);
}

QTEST_GUILESS_MAIN(ScorecardTest)
#include "tst_scorecard.moc"
