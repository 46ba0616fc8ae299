// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/classifier.h"
#include "core/model/runtime.h"
#include "core/tune/weights_study.h"
#include "tests/core/tta/vote_tables.h"

#include <QtTest>

#include <numeric>

using namespace augury;
using namespace augury::test;

namespace {

/// Logits of an image's own noise, a view's own noise and `clear` of the view for the label.
struct Look {
    std::vector<double> clear; ///< a slot, the original's first
    double shared = 1.2;
    double own = 0.8;
    double scale = 1; ///< of all logits: above 1 they are surer than they should be
};

VoteTable tableOfLook(const Look& look, int classes, int images, std::uint32_t stream)
{
    Dice dice(stream);
    VoteTable table;
    table.classes = classes;
    table.copies = static_cast<int>(look.clear.size()) - 1;
    for (int i = 0; i < images; ++i) {
        const auto label = dice.below(static_cast<std::uint32_t>(classes));
        std::vector<double> base(static_cast<std::size_t>(classes));
        for (auto& value : base)
            value = look.shared * dice.bell();
        for (const double clear : look.clear) {
            table.rows.push_back(static_cast<std::uint32_t>(table.logits.size() / base.size()));
            for (std::size_t k = 0; k < base.size(); ++k)
                table.logits.push_back(static_cast<float>(look.scale
                    * ((clear > 0 ? base[k] : 0) + look.own * dice.bell()
                        + (k == label ? clear : 0))));
        }
        table.labels.push_back(static_cast<std::int32_t>(label));
        table.images.push_back(static_cast<std::uint32_t>(i));
    }
    table.probabilities = table.logits;
    softmaxRows(table.probabilities, classes);
    return table;
}

double nllOf(const VoteTable& table, const Votes& votes, std::size_t image)
{
    return -std::log(std::max(1e-12,
        votes.scores[image * static_cast<std::size_t>(table.classes)
            + static_cast<std::size_t>(table.labels[image])]));
}

/// The images but one, or that one alone.
VoteTable without(const VoteTable& table, std::size_t image, bool alone)
{
    auto rest = table; // rows that nobody uses do not matter
    rest.rows.clear();
    rest.labels.clear();
    rest.images.clear();
    for (std::size_t i = 0; i < table.size(); ++i) {
        if ((i == image) != alone)
            continue;
        for (int slot = 0; slot <= table.copies; ++slot)
            rest.rows.push_back(table.row(i, slot));
        rest.labels.push_back(table.labels[i]);
        rest.images.push_back(table.images[i]);
    }
    return rest;
}

bool same(const WeightsStudy& a, const WeightsStudy& b)
{
    for (std::size_t way = 0; way < 3; ++way) {
        if (a.ways[way].vote != b.ways[way].vote || a.ways[way].nll != b.ways[way].nll
            || a.ways[way].heldOut.scores != b.ways[way].heldOut.scores
            || a.ways[way].heldOutNll != b.ways[way].heldOutNll)
            return false;
    }
    return a.preferred == b.preferred;
}

} // namespace

class WeightsStudyTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void consistent_data();
    void consistent();
    void leaveOneOut();
    void helpsWhereAViewIsNoise();
    void perClassWhereClassesDiffer();
    void meanWhereViewsAreAlike();
    void sameViews();
    void deterministic();
    void stops();
    void refuses();
};

void WeightsStudyTest::consistent_data()
{
    QTest::addColumn<bool>("original");
    QTest::addColumn<int>("copies");
    QTest::newRow("copies") << false << 3;
    QTest::newRow("with the original") << true << 3;
    QTest::newRow("the first two") << false << 2;
    QTest::newRow("the original alone") << true << 0;
}

void WeightsStudyTest::consistent()
{
    QFETCH(bool, original);
    QFETCH(int, copies);
    const auto table = tableOfLook({{2, 2, 1, 0}}, 4, 150, 3);
    const auto study = studyWeights(table, copies, original, 1);
    const std::array rules = {VoteRule::Mean, VoteRule::Learned, VoteRule::LearnedPerClass};
    std::array<std::vector<double>, 3> losses;
    for (std::size_t way = 0; way < 3; ++way) {
        const auto& found = study.ways[way];
        QVERIFY(found.vote.rule == rules[way] && found.vote.includeOriginal == original);
        double sum = 0;
        for (std::size_t i = 0; i < table.size(); ++i) {
            losses[way].push_back(nllOf(table, found.heldOut, i));
            sum += losses[way].back();
            // Decisions are the scores' own.
            const auto row = std::span(found.heldOut.scores).subspan(i * 4, 4);
            QVERIFY(row[static_cast<std::size_t>(found.heldOut.decisions[i].predicted)]
                == *std::ranges::max_element(row));
            QVERIFY(std::abs(std::accumulate(row.begin(), row.end(), 0.0) - 1) < 1e-5);
        }
        QVERIFY(std::abs(found.heldOutNll - sum / 150) < 1e-12);
        // In-sample: of the weights that are handed out.
        const auto votes = mergeVotes(table, copies, found.vote);
        double inside = 0;
        for (std::size_t i = 0; i < table.size(); ++i)
            inside += nllOf(table, votes, i) / 150;
        QVERIFY(std::abs(found.nll - inside) < 1e-8);
        if (way > 0) {
            const auto learned = learnWeights(table, copies, original, weightsOf(rules[way]));
            QVERIFY(found.vote.weights == learned.weights);
        } else {
            QVERIFY(found.heldOut.scores == votes.scores);
        }
    }
    QVERIFY(study.ways[2].nll <= study.ways[1].nll);
    // By more than a standard error of the paired difference, or the mean.
    int expected = 0;
    for (int way = 1; way < 3; ++way) {
        double sum = 0;
        double squares = 0;
        for (std::size_t i = 0; i < 150; ++i) {
            const double gain = losses[0][i] - losses[static_cast<std::size_t>(way)][i];
            sum += gain;
            squares += gain * gain;
        }
        const double error = std::sqrt((squares - sum * sum / 150) / 149 / 150);
        const auto nll = [&](int w) { return study.ways[static_cast<std::size_t>(w)].heldOutNll; };
        if (sum / 150 > error && nll(way) < nll(expected))
            expected = way;
    }
    QCOMPARE(study.preferred, expected);
}

/// As many folds as images: each image's vote is by weights fitted on all the others.
void WeightsStudyTest::leaveOneOut()
{
    const auto table = tableOfLook({{2, 2, 1, 0.5}}, 3, 14, 9);
    const auto study = studyWeights(table, 3, false, 5, 14);
    for (std::size_t i = 0; i < table.size(); ++i) {
        const auto rest = without(table, i, false);
        const auto alone = without(table, i, true);
        for (const std::size_t way : {1, 2}) {
            auto vote = study.ways[way].vote;
            vote.weights = learnWeights(rest, 3, false, weightsOf(vote.rule)).weights;
            const auto votes = mergeVotes(alone, 3, vote);
            for (std::size_t k = 0; k < 3; ++k)
                QCOMPARE(study.ways[way].heldOut.scores[i * 3 + k], votes.scores[k]);
            QVERIFY(study.ways[way].heldOut.decisions[i] == votes.decisions[0]);
        }
    }
}

void WeightsStudyTest::helpsWhereAViewIsNoise()
{
    const auto table = tableOfLook({{0, 3, 0}, 1.2, 2}, 5, 600, 2);
    const auto study = studyWeights(table, 2, false, 1);
    QVERIFY(study.preferred != 0);
    QVERIFY(study.ways[1].vote.weights[0] > 0.7);
    QVERIFY(study.ways[1].heldOutNll < study.ways[0].heldOutNll);
}

void WeightsStudyTest::perClassWhereClassesDiffer()
{
    // The first view sees classes 0 and 1 alone, the second 2 and 3.
    Dice dice(4);
    auto table = tableOfLook({{1, 1, 1}}, 4, 800, 4);
    for (std::size_t i = 0; i < table.size(); ++i)
        for (int slot = 1; slot <= 2; ++slot)
            for (std::size_t k = 0; k < 4; ++k) {
                const bool sees = (k < 2) == (slot == 1);
                const bool label = k == static_cast<std::size_t>(table.labels[i]);
                table.logits[table.row(i, slot) * 4 + k] = static_cast<float>(
                    sees ? (label ? 4 : 0) + 0.3 * dice.bell() : 6 * dice.bell());
            }
    table.probabilities = table.logits;
    softmaxRows(table.probabilities, 4);
    const auto study = studyWeights(table, 2, false, 1);
    QCOMPARE(study.preferred, 2);
    const auto& weights = study.ways[2].vote.weights; // [view × class]
    QCOMPARE(weights.size(), std::size_t(8));
    for (const std::size_t k : {0, 1})
        QVERIFY(weights[k] > 0.8);
    for (const std::size_t k : {2, 3})
        QVERIFY(weights[4 + k] > 0.8);
}

void WeightsStudyTest::meanWhereViewsAreAlike()
{
    // Too sure of themselves, as networks are: the mean of probabilities softens that.
    int means = 0;
    for (std::uint32_t stream = 0; stream < 8; ++stream)
        means += studyWeights(tableOfLook({{2, 2, 2, 2}, 1.2, 0.8, 3}, 5, 300, stream), 3, true, 1)
                     .preferred
            == 0;
    QCOMPARE(means, 8);
}

void WeightsStudyTest::sameViews()
{
    auto table = tableOfLook({{2, 2, 2}}, 3, 60, 6);
    for (std::size_t i = 0; i < table.size(); ++i)
        table.rows[i * 3 + 2] = table.rows[i * 3 + 1];
    const auto study = studyWeights(table, 2, false, 1);
    QCOMPARE(study.preferred, 0); // nothing is gained
    QVERIFY(std::abs(study.ways[1].heldOutNll - study.ways[0].heldOutNll) < 1e-6);
}

void WeightsStudyTest::deterministic()
{
    const auto table = tableOfLook({{2, 2, 1, 1, 0}}, 6, 400, 12);
    useThreads(1);
    const auto one = studyWeights(table, 4, true, 3);
    useThreads(3);
    const auto three = studyWeights(table, 4, true, 3);
    useThreads(0);
    QVERIFY(same(one, three));
    // Other folds: other held-out votes, the same weights.
    const auto other = studyWeights(table, 4, true, 4);
    QVERIFY(other.ways[1].heldOut.scores != one.ways[1].heldOut.scores);
    QVERIFY(other.ways[1].vote == one.ways[1].vote);
}

void WeightsStudyTest::stops()
{
    const auto table = tableOfLook({{2, 2, 1}}, 3, 50, 1);
    std::stop_source source;
    std::vector<std::int64_t> done;
    const Job job{source.get_token(), [&](const Progress& progress) {
                      QCOMPARE(progress.total, std::int64_t(6));
                      done.push_back(progress.done);
                      if (progress.done == 3)
                          source.request_stop();
                  }};
    QVERIFY_EXCEPTION_THROWN(studyWeights(table, 2, false, 1, 5, job), Cancelled);
    QVERIFY((done == std::vector<std::int64_t>{0, 1, 2, 3}));
}

void WeightsStudyTest::refuses()
{
    auto table = tableOfLook({{2, 2, 1}}, 3, 10, 1);
    QVERIFY_EXCEPTION_THROWN(studyWeights(table, 2, false, 1, 11), Error);
    QVERIFY_EXCEPTION_THROWN(studyWeights(table, 2, false, 1, 1), Error);
    QVERIFY_EXCEPTION_THROWN(studyWeights(table, 3, false, 1), Error);
    table.labels[4] = -1;
    QVERIFY_EXCEPTION_THROWN(studyWeights(table, 2, false, 1), Error);
    table.labels[4] = 0;
    table.logits.clear();
    QVERIFY_EXCEPTION_THROWN(studyWeights(table, 2, false, 1), Error);
}

QTEST_GUILESS_MAIN(WeightsStudyTest)
#include "tst_weights_study.moc"
