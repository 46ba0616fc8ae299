// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/view_sets.h"
#include "tests/core/augment/affine_reference.h"
#include "tests/support/made_images.h"

#include <QtTest>

#include <algorithm>
#include <limits>
#include <set>

using namespace augury;
using namespace augury::testing;

namespace {

const Shape shape{3, 12, 12};

Pixels flippedTopToBottom(const Pixels& in)
{
    Pixels out;
    for (std::size_t y = 12; y-- > 0;)
        out.insert(out.end(), in.begin() + static_cast<int>(y * 36),
            in.begin() + static_cast<int>((y + 1) * 36));
    return out;
}

Pixels turnedLeft(const Pixels& in)
{
    Pixels out(in.size());
    for (std::size_t y = 0; y < 12; ++y)
        for (std::size_t x = 0; x < 12; ++x)
            std::copy_n(in.begin() + static_cast<int>((y * 12 + x) * 3), 3,
                out.begin() + static_cast<int>(((11 - x) * 12 + y) * 3));
    return out;
}

Pixels mirrored(const Pixels& in)
{
    return turnedLeft(turnedLeft(flippedTopToBottom(in)));
}

/// Every set of flips and turns.
std::vector<ViewSets> moveSets()
{
    std::vector<ViewSets> all;
    for (int mask = 0; mask < 8; ++mask)
        all.push_back({.horizontalFlip = (mask & 1) != 0,
            .verticalFlip = (mask & 2) != 0,
            .quarterTurns = (mask & 4) != 0});
    return all;
}

/// The moves' pictures in nested loops, each where it is first made.
std::vector<Pixels> movedPictures(const ViewSets& sets, const Pixels& image)
{
    std::vector<Pixels> pictures;
    for (int v = 0; v <= (sets.verticalFlip ? 1 : 0); ++v)
        for (int h = 0; h <= (sets.horizontalFlip ? 1 : 0); ++h) {
            auto picture = v == 1 ? flippedTopToBottom(image) : image;
            picture = h == 1 ? mirrored(picture) : picture;
            for (int q = 0; q < (sets.quarterTurns ? 4 : 1); ++q) {
                if (std::ranges::find(pictures, picture) == pictures.end())
                    pictures.push_back(picture);
                picture = turnedLeft(picture);
            }
        }
    return pictures;
}

std::vector<Transform> viewsOf(const ViewSets& sets)
{
    std::vector<Transform> all;
    for (int i = 0; i < sets.count(); ++i)
        all.push_back(sets.view(i));
    return all;
}

} // namespace

Q_DECLARE_METATYPE(ViewSets)

class ViewSetsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingIsTheOriginal();
    void movesInOrderAndOnce();
    void productInOrder();
    void noPictureTwice();
    void crops();
    void beyondTheLast();
    void validation_data();
    void validation();
    void manyViews();
    void listsEveryProblem();
};

void ViewSetsTest::nothingIsTheOriginal()
{
    QCOMPARE(ViewSets{}.count(), 1);
    QVERIFY(ViewSets{}.view(0).isIdentity());
    QVERIFY(ViewSets{}.validate().empty());
    // Lists that were emptied are an error, but not a crash.
    const ViewSets empty{.scales = {}, .brightness = {}};
    QCOMPARE(empty.count(), 1);
    QVERIFY(empty.view(0).isIdentity());
}

void ViewSetsTest::movesInOrderAndOnce()
{
    const auto image = noiseImages(1, shape, 1)->pixels;
    const std::vector<std::size_t> counts = {1, 2, 2, 4, 4, 8, 8, 8};
    const auto all = moveSets();
    for (std::size_t i = 0; i < all.size(); ++i) {
        std::vector<Pixels> pictures;
        for (const auto& view : viewsOf(all[i]))
            pictures.push_back(rendered(image, shape, view));
        QCOMPARE(pictures.size(), counts[i]);
        QVERIFY(pictures == movedPictures(all[i], image));
    }
}

void ViewSetsTest::productInOrder()
{
    struct Place {
        double x, y;
    };
    const std::vector<Place> five = {{0.5, 0.5}, {0, 0}, {1, 0}, {0, 1}, {1, 1}};
    for (auto sets : moveSets())
        for (const std::vector<double>& scales :
            {std::vector<double>{1}, {1, 0.9, 1.1}, {0.5, 2}, {3}})
            for (const auto crops : {CropViews::Keep, CropViews::Centre, CropViews::Five})
                for (const std::vector<double>& brightness :
                    {std::vector<double>{1}, {1, 0.8}, {1.5, 1, 0.5}}) {
                    const auto moves = viewsOf(sets);
                    auto product = sets;
                    product.scales = scales;
                    product.crops = crops;
                    product.cropFraction = 0.8;
                    product.brightness = brightness;
                    QVERIFY(product.validate().empty());
                    std::vector<Transform> expected;
                    for (const auto& move : moves)
                        for (const double scale : scales)
                            for (std::size_t c = 0; c < (crops == CropViews::Five ? 5 : 1); ++c)
                                for (const double factor : brightness) {
                                    auto t = move;
                                    t.zoomX = t.zoomY = scale;
                                    t.brightness = factor;
                                    if (crops != CropViews::Keep) {
                                        t.cropFraction = 0.8;
                                        t.cropX = five[c].x;
                                        t.cropY = five[c].y;
                                    }
                                    expected.push_back(t);
                                }
                    QCOMPARE(std::size_t(product.count()), expected.size());
                    const auto views = viewsOf(product);
                    QVERIFY(views == expected);
                    QCOMPARE(std::set<Transform>(views.begin(), views.end()).size(), views.size());
                }
}

void ViewSetsTest::noPictureTwice()
{
    const auto image = smoothImage(shape);
    const ViewSets sets{.horizontalFlip = true,
        .verticalFlip = true,
        .quarterTurns = true,
        .scales = {1, 0.9, 1.1},
        .crops = CropViews::Five,
        .brightness = {1, 0.7, 1.2}};
    std::set<Pixels> pictures;
    for (const auto& view : viewsOf(sets))
        pictures.insert(rendered(image, shape, view));
    QCOMPARE(pictures.size(), std::size_t(8 * 3 * 5 * 3));
}

void ViewSetsTest::crops()
{
    // Each of the five shows what it is called: half the side of four quarters of one grey each.
    const Shape grey{1, 12, 12};
    Pixels quarters;
    for (int y = 0; y < 12; ++y)
        for (int x = 0; x < 12; ++x)
            quarters.push_back(
                static_cast<std::uint8_t>(20 + (x < 6 ? 0 : 100) + (y < 6 ? 0 : 50)));
    const ViewSets sets{.crops = CropViews::Five, .cropFraction = 0.5};
    const std::vector<int> corners = {20, 120, 70, 170}; // of views 1 to 4
    for (std::size_t i = 0; i < 4; ++i) {
        const auto out = rendered(quarters, grey, sets.view(static_cast<int>(i) + 1));
        QCOMPARE(int(out[5 * 12 + 5]), corners[i]);
    }
    const auto centre = rendered(quarters, grey, sets.view(0));
    QCOMPARE(int(centre[0]), 20);
    QCOMPARE(int(centre[11]), 120);
    QCOMPARE(int(centre[11 * 12]), 70);
    QCOMPARE(int(centre[11 * 12 + 11]), 170);
}

void ViewSetsTest::beyondTheLast()
{
    const ViewSets sets{.horizontalFlip = true, .scales = {1, 2, 3}};
    QCOMPARE(sets.count(), 6);
    sets.view(5);
    QVERIFY_EXCEPTION_THROWN(sets.view(6), Error);
    QVERIFY_EXCEPTION_THROWN(sets.view(-1), Error);
}

void ViewSetsTest::validation_data()
{
    QTest::addColumn<ViewSets>("sets");
    QTest::addColumn<QString>("field"); // empty: valid
    QTest::addColumn<QString>("message");
    const double nan = std::numeric_limits<double>::quiet_NaN();
    int number = 0;
    const auto row = [&number](const ViewSets& sets, const char* field, const char* message) {
        QTest::addRow("%d %s", ++number, field)
            << sets << QString::fromUtf8(field) << QString::fromUtf8(message);
    };
    row({.scales = {0.01, 100}}, "", "");
    row({.scales = {}}, "views.scales", "must list at least one factor, such as [1]");
    row({.scales = {1, 0.009}}, "views.scales",
        "must be factors from 0.01 to 100, but one is 0.009");
    row({.scales = {100.5}}, "views.scales", "must be factors from 0.01 to 100, but one is 100.5");
    row({.scales = {nan, 1}}, "views.scales", "must be factors from 0.01 to 100, but one is nan");
    row({.scales = {1, 0.9, 1}}, "views.scales", "must be distinct, but 1 is there twice");
    row({.brightness = {}}, "views.brightness", "must list at least one factor, such as [1]");
    row({.brightness = {1, 0}}, "views.brightness",
        "must be factors from 0.01 to 100, but one is 0");
    row({.brightness = {2, 2}}, "views.brightness", "must be distinct, but 2 is there twice");
    row({.crops = CropViews::Centre, .cropFraction = 0.01}, "", "");
    row({.crops = CropViews::Centre, .cropFraction = 1}, "views.crop_fraction",
        "must be at least 0.01 and below 1, but is 1");
    row({.crops = CropViews::Five, .cropFraction = 0}, "views.crop_fraction",
        "must be at least 0.01 and below 1, but is 0");
    row({.crops = CropViews::Five, .cropFraction = nan}, "views.crop_fraction",
        "must be at least 0.01 and below 1, but is nan");
    row({.cropFraction = 7}, "", ""); // nothing is cropped
    row({.crops = static_cast<CropViews>(9), .cropFraction = 0.5}, "views.crops",
        "must be keep, centre or five");
}

void ViewSetsTest::validation()
{
    QFETCH(ViewSets, sets);
    QFETCH(QString, field);
    QFETCH(QString, message);
    const auto problems = sets.validate();
    QCOMPARE(problems.size(), std::size_t(field.isEmpty() ? 0 : 1));
    if (!problems.empty()) {
        QCOMPARE(QString::fromStdString(problems[0].field), field);
        QCOMPARE(QString::fromStdString(problems[0].message), message);
    }
}

void ViewSetsTest::manyViews()
{
    ViewSets sets{.horizontalFlip = true, .crops = CropViews::Five};
    sets.scales.clear();
    for (int i = 0; i < 100; ++i)
        sets.scales.push_back(1 + 0.01 * i);
    QCOMPARE(sets.count(), 1000);
    QVERIFY(sets.validate().empty());
    sets.scales.push_back(3);
    QCOMPARE(sets.count(), 1010);
    const auto problems = sets.validate();
    QCOMPARE(problems.size(), std::size_t(1));
    QCOMPARE(QString::fromStdString(problems[0].message),
        QStringLiteral("must be at most 1000 views, but the sets make 1010"));
    // A product beyond all numbers is no small one.
    sets.scales.assign(60000, 1);
    sets.brightness.assign(60000, 1);
    QCOMPARE(sets.count(), std::numeric_limits<int>::max());
}

void ViewSetsTest::listsEveryProblem()
{
    const ViewSets sets{
        .scales = {1, 1, 0}, .crops = CropViews::Five, .cropFraction = 2, .brightness = {}};
    QCOMPARE(sets.validate().size(), std::size_t(4));
}

QTEST_GUILESS_MAIN(ViewSetsTest)
#include "tst_view_sets.moc"
