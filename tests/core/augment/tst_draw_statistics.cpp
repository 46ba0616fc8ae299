// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/augment/every_field.h"
#include "tests/core/augment/goodness_of_fit.h"

#include <QtTest>

using namespace augury;
using namespace augury::testing;

namespace {

/// Which of the eight symmetries: 0…7.
std::size_t symmetry(const Transform& t)
{
    return (t.horizontalFlip ? 1U : 0U) + (t.verticalFlip ? 2U : 0U) + (t.quarterTurn ? 4U : 0U);
}

} // namespace

class DrawStatisticsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void referencesAreRight();
    void flipsAreFair();
    void quarterTurnsAreFair();
    void uniformDraws();
    void parametersAreIndependent();
};

void DrawStatisticsTest::referencesAreRight()
{
    // Tables: χ² = 24.322 and 10.828 leave 0.1 % at 7 degrees and 1, 1.6276 / √n leaves 1 %.
    QVERIFY(std::abs(chiSquareP(24.3219, 7) - 0.001) < 1e-7);
    QVERIFY(std::abs(chiSquareP(10.8276, 1) - 0.001) < 1e-7);
    QVERIFY(std::abs(chiSquareP(18.3070, 10) - 0.05) < 1e-6);
    QVERIFY(std::abs(kolmogorovP(1.62762 / 1e4, 1e8) - 0.01) < 1e-5);
    QVERIFY(std::abs(normalCdf(1.959964) - 0.975) < 1e-7);
}

void DrawStatisticsTest::flipsAreFair()
{
    AugmentPolicy policy;
    policy.horizontalFlip = true;
    policy.verticalFlip = true;
    // Eight cells: both flips of copy 1 with the horizontal flip of copy 2.
    std::vector<double> cells(8);
    constexpr std::uint32_t n = 40000;
    for (std::uint32_t image = 0; image < n; ++image) {
        const auto first = draw(policy, 1, image, 1);
        const auto second = draw(policy, 1, image, 2);
        cells[(first.horizontalFlip ? 1U : 0U) + (first.verticalFlip ? 2U : 0U)
            + (second.horizontalFlip ? 4U : 0U)] += 1;
    }
    const double p = chiSquare(cells, std::vector<double>(8, n / 8.0));
    QVERIFY2(p > significance, qPrintable(QString::number(p)));
}

void DrawStatisticsTest::quarterTurnsAreFair()
{
    // Alone four of the eight symmetries, with one flip or both all of them.
    constexpr std::uint32_t n = 40000;
    for (const int flips : {0, 1, 2, 3}) {
        AugmentPolicy policy;
        policy.rotate90 = true;
        policy.horizontalFlip = (flips & 1) != 0;
        policy.verticalFlip = (flips & 2) != 0;
        std::vector<double> cells(8);
        std::vector<double> copies(64); // copy 1 against copy 2
        for (std::uint32_t image = 0; image < n; ++image) {
            const auto first = symmetry(draw(policy, 21, image, 1));
            cells[first] += 1;
            copies[first * 8 + symmetry(draw(policy, 21, image, 2))] += 1;
        }
        if (flips == 0) {
            std::vector<double> turns;
            for (int quarters = 0; quarters < 4; ++quarters) {
                Transform turned;
                turned.turn(quarters);
                turns.push_back(cells[symmetry(turned)]);
            }
            const double p = chiSquare(turns, std::vector<double>(4, n / 4.0));
            QVERIFY2(p > significance, qPrintable(QString::number(p)));
        } else {
            const double p = chiSquare(cells, std::vector<double>(8, n / 8.0));
            QVERIFY2(p > significance, qPrintable(QString::number(p)));
            const double p2 = chiSquare(copies, std::vector<double>(64, n / 64.0));
            QVERIFY2(p2 > significance, qPrintable(QString::number(p2)));
        }
    }
}

void DrawStatisticsTest::uniformDraws()
{
    const auto policy = everything();
    for (const auto& uniform : uniformFields) {
        std::vector<double> overImages;
        std::vector<double> overCopies;
        std::vector<double> overSeeds;
        for (std::uint32_t i = 1; i <= 20000; ++i) {
            overImages.push_back(uniform.value(draw(policy, 2, i, 1)));
            overCopies.push_back(uniform.value(draw(policy, 2, 77, i)));
            overSeeds.push_back(uniform.value(draw(policy, i, 77, 1)));
        }
        for (const auto& values : {overImages, overCopies, overSeeds}) {
            QVERIFY(*std::min_element(values.begin(), values.end()) >= uniform.low);
            QVERIFY(*std::max_element(values.begin(), values.end()) < uniform.high);
            const double p = uniformP(values, uniform.low, uniform.high);
            QVERIFY2(p > significance,
                qPrintable(QStringLiteral("%1 %2").arg(QLatin1String(uniform.name)).arg(p)));
            // The test sees a range that is 3 % too wide.
            QVERIFY(uniformP(values, uniform.low, uniform.low + 1.03 * (uniform.high - uniform.low))
                < significance);
        }
    }
}

void DrawStatisticsTest::parametersAreIndependent()
{
    // Each with each within a copy, and with each of the next copy and the next image.
    constexpr std::uint32_t n = 10000;
    const auto policy = everything();
    const auto size = uniformFields.size();
    std::vector<std::vector<double>> here(size);
    std::vector<std::vector<double>> nextCopy(size);
    std::vector<std::vector<double>> nextImage(size);
    for (std::uint32_t image = 0; image < n; ++image)
        for (std::size_t i = 0; i < size; ++i) {
            here[i].push_back(uniformFields[i].value(draw(policy, 4, image, 1)));
            nextCopy[i].push_back(uniformFields[i].value(draw(policy, 4, image, 2)));
            nextImage[i].push_back(uniformFields[i].value(draw(policy, 4, image + 1, 1)));
        }
    for (std::size_t a = 0; a < size; ++a)
        for (std::size_t b = 0; b < size; ++b) {
            if (a != b)
                QVERIFY(std::abs(correlation(here[a], here[b])) < 4.5);
            QVERIFY(std::abs(correlation(here[a], nextCopy[b])) < 4.5);
            QVERIFY(std::abs(correlation(here[a], nextImage[b])) < 4.5);
        }
}

QTEST_GUILESS_MAIN(DrawStatisticsTest)
#include "tst_draw_statistics.moc"
