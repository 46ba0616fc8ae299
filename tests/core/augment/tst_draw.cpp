// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/augment_policy.h"
#include "core/support/random.h"

#include <QtTest>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

using namespace augury;

namespace {

AugmentPolicy everything()
{
    AugmentPolicy policy;
    policy.horizontalFlip = true;
    policy.verticalFlip = true;
    policy.rotationRange = 30;
    policy.widthShiftRange = 0.2;
    policy.heightShiftRange = 0.1;
    policy.zoomRange = {0.8, 1.3};
    policy.zoomIndependentAxes = true;
    policy.fillMode = FillMode::Reflect;
    return policy;
}

/// Bit b of `mask` leaves parameter b of everything() on.
AugmentPolicy only(unsigned mask)
{
    auto policy = everything();
    policy.horizontalFlip = mask & 1U;
    policy.verticalFlip = mask & 2U;
    policy.rotationRange = mask & 4U ? policy.rotationRange : 0;
    policy.widthShiftRange = mask & 8U ? policy.widthShiftRange : 0;
    policy.heightShiftRange = mask & 16U ? policy.heightShiftRange : 0;
    policy.zoomRange = mask & 32U ? policy.zoomRange : Range{};
    return policy;
}

/// Each parameter of a Transform of everything(), brought to [0, 1).
std::array<double, 7> uniforms(const Transform& t)
{
    return {t.horizontalFlip ? 0.25 : 0.75, t.verticalFlip ? 0.25 : 0.75, (t.rotation + 30) / 60,
        (t.shiftX + 0.2) / 0.4, (t.shiftY + 0.1) / 0.2, (t.zoomX - 0.8) / 0.5,
        (t.zoomY - 0.8) / 0.5};
}

/// Kolmogorov–Smirnov distance from the uniform distribution, times √n: above 1.949 with
/// probability 0.001.
double kolmogorovSmirnov(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    const auto n = static_cast<double>(values.size());
    double distance = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        distance = std::max(distance, std::abs(values[i] - static_cast<double>(i) / n));
        distance = std::max(distance, std::abs(values[i] - static_cast<double>(i + 1) / n));
    }
    return distance * std::sqrt(n);
}

} // namespace

class DrawTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void slotsAreFixed();
    void offDrawsTheOriginal();
    void switchingOneChangesNoOther();
    void everyArgumentMatters();
    void flipsAreFair();
    void uniformDraws();
    void parametersAreIndependent();
    void zoomAxes();
    void fillOnlyWithAnAffine();
    void edgesOfRanges();
};

void DrawTest::slotsAreFixed()
{
    // The numbers are a promise: stored seeds must keep showing the same pictures.
    const auto policy = everything();
    for (std::uint32_t image = 0; image < 50; ++image) {
        for (std::uint32_t copy = 1; copy < 5; ++copy) {
            const auto u = [&](std::uint32_t slot) {
                return randomWords(0x123456789abcULL, RandomUse::Augmentation, image, copy, slot)[0]
                    / 4294967296.0;
            };
            const auto t = draw(policy, 0x123456789abcULL, image, copy);
            QCOMPARE(t.horizontalFlip, u(0) < 0.5);
            QCOMPARE(t.verticalFlip, u(1) < 0.5);
            QVERIFY(std::abs(t.rotation - (60 * u(2) - 30)) < 1e-12);
            QVERIFY(std::abs(t.shiftX - (0.4 * u(3) - 0.2)) < 1e-12);
            QVERIFY(std::abs(t.shiftY - (0.2 * u(4) - 0.1)) < 1e-12);
            QVERIFY(std::abs(t.zoomX - (0.8 + 0.5 * u(5))) < 1e-12);
            QVERIFY(std::abs(t.zoomY - (0.8 + 0.5 * u(6))) < 1e-12);
        }
    }
}

void DrawTest::offDrawsTheOriginal()
{
    AugmentPolicy off;
    QVERIFY(off.isIdentity());
    off.fillMode = FillMode::Constant;
    off.fillValue = 9;
    off.zoomIndependentAxes = true;
    QVERIFY(off.isIdentity());
    for (std::uint32_t copy = 1; copy < 100; ++copy)
        QVERIFY(draw(off, 3, copy * 7, copy).isIdentity());
    for (unsigned bit = 0; bit < 6; ++bit)
        QVERIFY(!only(1U << bit).isIdentity());
}

void DrawTest::switchingOneChangesNoOther()
{
    for (std::uint32_t image = 0; image < 40; ++image) {
        const auto all = draw(everything(), 11, image, 2);
        for (unsigned mask = 0; mask < 64; ++mask) {
            const auto t = draw(only(mask), 11, image, 2);
            QCOMPARE(t.horizontalFlip, (mask & 1U) ? all.horizontalFlip : false);
            QCOMPARE(t.verticalFlip, (mask & 2U) ? all.verticalFlip : false);
            QVERIFY(t.rotation == ((mask & 4U) ? all.rotation : 0.0));
            QVERIFY(t.shiftX == ((mask & 8U) ? all.shiftX : 0.0));
            QVERIFY(t.shiftY == ((mask & 16U) ? all.shiftY : 0.0));
            QVERIFY(t.zoomX == ((mask & 32U) ? all.zoomX : 1.0));
            QVERIFY(t.zoomY == ((mask & 32U) ? all.zoomY : 1.0));
        }
    }
}

void DrawTest::everyArgumentMatters()
{
    const auto policy = everything();
    const auto t = draw(policy, 5, 100, 1);
    QVERIFY(t == draw(policy, 5, 100, 1));
    QVERIFY(t.rotation != draw(policy, 5, 100, 2).rotation);
    QVERIFY(t.rotation != draw(policy, 5, 101, 1).rotation);
    QVERIFY(t.rotation != draw(policy, 6, 100, 1).rotation);
    QVERIFY(t.rotation != draw(policy, 5 + (1ULL << 32), 100, 1).rotation); // all 64 bits of it
}

void DrawTest::flipsAreFair()
{
    AugmentPolicy policy;
    policy.horizontalFlip = true;
    policy.verticalFlip = true;
    // Eight cells: both flips of copy 1 with the horizontal flip of copy 2.
    std::array<double, 8> cells{};
    constexpr std::uint32_t n = 40000;
    for (std::uint32_t image = 0; image < n; ++image) {
        const auto first = draw(policy, 1, image, 1);
        const auto second = draw(policy, 1, image, 2);
        cells[(first.horizontalFlip ? 1U : 0U) + (first.verticalFlip ? 2U : 0U)
            + (second.horizontalFlip ? 4U : 0U)] += 1;
    }
    double chiSquare = 0;
    for (const double count : cells)
        chiSquare += (count - n / 8.0) * (count - n / 8.0) / (n / 8.0);
    QVERIFY2(chiSquare < 24.32, qPrintable(QString::number(chiSquare))); // 7 degrees, p = 0.001
}

void DrawTest::uniformDraws()
{
    for (std::size_t parameter = 2; parameter < 7; ++parameter) {
        std::vector<double> overImages;
        std::vector<double> overCopies;
        for (std::uint32_t i = 1; i <= 20000; ++i) {
            overImages.push_back(uniforms(draw(everything(), 2, i, 1))[parameter]);
            overCopies.push_back(uniforms(draw(everything(), 2, 77, i))[parameter]);
        }
        for (const auto& values : {overImages, overCopies}) {
            QVERIFY(*std::min_element(values.begin(), values.end()) >= -1e-12);
            QVERIFY(*std::max_element(values.begin(), values.end()) < 1 + 1e-12);
            const double distance = kolmogorovSmirnov(values);
            QVERIFY2(distance < 1.949, qPrintable(QString::number(distance)));
        }
    }
}

void DrawTest::parametersAreIndependent()
{
    constexpr int n = 20000;
    std::array<std::array<double, 7>, 7> products{};
    for (std::uint32_t image = 0; image < n; ++image) {
        const auto here = uniforms(draw(everything(), 4, image, 1));
        const auto next = uniforms(draw(everything(), 4, image, 2));
        for (std::size_t a = 0; a < 7; ++a)
            for (std::size_t b = 0; b < 7; ++b) // below the diagonal: against the next copy
                products[a][b] += (here[a] - 0.5) * ((a < b ? here[b] : next[b]) - 0.5);
    }
    for (std::size_t a = 0; a < 7; ++a) {
        for (std::size_t b = 0; b < 7; ++b) {
            // Standard deviations: 1/4 for a flip coded as ¼ and ¾, √(1/12) for a uniform.
            const double sigma = (a < 2 ? 0.25 : std::sqrt(1 / 12.0))
                * (b < 2 ? 0.25 : std::sqrt(1 / 12.0)) * std::sqrt(double(n));
            QVERIFY(std::abs(products[a][b]) < 4 * sigma);
        }
    }
}

void DrawTest::zoomAxes()
{
    auto policy = everything();
    const auto apart = draw(policy, 8, 3, 1);
    policy.zoomIndependentAxes = false;
    const auto together = draw(policy, 8, 3, 1);
    QVERIFY(apart.zoomX != apart.zoomY);
    QVERIFY(together.zoomX == together.zoomY);
    QVERIFY(together.zoomX == apart.zoomX);
}

void DrawTest::fillOnlyWithAnAffine()
{
    AugmentPolicy policy;
    policy.horizontalFlip = true;
    policy.fillMode = FillMode::Constant;
    policy.fillValue = 200;
    for (std::uint32_t copy = 1; copy < 20; ++copy) {
        const auto t = draw(policy, 1, 0, copy);
        QVERIFY(t == (t.horizontalFlip ? Transform{.horizontalFlip = true} : Transform{}));
    }
    policy.rotationRange = 5;
    QVERIFY(draw(policy, 1, 0, 1).fillMode == FillMode::Constant);
    QCOMPARE(int(draw(policy, 1, 0, 1).fillValue), 200);
    policy.fillMode = FillMode::Wrap; // the value is not used: it must not tell copies apart
    QCOMPARE(int(draw(policy, 1, 0, 1).fillValue), 0);
}

void DrawTest::edgesOfRanges()
{
    AugmentPolicy policy;
    policy.zoomRange = {1.25, 1.25};
    QVERIFY(draw(policy, 1, 2, 3).zoomX == 1.25);
    policy.zoomRange = {1, 1};
    QVERIFY(draw(policy, 1, 2, 3).isIdentity());
}

QTEST_GUILESS_MAIN(DrawTest)
#include "tst_draw.moc"
