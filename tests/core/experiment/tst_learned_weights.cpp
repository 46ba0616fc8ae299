// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/scorecard.h"
#include "core/experiment/learned_weights.h"
#include "core/model/runtime.h"
#include "tests/core/tta/vote_tables.h"

#include <QtTest>

#include <array>
#include <limits>
#include <numeric>
#include <thread>

using namespace augury;
using namespace augury::test;

namespace {

/// A table of two classes: each image's label, and by how much each view favours it.
VoteTable tableOfMargins(
    const std::vector<std::int32_t>& labels, const std::vector<std::vector<float>>& margins)
{
    VoteTable table;
    table.classes = 2;
    table.copies = static_cast<int>(margins.at(0).size()) - 1;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        for (const float margin : margins[i]) {
            table.rows.push_back(static_cast<std::uint32_t>(table.logits.size() / 2));
            const Numbers z = labels[i] == 0 ? Numbers{margin, 0} : Numbers{0, margin};
            table.logits.insert(table.logits.end(), z.begin(), z.end());
        }
        table.images.push_back(static_cast<std::uint32_t>(i));
    }
    table.labels = labels;
    table.probabilities.resize(table.logits.size(), 0.5F); // nobody looks at them
    return table;
}

struct Reference {
    long double nll = 0;
    std::vector<long double> gradient;
};

/// The mean NLL and its gradient as they are written, in extended precision.
Reference naive(const VoteTable& table, int first, const std::vector<double>& weights)
{
    Reference result;
    result.gradient.assign(weights.size(), 0);
    const auto classes = static_cast<std::size_t>(table.classes);
    const auto n = static_cast<long double>(table.size());
    for (std::size_t i = 0; i < table.size(); ++i) {
        std::vector<long double> mixed(classes, 0);
        for (std::size_t a = 0; a < weights.size(); ++a)
            for (std::size_t k = 0; k < classes; ++k)
                mixed[k] += static_cast<long double>(weights[a])
                    * table.outputs(i, first + static_cast<int>(a)).logits[k];
        long double sum = 0;
        for (const auto z : mixed)
            sum += std::exp(z);
        const auto label = static_cast<std::size_t>(table.labels[i]);
        result.nll += (std::log(sum) - mixed[label]) / n;
        for (std::size_t a = 0; a < weights.size(); ++a)
            for (std::size_t k = 0; k < classes; ++k)
                result.gradient[a] += (std::exp(mixed[k]) / sum - (k == label ? 1 : 0))
                    * table.outputs(i, first + static_cast<int>(a)).logits[k] / n;
    }
    return result;
}

/// The same with a weight for each view and class.
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

/// Views of ten classes that get worse and worse, the original's among them; `useful` of them say
/// something, the others are noise.
VoteTable gradedTable(int copies, int useful, int images, std::uint32_t stream)
{
    Dice dice(stream);
    VoteTable table;
    table.classes = 10;
    table.copies = copies;
    for (int i = 0; i < images; ++i) {
        table.images.push_back(static_cast<std::uint32_t>(i));
        table.labels.push_back(static_cast<std::int32_t>(dice.below(10)));
        for (int slot = 0; slot <= copies; ++slot) {
            table.rows.push_back(static_cast<std::uint32_t>(table.logits.size() / 10));
            for (int k = 0; k < 10; ++k) {
                const bool label = k == table.labels.back();
                const double signal = label && slot < useful ? 2.5 - 0.2 * slot : 0;
                table.logits.push_back(static_cast<float>(1.5 * dice.bell() + signal));
            }
        }
    }
    table.probabilities.resize(table.logits.size(), 0.1F);
    return table;
}

bool near(double a, double b, double tolerance)
{
    return std::abs(a - b) <= tolerance;
}

} // namespace

class LearnedWeightsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void byHand();
    void between();
    void optimal_data();
    void optimal();
    void asTheVoteUsesThem();
    void perClassByHand();
    void perClassOptimal_data() { optimal_data(); }
    void perClassOptimal();
    void bothAtOnce();
    void independentOfThreads();
    void fromSeveralThreads();
    void edges();
    void refuses();
};

void LearnedWeightsTest::byHand()
{
    // Copy 1 favours every label by 2, copy 2 once by 4 and once by −4. More of copy 2 changes the
    // margins 2 by opposite amounts, and log(1 + e^−m) is convex: all weight goes to copy 1.
    const auto table = tableOfMargins({0, 1}, {{9, 2, 4}, {-9, 2, -4}});
    const auto learned = learnWeights(table, 2, false);
    QCOMPARE(learned.weights.size(), std::size_t(2));
    QVERIFY(near(learned.weights[0], 1, 1e-6) && near(learned.weights[1], 0, 1e-6));
    QVERIFY(near(learned.nll, std::log1p(std::exp(-2.0)), 1e-8));
    // Equal weights: margins 3 and −1.
    QVERIFY(near(
        learned.uniformNll, (std::log1p(std::exp(-3.0)) + std::log1p(std::exp(1.0))) / 2, 1e-14));
    // Two views that are right by 3 where the other is wrong by 1: by symmetry half and half, and
    // that is the start.
    const auto halves = learnWeights(tableOfMargins({0, 1}, {{0, 3, -1}, {0, -1, 3}}), 2, false);
    QVERIFY(near(halves.weights[0], 0.5, 1e-7) && near(halves.weights[1], 0.5, 1e-7));
    QVERIFY(near(halves.nll, std::log1p(std::exp(-1.0)), 1e-12));
    // The original is the good one, and its weight is the first.
    const auto original = learnWeights(tableOfMargins({0, 1}, {{2, 4}, {2, -4}}), 1, true);
    QVERIFY(near(original.weights[0], 1, 1e-6));
}

void LearnedWeightsTest::between()
{
    // Two views of three images: the best θ = (t, 1 − t) by golden section.
    const auto table = tableOfMargins({0, 1, 0}, {{0, 3, -1}, {0, -2, 4}, {0, 1, 0.5F}});
    const auto loss = [&](double t) { return naive(table, 1, {t, 1 - t}).nll; };
    double low = 0;
    double high = 1;
    while (high - low > 1e-9) {
        const double a = high - 0.6180339887498949 * (high - low);
        const double b = low + 0.6180339887498949 * (high - low);
        (loss(a) < loss(b) ? high : low) = loss(a) < loss(b) ? b : a;
    }
    QVERIFY(low > 0.05 && high < 0.95);
    const auto learned = learnWeights(table, 2, false);
    QVERIFY(near(learned.weights[0], low, 1e-4));
    QVERIFY(near(learned.nll, static_cast<double>(loss(low)), 1e-9));
}

void LearnedWeightsTest::optimal_data()
{
    QTest::addColumn<int>("copies");
    QTest::addColumn<int>("useful");
    QTest::addColumn<int>("images");
    QTest::newRow("all useful") << 7 << 8 << 400;
    QTest::newRow("half noise") << 9 << 5 << 400;
    QTest::newRow("all noise") << 4 << 0 << 300;
    QTest::newRow("many views, few images") << 30 << 20 << 60;
}

void LearnedWeightsTest::optimal()
{
    QFETCH(int, copies);
    QFETCH(int, useful);
    QFETCH(int, images);
    const auto table = gradedTable(copies, useful, images, static_cast<std::uint32_t>(copies));
    for (const bool original : {false, true}) {
        const int first = original ? 0 : 1;
        const auto learned = learnWeights(table, copies, original);
        const auto& weights = learned.weights;
        QCOMPARE(weights.size(), static_cast<std::size_t>(copies + 1 - first));
        QVERIFY(std::all_of(weights.begin(), weights.end(), [](double w) { return w >= 0; }));
        QVERIFY(near(std::accumulate(weights.begin(), weights.end(), 0.0), 1, 1e-12));

        const auto here = naive(table, first, weights);
        QVERIFY(near(learned.nll, static_cast<double>(here.nll), 1e-9));
        // Karush, Kuhn and Tucker: no view's slope is below the common one, and those with weight
        // are at it. What their difference could still gain, the loss being convex, is next to
        // nothing.
        const auto lowest = *std::min_element(here.gradient.begin(), here.gradient.end());
        long double gap = 0;
        for (std::size_t a = 0; a < weights.size(); ++a)
            gap += static_cast<long double>(weights[a]) * (here.gradient[a] - lowest);
        QVERIFY2(gap < 1e-4L * here.nll, qPrintable(QString::number(static_cast<double>(gap))));

        const std::vector<double> uniform(weights.size(), 1 / static_cast<double>(weights.size()));
        QVERIFY(
            near(learned.uniformNll, static_cast<double>(naive(table, first, uniform).nll), 1e-12));
        QVERIFY(learned.nll <= learned.uniformNll);
        for (std::size_t a = 0; a < weights.size(); ++a) {
            std::vector<double> single(weights.size(), 0.0);
            single[a] = 1;
            QVERIFY(here.nll <= naive(table, first, single).nll);
        }
        // Nor is it better anywhere around.
        Dice dice(5);
        for (int round = 0; round < 20; ++round) {
            auto other = weights;
            for (auto& weight : other)
                weight = std::max(0.0, weight + 0.02 * dice.bell());
            const double sum = std::accumulate(other.begin(), other.end(), 0.0);
            for (auto& weight : other)
                weight /= sum;
            QVERIFY(here.nll <= naive(table, first, other).nll + 1e-8L);
        }
        QVERIFY(learnWeights(table, copies, original).weights == weights); // to the bit
    }
}

void LearnedWeightsTest::asTheVoteUsesThem()
{
    const auto table = gradedTable(6, 4, 300, 11);
    for (const bool original : {false, true}) {
        const auto learned = learnWeights(table, 6, original);
        const auto votes = mergeVotes(table, 6,
            {.rule = VoteRule::Learned, .includeOriginal = original, .weights = learned.weights});
        Scorecard card(10);
        for (std::size_t i = 0; i < table.size(); ++i)
            card.add(
                table.labels[i], std::span(votes.scores).subspan(i * 10, 10), votes.decisions[i]);
        QVERIFY(near(card.nll(), learned.nll, 1e-9));
    }
}

void LearnedWeightsTest::perClassByHand()
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

void LearnedWeightsTest::perClassOptimal()
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

void LearnedWeightsTest::bothAtOnce()
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

void LearnedWeightsTest::independentOfThreads()
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

void LearnedWeightsTest::fromSeveralThreads()
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

void LearnedWeightsTest::edges()
{
    // One view has all the weight there is.
    const auto one = learnWeights(gradedTable(1, 2, 20, 3), 1, false);
    QVERIFY(one.weights == std::vector<double>{1});
    QCOMPARE(one.nll, one.uniformNll);
    QVERIFY(learnWeights(gradedTable(1, 2, 20, 3), 0, true).weights == std::vector<double>{1});
    // Equal views: nothing to choose.
    const auto same = learnWeights(tableOfMargins({0, 1}, {{1, 2, 2}, {1, 2, 2}}), 2, false);
    QVERIFY(near(same.weights[0], 0.5, 1e-12));
    // Logits of any size stay finite.
    const auto huge =
        learnWeights(tableOfMargins({0, 1}, {{0, 1e30F, -1e30F}, {0, 1e30F, 1e30F}}), 2, false);
    QVERIFY(std::isfinite(huge.nll) && std::isfinite(huge.weights[0]));
    QVERIFY(near(huge.weights[0] + huge.weights[1], 1, 1e-12));
    QVERIFY(huge.nll <= huge.uniformNll);
    // One class: no loss at all.
    auto single = gradedTable(2, 1, 10, 2);
    single.classes = 1;
    std::fill(single.labels.begin(), single.labels.end(), 0);
    QCOMPARE(learnWeights(single, 2, false).nll, 0.0);
}

void LearnedWeightsTest::refuses()
{
    const auto table = gradedTable(3, 2, 10, 1);
    QVERIFY_EXCEPTION_THROWN(learnWeights(table, 0, false), Error);
    QVERIFY_EXCEPTION_THROWN(learnWeights(table, 4, false), Error);
    QVERIFY_EXCEPTION_THROWN(learnWeights(table, -1, true), Error);
    auto without = table;
    without.logits.clear();
    QVERIFY_EXCEPTION_THROWN(learnWeights(without, 3, false), Error);
    auto unlabelled = table;
    unlabelled.labels[4] = -1;
    QVERIFY_EXCEPTION_THROWN(learnWeights(unlabelled, 3, false), Error);
    VoteTable empty;
    empty.classes = 2;
    empty.copies = 3;
    QVERIFY_EXCEPTION_THROWN(learnWeights(empty, 3, false), Error);
    std::stop_source source;
    source.request_stop();
    QVERIFY_EXCEPTION_THROWN(
        learnWeights(table, 3, false, WeightsOf::Views, {source.get_token(), {}}), Cancelled);
}

QTEST_GUILESS_MAIN(LearnedWeightsTest)
#include "tst_learned_weights.moc"
