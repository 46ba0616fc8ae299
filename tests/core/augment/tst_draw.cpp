// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/augment_policy.h"
#include "core/support/random.h"
#include "tests/core/augment/every_field.h"

#include <QtTest>

#include <array>
#include <thread>

using namespace augury;
using namespace augury::testing;

namespace {

constexpr unsigned fields = 14;

/// Bit b of `mask` leaves field b of everything() on.
AugmentPolicy only(unsigned mask)
{
    auto policy = everything();
    const auto on = [mask](unsigned bit) { return (mask >> bit & 1U) != 0; };
    policy.horizontalFlip = on(0);
    policy.verticalFlip = on(1);
    policy.rotate90 = on(2);
    policy.rotationRange *= on(3);
    policy.widthShiftRange *= on(4);
    policy.heightShiftRange *= on(5);
    policy.shearRange *= on(6);
    policy.zoomRange = on(7) ? policy.zoomRange : Range{};
    policy.cropFraction = on(8) ? policy.cropFraction : Range{};
    policy.brightnessRange = on(9) ? policy.brightnessRange : Range{};
    policy.contrastRange = on(10) ? policy.contrastRange : Range{};
    policy.channelShiftRange *= on(11);
    policy.noiseStd *= on(12);
    policy.blurSigma = on(13) ? policy.blurSigma : Range{0, 0};
    return policy;
}

/// What only(mask) must draw, field by field from the promised slots.
Transform expectedDraw(unsigned mask, const NoiseKey& key)
{
    const auto u = [&key](std::uint32_t slot) {
        return randomWords(key.seed, RandomUse::Augmentation, key.image, key.copy, slot)[0]
            / 4294967296.0;
    };
    const auto on = [mask](unsigned bit) { return (mask >> bit & 1U) != 0; };
    Transform t;
    t.horizontalFlip = on(0) && u(0) < 0.5;
    t.verticalFlip = on(1) && u(1) < 0.5;
    for (int i = 0; on(2) && i < static_cast<int>(u(8) * 4); ++i)
        t.turn(1);
    t.rotation = on(3) ? 30 * (2 * u(2) - 1) : 0;
    t.shiftX = on(4) ? 0.2 * (2 * u(3) - 1) : 0;
    t.shiftY = on(5) ? 0.1 * (2 * u(4) - 1) : 0;
    t.shear = on(6) ? 12 * (2 * u(7) - 1) : 0;
    t.zoomX = on(7) ? 0.8 + (1.3 - 0.8) * u(5) : 1;
    t.zoomY = on(7) ? 0.8 + (1.3 - 0.8) * u(6) : 1;
    t.cropFraction = on(8) ? 0.6 + (0.9 - 0.6) * u(9) : 1;
    t.cropX = on(8) ? u(10) : 0.5;
    t.cropY = on(8) ? u(11) : 0.5;
    t.brightness = on(9) ? 0.5 + (1.5 - 0.5) * u(12) : 1;
    t.contrast = on(10) ? 0.7 + (1.9 - 0.7) * u(13) : 1;
    t.channelShift = on(11) ? 40 * (2 * u(14) - 1) : 0;
    t.noiseStd = on(12) ? 6 : 0;
    t.noise = on(12) ? key : NoiseKey{};
    t.blurSigma = on(13) ? 0.2 + (1.2 - 0.2) * u(15) : 0;
    // Rotation, shifts, shear, zoom and crop look outside the image.
    t.fillMode = (mask & 0x1f8U) != 0 ? FillMode::Reflect : FillMode::Nearest;
    return t;
}

} // namespace

class DrawTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void slotsAreFixed();
    void offDrawsTheOriginal();
    void switchingOneChangesNoOther();
    void everyArgumentMatters();
    void orderAndThreadsDoNotMatter();
    void zoomAxes();
    void fillOnlyWithAnAffine();
    void edgesOfRanges();
    void equalPicturesAreEqual();
    void views();
};

void DrawTest::slotsAreFixed()
{
    // The numbers are a promise: stored seeds must keep showing the same pictures.
    const auto policy = everything();
    for (std::uint32_t image = 0; image < 50; ++image)
        for (std::uint32_t copy = 1; copy < 5; ++copy) {
            const NoiseKey key{0x123456789abcULL, image, copy};
            QVERIFY(draw(policy, key.seed, image, copy) == expectedDraw((1U << fields) - 1, key));
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
    QVERIFY(only(0).isIdentity());
    for (unsigned bit = 0; bit < fields; ++bit)
        QVERIFY(!only(1U << bit).isIdentity());
}

void DrawTest::switchingOneChangesNoOther()
{
    // None, each alone, each pair alone, all but a pair, all but one, all: in each a field draws
    // what its own slot says, whatever else is on.
    constexpr unsigned all = (1U << fields) - 1;
    std::vector<unsigned> masks;
    for (unsigned a = 0; a < fields; ++a)
        for (unsigned b = 0; b <= a; ++b)
            for (const unsigned pair : {1U << a | 1U << b})
                masks.insert(masks.end(), {pair, all ^ pair});
    for (unsigned random = 0; random < 200; ++random)
        masks.push_back(randomWords(1, RandomUse::Subset, random)[0] & all);
    for (std::uint32_t image = 0; image < 20; ++image)
        for (const unsigned mask : masks)
            QVERIFY(draw(only(mask), 11, image, 2) == expectedDraw(mask, {11, image, 2}));
}

void DrawTest::everyArgumentMatters()
{
    const auto policy = everything();
    const auto t = draw(policy, 5, 100, 1);
    QVERIFY(t == draw(policy, 5, 100, 1));
    for (const auto& other : {draw(policy, 5, 100, 2), draw(policy, 5, 101, 1),
             draw(policy, 6, 100, 1), draw(policy, 5 + (1ULL << 32), 100, 1)}) {
        for (const auto& uniform : uniformFields)
            QVERIFY(uniform.value(other) != uniform.value(t));
        QVERIFY(other.noise != t.noise);
    }
}

void DrawTest::orderAndThreadsDoNotMatter()
{
    // Copy k is the same in a run of 3 copies and of 20, forwards and backwards, on any thread.
    const auto policy = everything();
    std::vector<Transform> expected;
    for (std::uint32_t image = 0; image < 50; ++image)
        for (std::uint32_t copy = 1; copy <= 20; ++copy)
            expected.push_back(expectedDraw((1U << fields) - 1, {7, image, copy}));
    std::array<int, 4> wrong{};
    {
        std::vector<std::jthread> workers;
        for (std::uint32_t worker = 0; worker < 4; ++worker)
            workers.emplace_back([&, worker] {
                const std::uint32_t copies = worker % 2 == 0 ? 3 : 20;
                for (std::uint32_t i = 50 * copies; i-- > 0;) {
                    const auto at = worker < 2 ? i : 50 * copies - 1 - i;
                    const auto image = at % 50;
                    const auto copy = at / 50 + 1;
                    wrong[worker] +=
                        draw(policy, 7, image, copy) == expected[image * 20 + copy - 1] ? 0 : 1;
                }
            });
    }
    for (const int count : wrong)
        QCOMPARE(count, 0);
}

void DrawTest::zoomAxes()
{
    auto policy = everything();
    const auto apart = draw(policy, 8, 3, 1);
    policy.zoomIndependentAxes = false;
    auto together = draw(policy, 8, 3, 1);
    QVERIFY(apart.zoomX != apart.zoomY);
    QVERIFY(together.zoomX == together.zoomY);
    together.zoomY = apart.zoomY; // and nothing else has changed
    QVERIFY(together == apart);
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
    // A range of one value is that value, and one at the neutral value is nothing.
    AugmentPolicy policy;
    policy.zoomRange = {1.25, 1.25};
    policy.cropFraction = {0.75, 0.75};
    policy.brightnessRange = {0.1, 0.1};
    policy.contrastRange = {0, 0};
    policy.blurSigma = {3, 3};
    const auto t = draw(policy, 1, 2, 3);
    QVERIFY(t.zoomX == 1.25 && t.zoomY == 1.25 && t.cropFraction == 0.75 && t.brightness == 0.1
        && t.contrast == 0 && t.blurSigma == 3);
    policy.zoomRange = policy.cropFraction = policy.brightnessRange = policy.contrastRange = {1, 1};
    policy.blurSigma = {0, 0};
    QVERIFY(draw(policy, 1, 2, 3).isIdentity());
    // A crop that may be none at all is none where it is.
    policy.cropFraction = {0.999999999, 1};
    for (std::uint32_t copy = 1; copy < 50; ++copy) {
        const auto crop = draw(policy, 1, 2, copy);
        QVERIFY(crop.cropFraction < 1 || crop.isIdentity());
    }
}

void DrawTest::equalPicturesAreEqual()
{
    // Three fields that draw only eight distinct pictures between them, twice over.
    AugmentPolicy policy;
    policy.horizontalFlip = policy.verticalFlip = policy.rotate90 = true;
    std::vector<Transform> distinct;
    for (std::uint32_t copy = 1; copy <= 400; ++copy) {
        const auto t = draw(policy, 1, 0, copy);
        if (std::find(distinct.begin(), distinct.end(), t) == distinct.end())
            distinct.push_back(t);
    }
    QCOMPARE(distinct.size(), std::size_t(8));
    // With noise no two copies are the same.
    policy = {};
    policy.noiseStd = 1;
    QVERIFY(draw(policy, 1, 0, 1) != draw(policy, 1, 0, 2));
    QVERIFY(draw(policy, 1, 0, 1) == draw(policy, 1, 0, 1));
}

void DrawTest::views()
{
    AugmentPolicy policy;
    policy.views = ViewSets{.horizontalFlip = true, .scales = {1, 0.9}, .brightness = {1, 0.5}};
    policy.fillMode = FillMode::Constant;
    policy.fillValue = 17;
    for (const std::uint64_t seed : {0ULL, 99ULL})
        for (const std::uint32_t image : {0U, 5000U})
            for (std::uint32_t copy = 1; copy <= 8; ++copy) {
                auto expected = policy.views->view(static_cast<int>(copy) - 1);
                if (expected.zoomX != 1) { // the policy's border, where there can be one
                    expected.fillMode = FillMode::Constant;
                    expected.fillValue = 17;
                }
                QVERIFY(draw(policy, seed, image, copy) == expected);
            }
    for (const std::uint32_t copy : {0U, 9U, 4294967295U})
        QVERIFY_EXCEPTION_THROWN(draw(policy, 1, 0, copy), Error);
}

QTEST_GUILESS_MAIN(DrawTest)
#include "tst_draw.moc"
