// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/augment_policy.h"
#include "tests/support/made_images.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>
#include <thread>

using namespace augury;
using namespace augury::testing;

namespace {

using Pixels = std::vector<std::uint8_t>;

Pixels rendered(const Pixels& pixels, const Shape& shape, const Transform& transform)
{
    Pixels out(pixels.size(), 99);
    render({shape, pixels}, transform, out);
    return out;
}

/// The image continued for ever in all directions, bilinear between the pixels, in double.
class Reference {
public:
    Reference(const Pixels& pixels, const Shape& shape, const Transform& transform)
        : m_pixels(pixels)
        , m_shape(shape)
        , m_transform(transform)
    {
    }

    /// Value of the output at (x, y), and how far bytes and 1/32 px may take render() from it.
    std::pair<double, double> at(int x, int y, int channel) const
    {
        // The flips come last, so they are undone first.
        const int flippedX = m_transform.horizontalFlip ? m_shape.width - 1 - x : x;
        const int flippedY = m_transform.verticalFlip ? m_shape.height - 1 - y : y;
        const double cx = (m_shape.width - 1) / 2.0;
        const double cy = (m_shape.height - 1) / 2.0;
        // Complex numbers have y up, so a turn by +θ is counter-clockwise as seen.
        const std::complex<double> moved(flippedX - m_transform.shiftX * m_shape.width - cx,
            -(flippedY - m_transform.shiftY * m_shape.height - cy));
        const auto turned = moved * std::polar(1.0, -m_transform.rotation * std::numbers::pi / 180);
        const double sx = cx + turned.real() / m_transform.zoomX;
        const double sy = cy - turned.imag() / m_transform.zoomY;
        return {bilinear(sx, sy, channel), bound(sx, sy, channel)};
    }

private:
    double pixel(int x, int y, int channel) const
    {
        switch (m_transform.fillMode) {
        case FillMode::Nearest:
            x = std::clamp(x, 0, m_shape.width - 1);
            y = std::clamp(y, 0, m_shape.height - 1);
            break;
        case FillMode::Constant:
            if (x < 0 || x >= m_shape.width || y < 0 || y >= m_shape.height)
                return m_transform.fillValue;
            break;
        case FillMode::Reflect: // dcba|abcd|dcba
            x = mirrored(x, m_shape.width);
            y = mirrored(y, m_shape.height);
            break;
        case FillMode::Wrap:
            x = modulo(x, m_shape.width);
            y = modulo(y, m_shape.height);
            break;
        }
        const int index = (y * m_shape.width + x) * m_shape.channels + channel;
        return m_pixels[static_cast<std::size_t>(index)];
    }
    static int modulo(int i, int n) { return ((i % n) + n) % n; }
    static int mirrored(int i, int n)
    {
        const int folded = modulo(i, 2 * n);
        return folded < n ? folded : 2 * n - 1 - folded;
    }
    double bilinear(double x, double y, int channel) const
    {
        const int left = static_cast<int>(std::floor(x));
        const int top = static_cast<int>(std::floor(y));
        const double u = x - left;
        const double v = y - top;
        return (1 - v) * ((1 - u) * pixel(left, top, channel) + u * pixel(left + 1, top, channel))
            + v * ((1 - u) * pixel(left, top + 1, channel) + u * pixel(left + 1, top + 1, channel));
    }
    /// OpenCV adds two terms rounded to 1/1024 px (½ of one each) and rounds the sum to 1/32 px:
    /// the sample lies within q = 1/64 + 1/1024 px on each axis. Going there along x and then y
    /// changes a bilinear surface by at most q times its steepest slope along each, which is the
    /// largest step between neighbours in the cells touched. Then one rounding to a whole byte
    /// (½; 0.01 for OpenCV's own weights, fractions of 32768).
    double bound(double x, double y, int channel) const
    {
        constexpr double q = 1.0 / 64 + 1.0 / 1024;
        const auto low = [](double v) { return static_cast<int>(std::floor(v - q)); };
        const auto high = [](double v) { return static_cast<int>(std::floor(v + q)) + 1; };
        double slopeX = 0;
        double slopeY = 0;
        for (int j = low(y); j <= high(y); ++j)
            for (int i = low(x); i <= high(x); ++i) {
                const double here = pixel(i, j, channel);
                if (i < high(x))
                    slopeX = std::max(slopeX, std::abs(pixel(i + 1, j, channel) - here));
                if (j < high(y))
                    slopeY = std::max(slopeY, std::abs(pixel(i, j + 1, channel) - here));
            }
        return q * (slopeX + slopeY) + 0.51;
    }

    const Pixels& m_pixels;
    Shape m_shape;
    Transform m_transform;
};

/// Output bytes that lie outside the bound.
int outside(const Pixels& out, const Reference& reference, const Shape& shape)
{
    int wrong = 0;
    std::size_t i = 0;
    for (int y = 0; y < shape.height; ++y)
        for (int x = 0; x < shape.width; ++x)
            for (int c = 0; c < shape.channels; ++c, ++i) {
                const auto [value, bound] = reference.at(x, y, c);
                wrong += std::abs(out[i] - value) > bound ? 1 : 0;
            }
    return wrong;
}

Transform arbitrary()
{
    return {.rotation = 17.3, .shiftX = 0.11, .shiftY = -0.07, .zoomX = 1.21, .zoomY = 0.83};
}

} // namespace

Q_DECLARE_METATYPE(Transform)

class RenderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void identityIsBitIdentical();
    void flipsAreExact();
    void directions_data();
    void directions();
    void againstReference_data();
    void againstReference();
    void referenceRefusesOtherGeometry();
    void flipsComeLast();
    void threads();
    void wrongSizes();
};

void RenderTest::identityIsBitIdentical()
{
    for (const Shape shape : {Shape{1, 28, 28}, Shape{3, 32, 32}, Shape{3, 5, 9}, Shape{1, 1, 1}}) {
        const auto pixels = noiseImages(1, shape, 1)->pixels;
        QVERIFY(rendered(pixels, shape, {}) == pixels);
        QVERIFY(
            rendered(pixels, shape, {.fillMode = FillMode::Constant, .fillValue = 9}) == pixels);
    }
}

void RenderTest::flipsAreExact()
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

void RenderTest::directions_data()
{
    QTest::addColumn<Transform>("transform");
    QTest::addColumn<int>("x"); // where the white pixel at (3, 2) of a 5 × 5 image goes
    QTest::addColumn<int>("y");
    QTest::newRow("+90° is counter-clockwise") << Transform{.rotation = 90} << 2 << 1;
    QTest::newRow("−90° is clockwise") << Transform{.rotation = -90} << 2 << 3;
    QTest::newRow("180°") << Transform{.rotation = 180} << 1 << 2;
    QTest::newRow("right") << Transform{.shiftX = 0.2} << 4 << 2;
    QTest::newRow("left") << Transform{.shiftX = -0.4} << 1 << 2;
    QTest::newRow("down") << Transform{.shiftY = 0.2} << 3 << 3;
    QTest::newRow("up") << Transform{.shiftY = -0.4} << 3 << 0;
    QTest::newRow("zoom") << Transform{.zoomX = 2, .zoomY = 2} << 4 << 2;
    QTest::newRow("zoom of the height alone") << Transform{.zoomY = 2} << 3 << 2;
    QTest::newRow("turned, then shifted") << Transform{.rotation = 90, .shiftX = 0.2} << 3 << 1;
    QTest::newRow("zoomed, then turned") << Transform{.rotation = 90, .zoomX = 2} << 2 << 0;
    QTest::newRow("shifted, then flipped")
        << Transform{.horizontalFlip = true, .shiftX = 0.2} << 0 << 2;
    QTest::newRow("turned, then flipped")
        << Transform{.verticalFlip = true, .rotation = 90} << 2 << 3;
}

void RenderTest::directions()
{
    QFETCH(Transform, transform);
    QFETCH(int, x);
    QFETCH(int, y);
    transform.fillMode = FillMode::Constant;
    for (const int channels : {1, 3}) {
        const Shape shape{channels, 5, 5};
        const auto n = static_cast<std::size_t>(channels);
        Pixels pixels(shape.size(), 0);
        std::fill_n(pixels.begin() + (2 * 5 + 3) * channels, n, std::uint8_t(255));
        const auto out = rendered(pixels, shape, transform);
        for (std::size_t c = 0; c < n; ++c)
            QCOMPARE(int(out[static_cast<std::size_t>(y * 5 + x) * n + c]), 255);
        // Nothing else is white: magnification spreads it, but never at full strength.
        const auto white = std::count(out.begin(), out.end(), std::uint8_t(255));
        QCOMPARE(int(white), channels);
        // Magnifying makes it larger, anything else leaves one pixel.
        const auto lit =
            out.size() - static_cast<std::size_t>(std::count(out.begin(), out.end(), 0));
        QCOMPARE(lit > n, transform.zoomX * transform.zoomY > 1);
    }
}

void RenderTest::againstReference_data()
{
    QTest::addColumn<Transform>("transform");
    QTest::newRow("rotation") << Transform{.rotation = 10};
    QTest::newRow("large rotation") << Transform{.rotation = -127.9};
    QTest::newRow("shift") << Transform{.shiftX = 0.0625, .shiftY = -0.21};
    QTest::newRow("shift beyond the edge") << Transform{.shiftX = 1, .shiftY = -0.9};
    QTest::newRow("zoom in") << Transform{.zoomX = 1.7, .zoomY = 1.7};
    QTest::newRow("zoom out") << Transform{.zoomX = 0.23, .zoomY = 0.23};
    QTest::newRow("zoom of each axis") << Transform{.zoomX = 1.3, .zoomY = 0.6};
    QTest::newRow("everything") << arbitrary();
    auto flipped = arbitrary();
    flipped.horizontalFlip = true;
    QTest::newRow("everything, flip") << flipped;
    flipped.verticalFlip = true;
    QTest::newRow("everything, both flips") << flipped;
    QTest::newRow("a hair") << Transform{.rotation = 1e-6};
}

void RenderTest::againstReference()
{
    QFETCH(Transform, transform);
    transform.fillValue = 77;
    for (const Shape shape :
        {Shape{1, 28, 28}, Shape{3, 32, 32}, Shape{3, 19, 37}, Shape{1, 40, 11}, Shape{3, 1, 6}})
        for (const auto& pixels : {smoothImage(shape), noiseImages(1, shape, 1)->pixels})
            for (const auto mode :
                {FillMode::Nearest, FillMode::Constant, FillMode::Reflect, FillMode::Wrap}) {
                transform.fillMode = mode;
                const auto out = rendered(pixels, shape, transform);
                QCOMPARE(outside(out, Reference(pixels, shape, transform), shape), 0);
            }
}

void RenderTest::referenceRefusesOtherGeometry()
{
    // The bound must be tight enough to see a mistake: a turned sign, a centre half a pixel off,
    // swapped axes, another order, another border.
    const Shape shape{3, 19, 37};
    const auto pixels = smoothImage(shape);
    auto transform = arbitrary();
    transform.fillMode = FillMode::Reflect;
    const auto out = rendered(pixels, shape, transform);
    const auto wrongFor = [&](const Transform& other) {
        return outside(out, Reference(pixels, shape, other), shape);
    };
    QCOMPARE(wrongFor(transform), 0);
    auto other = transform;
    other.rotation = -transform.rotation;
    QVERIFY(wrongFor(other) > 500);
    other = transform;
    other.shiftX += 0.25 / shape.width; // a quarter of a pixel
    QVERIFY(wrongFor(other) > 500);
    other = transform;
    std::swap(other.zoomX, other.zoomY);
    QVERIFY(wrongFor(other) > 500);
    for (const auto mode : {FillMode::Nearest, FillMode::Constant, FillMode::Wrap}) {
        other = transform;
        other.fillMode = mode;
        QVERIFY(wrongFor(other) > 50);
    }
}

void RenderTest::flipsComeLast()
{
    const Shape shape{3, 20, 30};
    const auto pixels = noiseImages(1, shape, 1)->pixels;
    auto transform = arbitrary();
    const auto unflipped = rendered(pixels, shape, transform);
    transform.horizontalFlip = true;
    QVERIFY(
        rendered(pixels, shape, transform) == rendered(unflipped, shape, {.horizontalFlip = true}));
    transform.verticalFlip = true;
    QVERIFY(rendered(pixels, shape, transform)
        == rendered(unflipped, shape, {.horizontalFlip = true, .verticalFlip = true}));
}

void RenderTest::threads()
{
    const Shape shape{3, 32, 32};
    const auto images = noiseImages(64, shape, 10);
    AugmentPolicy policy;
    policy.horizontalFlip = true;
    policy.rotationRange = 40;
    policy.zoomRange = {0.7, 1.4};
    const auto renderAll = [&](Pixels& out) {
        for (std::uint32_t i = 0; i < 64; ++i)
            render(images->image(i), draw(policy, 1, i, 1),
                std::span(out).subspan(i * shape.size(), shape.size()));
    };
    Pixels expected(images->pixels.size());
    renderAll(expected);
    std::vector<Pixels> outs(4, Pixels(images->pixels.size()));
    {
        std::vector<std::jthread> workers;
        for (auto& out : outs)
            workers.emplace_back([&out, &renderAll] { renderAll(out); });
    }
    for (const auto& out : outs)
        QVERIFY(out == expected);
}

void RenderTest::wrongSizes()
{
    const Shape shape{3, 4, 4};
    const Pixels pixels(shape.size());
    Pixels out(shape.size());
    const std::span<std::uint8_t> whole(out);
    QVERIFY_EXCEPTION_THROWN(render({shape, pixels}, {}, whole.first(47)), Error);
    QVERIFY_EXCEPTION_THROWN(
        render({shape, std::span(pixels).first(47)}, Transform{.rotation = 3}, whole), Error);
    QVERIFY_EXCEPTION_THROWN(
        render({{3, 0, 4}, {}}, Transform{.rotation = 3}, whole.first(0)), Error);
}

QTEST_GUILESS_MAIN(RenderTest)
#include "tst_render.moc"
