// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/transform.h"
#include "core/support/random.h"
#include "tests/core/augment/affine_reference.h"
#include "tests/support/made_images.h"

#include <QtTest>

#include <numbers>

using namespace augury;
using namespace augury::testing;

namespace {

using Values = std::vector<double>;

/// scipy.ndimage.correlate1d along one axis: `step` values apart, `length` of them a line.
Values correlate(const Values& in, const Values& weights, std::size_t step, std::size_t length)
{
    const auto radius = static_cast<int>(weights.size() / 2);
    const auto n = static_cast<int>(length);
    Values out(in.size());
    for (std::size_t i = 0; i < in.size(); ++i) {
        const auto at = static_cast<int>(i / step % length);
        for (int k = -radius; k <= radius; ++k) {
            int j = at + k;
            while (j < 0 || j >= n) // d c b a | a b c d | d c b a
                j = j < 0 ? -1 - j : 2 * n - 1 - j;
            out[i] += weights[static_cast<std::size_t>(k + radius)]
                * in[i + static_cast<std::size_t>(j) * step - static_cast<std::size_t>(at) * step];
        }
    }
    return out;
}

/// scipy.ndimage.gaussian_filter with its defaults, over columns and rows.
Values gaussianFilter(const Values& in, const Shape& shape, double sigma)
{
    const auto radius = static_cast<int>(4.0 * sigma + 0.5);
    Values weights;
    double sum = 0;
    for (int x = -radius; x <= radius; ++x) {
        weights.push_back(std::exp(-0.5 / (sigma * sigma) * x * x));
        sum += weights.back();
    }
    for (auto& weight : weights)
        weight /= sum;
    const auto channels = static_cast<std::size_t>(shape.channels);
    const auto width = static_cast<std::size_t>(shape.width);
    const auto height = static_cast<std::size_t>(shape.height);
    return correlate(correlate(in, weights, channels * width, height), weights, channels, width);
}

/// The i-th normal value of a key, in double.
double normal(const NoiseKey& key, std::size_t i)
{
    const auto words = randomWords(key.seed, RandomUse::Augmentation, key.image, key.copy,
        65536 + static_cast<std::uint32_t>(i / 4));
    const auto first = i % 4 / 2 * 2;
    const double angle =
        std::numbers::pi * (static_cast<std::int32_t>(words[first]) + 0.5) / 2147483648.0;
    const double radius = std::sqrt(-2 * std::log((words[first + 1] + 0.5) / 4294967296.0));
    return radius * (i % 2 == 0 ? std::sin(angle) : std::cos(angle));
}

/// The steps of transform.h one after the other, in double.
Values reference(const Pixels& pixels, const Shape& shape, const Transform& t)
{
    Values values(pixels.begin(), pixels.end());
    double mean = 0;
    for (const double v : values)
        mean += v / static_cast<double>(values.size());
    for (auto& v : values)
        v = (v - mean) * t.contrast + mean;
    for (auto& v : values)
        v *= t.brightness;
    for (auto& v : values)
        v += t.channelShift;
    if (t.blurSigma != 0)
        values = gaussianFilter(values, shape, t.blurSigma);
    for (std::size_t i = 0; t.noiseStd != 0 && i < values.size(); ++i)
        values[i] += t.noiseStd * normal(t.noise, i);
    return values;
}

/// Bytes that are not the reference rounded and saturated; where it lies within `slack` of a half,
/// either neighbour will do.
int wrong(const Pixels& out, const Values& values, double slack)
{
    int count = 0;
    for (std::size_t i = 0; i < out.size(); ++i) {
        const double v = std::clamp(values[i], 0.0, 255.0);
        count += std::abs(out[i] - v) > 0.5 + slack ? 1 : 0;
    }
    return count;
}

} // namespace

Q_DECLARE_METATYPE(Transform)

class PixelValuesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void handWorked();
    void roundsHalfToEven();
    void publishedBlur();
    void againstReference_data();
    void againstReference();
    void referenceSeesTheOrder();
    void nothingIsCutOffBetween();
    void blurKeepsFlatImages();
    void comesAfterTheMoves();
};

void PixelValuesTest::handWorked()
{
    const Shape shape{3, 1, 2};
    const Pixels pixels = {10, 20, 30, 40, 50, 90}; // mean 40
    QVERIFY(rendered(pixels, shape, {.contrast = 2}) == (Pixels{0, 0, 20, 40, 60, 140}));
    QVERIFY(rendered(pixels, shape, {.contrast = 0}) == Pixels(6, 40));
    QVERIFY(rendered(pixels, shape, {.brightness = 3}) == (Pixels{30, 60, 90, 120, 150, 255}));
    QVERIFY(rendered(pixels, shape, {.brightness = 0}) == Pixels(6, 0));
    QVERIFY(rendered(pixels, shape, {.channelShift = 12}) == (Pixels{22, 32, 42, 52, 62, 102}));
    QVERIFY(rendered(pixels, shape, {.channelShift = -45}) == (Pixels{0, 0, 0, 0, 5, 45}));
    // ((p − 40) / 2 + 40) · 2 + 1
    QVERIFY(rendered(pixels, shape, {.contrast = 0.5, .brightness = 2, .channelShift = 1})
        == (Pixels{51, 61, 71, 81, 91, 131}));
}

void PixelValuesTest::roundsHalfToEven()
{
    const Shape shape{1, 1, 4};
    const Pixels pixels = {1, 3, 5, 7};
    const Pixels halves = {0, 2, 2, 4};
    QVERIFY(rendered(pixels, shape, {.brightness = 0.5}) == halves);
    // The same through floats: this blur has a kernel of one pixel.
    QVERIFY(rendered(pixels, shape, {.brightness = 0.5, .blurSigma = 0.1}) == halves);
}

void PixelValuesTest::publishedBlur()
{
    // The examples in scipy's documentation of gaussian_filter1d.
    const auto matches = [](const Values& a, const Values& b, double error) {
        return std::ranges::equal(
            a, b, [error](double x, double y) { return std::abs(x - y) < error; });
    };
    const Shape row{1, 1, 5};
    QVERIFY(matches(gaussianFilter({1, 2, 3, 4, 5}, row, 1),
        {1.42704095, 2.06782203, 3, 3.93217797, 4.57295905}, 1e-8));
    QVERIFY(matches(gaussianFilter({1, 2, 3, 4, 5}, row, 4),
        {2.91948343, 2.95023502, 3, 3.04976498, 3.08051657}, 1e-8));
    // What is rendered are these, fifty times as bright, rounded.
    QVERIFY(rendered({1, 2, 3, 4, 5}, row, {.brightness = 50, .blurSigma = 1})
        == (Pixels{71, 103, 150, 197, 229}));
    QVERIFY(rendered({1, 2, 3, 4, 5}, row, {.brightness = 50, .blurSigma = 4})
        == (Pixels{146, 148, 150, 152, 154}));

    // And in two dimensions gaussian_filter(numpy.arange(0., 50, 2).reshape(5, 5), 1) of scipy
    // 1.17.
    const Shape square{1, 5, 5};
    Pixels pixels;
    for (std::uint8_t i = 0; i < 25; ++i)
        pixels.push_back(static_cast<std::uint8_t>(2 * i));
    const Values expected = {5.1245, 6.4061, 8.2704, 10.1348, 11.4163, 11.5323, 12.8139, 14.6782,
        16.5426, 17.8241, 20.8541, 22.1356, 24, 25.8644, 27.1459, 30.1759, 31.4574, 33.3218,
        35.1861, 36.4677, 36.5837, 37.8652, 39.7296, 41.5939, 42.8755};
    QVERIFY(
        matches(gaussianFilter(Values(pixels.begin(), pixels.end()), square, 1), expected, 6e-5));
    QCOMPARE(wrong(rendered(pixels, square, {.blurSigma = 1}), expected, 0), 0);
}

void PixelValuesTest::againstReference_data()
{
    QTest::addColumn<Transform>("transform");
    const NoiseKey key{0x1234567890ULL, 77, 3};
    QTest::newRow("contrast") << Transform{.contrast = 1.37};
    QTest::newRow("less contrast") << Transform{.contrast = 0.42};
    QTest::newRow("brightness") << Transform{.brightness = 1.213};
    QTest::newRow("channel shift") << Transform{.channelShift = -17.3};
    QTest::newRow("blur") << Transform{.blurSigma = 0.8};
    QTest::newRow("hardly any blur") << Transform{.blurSigma = 0.13};
    QTest::newRow("blur beyond the edges") << Transform{.blurSigma = 11};
    QTest::newRow("the largest blur") << Transform{.blurSigma = 50};
    QTest::newRow("noise") << Transform{.noiseStd = 5, .noise = key};
    QTest::newRow("much noise") << Transform{.noiseStd = 80, .noise = key};
    QTest::newRow("everything") << Transform{.contrast = 1.2,
        .brightness = 0.9,
        .channelShift = 12,
        .blurSigma = 0.7,
        .noiseStd = 6,
        .noise = key};
    QTest::newRow("all but blur") << Transform{
        .contrast = 0.7, .brightness = 1.3, .channelShift = -9.5, .noiseStd = 2, .noise = key};
    QTest::newRow("everything at its most") << Transform{.contrast = 100,
        .brightness = 100,
        .channelShift = 255,
        .blurSigma = 2,
        .noiseStd = 255,
        .noise = key};
}

void PixelValuesTest::againstReference()
{
    QFETCH(Transform, transform);
    // Floats hold 24 bits of what may be as large as 255 · 100 · 100.
    const double slack = transform.contrast > 10 ? 2 : 2e-4 + 1e-5 * transform.noiseStd;
    for (const Shape shape : {Shape{1, 28, 28}, Shape{3, 32, 32}, Shape{3, 19, 37}, Shape{4, 6, 5},
             Shape{3, 1, 6}, Shape{1, 7, 1}, Shape{1, 1, 1}})
        for (const auto& pixels : {smoothImage(shape), noiseImages(1, shape, 1)->pixels}) {
            const auto out = rendered(pixels, shape, transform);
            QCOMPARE(wrong(out, reference(pixels, shape, transform), slack), 0);
        }
}

void PixelValuesTest::referenceSeesTheOrder()
{
    const Shape shape{3, 20, 20};
    const auto pixels = smoothImage(shape);
    const Transform transform{.contrast = 1.2,
        .brightness = 0.9,
        .channelShift = 12,
        .blurSigma = 0.7,
        .noiseStd = 6,
        .noise = {1, 2, 3}};
    const auto out = rendered(pixels, shape, transform);
    const auto wrongFor = [&](const Transform& other) {
        return wrong(out, reference(pixels, shape, other), 1e-3);
    };
    QCOMPARE(wrongFor(transform), 0);
    auto other = transform;
    other.channelShift *= other.brightness; // as if the shift came before the brightness
    QVERIFY(wrongFor(other) > 500);
    other = transform;
    other.noise.copy = 4;
    QVERIFY(wrongFor(other) > 500);
    other = transform;
    other.blurSigma = 0.72;
    QVERIFY(wrongFor(other) > 50);
    other = transform;
    other.contrast = 1.21;
    QVERIFY(wrongFor(other) > 300);
}

void PixelValuesTest::nothingIsCutOffBetween()
{
    // Bytes cut off after the brightness would come back as 127 at most.
    const Shape shape{1, 1, 3};
    const Pixels pixels = {100, 200, 250};
    QVERIFY(
        rendered(pixels, shape, {.brightness = 2, .channelShift = -255}) == (Pixels{0, 145, 245}));
    QVERIFY(rendered(pixels, shape, {.brightness = 2, .channelShift = -255, .blurSigma = 0.1})
        == (Pixels{0, 145, 245}));
}

void PixelValuesTest::blurKeepsFlatImages()
{
    const Shape shape{3, 11, 8};
    for (const double sigma : {0.05, 0.3, 1.0, 7.0, 50.0})
        for (const int grey : {0, 1, 128, 254, 255}) {
            const Pixels flat(shape.size(), static_cast<std::uint8_t>(grey));
            QVERIFY(rendered(flat, shape, {.blurSigma = sigma}) == flat);
        }
}

void PixelValuesTest::comesAfterTheMoves()
{
    // Contrast turns about the mean of the moved picture, and noise is not moved with it.
    const Shape shape{3, 16, 16};
    const auto pixels = smoothImage(shape);
    const Transform moves{.verticalFlip = true,
        .quarterTurn = true,
        .rotation = 20,
        .shiftX = 0.3,
        .cropFraction = 0.8,
        .fillMode = FillMode::Constant};
    Transform values{.contrast = 1.5,
        .brightness = 0.8,
        .channelShift = 5,
        .blurSigma = 0.6,
        .noiseStd = 3,
        .noise = {9, 8, 7}};
    const auto expected = rendered(rendered(pixels, shape, moves), shape, values);
    auto both = values;
    both.verticalFlip = moves.verticalFlip;
    both.quarterTurn = moves.quarterTurn;
    both.rotation = moves.rotation;
    both.shiftX = moves.shiftX;
    both.cropFraction = moves.cropFraction;
    both.fillMode = moves.fillMode;
    QVERIFY(rendered(pixels, shape, both) == expected);
}

QTEST_GUILESS_MAIN(PixelValuesTest)
#include "tst_pixel_values.moc"
