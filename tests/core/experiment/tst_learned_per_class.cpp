// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/learned_weights.h"
#include "core/model/runtime.h"
#include "tests/core/experiment/learned_tables.h"

#include <QtTest>

#include <array>
#include <thread>

using namespace augury;
using namespace augury::test;

namespace {

/// The mean NLL and its gradient as they are written, in extended precision.
Reference naivePerClass(const VoteTable& table, int first, const std::vector<double>& weights)
{
    Reference result;
    result.gradient.assign(weights.size(), 0);
    const auto classes = static_cast<std::size_t>(table.classes);
    const auto views = weights.size() / classes;
    const auto n = static_cast<long double>(table.size());
    for (std::size_t i = 0; i < table.size(); ++i) {
        const auto z = [&](std::size_t a, std::size_t k) {
            return static_cast<long double>(
                table.outputs(i, first + static_cast<int>(a)).logits[k]);
        };
        std::vector<long double> mixed(classes, 0);
        long double sum = 0;
        for (std::size_t k = 0; k < classes; ++k) {
            for (std::size_t a = 0; a < views; ++a)
                mixed[k] += static_cast<long double>(weights[a * classes + k]) * z(a, k);
            sum += std::exp(mixed[k]);
        }
        const auto label = static_cast<std::size_t>(table.labels[i]);
        result.nll += (std::log(sum) - mixed[label]) / n;
        for (std::size_t a = 0; a < views; ++a)
            for (std::size_t k = 0; k < classes; ++k)
                result.gradient[a * classes + k] +=
                    (std::exp(mixed[k]) / sum - (k == label ? 1 : 0)) * z(a, k) / n;
    }
    return result;
}

} // namespace

class LearnedPerClassTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void byHand();
    void optimal_data();
    void optimal();
    void bothAtOnce();
    void independentOfThreads();
    void fromSeveralThreads();
};

void LearnedPerClassTest::byHand()
{
    // Copy 1 tells the label by class 0's logit and has noise on class 1's, copy 2 the other way
    // round. Noise that is as often 3 as −3 only costs, the loss being convex, so class 0 listens
    // to copy 1 alone and class 1 to copy 2: margins of 4 everywhere.
    VoteTable table;
    table.classes = 2;
    table.copies = 2;
    for (const int label : {0, 1})
        for (const float noise : {3.0F, -3.0F})
            for (const float other : {3.0F, -3.0F}) {
                const float sign = label == 0 ? 1.0F : -1.0F;
                for (int slot = 0; slot <= 2; ++slot)
                    table.rows.push_back(static_cast<std::uint32_t>(table.logits.size() / 2)
                        + static_cast<std::uint32_t>(slot));
                const Numbers z = {0, 0, 2 * sign, noise, other, -2 * sign};
                table.logits.insert(table.logits.end(), z.begin(), z.end());
                table.labels.push_back(label);
                table.images.push_back(static_cast<std::uint32_t>(table.images.size()));
            }
    table.probabilities.resize(table.logits.size(), 0.5F);
    const auto learned = learnWeights(table, 2, false, WeightsOf::ViewsAndClasses);
    QVERIFY(learned.of == WeightsOf::ViewsAndClasses);
    QCOMPARE(learned.weights.size(), std::size_t(4));
    for (const std::size_t trusted : {0, 3}) // [view × class]
        QVERIFY(near(learned.weights[trusted], 1, 1e-6));
    QVERIFY(near(learned.nll, std::log1p(std::exp(-4.0)), 1e-8));
    // One weight a view cannot do that.
    QVERIFY(learned.nll < learnWeights(table, 2, false).nll - 0.1);
}

void LearnedPerClassTest::optimal_data()
{
    QTest::addColumn<int>("copies");
    QTest::addColumn<int>("useful");
    QTest::addColumn<int>("images");
    QTest::newRow("all useful") << 7 << 8 << 400;
    QTest::newRow("half noise") << 9 << 5 << 400;
    QTest::newRow("all noise") << 4 << 0 << 300;
    QTest::newRow("many views, few images") << 30 << 20 << 60;
}

void LearnedPerClassTest::optimal()
{
    QFETCH(int, copies);
    QFETCH(int, useful);
    QFETCH(int, images);
    const auto table = gradedTable(copies, useful, images, static_cast<std::uint32_t>(copies));
    for (const bool original : {false, true}) {
        const int first = original ? 0 : 1;
        const auto learned = learnWeights(table, copies, original, WeightsOf::ViewsAndClasses);
        const auto& weights = learned.weights;
        const auto views = static_cast<std::size_t>(copies + 1 - first);
        QCOMPARE(weights.size(), views * 10);
        QVERIFY(std::all_of(weights.begin(), weights.end(), [](double w) { return w >= 0; }));
        const auto here = naivePerClass(table, first, weights);
        QVERIFY(near(learned.nll, static_cast<double>(here.nll), 1e-9));
        // What the slopes say could still be gained, summed over the classes.
        long double gap = 0;
        for (std::size_t k = 0; k < 10; ++k) {
            double sum = 0;
            long double lowest = here.gradient[k];
            for (std::size_t a = 0; a < views; ++a) {
                sum += weights[a * 10 + k];
                lowest = std::min(lowest, here.gradient[a * 10 + k]);
            }
            QVERIFY(near(sum, 1, 1e-12));
            for (std::size_t a = 0; a < views; ++a)
                gap += static_cast<long double>(weights[a * 10 + k])
                    * (here.gradient[a * 10 + k] - lowest);
        }
        QVERIFY2(gap < 1e-3L * here.nll, qPrintable(QString::number(static_cast<double>(gap))));
        // It holds one weight a view as a special case, and equal weights: the mean of the logits.
        const auto perView = learnWeights(table, copies, original);
        QVERIFY(learned.nll <= perView.nll);
        QCOMPARE(learned.uniformNll, perView.uniformNll);
        const std::vector<double> uniform(weights.size(), 1 / static_cast<double>(views));
        QVERIFY(near(learned.uniformNll,
            static_cast<double>(naivePerClass(table, first, uniform).nll), 1e-12));
        const auto means =
            mergeVotes(table, copies, {.rule = VoteRule::LogitMean, .includeOriginal = original});
        const auto votes = mergeVotes(table, copies,
            {.rule = VoteRule::LearnedPerClass, .includeOriginal = original, .weights = uniform});
        const auto learnedVotes = mergeVotes(table, copies,
            {.rule = VoteRule::LearnedPerClass, .includeOriginal = original, .weights = weights});
        double nll = 0;
        for (std::size_t i = 0; i < table.size(); ++i) {
            for (std::size_t k = 0; k < 10; ++k)
                QVERIFY(near(votes.scores[i * 10 + k], means.scores[i * 10 + k], 1e-12));
            const auto label = static_cast<std::size_t>(table.labels[i]);
            nll -= std::log(learnedVotes.scores[i * 10 + label]) / images;
        }
        QVERIFY(near(nll, learned.nll, 1e-9)); // as the vote uses them
        QVERIFY(learnWeights(table, copies, original, WeightsOf::ViewsAndClasses).weights
            == weights); // to the bit
    }
}

void LearnedPerClassTest::bothAtOnce()
{
    const auto table = gradedTable(5, 3, 200, 21);
    const auto both = learnBothWeights(table, 5, true);
    const auto views = learnWeights(table, 5, true);
    const auto classes = learnWeights(table, 5, true, WeightsOf::ViewsAndClasses);
    QVERIFY(both.views.weights == views.weights && both.views.nll == views.nll);
    QVERIFY(both.viewsAndClasses.weights == classes.weights);
    QCOMPARE(both.viewsAndClasses.nll, classes.nll);
    QVERIFY(
        both.views.of == WeightsOf::Views && both.viewsAndClasses.of == WeightsOf::ViewsAndClasses);
    QVERIFY(weightsOf(VoteRule::Learned) == WeightsOf::Views);
    QVERIFY(weightsOf(VoteRule::LearnedPerClass) == WeightsOf::ViewsAndClasses);
}

void LearnedPerClassTest::independentOfThreads()
{
    // More than LibTorch adds up on one thread.
    const auto table = gradedTable(20, 12, 1000, 31);
    useThreads(1);
    const auto one = learnWeights(table, 20, true, WeightsOf::ViewsAndClasses);
    useThreads(3);
    const auto three = learnWeights(table, 20, true, WeightsOf::ViewsAndClasses);
    useThreads(0);
    QVERIFY(one.weights == three.weights);
    QCOMPARE(one.nll, three.nll);
}

void LearnedPerClassTest::fromSeveralThreads()
{
    // As the repeats of an experiment do.
    const auto table = gradedTable(6, 4, 300, 8);
    const auto expected = learnWeights(table, 6, false, WeightsOf::ViewsAndClasses).weights;
    std::array<std::vector<double>, 4> found;
    {
        std::vector<std::jthread> threads;
        for (auto& weights : found)
            threads.emplace_back([&] {
                useThreads(1);
                weights = learnWeights(table, 6, false, WeightsOf::ViewsAndClasses).weights;
            });
    }
    for (const auto& weights : found)
        QVERIFY(weights == expected);
}

QTEST_GUILESS_MAIN(LearnedPerClassTest)
#include "tst_learned_per_class.moc"
