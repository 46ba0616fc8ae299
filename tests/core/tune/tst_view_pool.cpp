// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tune/greedy_search.h"

#include <QtTest>

#include <algorithm>
#include <set>

using namespace augury;

namespace {

constexpr Shape square{3, 32, 32};

ViewPool nothing()
{
    ViewPool pool;
    pool.flips = pool.shifts = pool.rotations = pool.zooms = pool.crops = pool.brightness = false;
    pool.random = 0;
    return pool;
}

} // namespace

class ViewPoolTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void kinds_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("count");
        QTest::newRow("none") << -1 << 0;
        QTest::newRow("flips") << 0 << 1;
        QTest::newRow("vertical flips") << 1 << 1;
        QTest::newRow("quarter turns") << 2 << 3;
    }

    /// Each kind by itself, beside the original.
    void kinds()
    {
        QFETCH(int, kind);
        QFETCH(int, count);
        auto pool = nothing();
        pool.flips = kind == 0;
        pool.verticalFlips = kind == 1;
        pool.quarterTurns = kind == 2;
        const auto views = poolViews(pool, square, 1);
        QVERIFY(views.front().isIdentity());
        QCOMPARE(static_cast<int>(views.size()), 1 + count);
        std::set<Transform> expected;
        if (kind == 0)
            expected.insert({.horizontalFlip = true});
        if (kind == 1)
            expected.insert({.verticalFlip = true});
        for (int quarters = 1; kind == 2 && quarters <= 3; ++quarters) {
            Transform turned;
            turned.turn(quarters);
            expected.insert(turned);
        }
        QVERIFY(std::set<Transform>(views.begin() + 1, views.end()) == expected);
    }

    void shifts()
    {
        auto pool = nothing();
        pool.shifts = true;
        const auto views = poolViews(pool, {1, 20, 40}, 1);
        QCOMPARE(views.size(), std::size_t(17));
        std::set<std::pair<double, double>> pixels;
        for (const auto& view : views)
            pixels.insert({view.shiftX * 40, view.shiftY * 20});
        for (const double far : {1.0, 2.0})
            for (const double x : {-far, 0.0, far})
                for (const double y : {-far, 0.0, far})
                    QVERIFY(pixels.contains({x, y}));
    }

    void strengths()
    {
        auto pool = nothing();
        pool.rotations = pool.zooms = pool.brightness = pool.blur = pool.crops = true;
        const auto views = poolViews(pool, square, 1);
        QCOMPARE(views.size(), std::size_t(1 + 6 + 5 + 8 + 2 + 5));
        const auto has = [&](const Transform& view) {
            return std::ranges::find(views, view) != views.end();
        };
        for (const double degrees : {-15, -10, -5, 5, 10, 15})
            QVERIFY(has({.rotation = degrees}));
        for (const double factor : {0.9, 0.95, 1.05, 1.1, 1.2})
            QVERIFY(has({.zoomX = factor, .zoomY = factor}));
        for (const double factor : {0.8, 0.9, 1.1, 1.2})
            QVERIFY(has({.brightness = factor}) && has({.contrast = factor}));
        for (const double sigma : {0.5, 1.0})
            QVERIFY(has({.blurSigma = sigma}));
        QVERIFY(has({.cropFraction = 0.875}));
        for (const double x : {0.0, 1.0})
            for (const double y : {0.0, 1.0})
                QVERIFY(has({.cropFraction = 0.875, .cropX = x, .cropY = y}));
    }

    void notSquare()
    {
        auto pool = nothing();
        pool.quarterTurns = true;
        pool.random = 40;
        pool.policy.rotate90 = true;
        for (const auto& view : poolViews(pool, {3, 20, 40}, 1))
            QVERIFY(!view.quarterTurn);
        QCOMPARE(poolViews(pool, {3, 20, 40}, 1).size(), std::size_t(2)); // half a turn is possible
        QCOMPARE(poolViews(pool, square, 1).size(), std::size_t(4));
    }

    void random()
    {
        auto pool = nothing();
        pool.random = 50;
        pool.policy.rotationRange = 20;
        const auto views = poolViews(pool, square, 7);
        QCOMPARE(views.size(), std::size_t(51));
        QVERIFY(poolViews(pool, square, 7) == views);
        QVERIFY(poolViews(pool, square, 8) != views);
        for (std::size_t i = 1; i < views.size(); ++i)
            QVERIFY(std::abs(views[i].rotation) <= 20 && views[i].rotation != 0);
        // What is drawn twice is there once.
        pool.policy = tutorialPolicy();
        QCOMPARE(poolViews(pool, square, 7).size(), std::size_t(2));
        pool.policy.noiseStd = 3;
        QVERIFY_EXCEPTION_THROWN(poolViews(pool, square, 7), Error);
    }

    /// All of them together can be a policy.
    void isAPolicy()
    {
        ViewPool pool;
        pool.verticalFlips = pool.quarterTurns = pool.blur = true;
        pool.random = 500;
        pool.policy.horizontalFlip = pool.policy.rotate90 = true;
        pool.policy.rotationRange = 30;
        pool.policy.cropFraction = {0.7, 1};
        pool.policy.contrastRange = {0.5, 1.5};
        pool.policy.fillMode = FillMode::Constant;
        pool.policy.fillValue = 7;
        const auto views = poolViews(pool, square, 3);
        QCOMPARE(views.size(), std::size_t(1 + 1 + 1 + 3 + 16 + 6 + 5 + 5 + 8 + 2 + 500));
        QCOMPARE(std::set<Transform>(views.begin(), views.end()).size(), views.size());
        AugmentPolicy policy;
        policy.views.emplace().list = views;
        QVERIFY(policy.validate().empty());
    }
};

QTEST_GUILESS_MAIN(ViewPoolTest)
#include "tst_view_pool.moc"
