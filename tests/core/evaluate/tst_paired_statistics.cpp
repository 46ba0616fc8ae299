// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/statistics.h"
#include "core/support/error.h"
#include "tests/core/tta/vote_tables.h"

#include <QtTest>

#include <limits>
#include <map>
#include <random>

using namespace augury;
using augury::test::Dice;

namespace {

const double notANumber = std::numeric_limits<double>::quiet_NaN();

bool near(double a, double b, double tolerance)
{
    return std::abs(a - b) <= tolerance;
}

/// By drawing images, again and again: the changes of `images` images, of which `fixed` are +1 and
/// `broken` −1, in whole images.
Interval resampledLift(int images, int fixed, int broken)
{
    std::vector<int> change(static_cast<std::size_t>(images), 0);
    std::fill_n(change.begin(), fixed, 1);
    std::fill_n(change.begin() + fixed, broken, -1);
    std::mt19937 engine(12345); // its sequence is fixed by the standard
    constexpr std::size_t resamples = 20000;
    std::vector<int> lifts(resamples, 0);
    for (auto& lift : lifts)
        for (int i = 0; i < images; ++i)
            lift += change[(static_cast<std::uint64_t>(engine()) * change.size()) >> 32U];
    std::sort(lifts.begin(), lifts.end());
    return {static_cast<double>(lifts[resamples / 40]),
        static_cast<double>(lifts[resamples - 1 - resamples / 40])};
}

/// By going through every outcome: n! / (f! b! s!) p^f q^b (1 − p − q)^s for each (f, b).
Interval enumeratedLift(int images, int fixed, int broken, double confidence)
{
    std::map<int, long double> chances;
    const long double n = images;
    const auto factorial = [](int m) { return std::tgamma(static_cast<long double>(m) + 1); };
    const auto power = [](long double base, int m) { return m == 0 ? 1 : std::pow(base, m); };
    for (int f = 0; f <= images; ++f)
        for (int b = 0; f + b <= images; ++b) {
            const int same = images - f - b;
            chances[f - b] += factorial(images) / factorial(f) / factorial(b) / factorial(same)
                * power(fixed / n, f) * power(broken / n, b)
                * power((images - fixed - broken) / n, same);
        }
    const long double tail = (1 - static_cast<long double>(confidence)) / 2;
    Interval interval;
    long double sum = 0;
    for (auto it = chances.begin(); it != chances.end(); ++it)
        if ((sum += it->second) >= tail) {
            interval.low = it->first;
            break;
        }
    sum = 0;
    for (auto it = chances.rbegin(); it != chances.rend(); ++it)
        if ((sum += it->second) >= tail) {
            interval.high = it->first;
            break;
        }
    return {interval.low / images, interval.high / images};
}

/// The definition: of all pairs of one positive and one negative.
double naiveAuroc(const std::vector<double>& scores, const std::vector<bool>& positive)
{
    double right = 0;
    double pairs = 0;
    for (std::size_t i = 0; i < scores.size(); ++i)
        for (std::size_t j = 0; j < scores.size(); ++j) {
            if (!positive[i] || positive[j])
                continue;
            pairs += 1;
            right += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
        }
    return right / pairs;
}

} // namespace

class PairedStatisticsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bootstrapResampled();
    void bootstrapEnumerated();
    void bootstrapLarge();
    void bootstrapEdges();
    void holmPublished();
    void holmEdges();
    void aurocByHand();
    void aurocAgainstPairs();
    void aurocEdges();
};

void PairedStatisticsTest::bootstrapResampled()
{
    for (const auto& [images, fixed, broken] : {std::array{1000, 187, 66}, {1000, 30, 30},
             {1000, 12, 3}, {400, 0, 9}, {500, 260, 240}, {300, 2, 1}}) {
        const auto expected = resampledLift(images, fixed, broken);
        // Where every image changes, lifts come in steps of two.
        const double step = fixed + broken == images ? 2.001 : 1.001;
        const auto interval = bootstrapLift(images, fixed, broken);
        const auto message = QStringLiteral("%1 %2, resampled %3 %4")
                                 .arg(interval.low * images)
                                 .arg(interval.high * images)
                                 .arg(expected.low)
                                 .arg(expected.high);
        QVERIFY2(near(interval.low * images, expected.low, step), qPrintable(message));
        QVERIFY2(near(interval.high * images, expected.high, step), qPrintable(message));
    }
}

void PairedStatisticsTest::bootstrapEnumerated()
{
    for (int images = 1; images <= 14; ++images)
        for (int fixed = 0; fixed <= images; ++fixed)
            for (int broken = 0; fixed + broken <= images; ++broken)
                for (const double confidence : {0.5, 0.901, 0.951, 0.9999}) {
                    const auto interval = bootstrapLift(images, fixed, broken, confidence);
                    const auto expected = enumeratedLift(images, fixed, broken, confidence);
                    QCOMPARE(interval.low, expected.low);
                    QCOMPARE(interval.high, expected.high);
                    // The other way round it is the mirror image.
                    const auto mirrored = bootstrapLift(images, broken, fixed, confidence);
                    QCOMPARE(mirrored.low, -interval.high);
                    QCOMPARE(mirrored.high, -interval.low);
                }
}

void PairedStatisticsTest::bootstrapLarge()
{
    // Normal: mean b − c, variance b + c − (b − c)² / n.
    for (const auto& [n, b, c] : {std::array<std::int64_t, 3>{10000, 187, 66}, {10000, 3000, 2000},
             {100000, 9000, 9000}, {10000, 10000, 0}, {10000, 5000, 5000}, {1000000, 400, 100}}) {
        const auto interval = bootstrapLift(n, b, c);
        const auto images = static_cast<double>(n);
        const auto lift = static_cast<double>(b - c);
        const double sigma = std::sqrt(static_cast<double>(b + c) - lift * lift / images);
        QVERIFY(near(interval.low * images, lift - 1.959964 * sigma, 1.6));
        QVERIFY(near(interval.high * images, lift + 1.959964 * sigma, 1.6));
    }
}

void PairedStatisticsTest::bootstrapEdges()
{
    const auto is = [](Interval interval, double low, double high) {
        return interval.low == low && interval.high == high;
    };
    QVERIFY(is(bootstrapLift(100, 0, 0), 0, 0));
    QVERIFY(is(bootstrapLift(50, 50, 0), 1, 1));
    QVERIFY(is(bootstrapLift(50, 0, 50), -1, -1));
    // One of two: +1, 0, 0 or … of four equally likely resamples 2, 1, 1, 0 fixed.
    QVERIFY(is(bootstrapLift(2, 1, 0), 0, 1));
    QVERIFY(is(bootstrapLift(2, 1, 0, 0.4), 0.5, 0.5));
    QVERIFY(std::isnan(bootstrapLift(0, 0, 0).low) && std::isnan(bootstrapLift(0, 0, 0).high));
    for (const auto& [n, b, c] :
        {std::array{10, -1, 0}, {10, 0, -1}, {-1, 0, 0}, {10, 6, 5}, {10, 11, 0}, {0, 1, 0}})
        QVERIFY_EXCEPTION_THROWN(bootstrapLift(n, b, c), Error);
    for (const double confidence : {0.0, 1.0, notANumber})
        QVERIFY_EXCEPTION_THROWN(bootstrapLift(10, 1, 1, confidence), Error);
}

void PairedStatisticsTest::holmPublished()
{
    // The worked example of Wikipedia's "Holm–Bonferroni method": 4 · 0.005 = 0.02,
    // 3 · 0.01 = 0.03, 2 · 0.03 = 0.06, and 1 · 0.04, raised to the 0.06 before it.
    const std::vector<double> p = {0.01, 0.04, 0.03, 0.005};
    const std::vector<double> expected = {0.03, 0.06, 0.06, 0.02};
    const auto adjusted = holmAdjusted(p);
    QCOMPARE(adjusted.size(), p.size());
    for (std::size_t i = 0; i < p.size(); ++i)
        QVERIFY(near(adjusted[i], expected[i], 1e-15));
    // R: p.adjust(c(0.001, 0.5, 0.9, 0.5, 0.02), "holm"), by its definition 5 · 0.001, 4 · 0.02,
    // and 3 · 0.5, cut at 1.
    const auto cut = holmAdjusted(std::vector<double>{0.001, 0.5, 0.9, 0.5, 0.02});
    QVERIFY(near(cut[0], 0.005, 1e-15) && near(cut[4], 0.08, 1e-15));
    QVERIFY(cut[1] == 1 && cut[2] == 1 && cut[3] == 1);
}

void PairedStatisticsTest::holmEdges()
{
    QVERIFY(holmAdjusted({}).empty());
    QVERIFY(holmAdjusted(std::vector<double>{0.2}) == std::vector<double>{0.2});
    QVERIFY(holmAdjusted(std::vector<double>{0, 1}) == (std::vector<double>{0, 1}));
    const auto some = holmAdjusted(std::vector<double>{notANumber, 0.02, 0.04});
    QVERIFY(std::isnan(some[0]) && some[1] == 0.04 && some[2] == 0.04);
    QVERIFY_EXCEPTION_THROWN(holmAdjusted(std::vector<double>{0.5, -0.1}), Error);
    QVERIFY_EXCEPTION_THROWN(holmAdjusted(std::vector<double>{1.1}), Error);
}

void PairedStatisticsTest::aurocByHand()
{
    // Positives 0.35 and 0.8, negatives 0.1 and 0.4: 3 of 4 pairs (scikit-learn's example).
    QCOMPARE(auroc(std::vector<double>{0.1, 0.4, 0.35, 0.8}, {false, false, true, true}), 0.75);
    QCOMPARE(auroc(std::vector<double>{1, 2, 3}, {false, false, true}), 1.0);
    QCOMPARE(auroc(std::vector<double>{1, 2, 3}, {true, false, false}), 0.0);
    QCOMPARE(auroc(std::vector<double>{5, 5, 5}, {true, false, false}), 0.5);
    QCOMPARE(auroc(std::vector<double>{1, 1, 2}, {true, false, false}), 0.25);
}

void PairedStatisticsTest::aurocAgainstPairs()
{
    for (std::uint32_t round = 0; round < 40; ++round) {
        Dice dice(round);
        std::vector<double> scores;
        std::vector<bool> positive;
        for (std::uint32_t i = 0; i < 2 + 7 * round; ++i) {
            positive.push_back(i < 2 ? i == 0 : dice.below(3) == 0);
            const double score = dice.bell() + (positive.back() ? 0.7 : 0);
            scores.push_back(round % 2 == 0 ? score : std::round(score * 2)); // many ties
        }
        QVERIFY(near(auroc(scores, positive), naiveAuroc(scores, positive), 1e-14));
    }
}

void PairedStatisticsTest::aurocEdges()
{
    const double infinity = std::numeric_limits<double>::infinity();
    QVERIFY(std::isnan(auroc({}, {})));
    QVERIFY(std::isnan(auroc(std::vector<double>{1, 2}, {true, true})));
    QVERIFY(std::isnan(auroc(std::vector<double>{1, 2}, {false, false})));
    QVERIFY(std::isnan(auroc(std::vector<double>{1, notANumber}, {false, true})));
    QCOMPARE(auroc(std::vector<double>{-infinity, infinity}, {false, true}), 1.0);
    QVERIFY_EXCEPTION_THROWN(auroc(std::vector<double>{1, 2}, {true}), Error);
}

QTEST_GUILESS_MAIN(PairedStatisticsTest)
#include "tst_paired_statistics.moc"
