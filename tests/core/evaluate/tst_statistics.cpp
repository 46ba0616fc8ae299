// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/statistics.h"
#include "core/support/error.h"
#include "core/support/random.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace augury;

namespace {

const double notANumber = std::numeric_limits<double>::quiet_NaN();
const double infinity = std::numeric_limits<double>::infinity();

bool near(double a, double b, double tolerance)
{
    return std::abs(a - b) <= tolerance;
}

/// R's data set `sleep`, the difference of the two drugs (Student, 1908).
const std::vector<double> sleepDifferences = {1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4};

/// Each difference's rank among the sizes by counting: (smaller) + (1 + equal) / 2.
std::vector<double> midRanks(const std::vector<double>& d)
{
    std::vector<double> ranks;
    for (const double a : d) {
        double smaller = 0;
        double equal = 0;
        for (const double b : d) {
            smaller += std::abs(b) < std::abs(a) ? 1 : 0;
            equal += std::abs(b) == std::abs(a) ? 1 : 0;
        }
        ranks.push_back(smaller + (1 + equal) / 2);
    }
    return ranks;
}

double positiveSum(const std::vector<double>& d, const std::vector<double>& ranks)
{
    double sum = 0;
    for (std::size_t i = 0; i < d.size(); ++i)
        sum += d[i] > 0 ? ranks[i] : 0;
    return sum;
}

/// By trying all 2^n signs: the share at least as far from the middle as what was seen.
double enumeratedWilcoxon(std::vector<double> d)
{
    std::erase(d, 0.0);
    const auto ranks = midRanks(d);
    const double middle = static_cast<double>(d.size() * (d.size() + 1)) / 4;
    const double seen = std::abs(positiveSum(d, ranks) - middle);
    std::uint32_t extreme = 0;
    const std::uint32_t all = 1U << d.size();
    for (std::uint32_t signs = 0; signs < all; ++signs) {
        double sum = 0;
        for (std::size_t i = 0; i < d.size(); ++i)
            sum += (signs >> i) & 1U ? ranks[i] : 0;
        extreme += std::abs(sum - middle) >= seen ? 1 : 0;
    }
    return static_cast<double>(extreme) / all;
}

/// What R's wilcox.test(exact = FALSE, correct = TRUE) computes.
double normalWilcoxon(const std::vector<double>& d)
{
    const auto ranks = midRanks(d);
    const auto n = static_cast<double>(d.size());
    double ties = 0;
    for (std::size_t i = 0; i < d.size(); ++i) { // t³ − t of a group is shared by its t members
        double t = 0;
        for (const double b : d)
            t += std::abs(b) == std::abs(d[i]) ? 1 : 0;
        ties += t * t - 1;
    }
    const double z = positiveSum(d, ranks) - n * (n + 1) / 4;
    const double sigma = std::sqrt(n * (n + 1) * (2 * n + 1) / 24 - ties / 48);
    const double corrected = (z - (z > 0 ? 0.5 : z < 0 ? -0.5 : 0)) / sigma;
    const double below = 0.5 * std::erfc(-corrected / std::sqrt(2.0));
    return 2 * std::min(below, 1 - below);
}

double random(std::uint32_t stream, std::uint32_t i)
{
    return toUniform(randomWords(31, RandomUse::Subset, stream, i)[0]);
}

} // namespace

class StatisticsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void meanAndDeviation();
    void tIntervals();
    void wilcoxonPublished();
    void wilcoxonEnumerated();
    void wilcoxonLarge();
    void wilcoxonEdges();
    void mcnemarPublished();
    void mcnemarByHand();
    void mcnemarAgainstWholeNumbers();
    void mcnemarLarge();
};

void StatisticsTest::meanAndDeviation()
{
    const std::vector<double> values = {2, 4, 4, 4, 5, 5, 7, 9};
    QCOMPARE(mean(values), 5.0);
    QVERIFY(near(sampleStd(values), std::sqrt(32.0 / 7), 1e-15));
    QVERIFY(std::isnan(mean({})));
    QVERIFY(std::isnan(sampleStd({})));
    const std::vector<double> one = {3};
    QCOMPARE(mean(one), 3.0);
    QVERIFY(std::isnan(sampleStd(one)));
    // Two passes: a large offset costs nothing.
    const std::vector<double> far = {1e9 + 1, 1e9 + 2, 1e9 + 3};
    QCOMPARE(sampleStd(far), 1.0);
}

void StatisticsTest::tIntervals()
{
    // R: t.test(1:10)$conf.int is 3.334149 7.665851
    const std::vector<double> ten = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    auto interval = tInterval(ten);
    QVERIFY(near(interval.low, 3.334149, 5e-7));
    QVERIFY(near(interval.high, 7.665851, 5e-7));
    // From the tables: t(0.975, 9) = 2.262157, t(0.995, 9) = 3.249836.
    const double unit = std::sqrt(82.5 / 9 / 10);
    QVERIFY(near((interval.high - 5.5) / unit, 2.262157, 5e-7));
    interval = tInterval(ten, 0.99);
    QVERIFY(near((interval.high - 5.5) / unit, 3.249836, 5e-7));
    // R: t.test(extra ~ group, sleep, paired = TRUE): 0.7001142 2.4598858
    interval = tInterval(sleepDifferences);
    QVERIFY(near(interval.low, 0.7001142, 5e-8));
    QVERIFY(near(interval.high, 2.4598858, 5e-8));
    // Two values: t(0.975, 1) = tan(0.475 π).
    const std::vector<double> two = {0, 2};
    interval = tInterval(two);
    QVERIFY(near(interval.high - 1, std::tan(0.475 * std::acos(-1.0)), 1e-10));

    const std::vector<double> same = {0.5, 0.5, 0.5};
    QCOMPARE(tInterval(same).low, 0.5);
    QCOMPARE(tInterval(same).high, 0.5);
    const std::vector<double> one = {1};
    QVERIFY(std::isnan(tInterval(one).low) && std::isnan(tInterval(one).high));
    const std::vector<double> broken = {1, notANumber, 2};
    QVERIFY(std::isnan(tInterval(broken).low) && std::isnan(tInterval(broken).high));
    for (const double confidence : {0.0, 1.0, -1.0, notANumber})
        QVERIFY_EXCEPTION_THROWN(tInterval(ten, confidence), Error);
}

void StatisticsTest::wilcoxonPublished()
{
    // Hollander & Wolfe's depression scores, R's example of wilcox.test: V = 40, and 0.01953 for
    // one side.
    const std::vector<double> first = {1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30};
    const std::vector<double> second = {0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29};
    std::vector<double> differences;
    for (std::size_t i = 0; i < first.size(); ++i)
        differences.push_back(first[i] - second[i]);
    QCOMPARE(wilcoxonSignedRankP(differences), 20.0 / 512);
    // All nine that differ are positive: 2 / 2^9.
    QCOMPARE(wilcoxonSignedRankP(sleepDifferences), 2.0 / 512);
    // Ten of ten, the smallest p that ten repeats can reach.
    const std::vector<double> allUp = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    QCOMPARE(wilcoxonSignedRankP(allUp), 2.0 / 1024);
    // 50 of 50 is still exact.
    std::vector<double> fifty(50);
    for (std::size_t i = 0; i < 50; ++i)
        fifty[i] = -1.0 - static_cast<double>(i);
    QCOMPARE(wilcoxonSignedRankP(fifty), std::ldexp(1.0, -49));
}

void StatisticsTest::wilcoxonEnumerated()
{
    for (std::uint32_t round = 0; round < 60; ++round) {
        const auto n = 1 + round % 12;
        std::vector<double> d;
        for (std::uint32_t i = 0; i < n; ++i) {
            const double value = random(round, i) - 0.35;
            // Two rounds of three in coarse steps: ties and zeros.
            d.push_back(round % 3 == 0 ? value : std::round(value * (round % 3 == 1 ? 4 : 10)));
        }
        const double expected = std::all_of(d.begin(), d.end(), [](double v) { return v == 0; })
            ? 1
            : enumeratedWilcoxon(d);
        QVERIFY2(near(wilcoxonSignedRankP(d), expected, 1e-15),
            qPrintable(QStringLiteral("round %1: %2, not %3")
                           .arg(round)
                           .arg(wilcoxonSignedRankP(d))
                           .arg(expected)));
    }
}

void StatisticsTest::wilcoxonLarge()
{
    for (std::uint32_t round = 0; round < 20; ++round) {
        std::vector<double> d;
        for (std::uint32_t i = 0; i < 51 + 13 * round; ++i) {
            const double value = random(100 + round, i) - 0.4 - 0.01 * (round % 20);
            d.push_back(round % 2 == 0 ? value : std::ceil(value * 8) + 0.5);
        }
        QVERIFY(near(wilcoxonSignedRankP(d), normalWilcoxon(d), 1e-12));
        // At 50 the exact distribution and its approximation must meet.
        d.resize(50);
        QVERIFY(near(wilcoxonSignedRankP(d), normalWilcoxon(d), 0.005));
        QVERIFY(wilcoxonSignedRankP(d) != normalWilcoxon(d));
    }
}

void StatisticsTest::wilcoxonEdges()
{
    QVERIFY(std::isnan(wilcoxonSignedRankP({})));
    const std::vector<double> zeros = {0, 0, -0.0};
    QCOMPARE(wilcoxonSignedRankP(zeros), 1.0);
    const std::vector<double> one = {0, 0.5};
    QCOMPARE(wilcoxonSignedRankP(one), 1.0);
    const std::vector<double> balanced = {1, -1};
    QCOMPARE(wilcoxonSignedRankP(balanced), 1.0);
    for (const double bad : {notANumber, infinity}) {
        const std::vector<double> broken = {1, 2, bad};
        QVERIFY(std::isnan(wilcoxonSignedRankP(broken)));
    }
    // Sizes that differ by rounding alone are tied: ranks 1.5, 1.5, 3, not 1, 2, 3.
    const std::vector<double> rounded = {-(0.3 - 0.1), 0.2, 0.5};
    QCOMPARE(wilcoxonSignedRankP(rounded), enumeratedWilcoxon({-0.2, 0.2, 0.5}));
}

void StatisticsTest::mcnemarPublished()
{
    // The worked example of Fay, "Exact McNemar's Test and Matching Confidence Intervals" (the
    // vignette of R's package exact2x2): mcnemar.exact(matrix(c(21, 9, 2, 12), 2, 2)) gives
    // b = 2, c = 9, p-value = 0.06543.
    QVERIFY(near(mcnemarExactP(2, 9), 0.06543, 5e-6));
    // Agresti, Categorical Data Analysis (1990), p. 350, approval of the president in two surveys
    // of the same people: 150 changed one way and 86 the other. The exact p as a whole-number
    // fraction over 2^236.
    QVERIFY(near(mcnemarExactP(150, 86), 3.715936139571442e-05, 1e-17));
}

void StatisticsTest::mcnemarByHand()
{
    QVERIFY(near(mcnemarExactP(1, 8), 0.0390625, 1e-16)); // 2 (1 + 9) / 2^9
    QVERIFY(near(mcnemarExactP(0, 5), 0.0625, 1e-16)); // 2 / 2^5
    QVERIFY(near(mcnemarExactP(3, 10), 0.0922851562500, 1e-15)); // 2 (1 + 13 + 78 + 286) / 2^13
    QCOMPARE(mcnemarExactP(0, 1), 1.0);
    QCOMPARE(mcnemarExactP(0, 0), 1.0);
    QCOMPARE(mcnemarExactP(5, 5), 1.0);
    QCOMPARE(mcnemarExactP(4, 5), 1.0);
    QCOMPARE(mcnemarExactP(8, 1), mcnemarExactP(1, 8));
    QVERIFY_EXCEPTION_THROWN(mcnemarExactP(-1, 2), Error);
    QVERIFY_EXCEPTION_THROWN(mcnemarExactP(2, -1), Error);
}

void StatisticsTest::mcnemarAgainstWholeNumbers()
{
    for (std::uint64_t n = 1; n <= 62; ++n) {
        std::uint64_t choose = 1; // C(n, b)
        std::uint64_t sum = 0;
        for (std::uint64_t b = 0; 2 * b <= n; ++b) {
            sum += choose;
            const double expected =
                std::min(1.0, std::ldexp(static_cast<double>(sum), 1 - static_cast<int>(n)));
            const double p =
                mcnemarExactP(static_cast<std::int64_t>(b), static_cast<std::int64_t>(n - b));
            QVERIFY(near(p, expected, 2e-14 * expected));
            choose = choose * (n - b) / (b + 1);
        }
    }
}

void StatisticsTest::mcnemarLarge()
{
    // Terms through lgamma in long double, added from the smallest.
    const auto summed = [](std::int64_t b, std::int64_t c) {
        const auto n = static_cast<long double>(b + c);
        long double sum = 0;
        for (std::int64_t i = 0; i <= b; ++i) {
            const auto k = static_cast<long double>(i);
            sum += std::exp(std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1)
                - n * std::log(2.0L));
        }
        return static_cast<double>(2 * sum);
    };
    for (const auto& [b, c] : {std::pair<std::int64_t, std::int64_t>{66, 187}, {4800, 5200},
             {49800, 50200}, {499000, 501000}, {499900, 500100}}) {
        const double expected = summed(b, c);
        QVERIFY2(near(mcnemarExactP(b, c), expected, 1e-9 * expected),
            qPrintable(QString::number(mcnemarExactP(b, c))));
    }
    QCOMPARE(mcnemarExactP(500000, 500000), 1.0);
    QCOMPARE(mcnemarExactP(0, 1000000), 0.0); // 2^-999999 is below every double
    QVERIFY(mcnemarExactP(1000000, 400000) >= 0);
}

QTEST_GUILESS_MAIN(StatisticsTest)
#include "tst_statistics.moc"
