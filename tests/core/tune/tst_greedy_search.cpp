// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/runtime.h"
#include "core/tune/greedy_search.h"
#include "tests/core/tta/vote_tables.h"

#include <QtTest>

#include <limits>
#include <numeric>

using namespace augury;
using namespace augury::test;

namespace {

using Real = long double;

/// Mean log-likelihood of the labels under softmax(log p̄ / T).
Real likelihood(const VoteTable& table, const std::vector<int>& views, Real temperature)
{
    const auto classes = static_cast<std::size_t>(table.classes);
    Real sum = 0;
    for (std::size_t i = 0; i < table.size(); ++i) {
        std::vector<Real> z(classes, 0);
        for (const int view : views)
            for (std::size_t k = 0; k < classes; ++k)
                z[k] += static_cast<Real>(table.view(i, view + 1)[k]);
        Real norm = 0;
        for (auto& value : z) {
            value = std::log(std::max(value / static_cast<Real>(views.size()), 1e-12L));
            norm += std::exp(value / temperature);
        }
        sum += z[static_cast<std::size_t>(table.labels[i])] / temperature - std::log(norm);
    }
    return sum / static_cast<Real>(table.size());
}

struct NaiveFit {
    Real likelihood = 0;
    Real temperature = 0;
};

/// The best T by golden section over log T, in which it has one top, as in 1 / T.
NaiveFit naiveFit(const VoteTable& table, const std::vector<int>& views)
{
    const Real golden = (std::sqrt(5.0L) - 1) / 2;
    Real low = std::log(0.05L);
    Real high = std::log(20.0L);
    Real a = high - golden * (high - low);
    Real b = low + golden * (high - low);
    const auto at = [&](Real logT) { return likelihood(table, views, std::exp(logT)); };
    Real fa = at(a);
    Real fb = at(b);
    for (int i = 0; i < 60; ++i) {
        if (fa >= fb) {
            high = b;
            b = a;
            fb = fa;
            a = high - golden * (high - low);
            fa = at(a);
        } else {
            low = a;
            a = b;
            fa = fb;
            b = low + golden * (high - low);
            fb = at(b);
        }
    }
    // The ends themselves, which it only nears.
    NaiveFit best{at((low + high) / 2), std::exp((low + high) / 2)};
    for (const Real end : {0.05L, 20.0L}) {
        const Real there = likelihood(table, views, end);
        if (there > best.likelihood)
            best = {there, end};
    }
    return best;
}

/// What is wrong with the steps, or nothing.
QString compareWithNaive(const VoteTable& table, const std::vector<GreedyStep>& steps)
{
    std::vector<int> chosen;
    for (const auto& step : steps) {
        Real best = -std::numeric_limits<Real>::infinity();
        int bestView = -1;
        for (int view = 0; view < table.copies; ++view) {
            chosen.push_back(view);
            const auto fit = naiveFit(table, chosen);
            chosen.pop_back();
            if (fit.likelihood > best + 1e-9L) { // of equals the first
                best = fit.likelihood;
                bestView = view;
            }
        }
        const auto where = QStringLiteral("step %1: ").arg(chosen.size() + 1);
        chosen.push_back(step.view);
        const auto mine = naiveFit(table, chosen);
        if (step.view != bestView && mine.likelihood < best - 1e-8L)
            return where + QStringLiteral("view %1, not %2").arg(step.view).arg(bestView);
        const auto off = [](Real a, double b) { return std::abs(static_cast<double>(a) - b); };
        if (off(mine.likelihood, step.logLikelihood) > 1e-8)
            return where
                + QStringLiteral("its likelihood is off by %1")
                      .arg(off(mine.likelihood, step.logLikelihood));
        if (!(step.temperature >= 0.05 - 1e-12 && step.temperature <= 20 + 1e-9))
            return where + QStringLiteral("T = %1").arg(step.temperature);
        if (off(likelihood(table, chosen, step.temperature), step.logLikelihood) > 1e-8)
            return where + QStringLiteral("its temperature is not at the top");
    }
    return {};
}

/// Labelled images, of which each view sees more or less.
VoteTable poolTable(int classes, int views, int images, std::uint32_t stream, double clarity = 2)
{
    Dice dice(stream);
    auto table = randomTable(classes, views, images, stream, 2);
    for (std::size_t i = 0; i < table.size(); ++i)
        table.labels[i] =
            static_cast<std::int32_t>(dice.below(static_cast<std::uint32_t>(classes)));
    // Every slot its own row.
    const auto k = static_cast<std::size_t>(classes);
    std::vector<float> probabilities;
    for (std::size_t i = 0; i < table.size(); ++i) {
        for (int slot = 0; slot <= views; ++slot) {
            std::vector<double> z(k);
            double sum = 0;
            for (std::size_t c = 0; c < k; ++c) {
                const bool label = c == static_cast<std::size_t>(table.labels[i]);
                z[c] = std::exp(1.5 * dice.bell() + (label ? clarity * (slot % 5) / 4 : 0));
                sum += z[c];
            }
            for (const double value : z)
                probabilities.push_back(static_cast<float>(value / sum));
        }
    }
    table.probabilities = std::move(probabilities);
    table.logits.clear();
    std::iota(table.rows.begin(), table.rows.end(), 0U);
    return table;
}

/// Every image's views as given, the original's first.
VoteTable sameForAll(
    const std::vector<Numbers>& views, const std::vector<std::int32_t>& labels, int classes)
{
    auto table = tableOf(classes, std::vector<std::vector<Numbers>>(labels.size(), views));
    table.labels = labels;
    return table;
}

bool same(const std::vector<GreedyStep>& a, const std::vector<GreedyStep>& b)
{
    return std::ranges::equal(a, b, [](const GreedyStep& x, const GreedyStep& y) {
        return x.view == y.view && x.logLikelihood == y.logLikelihood
            && x.temperature == y.temperature;
    });
}

} // namespace

class GreedySearchTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void byHand();
    void againstNaive_data();
    void againstNaive();
    void withReplacement();
    void ofEqualsTheFirst();
    void endsOfTheTemperature();
    void goesOn();
    void stops();
    void independentOfThreads();
    void refuses();
};

void GreedySearchTest::byHand()
{
    // Three of four labels are 0. Any T of (3/4, 1/4) but 1 is worse, so of the first view T = 1;
    // (9/10, 1/10) at T with 9^(1/T) = 3 is the same: T = 2. Equal, so the first.
    const auto table = sameForAll({{1, 0}, {0.75F, 0.25F}, {0.9F, 0.1F}}, {0, 0, 1, 0}, 2);
    const auto steps = greedySearch(table, 1);
    QCOMPARE(steps.size(), std::size_t(1));
    const double entropy = 0.75 * std::log(0.75) + 0.25 * std::log(0.25);
    QVERIFY(std::abs(steps[0].logLikelihood - entropy) < 1e-9);
    const auto alone = greedySearch(sameForAll({{1, 0}, {0.9F, 0.1F}}, {0, 0, 1, 0}, 2), 1);
    QVERIFY(std::abs(alone[0].logLikelihood - entropy) < 1e-9);
    QVERIFY(std::abs(alone[0].temperature - 2) < 1e-4);
}

void GreedySearchTest::againstNaive_data()
{
    QTest::addColumn<int>("classes");
    QTest::addColumn<int>("views");
    QTest::addColumn<int>("images");
    QTest::addColumn<double>("clarity");
    QTest::newRow("two classes") << 2 << 6 << 40 << 2.0;
    QTest::newRow("ten classes") << 10 << 8 << 30 << 3.0;
    QTest::newRow("one image") << 5 << 4 << 1 << 2.0;
    QTest::newRow("seven images") << 3 << 5 << 7 << 1.0;
    QTest::newRow("only noise") << 4 << 6 << 50 << 0.0;
    QTest::newRow("all but certain") << 6 << 5 << 25 << 30.0;
    QTest::newRow("one class") << 1 << 3 << 5 << 1.0;
    QTest::newRow("many classes") << 120 << 4 << 9 << 4.0;
}

void GreedySearchTest::againstNaive()
{
    QFETCH(int, classes);
    QFETCH(int, views);
    QFETCH(int, images);
    QFETCH(double, clarity);
    const auto table = poolTable(
        classes, views, images, static_cast<std::uint32_t>(classes * 100 + images), clarity);
    const auto steps = greedySearch(table, 5);
    QCOMPARE(steps.size(), std::size_t(5));
    const auto wrong = compareWithNaive(table, steps);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

void GreedySearchTest::withReplacement()
{
    // One view knows, the others say the opposite.
    const std::vector<Numbers> zero = {{0.5F, 0.5F}, {0.1F, 0.9F}, {0.9F, 0.1F}, {0.1F, 0.9F}};
    auto one = zero;
    for (auto& view : one)
        std::swap(view[0], view[1]);
    auto table = tableOf(2, {zero, one, zero});
    table.labels = {0, 1, 0};
    for (const auto& step : greedySearch(table, 4))
        QCOMPARE(step.view, 1);
    // Views that see complementary halves are taken in turn.
    VoteTable halves = tableOf(
        2, {{{1, 0}, {0.99F, 0.01F}, {0.4F, 0.6F}}, {{1, 0}, {0.4F, 0.6F}, {0.99F, 0.01F}}});
    halves.labels = {0, 0};
    const auto steps = greedySearch(halves, 4);
    QVERIFY(steps[0].view != steps[1].view);
    QVERIFY(compareWithNaive(halves, steps).isEmpty());
}

void GreedySearchTest::ofEqualsTheFirst()
{
    const Numbers good = {0.7F, 0.2F, 0.1F};
    const Numbers bad = {0.2F, 0.7F, 0.1F};
    const auto table = sameForAll({good, good, bad, good, bad}, {0, 0, 1, 0, 2, 0}, 3);
    for (const auto& step : greedySearch(table, 3))
        QCOMPARE(step.view, 0);
    // Not the same numbers, but as good at another temperature: every image is as sure.
    const auto scaled = sameForAll({{1, 0}, {0.6F, 0.4F}, {0.9F, 0.1F}}, {0, 0, 1}, 2);
    for (const auto& step : greedySearch(scaled, 3))
        QCOMPARE(step.view, 0);
}

void GreedySearchTest::endsOfTheTemperature()
{
    // Always right, so the sharpest is best; never, so the flattest.
    const auto right = greedySearch(sameForAll({{1, 0}, {0.8F, 0.2F}}, {0, 0, 0}, 2), 2);
    QCOMPARE(right[1].temperature, 0.05);
    QVERIFY(right[1].logLikelihood > -1e-9);
    const auto wrong = greedySearch(sameForAll({{1, 0}, {0.8F, 0.2F}}, {1, 1, 1}, 2), 2);
    QCOMPARE(wrong[1].temperature, 20.0);
    // p = 0 counts as 1e-12.
    const auto never = greedySearch(sameForAll({{1, 0}, {1, 0}}, {1}, 2), 1);
    const double ratio = std::log(1e-12) / 20;
    QVERIFY(std::abs(never[0].logLikelihood - (ratio - std::log1p(std::exp(ratio)))) < 1e-8);
    // Undecided at any temperature.
    const auto flat = greedySearch(sameForAll({{1, 0}, {0.5F, 0.5F}}, {0, 1}, 2), 1);
    QVERIFY(std::abs(flat[0].logLikelihood - std::log(0.5)) < 1e-12);
}

void GreedySearchTest::goesOn()
{
    const auto table = poolTable(10, 12, 60, 3);
    const auto whole = greedySearch(table, 9);
    for (const std::size_t begun : {1, 4, 8, 9}) {
        std::vector<GreedyStep> heard;
        const auto rest = greedySearch(table, 9, {}, std::span(whole).first(begun),
            [&](const GreedyStep& step) { heard.push_back(step); });
        QVERIFY(same(rest, whole));
        QVERIFY(same(heard, {whole.begin() + static_cast<std::ptrdiff_t>(begun), whole.end()}));
    }
    // More than is asked for is left as it is.
    QVERIFY(same(greedySearch(table, 3, {}, whole), whole));
    QVERIFY(greedySearch(table, 0).empty());
}

void GreedySearchTest::stops()
{
    const auto table = poolTable(4, 10, 40, 5);
    const auto whole = greedySearch(table, 6);
    std::stop_source source;
    int heard = 0;
    const auto part = greedySearch(table, 6, {source.get_token(), {}}, {}, [&](const GreedyStep&) {
        if (++heard == 3)
            source.request_stop();
    });
    QVERIFY(same(part, {whole.begin(), whole.begin() + 3}));
    // At once: nothing, or what had begun.
    QVERIFY(greedySearch(table, 6, {source.get_token(), {}}).empty());
    QVERIFY(same(greedySearch(table, 6, {source.get_token(), {}}, part), part));
    // It says how far it has come.
    std::vector<std::int64_t> done;
    greedySearch(table, 6, {{}, [&](const Progress& progress) {
                                QCOMPARE(progress.total, std::int64_t(6));
                                done.push_back(progress.done);
                            }});
    QVERIFY(std::ranges::is_sorted(done));
    QCOMPARE(done.front(), std::int64_t(0));
    QCOMPARE(done.back(), std::int64_t(6));
}

void GreedySearchTest::independentOfThreads()
{
    const auto table = poolTable(7, 30, 101, 8);
    useThreads(1);
    const auto one = greedySearch(table, 6);
    useThreads(3);
    const auto three = greedySearch(table, 6);
    useThreads(0);
    QVERIFY(same(one, three));
}

void GreedySearchTest::refuses()
{
    auto table = poolTable(3, 4, 5, 1);
    const std::vector<GreedyStep> elsewhere = {{4, -1, 1}};
    QVERIFY_EXCEPTION_THROWN(greedySearch(table, 3, {}, elsewhere), Error);
    table.labels[2] = -1;
    QVERIFY_EXCEPTION_THROWN(greedySearch(table, 3), Error);
    table.labels[2] = 3;
    QVERIFY_EXCEPTION_THROWN(greedySearch(table, 3), Error);
    QVERIFY_EXCEPTION_THROWN(greedySearch(tableOf(2, {{{1, 0}}}), 3), Error);
    VoteTable empty;
    empty.classes = 2;
    empty.copies = 3;
    QVERIFY_EXCEPTION_THROWN(greedySearch(empty, 3), Error);
}

QTEST_GUILESS_MAIN(GreedySearchTest)
#include "tst_greedy_search.moc"
