// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/augment/affine_reference.h"
#include "tests/core/augment/goodness_of_fit.h"

#include <QtTest>

using namespace augury;
using namespace augury::testing;

namespace {

constexpr double sigma = 25; // 128 ± 5σ is inside 0…255
const Shape shape{3, 64, 64};

/// The noise of one key: what is added to a flat grey.
std::vector<double> noise(const NoiseKey& key, double std = sigma)
{
    const Pixels flat(shape.size(), 128);
    const auto out = rendered(flat, shape, {.noiseStd = std, .noise = key});
    std::vector<double> values(out.begin(), out.end());
    for (auto& value : values)
        value -= 128;
    return values;
}

std::vector<double> manyValues()
{
    std::vector<double> all;
    for (std::uint32_t image = 0; image < 10; ++image) {
        const auto values = noise({3, image, 1});
        all.insert(all.end(), values.begin(), values.end());
    }
    return all;
}

/// P(value = k) of a normal value rounded to whole numbers.
double probability(double from, double to)
{
    return normalCdf(to / sigma) - normalCdf(from / sigma);
}

} // namespace

class NoiseTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void meanAndSpread();
    void normalDistribution();
    void everyPartOfTheKeyMatters();
    void independent();
    void sizeDoesNotMatter();
    void scales();
};

void NoiseTest::meanAndSpread()
{
    const auto values = manyValues();
    const auto n = static_cast<double>(values.size());
    double sum = 0;
    double squares = 0;
    for (const double v : values) {
        sum += v;
        squares += v * v;
    }
    // Rounding to whole numbers adds a variance of 1/12.
    const double variance = sigma * sigma + 1.0 / 12;
    QVERIFY(std::abs(sum / n) < 4 * std::sqrt(variance / n));
    QVERIFY(std::abs(squares / n / variance - 1) < 4 * std::sqrt(2 / n));
}

void NoiseTest::normalDistribution()
{
    const auto values = manyValues();
    const auto n = static_cast<double>(values.size());
    // Kolmogorov–Smirnov where a rounded distribution can be compared with a continuous one: half
    // way between the whole numbers. Its p is an upper bound, hence the second test.
    std::vector<double> counts(256);
    for (const double v : values)
        counts[static_cast<std::size_t>(v + 128)] += 1;
    double distance = 0;
    double below = 0;
    for (int k = -128; k < 127; ++k) {
        below += counts[static_cast<std::size_t>(k + 128)];
        distance = std::max(distance, std::abs(below / n - normalCdf((k + 0.5) / sigma)));
    }
    const double p = kolmogorovP(distance, n);
    QVERIFY2(p > significance, qPrintable(QString::number(p)));

    // χ² over every whole number up to 3σ, and the two tails.
    std::vector<double> seen(1);
    std::vector<double> expected = {n * probability(-1e9, -75.5)};
    for (int k = -75; k <= 75; ++k) {
        seen.push_back(counts[static_cast<std::size_t>(k + 128)]);
        expected.push_back(n * probability(k - 0.5, k + 0.5));
    }
    seen.push_back(0);
    expected.push_back(n * probability(75.5, 1e9));
    for (int k = -128; k < 128; ++k)
        (k < -75         ? seen.front()
                : k > 75 ? seen.back()
                         : distance) += counts[static_cast<std::size_t>(k + 128)];
    const double p2 = chiSquare(seen, expected);
    QVERIFY2(p2 > significance, qPrintable(QString::number(p2)));
}

void NoiseTest::everyPartOfTheKeyMatters()
{
    const auto values = noise({5, 6, 7});
    QVERIFY(noise({5, 6, 7}) == values);
    for (const NoiseKey& other : {NoiseKey{4, 6, 7}, NoiseKey{5 + (1ULL << 32), 6, 7},
             NoiseKey{5, 7, 7}, NoiseKey{5, 6, 8}, NoiseKey{6, 5, 7}, NoiseKey{5, 7, 6}}) {
        const auto values2 = noise(other);
        std::size_t equal = 0;
        for (std::size_t i = 0; i < values.size(); ++i)
            equal += values[i] == values2[i] ? 1 : 0;
        // Two independent values agree with probability 1 / (2σ√π) = 0.0113.
        QVERIFY(equal < values.size() / 50);
    }
}

void NoiseTest::independent()
{
    std::vector<std::pair<std::vector<double>, std::vector<double>>> pairs = {
        {noise({1, 1, 1}), noise({1, 2, 1})},
        {noise({1, 1, 1}), noise({1, 1, 2})},
        {noise({1, 1, 1}), noise({2, 1, 1})},
        {noise({1, 0, 1}), noise({1, 1, 0})},
    };
    // Bytes of one image: next to each other, of one block of four, a pixel and a row apart.
    const auto values = noise({1, 1, 1});
    for (const std::size_t apart : {1U, 2U, 3U, 4U, 192U})
        pairs.emplace_back(
            std::vector<double>(values.begin() + static_cast<int>(apart), values.end()),
            std::vector<double>(values.begin(), values.end() - static_cast<int>(apart)));
    for (const auto& [a, b] : pairs) {
        QVERIFY(std::abs(correlation(a, b)) < 4);
        auto squaresA = a; // dependence that leaves the sign free
        auto squaresB = b;
        for (auto* squares : {&squaresA, &squaresB})
            for (auto& v : *squares)
                v *= v;
        QVERIFY(std::abs(correlation(squaresA, squaresB)) < 4);
    }
}

void NoiseTest::sizeDoesNotMatter()
{
    // Byte i has its value whatever the image's shape, also where it is no multiple of four.
    const auto values = noise({8, 8, 8});
    for (const Shape small : {Shape{1, 1, 1}, Shape{1, 1, 7}, Shape{3, 5, 3}}) {
        const Pixels flat(small.size(), 128);
        const auto out = rendered(flat, small, {.noiseStd = sigma, .noise = {8, 8, 8}});
        for (std::size_t i = 0; i < out.size(); ++i)
            QCOMPARE(out[i] - 128.0, values[i]);
    }
}

void NoiseTest::scales()
{
    const auto once = noise({2, 2, 2}, 10);
    const auto twice = noise({2, 2, 2}, 20);
    for (std::size_t i = 0; i < once.size(); ++i)
        QVERIFY(std::abs(twice[i] - 2 * once[i]) <= 1.5);
}

QTEST_GUILESS_MAIN(NoiseTest)
#include "tst_noise.moc"
