// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/transform.h"

#include <QtTest>

using namespace augury;

class TransformTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void words_data();
    void words();
    void identity();
    void comparesEveryField();
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
    row("flip, vertical flip", {.horizontalFlip = true, .verticalFlip = true});
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
    row("flip, vertical flip, +3.1°, shift 2 px right and 1 px down, zoom 1.04",
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
             Transform{.shiftY = -1e-9}, Transform{.zoomX = 1.0001}, Transform{.zoomY = 0.9999}}) {
        QVERIFY(!moved.isIdentity());
        QVERIFY(!moved.affineIsIdentity());
    }
}

void TransformTest::comparesEveryField()
{
    const std::vector<Transform> all = {{}, {.horizontalFlip = true}, {.verticalFlip = true},
        {.rotation = 1}, {.shiftX = 1}, {.shiftY = 1}, {.zoomX = 2}, {.zoomY = 2},
        {.fillMode = FillMode::Wrap}, {.fillValue = 1}};
    for (std::size_t i = 0; i < all.size(); ++i)
        for (std::size_t j = 0; j < all.size(); ++j)
            QCOMPARE(all[i] == all[j], i == j);
}

QTEST_GUILESS_MAIN(TransformTest)
#include "tst_transform.moc"
