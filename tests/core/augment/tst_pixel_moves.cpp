// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/augment_policy.h"
#include "tests/core/augment/affine_reference.h"
#include "tests/support/made_images.h"

#include <QtTest>

#include <thread>

using namespace augury;
using namespace augury::testing;

/// What moves no pixel between the grid's points is exact to the bit.
class PixelMovesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void identityIsBitIdentical();
    void flipsAreExact();
    void quarterTurnsAreExact();
    void turnsAreWhatTheyAreCalled();
    void turnsAgreeWithRotations();
    void quarterTurnsNeedSquares();
    void renderingIsPure();
};

void PixelMovesTest::identityIsBitIdentical()
{
    for (const Shape shape :
        {Shape{1, 28, 28}, Shape{3, 32, 32}, Shape{3, 5, 9}, Shape{4, 3, 3}, Shape{1, 1, 1}}) {
        const auto pixels = noiseImages(1, shape, 1)->pixels;
        QVERIFY(rendered(pixels, shape, {}) == pixels);
        QVERIFY(
            rendered(pixels, shape, {.fillMode = FillMode::Constant, .fillValue = 9}) == pixels);
        // A noise key without noise is none.
        QVERIFY(rendered(pixels, shape, {.noise = {1, 2, 3}}) == pixels);
    }
}

void PixelMovesTest::flipsAreExact()
{
    for (const Shape shape : {Shape{1, 28, 28}, Shape{3, 32, 32}, Shape{3, 5, 9}, Shape{3, 6, 1},
             Shape{1, 1, 7}, Shape{4, 3, 2}}) {
        const auto pixels = noiseImages(1, shape, 1)->pixels;
        for (const bool horizontal : {false, true})
            for (const bool vertical : {false, true}) {
                Pixels expected;
                for (int y = 0; y < shape.height; ++y)
                    for (int x = 0; x < shape.width; ++x)
                        for (int c = 0; c < shape.channels; ++c) {
                            const int sx = horizontal ? shape.width - 1 - x : x;
                            const int sy = vertical ? shape.height - 1 - y : y;
                            expected.push_back(pixels[static_cast<std::size_t>(
                                (sy * shape.width + sx) * shape.channels + c)]);
                        }
                QVERIFY(rendered(
                            pixels, shape, {.horizontalFlip = horizontal, .verticalFlip = vertical})
                    == expected);
            }
    }
}

void PixelMovesTest::quarterTurnsAreExact()
{
    for (const Shape shape :
        {Shape{1, 28, 28}, Shape{3, 32, 32}, Shape{3, 7, 7}, Shape{4, 5, 5}, Shape{1, 1, 1}}) {
        const auto pixels = noiseImages(1, shape, 1)->pixels;
        const auto n = static_cast<std::size_t>(shape.width);
        const auto channels = static_cast<std::size_t>(shape.channels);
        for (const bool horizontal : {false, true})
            for (const bool vertical : {false, true}) {
                // Forward: where each pixel goes, flipped first and then turned to the left.
                Pixels expected(pixels.size());
                for (std::size_t y = 0; y < n; ++y)
                    for (std::size_t x = 0; x < n; ++x) {
                        const auto fx = horizontal ? n - 1 - x : x;
                        const auto fy = vertical ? n - 1 - y : y;
                        const auto tx = fy; // the top row becomes the left column
                        const auto ty = n - 1 - fx; // whose upper end was the right
                        for (std::size_t c = 0; c < channels; ++c)
                            expected[(ty * n + tx) * channels + c] =
                                pixels[(y * n + x) * channels + c];
                    }
                QVERIFY(rendered(pixels, shape,
                            {.horizontalFlip = horizontal,
                                .verticalFlip = vertical,
                                .quarterTurn = true})
                    == expected);
            }
    }
}

void PixelMovesTest::turnsAreWhatTheyAreCalled()
{
    // Turning the Transform k times is turning the picture k times, from any flip on.
    const Shape shape{3, 6, 6};
    const auto pixels = noiseImages(1, shape, 1)->pixels;
    for (int start = 0; start < 8; ++start) {
        const Transform first{.horizontalFlip = (start & 1) != 0,
            .verticalFlip = (start & 2) != 0,
            .quarterTurn = (start & 4) != 0};
        auto picture = rendered(pixels, shape, first);
        for (int quarters = 0; quarters < 9; ++quarters) {
            auto transform = first;
            transform.turn(quarters);
            QVERIFY(rendered(pixels, shape, transform) == picture);
            auto back = first;
            back.turn(quarters - 8);
            QVERIFY(back == transform);
            picture = rendered(picture, shape, {.quarterTurn = true});
        }
    }
}

void PixelMovesTest::turnsAgreeWithRotations()
{
    for (const Shape shape : {Shape{3, 8, 8}, Shape{1, 9, 9}}) {
        const auto pixels = noiseImages(1, shape, 1)->pixels;
        for (int quarters = 1; quarters < 4; ++quarters) {
            Transform transform;
            transform.turn(quarters);
            QVERIFY(rendered(pixels, shape, transform)
                == rendered(pixels, shape, {.rotation = 90.0 * quarters}));
        }
    }
}

void PixelMovesTest::quarterTurnsNeedSquares()
{
    const Shape shape{3, 4, 6};
    const Pixels pixels(shape.size());
    QVERIFY_EXCEPTION_THROWN(rendered(pixels, shape, {.quarterTurn = true}), Error);
    QVERIFY_EXCEPTION_THROWN(rendered(pixels, shape, {.quarterTurn = true, .rotation = 4}), Error);
    rendered(pixels, shape, {.horizontalFlip = true, .verticalFlip = true}); // half a turn does not
}

void PixelMovesTest::renderingIsPure()
{
    // Whatever a thread has rendered before, at whatever size, and whoever renders beside it.
    AugmentPolicy policy;
    policy.horizontalFlip = true;
    policy.rotate90 = true;
    policy.rotationRange = 40;
    policy.shearRange = 10;
    policy.zoomRange = {0.7, 1.4};
    policy.cropFraction = {0.6, 1};
    policy.contrastRange = {0.5, 2};
    policy.brightnessRange = {0.5, 1.5};
    policy.channelShiftRange = 30;
    policy.noiseStd = 4;
    policy.blurSigma = {0, 1.5};
    const auto small = noiseImages(16, {1, 9, 9}, 10);
    const auto large = noiseImages(16, {3, 24, 24}, 10);
    const auto renderAll = [&](bool backwards) {
        std::vector<Pixels> out(64);
        for (std::uint32_t i = 0; i < 64; ++i) {
            const auto at = backwards ? 63 - i : i;
            const auto& images = at % 2 == 0 ? *small : *large;
            const auto image = images.image(at % 16);
            out[at].resize(image.shape.size());
            render(image, draw(policy, 1, at % 16, at / 16), out[at]);
        }
        return out;
    };
    const auto expected = renderAll(false);
    std::vector<std::vector<Pixels>> outs(4);
    {
        std::vector<std::jthread> workers;
        for (std::size_t i = 0; i < outs.size(); ++i)
            workers.emplace_back([&, i] { outs[i] = renderAll(i % 2 == 1); });
    }
    for (const auto& out : outs)
        QVERIFY(out == expected);
}

QTEST_GUILESS_MAIN(PixelMovesTest)
#include "tst_pixel_moves.moc"
