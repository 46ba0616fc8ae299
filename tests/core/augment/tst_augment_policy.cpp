// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/augment_policy.h"

#include <QtTest>

#include <cmath>
#include <limits>

using namespace augury;

Q_DECLARE_METATYPE(AugmentPolicy)

class AugmentPolicyTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tutorial();
    void words_data();
    void words();
    void ranges_data();
    void ranges();
    void listsEveryProblem();
    void randomFieldsAreOffWithViews();
    void squareImages();
    void copies();
    void identity();
};

void AugmentPolicyTest::tutorial()
{
    AugmentPolicy expected;
    expected.horizontalFlip = true;
    QVERIFY(tutorialPolicy() == expected);
    QVERIFY(tutorialPolicy().validate().empty());
}

void AugmentPolicyTest::words_data()
{
    QTest::addColumn<AugmentPolicy>("policy");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* expected, const AugmentPolicy& policy) {
        QTest::newRow(expected) << policy << QString::fromUtf8(expected);
    };
    row("none", {});
    row("none", {.zoomIndependentAxes = true, .fillMode = FillMode::Wrap});
    row("horizontal flip", {.horizontalFlip = true, .fillMode = FillMode::Wrap});
    row("vertical flip", {.verticalFlip = true});
    row("rotation ±10°", {.rotationRange = 10});
    row("rotation ±0.01°", {.rotationRange = 0.01});
    row("shift ±5 %", {.widthShiftRange = 0.05, .heightShiftRange = 0.05});
    row("width shift ±12.5 %", {.widthShiftRange = 0.125});
    row("height shift ±5 %", {.heightShiftRange = 0.05});
    row("width shift ±5 %, height shift ±10 %", {.widthShiftRange = 0.05, .heightShiftRange = 0.1});
    row("zoom 0.9–1.1", {.zoomRange = {0.9, 1.1}});
    row("zoom 0.9–1", {.zoomRange = {0.9, 1}});
    row("zoom 1.2", {.zoomRange = {1.2, 1.2}});
    row("zoom 0.9–1.1 for each axis", {.zoomRange = {0.9, 1.1}, .zoomIndependentAxes = true});
    row("horizontal flip, rotation ±10°, shift ±5 %, zoom 0.9–1.1, border of 128",
        {.horizontalFlip = true,
            .rotationRange = 10,
            .widthShiftRange = 0.05,
            .heightShiftRange = 0.05,
            .zoomRange = {0.9, 1.1},
            .fillMode = FillMode::Constant,
            .fillValue = 128});
    row("quarter turns", {.rotate90 = true, .fillMode = FillMode::Wrap});
    row("shear ±4°", {.shearRange = 4});
    row("crop 80–100 %", {.cropFraction = {0.8, 1}});
    row("crop 87.5 %, border of 3",
        {.cropFraction = {0.875, 0.875}, .fillMode = FillMode::Constant, .fillValue = 3});
    row("brightness 0.8–1.2", {.brightnessRange = {0.8, 1.2}, .fillMode = FillMode::Wrap});
    row("contrast 1.5", {.contrastRange = {1.5, 1.5}});
    row("±20 grey levels", {.channelShiftRange = 20});
    row("±1 grey level", {.channelShiftRange = 1});
    row("blur 0–1.5 px", {.blurSigma = {0, 1.5}});
    row("noise σ 5", {.noiseStd = 5});
    row("quarter turns, shear ±4°, zoom 0.9–1, crop 50–100 %, wrapped border, contrast 0.5–2, "
        "brightness 0.8–1.2, ±20 grey levels, blur 1 px, noise σ 2.5",
        {.rotate90 = true,
            .shearRange = 4,
            .zoomRange = {0.9, 1},
            .cropFraction = {0.5, 1},
            .brightnessRange = {0.8, 1.2},
            .contrastRange = {0.5, 2},
            .channelShiftRange = 20,
            .noiseStd = 2.5,
            .blurSigma = {1, 1},
            .fillMode = FillMode::Wrap});
    row("none", {.views = ViewSets{}});
    row("2 views: vertical flip", {.views = ViewSets{.verticalFlip = true}});
    row("4 views: horizontal flip × vertical flip",
        {.views = ViewSets{.horizontalFlip = true, .verticalFlip = true},
            .fillMode = FillMode::Reflect});
    row("4 views: quarter turns", {.views = ViewSets{.quarterTurns = true}});
    row("8 views: flips × quarter turns",
        {.views = ViewSets{.verticalFlip = true, .quarterTurns = true}});
    row("1 view: centre crop of 90 %",
        {.views = ViewSets{.crops = CropViews::Centre, .cropFraction = 0.9}});
    row("60 views: quarter turns × zoom 1, 0.9 and 1.1 × 5 crops of 87.5 %",
        {.views =
                ViewSets{.quarterTurns = true, .scales = {1, 0.9, 1.1}, .crops = CropViews::Five}});
    row("4 views: zoom 1 and 0.5 × brightness 1 and 1.2, wrapped border",
        {.views = ViewSets{.scales = {1, 0.5}, .brightness = {1, 1.2}},
            .fillMode = FillMode::Wrap});
    row("7 views: 7 zoom factors from 0.7 to 1.3",
        {.views = ViewSets{.scales = {0.7, 0.8, 1.3, 1, 1.1, 1.2, 0.9}}});
    row("rotation ±5°, reflected border", {.rotationRange = 5, .fillMode = FillMode::Reflect});
    row("rotation ±5°, wrapped border", {.rotationRange = 5, .fillMode = FillMode::Wrap});
}

void AugmentPolicyTest::words()
{
    QFETCH(AugmentPolicy, policy);
    QFETCH(QString, expected);
    QCOMPARE(QString::fromStdString(describe(policy)), expected);
}

void AugmentPolicyTest::ranges_data()
{
    QTest::addColumn<AugmentPolicy>("policy");
    QTest::addColumn<QString>("field"); // empty: valid
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const double infinity = std::numeric_limits<double>::infinity();
    int number = 0;
    const auto row = [&number](const AugmentPolicy& policy, const char* field) {
        QTest::addRow("%d %s", ++number, field) << policy << QString::fromUtf8(field);
    };
    row({}, "");
    row({.rotationRange = 180}, "");
    row({.rotationRange = std::nextafter(180, 181)}, "rotation_range");
    row({.rotationRange = -0.1}, "rotation_range");
    row({.rotationRange = nan}, "rotation_range");
    row({.widthShiftRange = 1}, "");
    row({.widthShiftRange = 1.01}, "width_shift_range");
    row({.widthShiftRange = nan}, "width_shift_range");
    row({.heightShiftRange = 1}, "");
    row({.heightShiftRange = -1}, "height_shift_range");
    row({.heightShiftRange = infinity}, "height_shift_range");
    row({.zoomRange = {0.01, 100}}, "");
    row({.zoomRange = {0.009, 1}}, "zoom_range");
    row({.zoomRange = {1, 100.1}}, "zoom_range");
    row({.zoomRange = {1.2, 1.1}}, "zoom_range");
    row({.zoomRange = {nan, 1}}, "zoom_range");
    row({.zoomRange = {1, nan}}, "zoom_range");
    row({.zoomRange = {1, infinity}}, "zoom_range");
    row({.shearRange = 89}, "");
    row({.shearRange = 89.5}, "shear_range");
    row({.shearRange = nan}, "shear_range");
    row({.cropFraction = {0.01, 1}}, "");
    row({.cropFraction = {0.005, 1}}, "crop_fraction");
    row({.cropFraction = {0.9, 1.01}}, "crop_fraction");
    row({.cropFraction = {0.9, 0.8}}, "crop_fraction");
    row({.cropFraction = {nan, 1}}, "crop_fraction");
    row({.brightnessRange = {0, 100}}, "");
    row({.brightnessRange = {-0.1, 1}}, "brightness_range");
    row({.brightnessRange = {1, 101}}, "brightness_range");
    row({.brightnessRange = {1, nan}}, "brightness_range");
    row({.contrastRange = {0, 100}}, "");
    row({.contrastRange = {1.2, 1.1}}, "contrast_range");
    row({.contrastRange = {nan, nan}}, "contrast_range");
    row({.channelShiftRange = 255}, "");
    row({.channelShiftRange = 256}, "channel_shift_range");
    row({.channelShiftRange = -1}, "channel_shift_range");
    row({.noiseStd = 255}, "");
    row({.noiseStd = 255.5}, "noise_std");
    row({.noiseStd = nan}, "noise_std");
    row({.blurSigma = {0, 50}}, "");
    row({.blurSigma = {0, 51}}, "blur_sigma");
    row({.blurSigma = {2, 1}}, "blur_sigma");
    row({.blurSigma = {-1, 0}}, "blur_sigma");
    row({.fillValue = 255}, "");
    row({.fillValue = 256}, "fill_value");
    row({.fillValue = -1}, "fill_value");
}

void AugmentPolicyTest::ranges()
{
    QFETCH(AugmentPolicy, policy);
    QFETCH(QString, field);
    const auto problems = policy.validate();
    QCOMPARE(problems.size(), std::size_t(field.isEmpty() ? 0 : 1));
    if (!problems.empty()) {
        QCOMPARE(QString::fromStdString(problems[0].field), field);
        QVERIFY(problems[0].message.find("but is") != std::string::npos);
    }
}

void AugmentPolicyTest::listsEveryProblem()
{
    AugmentPolicy policy;
    policy.rotationRange = 200;
    policy.widthShiftRange = 2;
    policy.heightShiftRange = -1;
    policy.zoomRange = {0, 1};
    policy.fillValue = 999;
    policy.shearRange = 90;
    policy.cropFraction = {0, 2};
    policy.brightnessRange = {2, 1};
    policy.contrastRange = {2, 1};
    policy.channelShiftRange = 300;
    policy.noiseStd = -5;
    policy.blurSigma = {0, 1000};
    const auto problems = policy.validate();
    QCOMPARE(problems.size(), std::size_t(12));
    QCOMPARE(QString::fromStdString(problems[0].message),
        QStringLiteral("must be 0 to 180 degrees, but is 200"));
}

void AugmentPolicyTest::randomFieldsAreOffWithViews()
{
    const std::vector<std::pair<const char*, AugmentPolicy>> fields = {
        {"horizontal_flip", {.horizontalFlip = true}},
        {"vertical_flip", {.verticalFlip = true}},
        {"rotate90", {.rotate90 = true}},
        {"rotation_range", {.rotationRange = 1}},
        {"width_shift_range", {.widthShiftRange = 0.1}},
        {"height_shift_range", {.heightShiftRange = 0.1}},
        {"shear_range", {.shearRange = 1}},
        {"zoom_range", {.zoomRange = {0.9, 1}}},
        {"crop_fraction", {.cropFraction = {0.9, 1}}},
        {"brightness_range", {.brightnessRange = {0.9, 1}}},
        {"contrast_range", {.contrastRange = {0.9, 1}}},
        {"channel_shift_range", {.channelShiftRange = 1}},
        {"noise_std", {.noiseStd = 1}},
        {"blur_sigma", {.blurSigma = {0, 1}}},
    };
    for (const auto& [name, random] : fields) {
        QVERIFY(random.validate().empty());
        auto policy = random;
        policy.views = ViewSets{.horizontalFlip = true};
        const auto problems = policy.validate();
        QCOMPARE(problems.size(), std::size_t(1));
        QCOMPARE(QString::fromStdString(problems[0].field), QString::fromUtf8(name));
        QCOMPARE(QString::fromStdString(problems[0].message),
            QStringLiteral("must be off with views, which are a fixed list"));
    }
    // What is no draw may stay, and the views' own problems come with them.
    AugmentPolicy policy;
    policy.views = ViewSets{.scales = {0}};
    policy.fillMode = FillMode::Wrap;
    policy.rotate90 = true;
    policy.blurSigma = {1, 1};
    const auto problems = policy.validate();
    QCOMPARE(problems.size(), std::size_t(3));
    QCOMPARE(problems[2].field, std::string("views.scales"));
}

void AugmentPolicyTest::squareImages()
{
    const Shape square{3, 32, 32};
    const Shape wide{3, 20, 30};
    AugmentPolicy policy{.horizontalFlip = true, .rotationRange = 90};
    QVERIFY(policy.validateFor(wide).empty());
    policy.rotate90 = true;
    QVERIFY(policy.validateFor(square).empty());
    QCOMPARE(policy.validateFor(wide),
        (std::vector<Problem>{{"rotate90",
            "must be off for images that are not square: these are 30 wide and 20 high"}}));
    AugmentPolicy views{.views = ViewSets{.quarterTurns = true}};
    QVERIFY(views.validateFor(square).empty());
    QCOMPARE(views.validateFor(wide).size(), std::size_t(1));
    QCOMPARE(views.validateFor(wide)[0].field, std::string("views.quarter_turns"));
    views.views->quarterTurns = false;
    QVERIFY(views.validateFor(wide).empty());
}

void AugmentPolicyTest::copies()
{
    QCOMPARE(mostCopies({}), 1000);
    QCOMPARE(mostCopies(tutorialPolicy()), 1000);
    QCOMPARE(mostCopies({.views = ViewSets{}}), 1);
    QCOMPARE(mostCopies({.views = ViewSets{.horizontalFlip = true, .crops = CropViews::Five}}), 10);
}

void AugmentPolicyTest::identity()
{
    QVERIFY((AugmentPolicy{.views = ViewSets{}}).isIdentity());
    QVERIFY(!(AugmentPolicy{.views = ViewSets{.horizontalFlip = true}}).isIdentity());
    QVERIFY(!(AugmentPolicy{.views = ViewSets{.scales = {0.9}}}).isIdentity());
    QVERIFY(!(AugmentPolicy{.views = ViewSets{.brightness = {0.9}}}).isIdentity());
    QVERIFY(!(AugmentPolicy{.views = ViewSets{.crops = CropViews::Centre}}).isIdentity());
}

QTEST_GUILESS_MAIN(AugmentPolicyTest)
#include "tst_augment_policy.moc"
