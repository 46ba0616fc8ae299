// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/presets.h"
#include "core/support/error.h"
#include "core/tune/policy_field.h"

#include <QtTest>

#include <limits>

using namespace augury;

class PolicyFieldTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void names();
    void strengths();
    void everyStrengthIsAValidPolicy();
    void refuses();
    void words();
};

void PolicyFieldTest::names()
{
    QStringList names;
    for (const auto& field : policyFields()) {
        names << QString::fromLatin1(field.name);
        QVERIFY(findPolicyField(field.name) == &field);
        QVERIFY(field.suggested > 0 && field.suggested <= field.most);
        QVERIFY(!field.isSwitch || field.most == 1);
    }
    QCOMPARE(names.join(QLatin1Char(' ')),
        QStringLiteral("rotation_range shift_range width_shift_range height_shift_range "
                       "shear_range zoom_range crop_fraction brightness_range contrast_range "
                       "channel_shift_range noise_std blur_sigma horizontal_flip vertical_flip "
                       "rotate90"));
    QVERIFY(findPolicyField("rotation") == nullptr);
}

void PolicyFieldTest::strengths()
{
    AugmentPolicy base;
    base.horizontalFlip = true;
    base.fillMode = FillMode::Reflect;
    const auto with = [&](const char* name, double strength) {
        return withStrength(base, *findPolicyField(name), strength);
    };
    auto expected = base;
    expected.rotationRange = 12.5;
    QVERIFY(with("rotation_range", 12.5) == expected);
    expected = base;
    expected.widthShiftRange = expected.heightShiftRange = 0.1;
    QVERIFY(with("shift_range", 0.1) == expected);
    expected.heightShiftRange = 0;
    QVERIFY(with("width_shift_range", 0.1) == expected);
    expected = base;
    expected.heightShiftRange = 0.2;
    QVERIFY(with("height_shift_range", 0.2) == expected);
    expected = base;
    expected.zoomRange = {0.75, 1.25};
    QVERIFY(with("zoom_range", 0.25) == expected);
    expected = base;
    expected.cropFraction = {0.875, 1};
    QVERIFY(with("crop_fraction", 0.125) == expected);
    expected = base;
    expected.brightnessRange = {0.5, 1.5};
    QVERIFY(with("brightness_range", 0.5) == expected);
    expected = base;
    expected.contrastRange = {0.5, 1.5};
    QVERIFY(with("contrast_range", 0.5) == expected);
    expected = base;
    expected.blurSigma = {0, 1.5};
    QVERIFY(with("blur_sigma", 1.5) == expected);
    expected = base;
    expected.shearRange = 3;
    QVERIFY(with("shear_range", 3) == expected);
    expected = base;
    expected.channelShiftRange = 20;
    QVERIFY(with("channel_shift_range", 20) == expected);
    expected = base;
    expected.noiseStd = 9;
    QVERIFY(with("noise_std", 9) == expected);
    expected = base;
    expected.horizontalFlip = false;
    QVERIFY(with("horizontal_flip", 0) == expected);
    expected = base;
    expected.verticalFlip = true;
    QVERIFY(with("vertical_flip", 1) == expected);
    expected = base;
    expected.rotate90 = true;
    QVERIFY(with("rotate90", 1) == expected);
    QVERIFY(!withStrength(findPreset("hflip")->policy, *findPolicyField("noise_std"), 1).views);
}

/// 0 is off, and all up to the largest can be drawn from.
void PolicyFieldTest::everyStrengthIsAValidPolicy()
{
    for (const auto& field : policyFields()) {
        QVERIFY2(withStrength({}, field, 0).isIdentity(), field.name);
        for (const double strength : {field.suggested, field.most}) {
            const auto policy = withStrength({}, field, strength);
            QVERIFY2(policy.validate().empty(), field.name);
            QVERIFY2(!policy.isIdentity(), field.name);
        }
    }
}

void PolicyFieldTest::refuses()
{
    const auto& rotation = *findPolicyField("rotation_range");
    QVERIFY_THROWS_EXCEPTION(Error, withStrength({}, rotation, -1));
    QVERIFY_THROWS_EXCEPTION(Error, withStrength({}, rotation, 180.5));
    QVERIFY_THROWS_EXCEPTION(
        Error, withStrength({}, rotation, std::numeric_limits<double>::quiet_NaN()));
    QVERIFY_THROWS_EXCEPTION(Error, withStrength({}, *findPolicyField("rotate90"), 0.5));
}

void PolicyFieldTest::words()
{
    const auto text = [](const char* name, double strength) {
        return QString::fromStdString(strengthText(*findPolicyField(name), strength));
    };
    QCOMPARE(text("rotation_range", 10), QStringLiteral("±10°"));
    QCOMPARE(text("rotation_range", 0), QStringLiteral("off"));
    QCOMPARE(text("shift_range", 0.125), QStringLiteral("±12.5 %"));
    QCOMPARE(text("zoom_range", 0.1), QStringLiteral("0.9–1.1"));
    QCOMPARE(text("crop_fraction", 0.125), QStringLiteral("87.5–100 %"));
    QCOMPARE(text("channel_shift_range", 20), QStringLiteral("±20 grey levels"));
    QCOMPARE(text("noise_std", 7.5), QStringLiteral("σ 7.5"));
    QCOMPARE(text("blur_sigma", 1.5), QStringLiteral("0–1.5 px"));
    QCOMPARE(text("rotate90", 1), QStringLiteral("on"));
    QCOMPARE(text("rotate90", 0), QStringLiteral("off"));
}

QTEST_GUILESS_MAIN(PolicyFieldTest)
#include "tst_policy_field.moc"
