// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/transform.h"

#include <QtTest>

#include <array>

using namespace augury;

class TransformTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void words_data();
    void words();
    void identity();
    void comparesEveryField();
    void turnsAreAGroup();
};

Q_DECLARE_METATYPE(Transform)

void TransformTest::words_data()
{
    QTest::addColumn<Transform>("transform");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* expected, const Transform& transform) {
        QTest::newRow(expected) << transform << QString::fromUtf8(expected);
    };
    row("original", {});
    row("flip", {.horizontalFlip = true});
    row("vertical flip", {.verticalFlip = true});
    row("half turn", {.horizontalFlip = true, .verticalFlip = true});
    row("quarter turn left", {.quarterTurn = true});
    row("quarter turn right", {.horizontalFlip = true, .verticalFlip = true, .quarterTurn = true});
    row("flip, quarter turn left", {.horizontalFlip = true, .quarterTurn = true});
    row("flip, quarter turn right", {.verticalFlip = true, .quarterTurn = true});
    row("+3.1°", {.rotation = 3.1415});
    row("−12°", {.rotation = -12.0});
    row("−179.9°", {.rotation = -179.9});
    row("+0.03°", {.rotation = 0.0312}); // never "+0°"
    // The picture is 40 wide and 20 high.
    row("shift 2 px right", {.shiftX = 0.05});
    row("shift 1.5 px left", {.shiftX = -0.0375});
    row("shift 2 px down", {.shiftY = 0.1});
    row("shift 0.04 px up", {.shiftY = -0.002});
    row("shift 4 px right and 1 px up", {.shiftX = 0.1, .shiftY = -0.05});
    row("zoom 1.04", {.zoomX = 1.04, .zoomY = 1.04});
    row("zoom 0.9", {.zoomX = 0.9, .zoomY = 0.9});
    row("zoom 1.003", {.zoomX = 1.003, .zoomY = 1.003}); // never "zoom 1"
    row("zoom 1.04 wide and 0.97 high", {.zoomX = 1.04, .zoomY = 0.97});
    row("zoom 1 wide and 2 high", {.zoomX = 1, .zoomY = 2});
    row("lean +4°", {.shear = 4});
    row("lean −0.5°", {.shear = -0.52});
    row("crop 88 % top left", {.cropFraction = 0.88, .cropX = 0, .cropY = 0});
    row("crop 87.5 % centre", {.cropFraction = 0.875});
    row("crop 60 % bottom right", {.cropFraction = 0.6, .cropX = 0.8, .cropY = 0.7});
    row("crop 60 % bottom", {.cropFraction = 0.6, .cropY = 1});
    row("crop 60 % left", {.cropFraction = 0.6, .cropX = 0.3});
    row("crop 99.98 % centre", {.cropFraction = 0.9998}); // never "100 %"
    row("contrast 1.2", {.contrast = 1.2});
    row("brightness 0.9", {.brightness = 0.9});
    row("brightness 0", {.brightness = 0});
    row("+12 grey levels", {.channelShift = 12});
    row("−12.5 grey levels", {.channelShift = -12.5});
    row("−1 grey level", {.channelShift = -1});
    row("blur 0.8 px", {.blurSigma = 0.8});
    row("noise σ 5", {.noiseStd = 5, .noise = {1, 2, 3}});
    row("flip, +3.1°, shift 2 px right, lean +4°, zoom 1.04, crop 88 % top left, contrast 1.2, "
        "brightness 0.9, +12 grey levels, blur 0.8 px, noise σ 5",
        {.horizontalFlip = true,
            .rotation = 3.1,
            .shear = 4,
            .shiftX = 0.05,
            .zoomX = 1.04,
            .zoomY = 1.04,
            .cropFraction = 0.88,
            .cropX = 0,
            .cropY = 0,
            .contrast = 1.2,
            .brightness = 0.9,
            .channelShift = 12,
            .blurSigma = 0.8,
            .noiseStd = 5,
            .noise = {1, 2, 3}});
    row("half turn, +3.1°, shift 2 px right and 1 px down, zoom 1.04",
        {.horizontalFlip = true,
            .verticalFlip = true,
            .rotation = 3.1,
            .shiftX = 0.05,
            .shiftY = 0.05,
            .zoomX = 1.04,
            .zoomY = 1.04,
            .fillMode = FillMode::Reflect});
}

void TransformTest::words()
{
    QFETCH(Transform, transform);
    QFETCH(QString, expected);
    QCOMPARE(QString::fromStdString(describe(transform, {3, 20, 40})), expected);
}

void TransformTest::identity()
{
    QVERIFY(Transform{}.isIdentity());
    QVERIFY(Transform{}.affineIsIdentity());
    const Transform flipped{.horizontalFlip = true, .verticalFlip = true};
    QVERIFY(!flipped.isIdentity());
    QVERIFY(flipped.affineIsIdentity());
    for (const Transform& moved : {Transform{.rotation = 1e-9}, Transform{.shiftX = 1e-9},
             Transform{.shiftY = -1e-9}, Transform{.zoomX = 1.0001}, Transform{.zoomY = 0.9999},
             Transform{.shear = 1e-9}, Transform{.cropFraction = 0.9999}}) {
        QVERIFY(!moved.isIdentity());
        QVERIFY(!moved.affineIsIdentity());
    }
    for (const Transform& recoloured : {Transform{.quarterTurn = true}, Transform{.contrast = 1.01},
             Transform{.brightness = 0.99}, Transform{.channelShift = -1},
             Transform{.blurSigma = 0.1}, Transform{.noiseStd = 0.1}}) {
        QVERIFY(!recoloured.isIdentity());
        QVERIFY(recoloured.affineIsIdentity());
    }
}

void TransformTest::comparesEveryField()
{
    const std::vector<Transform> all = {{}, {.horizontalFlip = true}, {.verticalFlip = true},
        {.quarterTurn = true}, {.rotation = 1}, {.shear = 1}, {.shiftX = 1}, {.shiftY = 1},
        {.zoomX = 2}, {.zoomY = 2}, {.cropFraction = 0.5}, {.cropX = 0}, {.cropY = 0},
        {.contrast = 2}, {.brightness = 2}, {.channelShift = 1}, {.blurSigma = 1}, {.noiseStd = 1},
        {.noise = {1, 0, 0}}, {.noise = {0, 1, 0}}, {.noise = {0, 0, 1}},
        {.fillMode = FillMode::Wrap}, {.fillValue = 1}};
    for (std::size_t i = 0; i < all.size(); ++i)
        for (std::size_t j = 0; j < all.size(); ++j)
            QCOMPARE(all[i] == all[j], i == j);
}

void TransformTest::turnsAreAGroup()
{
    // Each Transform's moves as a matrix, y up: flips first, then a quarter turn to the left.
    using Matrix = std::array<int, 4>;
    const auto times = [](const Matrix& a, const Matrix& b) {
        return Matrix{a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3],
            a[2] * b[0] + a[3] * b[2], a[2] * b[1] + a[3] * b[3]};
    };
    const Matrix left = {0, -1, 1, 0};
    const auto matrix = [&](const Transform& t) {
        const Matrix flips = {t.horizontalFlip ? -1 : 1, 0, 0, t.verticalFlip ? -1 : 1};
        return t.quarterTurn ? times(left, flips) : flips;
    };
    std::vector<Transform> all;
    for (int i = 0; i < 8; ++i)
        all.push_back({.horizontalFlip = (i & 1) != 0,
            .verticalFlip = (i & 2) != 0,
            .quarterTurn = (i & 4) != 0});
    // One Transform for each symmetry of the square.
    for (const auto& a : all)
        for (const auto& b : all)
            QCOMPARE(matrix(a) == matrix(b), a == b);
    for (const auto& start : all)
        for (int quarters = -9; quarters <= 9; ++quarters) {
            auto expected = matrix(start);
            for (int i = 0; i < quarters + 12; ++i)
                expected = times(left, expected);
            auto turned = start;
            turned.turn(quarters);
            QVERIFY(matrix(turned) == expected);
            turned.turn(-quarters);
            QVERIFY(turned == start);
            for (int more = 0; more < 4; ++more) { // a after b is a + b
                auto twice = start;
                twice.turn(quarters);
                twice.turn(more);
                auto once = start;
                once.turn(quarters + more);
                QVERIFY(twice == once);
            }
        }
    // Both flips and half a turn are the original.
    Transform transform{.horizontalFlip = true, .verticalFlip = true};
    transform.turn(2);
    QVERIFY(transform.isIdentity());
    // Nothing else is touched.
    Transform rich{.rotation = 3, .cropX = 0.1, .noiseStd = 2, .noise = {1, 2, 3}};
    auto expected = rich;
    expected.quarterTurn = true;
    rich.turn(1);
    QVERIFY(rich == expected);
}

QTEST_GUILESS_MAIN(TransformTest)
#include "tst_transform.moc"
