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
    const auto problems = policy.validate();
    QCOMPARE(problems.size(), std::size_t(5));
    QCOMPARE(QString::fromStdString(problems[0].message),
        QStringLiteral("must be 0 to 180 degrees, but is 200"));
}

QTEST_GUILESS_MAIN(AugmentPolicyTest)
#include "tst_augment_policy.moc"
