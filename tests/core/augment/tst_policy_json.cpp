// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/policy_json.h"

#include <QTemporaryDir>
#include <QtTest>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

using namespace augury;
using nlohmann::json;

namespace {

AugmentPolicy unusual()
{
    AugmentPolicy policy;
    policy.horizontalFlip = true;
    policy.verticalFlip = true;
    policy.rotate90 = true;
    policy.rotationRange = 12.3456789012345;
    policy.shearRange = 7.25;
    policy.cropFraction = {0.6, 0.95};
    policy.brightnessRange = {0.5, 1.75};
    policy.contrastRange = {0.25, 2};
    policy.channelShiftRange = 33.5;
    policy.noiseStd = 4.5;
    policy.blurSigma = {0.1, 1.1};
    policy.widthShiftRange = 0.1;
    policy.heightShiftRange = 1.0 / 3;
    policy.zoomRange = {0.7, 1.9};
    policy.zoomIndependentAxes = true;
    policy.fillMode = FillMode::Constant;
    policy.fillValue = 255;
    return policy;
}

AugmentPolicy listed()
{
    AugmentPolicy policy;
    policy.views = ViewSets{.horizontalFlip = true,
        .verticalFlip = true,
        .quarterTurns = true,
        .scales = {1, 0.9, 1.0 / 3},
        .crops = CropViews::Five,
        .cropFraction = 0.8,
        .brightness = {1, 1.25}};
    policy.fillMode = FillMode::Reflect;
    return policy;
}

template <typename F> QString errorOf(const F& function)
{
    try {
        function();
    } catch (const Error& error) {
        return QString::fromStdString(error.what());
    }
    return QStringLiteral("(no error)");
}

QString errorOf(const char* text)
{
    return errorOf([&] { policyFromJson(json::parse(text), "p.json"); });
}

} // namespace

class PolicyJsonTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void roundTrip();
    void names();
    void missingFieldsKeepTheirDefault();
    void wrongValues_data();
    void wrongValues();
    void listsEveryProblem();
    void fillModes();
    void files();
};

void PolicyJsonTest::roundTrip()
{
    for (const auto& policy : {AugmentPolicy{}, tutorialPolicy(), unusual(), listed(),
             AugmentPolicy{.views = ViewSets{}}}) {
        const auto text = toJson(policy).dump();
        QVERIFY(policyFromJson(json::parse(text), "test") == policy);
    }
}

void PolicyJsonTest::names()
{
    QVERIFY(toJson(unusual()) == json::parse(R"({
        "horizontal_flip": true, "vertical_flip": true, "rotate90": true,
        "rotation_range": 12.3456789012345,
        "width_shift_range": 0.1, "height_shift_range": 0.3333333333333333, "shear_range": 7.25,
        "zoom_range": [0.7, 1.9], "zoom_independent_axes": true, "crop_fraction": [0.6, 0.95],
        "brightness_range": [0.5, 1.75], "contrast_range": [0.25, 2.0],
        "channel_shift_range": 33.5, "noise_std": 4.5, "blur_sigma": [0.1, 1.1],
        "fill_mode": "constant", "fill_value": 255})"));
    QVERIFY(!toJson(unusual()).contains("views")); // as files without them always were
    QVERIFY(toJson(listed())["views"] == json::parse(R"({
        "horizontal_flip": true, "vertical_flip": true, "quarter_turns": true,
        "scales": [1.0, 0.9, 0.3333333333333333], "crops": "five", "crop_fraction": 0.8,
        "brightness": [1.0, 1.25]})"));
}

void PolicyJsonTest::missingFieldsKeepTheirDefault()
{
    QVERIFY(policyFromJson(json::parse("{}"), "test") == AugmentPolicy{});
    QVERIFY(
        policyFromJson(json::parse(R"({"horizontal_flip": true})"), "test") == tutorialPolicy());
    QVERIFY(policyFromJson(json::parse(R"({"fill_value": 7.0, "rotation_range": 3})"), "test")
        == (AugmentPolicy{.rotationRange = 3, .fillValue = 7}));
    QVERIFY(policyFromJson(json::parse(R"({"views": null, "noise_std": 2})"), "test")
        == (AugmentPolicy{.noiseStd = 2}));
    QVERIFY(policyFromJson(json::parse(R"({"views": {}})"), "test")
        == (AugmentPolicy{.views = ViewSets{}}));
    QVERIFY(
        policyFromJson(json::parse(R"({"views": {"crops": "centre", "scales": [1, 2]}})"), "test")
        == (AugmentPolicy{.views = ViewSets{.scales = {1, 2}, .crops = CropViews::Centre}}));
    // A file of the time before there were more fields.
    QVERIFY(policyFromJson(json::parse(R"({"horizontal_flip": true, "vertical_flip": false,
        "rotation_range": 0.0, "width_shift_range": 0.0, "height_shift_range": 0.0,
        "zoom_range": [1.0, 1.0], "zoom_independent_axes": false, "fill_mode": "nearest",
        "fill_value": 0})"),
                "test")
        == tutorialPolicy());
}

void PolicyJsonTest::wrongValues_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("message");
    const auto row = [](const char* text, const char* message) {
        QTest::newRow(text) << QByteArray(text) << QString::fromUtf8(message);
    };
    row(R"({"horizontal_flip": 1})", "p.json: horizontal_flip must be true or false, but is 1.");
    row(R"({"vertical_flip": "yes"})",
        R"(p.json: vertical_flip must be true or false, but is "yes".)");
    row(R"({"rotation_range": "10"})", R"(p.json: rotation_range must be a number, but is "10".)");
    row(R"({"rotation_range": null})", "p.json: rotation_range must be a number, but is null.");
    row(R"({"rotation_range": 181})",
        "p.json: rotation_range must be 0 to 180 degrees, but is 181.");
    row(R"({"rotation_range": 1e300})",
        "p.json: rotation_range must be 0 to 180 degrees, but is 1e+300.");
    row(R"({"zoom_range": 0.2})",
        "p.json: zoom_range must be [low, high], two numbers, but is 0.2.");
    row(R"({"zoom_range": [1]})",
        "p.json: zoom_range must be [low, high], two numbers, but is [1].");
    row(R"({"zoom_range": [1, "2"]})",
        R"(p.json: zoom_range must be [low, high], two numbers, but is [1,"2"].)");
    row(R"({"zoom_range": [2, 1]})",
        "p.json: zoom_range must be [low, high] with 0.01 ≤ low ≤ high ≤ 100, but is [2, 1].");
    row(R"({"fill_mode": "mirror"})",
        R"(p.json: fill_mode must be nearest, constant, reflect or wrap, but is "mirror".)");
    row(R"({"fill_mode": 2})", "p.json: fill_mode must be a text, but is 2.");
    row(R"({"fill_value": 256})",
        "p.json: fill_value must be a whole number from 0 to 255, but is 256.");
    row(R"({"fill_value": 1.5})",
        "p.json: fill_value must be a whole number from 0 to 255, but is 1.5.");
    row(R"({"fill_value": 18446744073709551615})",
        "p.json: fill_value must be a whole number from 0 to 255, but is 1.8446744073709552e+19.");
    row(R"({"fill_value": []})", "p.json: fill_value must be a whole number, but is [].");
    row(R"({"rotaton_range": 3})",
        "p.json: rotaton_range is not a field of a policy (the nearest is rotation_range).");
    row(R"({"hflip": true})",
        "p.json: hflip is not a field of a policy (the nearest is horizontal_flip).");
    row(R"({"width_shift": 0.1})",
        "p.json: width_shift is not a field of a policy (the nearest is width_shift_range).");
    row(R"({"rotate90": 1})", "p.json: rotate90 must be true or false, but is 1.");
    row(R"({"shear_range": 90})", "p.json: shear_range must be 0 to 89 degrees, but is 90.");
    row(R"({"shear_range": []})", "p.json: shear_range must be a number, but is [].");
    row(R"({"crop_fraction": 0.8})",
        "p.json: crop_fraction must be [low, high], two numbers, but is 0.8.");
    row(R"({"crop_fraction": [0, 1]})",
        "p.json: crop_fraction must be [low, high] with 0.01 ≤ low ≤ high ≤ 1, but is [0, 1].");
    row(R"({"brightness_range": [-1, 1]})",
        "p.json: brightness_range must be [low, high] with 0 ≤ low ≤ high ≤ 100, but is [-1, 1].");
    row(R"({"contrast_range": [1, 1000]})",
        "p.json: contrast_range must be [low, high] with 0 ≤ low ≤ high ≤ 100, but is [1, 1000].");
    row(R"({"channel_shift_range": 256})",
        "p.json: channel_shift_range must be 0 to 255 grey levels, but is 256.");
    row(R"({"noise_std": -1})", "p.json: noise_std must be 0 to 255 grey levels, but is -1.");
    row(R"({"blur_sigma": [1, 60]})",
        "p.json: blur_sigma must be [low, high] with 0 ≤ low ≤ high ≤ 50, but is [1, 60].");
    row(R"({"brightness": [1, 2]})",
        "p.json: brightness is not a field of a policy (the nearest is brightness_range).");
    row(R"({"noise": 2})", "p.json: noise is not a field of a policy (the nearest is noise_std).");
    row(R"({"views": 3})", "p.json: views must be an object or null, but is 3.");
    row(R"({"views": []})", "p.json: views must be an object or null, but is [].");
    row(R"({"views": {"scale": [1]}})",
        "p.json: views.scale is not a field of views (the nearest is scales).");
    row(R"({"views": {"horizontal": true}})",
        "p.json: views.horizontal is not a field of views (the nearest is horizontal_flip).");
    row(R"({"views": {"quarter_turns": 4}})",
        "p.json: views.quarter_turns must be true or false, but is 4.");
    row(R"({"views": {"scales": 1}})", "p.json: views.scales must be a list of numbers, but is 1.");
    row(R"({"views": {"scales": [1, "2"]}})",
        R"(p.json: views.scales must be a list of numbers, but is [1,"2"].)");
    row(R"({"views": {"scales": []}})",
        "p.json: views.scales must list at least one factor, such as [1].");
    row(R"({"views": {"brightness": [1, 1]}})",
        "p.json: views.brightness must be distinct, but 1 is there twice.");
    row(R"({"views": {"crops": "ten"}})",
        R"(p.json: views.crops must be keep, centre or five, but is "ten".)");
    row(R"({"views": {"crops": "five", "crop_fraction": 1}})",
        "p.json: views.crop_fraction must be at least 0.01 and below 1, but is 1.");
    row(R"({"views": {"crop_fraction": [0.8, 1]}})",
        "p.json: views.crop_fraction must be a number, but is [0.8,1].");
    row(R"({"views": {}, "noise_std": 3})",
        "p.json: noise_std must be off with views, which are a fixed list.");
    row("[]",
        R"(p.json: an augmentation policy must be a JSON object such as {"horizontal_flip": true}, not an array.)");
    row("null",
        R"(p.json: an augmentation policy must be a JSON object such as {"horizontal_flip": true}, not a null.)");
}

void PolicyJsonTest::wrongValues()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, message);
    QCOMPARE(errorOf(text.constData()), message);
}

void PolicyJsonTest::listsEveryProblem()
{
    const auto message = errorOf(R"({"horizontal_flip": 3, "rotation_range": -1, "zoom_range": "x",
        "fill_mode": "none", "fill_value": -1, "colour": 2})");
    for (const char* field : {"horizontal_flip must", "rotation_range must", "zoom_range must",
             "fill_mode must", "fill_value must", "colour is not"})
        QVERIFY2(message.contains(QLatin1String(field)), qPrintable(message));
    QCOMPARE(message.count(QLatin1Char(';')), 5);

    const auto all = errorOf(R"({"rotate90": 3, "shear_range": -1, "crop_fraction": [2, 3],
        "brightness_range": "x", "contrast_range": [2, 1], "channel_shift_range": null,
        "noise_std": 300, "blur_sigma": 1, "views": {"horizontal_flip": 1, "vertical_flip": 1,
        "quarter_turns": 1, "scales": [0], "crops": 5, "crop_fraction": "x", "brightness": {},
        "zoom": 1}})");
    for (const char* field : {"rotate90 must be true", "shear_range must be 0 to 89",
             "shear_range must be off", "crop_fraction must be [low", "crop_fraction must be off",
             "brightness_range must", "contrast_range must be [low", "contrast_range must be off",
             "channel_shift_range must", "noise_std must be 0 to 255", "noise_std must be off",
             "blur_sigma must", "views.horizontal_flip must", "views.vertical_flip must",
             "views.quarter_turns must", "views.scales must", "views.crops must",
             "views.crop_fraction must", "views.brightness must", "views.zoom is not"})
        QVERIFY2(all.contains(QLatin1String(field)), qPrintable(all));
    QCOMPARE(all.count(QLatin1Char(';')), 19);
}

void PolicyJsonTest::fillModes()
{
    const std::vector<std::pair<FillMode, std::string>> all = {{FillMode::Nearest, "nearest"},
        {FillMode::Constant, "constant"}, {FillMode::Reflect, "reflect"}, {FillMode::Wrap, "wrap"}};
    for (const auto& [mode, name] : all) {
        QCOMPARE(std::string(toString(mode)), name);
        QVERIFY(fillModeFromString(name) == mode);
    }
    QCOMPARE(errorOf([] { fillModeFromString("Nearest"); }),
        QStringLiteral("\"Nearest\" is not a fill mode: choose nearest, constant, reflect or "
                       "wrap."));
    for (const auto& [crops, name] : {std::pair(CropViews::Keep, "keep"),
             std::pair(CropViews::Centre, "centre"), std::pair(CropViews::Five, "five")}) {
        QCOMPARE(std::string(toString(crops)), std::string(name));
        QVERIFY(cropViewsFromString(name) == crops);
    }
    QCOMPARE(errorOf([] { cropViewsFromString("center"); }),
        QStringLiteral("\"center\" is not a choice of crops: choose keep, centre or five."));
}

void PolicyJsonTest::files()
{
    const QTemporaryDir folder;
    const auto write = [&](const char* name, const std::string& text) {
        const auto path = std::filesystem::path(folder.path().toStdString()) / name;
        std::ofstream(path, std::ios::binary) << text;
        return path;
    };
    QVERIFY(readPolicyFile(write("good.json", toJson(unusual()).dump(2))) == unusual());

    const auto errorFor = [](const std::filesystem::path& path) {
        const auto message = errorOf([&] { readPolicyFile(path); });
        // Every message names the file.
        return message.contains(QString::fromStdString(path.string())) ? message : QString();
    };
    QVERIFY(errorFor(write("none.json", "") / "x").contains(QStringLiteral("Could not read")));
    QVERIFY(errorFor(folder.path().toStdString() + "/missing.json")
                .contains(QStringLiteral("No such file")));
    QVERIFY(errorFor(folder.path().toStdString()).contains(QStringLiteral("it is a folder")));
    QVERIFY(errorFor(write("empty.json", "")).contains(QStringLiteral("not JSON")));
    QVERIFY(errorFor(write("cut.json", R"({"horizontal_flip": tr)"))
                .contains(QStringLiteral("not JSON (byte 23)")));
    QVERIFY(errorFor(write("utf8.json", "{\"\xff\": 1}")).contains(QStringLiteral("not JSON")));
    QVERIFY(errorFor(write("huge.json", R"({"rotation_range": 1e999})"))
                .contains(QStringLiteral("not JSON")));
    QVERIFY(errorFor(write("long.json", std::string((1 << 20) + 1, ' ')))
                .contains(QStringLiteral("too many")));
    QVERIFY(errorFor(write("wrong.json", R"({"fill_value": 999})"))
                .contains(QStringLiteral("fill_value")));
}

QTEST_GUILESS_MAIN(PolicyJsonTest)
#include "tst_policy_json.moc"
