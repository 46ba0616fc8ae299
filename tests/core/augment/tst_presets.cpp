// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/policy_json.h"
#include "core/augment/presets.h"

#include <QtTest>

#include <nlohmann/json.hpp>
#include <set>

using namespace augury;

namespace {

const AugmentPolicy& policyOf(const char* name)
{
    const auto* preset = findPreset(name);
    if (!preset)
        qFatal("no preset %s", name);
    return preset->policy;
}

Transform view(const char* name, std::uint32_t copy)
{
    return draw(policyOf(name), 1, 2, copy);
}

} // namespace

class PresetsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void names();
    void allAreValid();
    void allDescribeThemselves();
    void allSurviveJson();
    void hflip();
    void d4();
    void crops();
    void multiScale();
    void random();
};

void PresetsTest::names()
{
    const QStringList expected = {QStringLiteral("hflip"), QStringLiteral("d4"),
        QStringLiteral("five_crop"), QStringLiteral("ten_crop"), QStringLiteral("multi_scale"),
        QStringLiteral("tutorial"), QStringLiteral("gentle"), QStringLiteral("keras_full")};
    QStringList names;
    for (const auto& preset : presets()) {
        names << QString::fromStdString(preset.name);
        QVERIFY(findPreset(preset.name) == &preset);
        QCOMPARE(presetName(preset.policy), preset.name);
        auto other = preset.policy;
        other.fillMode = FillMode::Wrap;
        QCOMPARE(presetName(other), std::string());
    }
    QCOMPARE(presetName({}), std::string());
    QCOMPARE(presetName(tutorialPolicy()), std::string("tutorial"));
    QCOMPARE(names, expected);
    QVERIFY(!findPreset("D4"));
    QVERIFY(!findPreset(""));
}

void PresetsTest::allAreValid()
{
    for (const auto& preset : presets()) {
        QVERIFY(preset.policy.validate().empty());
        QVERIFY(!preset.policy.isIdentity());
        QVERIFY(preset.policy.validateFor({3, 32, 32}).empty());
        QCOMPARE(preset.policy.validateFor({3, 32, 48}).empty(), preset.name != "d4");
        QVERIFY(preset.copies >= 1 && preset.copies <= mostCopies(preset.policy));
        if (preset.policy.views)
            QCOMPARE(preset.copies, preset.policy.views->count());
    }
}

void PresetsTest::allDescribeThemselves()
{
    const std::vector<std::pair<std::string, QString>> words = {
        {"hflip", QStringLiteral("2 views: horizontal flip")},
        {"d4", QStringLiteral("8 views: flips × quarter turns")},
        {"five_crop", QStringLiteral("5 views: 5 crops of 87.5 %")},
        {"ten_crop", QStringLiteral("10 views: horizontal flip × 5 crops of 87.5 %")},
        {"multi_scale", QStringLiteral("6 views: horizontal flip × zoom 1, 0.9 and 1.1")},
        {"tutorial", QStringLiteral("horizontal flip")},
        {"gentle", QStringLiteral("horizontal flip, shift ±5 %, zoom 0.95–1.05")},
        {"keras_full",
            QStringLiteral("horizontal flip, vertical flip, rotation ±10°, shift ±10 %, shear ±5°, "
                           "zoom 0.9–1.1 for each axis, brightness 0.8–1.2, ±20 grey levels")},
    };
    for (const auto& [name, expected] : words)
        QCOMPARE(QString::fromStdString(describe(policyOf(name.c_str()))), expected);
    for (const auto& preset : presets()) {
        // Sentences.
        for (const auto& text : {preset.origin, preset.caution}) {
            QVERIFY(text.size() > 20);
            QCOMPARE(text.back(), '.');
        }
        const bool flipsUp = preset.policy.verticalFlip
            || (preset.policy.views && preset.policy.views->quarterTurns);
        QCOMPARE(preset.caution.find("turns a 6 into a 9") != std::string::npos, flipsUp);
    }
}

void PresetsTest::allSurviveJson()
{
    for (const auto& preset : presets())
        QVERIFY(policyFromJson(nlohmann::json::parse(toJson(preset.policy).dump()), preset.name)
            == preset.policy);
}

void PresetsTest::hflip()
{
    QVERIFY(view("hflip", 1).isIdentity());
    QVERIFY(view("hflip", 2) == Transform{.horizontalFlip = true});
    QVERIFY_EXCEPTION_THROWN(view("hflip", 3), Error);
}

void PresetsTest::d4()
{
    std::set<Transform> all;
    for (std::uint32_t copy = 1; copy <= 8; ++copy)
        all.insert(view("d4", copy));
    QCOMPARE(all.size(), std::size_t(8));
    for (const auto& t : all) // moves alone
        QVERIFY((t
            == Transform{.horizontalFlip = t.horizontalFlip,
                .verticalFlip = t.verticalFlip,
                .quarterTurn = t.quarterTurn}));
}

void PresetsTest::crops()
{
    for (std::uint32_t copy = 1; copy <= 5; ++copy) {
        auto crop = view("five_crop", copy);
        QVERIFY(crop.cropFraction == 0.875);
        QVERIFY(view("ten_crop", copy) == crop);
        crop.horizontalFlip = true;
        QVERIFY(view("ten_crop", copy + 5) == crop);
    }
}

void PresetsTest::multiScale()
{
    const std::vector<double> zooms = {1, 0.9, 1.1};
    for (std::uint32_t copy = 1; copy <= 6; ++copy) {
        const double zoom = zooms[(copy - 1) % 3];
        QVERIFY((view("multi_scale", copy)
            == Transform{.horizontalFlip = copy > 3, .zoomX = zoom, .zoomY = zoom}));
    }
}

void PresetsTest::random()
{
    QVERIFY(policyOf("tutorial") == tutorialPolicy());
    QCOMPARE(findPreset("tutorial")->copies, 7);
    for (const char* name : {"tutorial", "gentle", "keras_full"}) {
        QVERIFY(!policyOf(name).views);
        QCOMPARE(mostCopies(policyOf(name)), 1000);
    }
    const auto& gentle = policyOf("gentle");
    QVERIFY((gentle
        == AugmentPolicy{.horizontalFlip = true,
            .widthShiftRange = 0.05,
            .heightShiftRange = 0.05,
            .zoomRange = {0.95, 1.05}}));
    const auto& keras = policyOf("keras_full"); // every random option ImageDataGenerator has
    QVERIFY(keras.horizontalFlip && keras.verticalFlip && keras.zoomIndependentAxes);
    for (const double range : {keras.rotationRange, keras.widthShiftRange, keras.heightShiftRange,
             keras.shearRange, keras.channelShiftRange})
        QVERIFY(range > 0);
    QVERIFY(keras.zoomRange != Range{} && keras.brightnessRange != Range{});
}

QTEST_GUILESS_MAIN(PresetsTest)
#include "tst_presets.moc"
