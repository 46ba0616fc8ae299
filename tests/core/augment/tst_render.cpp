// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/augment_policy.h"
#include "tests/core/augment/affine_reference.h"
#include "tests/support/made_images.h"

#include <QtTest>

#include <algorithm>
#include <array>

using namespace augury;
using namespace augury::testing;

namespace {

Transform arbitrary()
{
    return {.rotation = 17.3,
        .shear = -9.4,
        .shiftX = 0.11,
        .shiftY = -0.07,
        .zoomX = 1.21,
        .zoomY = 0.83,
        .cropFraction = 0.81,
        .cropX = 0.2,
        .cropY = 0.9};
}

} // namespace

Q_DECLARE_METATYPE(Transform)

class RenderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void directions_data();
    void directions();
    void leansAsItSays();
    void cropsWhatItSays();
    void againstReference_data();
    void againstReference();
    void referenceRefusesOtherGeometry();
    void flipsComeLast();
    void wrongSizes();
};

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
    QTest::newRow("a quarter turn is to the left") << Transform{.quarterTurn = true} << 2 << 1;
    QTest::newRow("flipped, then a quarter turn")
        << Transform{.horizontalFlip = true, .quarterTurn = true} << 2 << 3;
    QTest::newRow("shifted down, then a quarter turn")
        << Transform{.quarterTurn = true, .shiftY = 0.2} << 3 << 1;
    // tan 45° = 1, and the pixel lies on the row of the centre, which stays.
    QTest::newRow("sheared: the centre's row stays") << Transform{.shear = 45} << 3 << 2;
    QTest::newRow("sheared, then turned") << Transform{.rotation = 90, .shear = 45} << 2 << 1;
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

void RenderTest::leansAsItSays()
{
    // A vertical line through the centre of 5 × 5: at + 45° its top leans to the right.
    const Shape shape{1, 5, 5};
    Pixels line(25, 0);
    Pixels expected(25, 0);
    for (std::size_t y = 0; y < 5; ++y) {
        line[y * 5 + 2] = 200;
        expected[y * 5 + (4 - y)] = 200;
    }
    const Transform lean{.shear = 45, .fillMode = FillMode::Constant};
    QVERIFY(rendered(line, shape, lean) == expected);
    // Leaning comes before turning.
    auto turned = lean;
    turned.rotation = 90;
    QVERIFY(rendered(line, shape, turned)
        == rendered(
            rendered(line, shape, lean), shape, {.rotation = 90, .fillMode = FillMode::Constant}));
    // The shift comes last: it is as long and as straight as it says.
    auto shifted = lean;
    shifted.shiftY = 0.4;
    QVERIFY(rendered(line, shape, shifted)
        == rendered(
            rendered(line, shape, lean), shape, {.shiftY = 0.4, .fillMode = FillMode::Constant}));
}

void RenderTest::cropsWhatItSays()
{
    // 6 × 6 pixels, the quarter of 3 × 3 at each corner has its own grey: a crop of half the side
    // there shows it alone, up to the half pixel next to the others.
    const Shape shape{1, 6, 6};
    Pixels quarters;
    for (int y = 0; y < 6; ++y)
        for (int x = 0; x < 6; ++x)
            quarters.push_back(
                static_cast<std::uint8_t>(50 + (x < 3 ? 0 : 100) + (y < 3 ? 0 : 40)));
    for (const int right : {0, 1})
        for (const int low : {0, 1}) {
            const auto out = rendered(quarters, shape,
                {.cropFraction = 0.5, .cropX = double(right), .cropY = double(low)});
            const int grey = 50 + 100 * right + 40 * low;
            const auto size = std::count(out.begin(), out.end(), std::uint8_t(grey));
            QCOMPARE(int(size), 25); // five of six rows and columns
        }
    // The crop's edges are pixel edges: a third of the side at the left of 6 × 6 spans columns 0
    // and 1, whose greys 10 and 40 become three columns each, bilinear between.
    Pixels columns;
    for (int y = 0; y < 6; ++y)
        for (const int grey : {10, 40, 70, 100, 130, 160})
            columns.push_back(static_cast<std::uint8_t>(grey));
    const auto out = rendered(columns, shape, {.cropFraction = 1.0 / 3, .cropX = 0});
    // Samples at −1/3, 0, 1/3, 2/3, 1, 4/3 px.
    const std::array<int, 6> expected = {10, 10, 20, 30, 40, 50};
    for (std::size_t i = 0; i < out.size(); ++i)
        QVERIFY(std::abs(out[i] - expected[i % 6]) <= 1);
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
    QTest::newRow("shear") << Transform{.shear = 12.5};
    QTest::newRow("large shear") << Transform{.shear = -71};
    QTest::newRow("shear of a turned image") << Transform{.rotation = 30, .shear = 15};
    QTest::newRow("crop") << Transform{.cropFraction = 0.875};
    QTest::newRow("corner crop") << Transform{.cropFraction = 0.7, .cropX = 1, .cropY = 0};
    QTest::newRow("small crop") << Transform{.cropFraction = 0.11, .cropX = 0.31, .cropY = 0.77};
    QTest::newRow("everything") << arbitrary();
    auto flipped = arbitrary();
    flipped.horizontalFlip = true;
    QTest::newRow("everything, flip") << flipped;
    flipped.verticalFlip = true;
    QTest::newRow("everything, both flips") << flipped;
    flipped.horizontalFlip = false;
    QTest::newRow("everything, vertical flip") << flipped;
    flipped.quarterTurn = true;
    QTest::newRow("everything, vertical flip, quarter turn") << flipped;
    QTest::newRow("a hair") << Transform{.rotation = 1e-6};
}

void RenderTest::againstReference()
{
    QFETCH(Transform, transform);
    transform.fillValue = 77;
    for (const Shape shape : {Shape{1, 28, 28}, Shape{3, 32, 32}, Shape{4, 17, 17},
             Shape{3, 19, 37}, Shape{1, 40, 11}, Shape{3, 1, 6}, Shape{4, 6, 5}}) {
        if (transform.quarterTurn && shape.width != shape.height)
            continue;
        for (const auto& pixels : {smoothImage(shape), noiseImages(1, shape, 1)->pixels})
            for (const auto mode :
                {FillMode::Nearest, FillMode::Constant, FillMode::Reflect, FillMode::Wrap}) {
                transform.fillMode = mode;
                const auto out = rendered(pixels, shape, transform);
                QCOMPARE(AffineReference(pixels, shape, transform).outside(out), 0);
            }
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
        return AffineReference(pixels, shape, other).outside(out);
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
    other = transform;
    other.shear = -transform.shear;
    QVERIFY(wrongFor(other) > 500);
    other = transform;
    other.cropX += 0.25 / (shape.width * (1 - other.cropFraction)); // a quarter of a pixel
    QVERIFY(wrongFor(other) > 500);
    other = transform;
    other.cropFraction *= 1.02;
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
