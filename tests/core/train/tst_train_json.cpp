// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/support/json_fields.h"
#include "core/train/train_json.h"

#include <QtTest>

using namespace augury;
using nlohmann::json;

namespace {

std::vector<Problem> read(const json& object, TrainSettings& settings)
{
    JsonFields fields(object, "training settings");
    readTrainSettings(fields, settings);
    fields.refuseUnknown();
    return fields.problems();
}

TrainSettings settingsWithPolicy()
{
    TrainSettings settings;
    settings.epochs = 7;
    settings.seed = 99;
    settings.device = "cuda:1";
    settings.normalisation = NormalisationKind::Standardise;
    settings.policy.horizontalFlip = true;
    settings.policy.cropFraction = {0.8, 1};
    settings.policy.fillMode = FillMode::Constant;
    return settings;
}

} // namespace

class TrainJsonTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void comesBackTheSame()
    {
        for (const auto& settings : {TrainSettings{}, settingsWithPolicy()}) {
            TrainSettings back;
            QVERIFY(read(json::parse(toJson(settings).dump()), back).empty());
            QVERIFY(back == settings);
        }
    }

    void noPolicyIsNotWritten()
    {
        QVERIFY(!toJson(TrainSettings{}).contains("train_policy"));
        QCOMPARE(toJson(settingsWithPolicy())["train_policy"]["horizontal_flip"].get<bool>(), true);
    }

    void nullIsNoPolicyAndMissingKeepsIt()
    {
        auto settings = settingsWithPolicy();
        QVERIFY(read(json::object(), settings).empty());
        QVERIFY(settings == settingsWithPolicy());
        QVERIFY(read(json{{"train_policy", nullptr}}, settings).empty());
        QVERIFY(settings.policy == AugmentPolicy{});
        QCOMPARE(settings.epochs, 7);
    }

    void wrongPoliciesAreProblems()
    {
        for (const auto& wrong : {json(3), json{{"rotation_range", 999}}, json{{"hflip", true}}}) {
            TrainSettings settings;
            const auto problems = read(json{{"epochs", "x"}, {"train_policy", wrong}}, settings);
            QCOMPARE(problems.size(), std::size_t(2));
            QCOMPARE(problems[0].field, std::string("epochs"));
            QCOMPARE(problems[1].field, std::string("train_policy"));
        }
        TrainSettings settings;
        const auto unknown = read(json{{"train_policy", {{"hflip", true}}}}, settings);
        QVERIFY(unknown.at(0).message.find("horizontal_flip") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TrainJsonTest)
#include "tst_train_json.moc"
