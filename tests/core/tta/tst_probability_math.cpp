// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tta/probability_math.h"

#include "tests/core/tta/vote_tables.h"

#include <QtTest>

#include <limits>

using namespace augury;
using namespace augury::test;

namespace {

/// Floats from all of [0, 1]: the edges of cells and binades, and random ones of every size.
std::vector<float> samples()
{
    std::vector<float> values = {1, 0.5F, 0.25F, 1e-12F, 1e-30F, std::numeric_limits<float>::min(),
        std::numeric_limits<float>::denorm_min()};
    for (int cell = 0; cell < 1024; ++cell)
        values.push_back(0.5F + static_cast<float>(cell) / 2048);
    Dice dice(3);
    for (int i = 0; i < 20000; ++i)
        values.push_back(static_cast<float>(std::exp(-100 * dice.uniform() * dice.uniform())));
    const auto edges = values.size();
    for (std::size_t i = 0; i < edges; ++i)
        values.push_back(std::nextafter(values[i], 0.0F));
    return values;
}

} // namespace

class ProbabilityMathTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void logs();
    void powers_data();
    void powers();
    void entropies();
};

void ProbabilityMathTest::logs()
{
    for (const float value : samples()) {
        if (value == 0)
            continue;
        const double x = value;
        const auto expected = std::log(static_cast<long double>(x));
        QVERIFY2(std::abs(fastLog(x) - expected) <= 2e-14L + 3e-16L * std::abs(expected),
            qPrintable(QString::number(x, 'g', 17)));
    }
    // Products of sixteen clipped probabilities.
    for (const double x : {1e-192, 1e-150, 7.25, 65536.0})
        QVERIFY(std::abs(fastLog(x) - std::log(x)) <= 2e-13);
    QVERIFY(std::isfinite(fastLog(0)));
}

void ProbabilityMathTest::powers_data()
{
    QTest::addColumn<double>("exponent");
    for (const double exponent : {0.05, 0.5, 1.0, 10.0 / 7, 2.0, 3.0, 7.25, 20.0})
        QTest::addRow("%g", exponent) << exponent;
}

void ProbabilityMathTest::powers()
{
    QFETCH(double, exponent);
    const Power power(exponent);
    for (const float value : samples()) {
        const double x = value;
        const auto expected =
            std::pow(static_cast<long double>(x), static_cast<long double>(exponent));
        const auto tolerance = 5e-16L * (1 + static_cast<long double>(exponent)) * expected
            + static_cast<long double>(std::numeric_limits<double>::min());
        QVERIFY2(
            std::abs(power(x) - expected) <= tolerance, qPrintable(QString::number(x, 'g', 17)));
    }
    QCOMPARE(power(0), 0.0);
}

void ProbabilityMathTest::entropies()
{
    const auto of = [](const std::vector<float>& p) { return entropy(std::span<const float>(p)); };
    QCOMPARE(of({1}), 0.0);
    QCOMPARE(of({0, 1, 0}), 0.0);
    QCOMPARE(of({1.0000001F, 0}), 0.0);
    QVERIFY(std::abs(of({0.5F, 0.5F}) - std::log(2.0)) < 1e-13);
    QVERIFY(std::abs(of({0.5F, 0.25F, 0.25F, 0}) - 1.5 * std::log(2.0)) < 1e-13);
    const std::vector<double> p = {0.7, 0.2, 0.1};
    // 0.24967 + 0.32189 + 0.23026
    QVERIFY(std::abs(entropy(std::span<const double>(p)) - 0.8018185525433373) < 1e-13);
}

QTEST_GUILESS_MAIN(ProbabilityMathTest)
#include "tst_probability_math.moc"
