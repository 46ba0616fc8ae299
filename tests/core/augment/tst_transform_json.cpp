// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/augment_policy.h"
#include "core/augment/policy_json.h"
#include "core/augment/transform_json.h"
#include "every_field.h"

#include <nlohmann/json.hpp>

#include <QtTest>

using namespace augury;
using nlohmann::json;

namespace {

/// No two fields alike, so that none can stand in another's place.
Transform distinctFields()
{
    Transform t;
    t.horizontalFlip = true;
    t.quarterTurn = true;
    t.rotation = -3.25;
    t.shear = 4.5;
    t.shiftX = 0.0625;
    t.shiftY = -0.125;
    t.zoomX = 1.25;
    t.zoomY = 0.75;
    t.cropFraction = 0.875;
    t.cropX = 0.1;
    t.cropY = 0.9;
    t.contrast = 1.1;
    t.brightness = 0.8;
    t.channelShift = -7;
    t.blurSigma = 0.6;
    t.noiseStd = 5;
    t.noise = {18446744073709551615U, 4294967295U, 3};
    t.fillMode = FillMode::Wrap;
    t.fillValue = 200;
    return t;
}

} // namespace

class TransformJsonTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyFieldWithItsValue()
    {
        const auto expected = json::parse(R"({
            "horizontal_flip": true, "vertical_flip": false, "quarter_turn": true,
            "rotation": -3.25, "shear": 4.5, "shift_x": 0.0625, "shift_y": -0.125,
            "zoom_x": 1.25, "zoom_y": 0.75, "crop_fraction": 0.875, "crop_x": 0.1, "crop_y": 0.9,
            "contrast": 1.1, "brightness": 0.8, "channel_shift": -7.0, "blur_sigma": 0.6,
            "noise_std": 5.0,
            "noise": {"seed": 18446744073709551615, "image": 4294967295, "copy": 3},
            "fill_mode": "wrap", "fill_value": 200})");
        const auto actual = toJson(distinctFields());
        QVERIFY2(actual == expected, actual.dump(1).c_str());
        auto vertical = Transform{};
        vertical.verticalFlip = true;
        QCOMPARE(toJson(vertical)["vertical_flip"].get<bool>(), true);
        QCOMPARE(toJson(vertical)["horizontal_flip"].get<bool>(), false);
    }

    /// What a draw can differ in, the document differs in.
    void differentDrawsAreDifferentDocuments()
    {
        const auto policy = testing::everything();
        const auto a = draw(policy, 5, 7, 1);
        QVERIFY(toJson(a) == toJson(draw(policy, 5, 7, 1)));
        QVERIFY(toJson(a) != toJson(draw(policy, 5, 7, 2)));
        QVERIFY(toJson(a)["noise"] == json({{"seed", 5}, {"image", 7}, {"copy", 1}}));
    }
};

QTEST_GUILESS_MAIN(TransformJsonTest)
#include "tst_transform_json.moc"
