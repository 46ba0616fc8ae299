// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/policy_json.h"
#include "core/augment/transform_json.h"
#include "tests/core/augment/every_field.h"

#include <QtTest>

#include <nlohmann/json.hpp>

#include <limits>

using namespace augury;
using nlohmann::json;

namespace {

AugmentPolicy policyOf(std::vector<Transform> list)
{
    AugmentPolicy policy;
    policy.views.emplace().list = std::move(list);
    return policy;
}

/// What is wrong, as "field message; …".
std::string problemsOf(const AugmentPolicy& policy)
{
    std::string text;
    for (const auto& problem : policy.validate())
        text += problem.field + " " + problem.message + "; ";
    return text;
}

std::string errorOf(const json& object)
{
    try {
        policyFromJson(object, "mine.json");
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

bool has(const std::string& text, const char* part)
{
    return text.find(part) != std::string::npos;
}

/// Whatever a policy can draw, but for noise.
std::vector<Transform> drawnViews()
{
    auto policy = testing::everything();
    policy.noiseStd = 0;
    std::vector<Transform> views;
    for (std::uint32_t copy = 1; copy <= 300; ++copy)
        views.push_back(draw(policy, 5, 0, copy));
    return views;
}

} // namespace

class ViewListTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isDrawnInItsOrder();
    void describesItself();
    void comesBackFromJson();
    void byHand();
    void refusesWrongViews_data();
    void refusesWrongViews();
    void refusesWhatIsBesideIt();
    void refusesWrongJson();
};

void ViewListTest::isDrawnInItsOrder()
{
    const Transform flip{.horizontalFlip = true};
    const Transform turned{.rotation = 10};
    const auto policy = policyOf({{}, flip, turned, flip});
    QVERIFY(policy.validate().empty());
    QCOMPARE(mostCopies(policy), 4);
    QVERIFY(!policy.isIdentity());
    for (const std::uint64_t seed : {1, 9})
        for (const std::uint32_t image : {0U, 4711U}) {
            QVERIFY(draw(policy, seed, image, 1).isIdentity());
            QVERIFY(draw(policy, seed, image, 2) == flip);
            QVERIFY(draw(policy, seed, image, 3) == turned);
            QVERIFY(draw(policy, seed, image, 4) == flip); // as often as it is named
        }
    QVERIFY_EXCEPTION_THROWN(draw(policy, 1, 0, 5), Error);
    QVERIFY_EXCEPTION_THROWN(policy.views->view(4), Error);
    QVERIFY_EXCEPTION_THROWN(policy.views->view(-1), Error);
    QVERIFY(policyOf({{}}).isIdentity());
    // Quarter turns need square images, in a list as everywhere.
    const auto quarter = policyOf({{.quarterTurn = true}});
    QVERIFY(quarter.validateFor({3, 8, 8}).empty());
    QVERIFY(!quarter.validateFor({3, 8, 9}).empty());
    QVERIFY(policy.validateFor({3, 8, 9}).empty());
}

void ViewListTest::describesItself()
{
    const Transform flip{.horizontalFlip = true};
    const auto one = describe(policyOf({flip}));
    const auto three = describe(policyOf({flip, {}, flip}));
    QVERIFY2(has(one, "1 ") || has(one, "flip"), one.c_str());
    QVERIFY2(has(three, "3"), three.c_str());
    QVERIFY(one != three);
}

void ViewListTest::comesBackFromJson()
{
    const auto views = drawnViews();
    const auto policy = policyOf(views);
    QVERIFY2(policy.validate().empty(), problemsOf(policy).c_str());
    const auto text = toJson(policy).dump();
    QVERIFY(policyFromJson(json::parse(text), "x") == policy); // to the last bit
    // Each by itself; and what is neutral is left out.
    for (const auto& view : views)
        QVERIFY(transformFromJson(json::parse(shortJson(view).dump()), "x") == view);
    QCOMPARE(shortJson(Transform{}).size(), std::size_t(0));
    QCOMPARE(shortJson({.rotation = 5}).dump(), std::string(R"({"rotation":5.0})"));
}

void ViewListTest::byHand()
{
    const auto policy = policyFromJson(json::parse(R"({"views": {"list": [
        {}, {"horizontal_flip": true}, {"shift_x": -0.0625, "fill_mode": "reflect"},
        {"horizontal_flip": true}]}})"),
        "mine.json");
    QVERIFY(policy
        == policyOf({{}, {.horizontalFlip = true},
            {.shiftX = -0.0625, .fillMode = FillMode::Reflect}, {.horizontalFlip = true}}));
}

void ViewListTest::refusesWrongViews_data()
{
    QTest::addColumn<QByteArray>("view");
    QTest::addColumn<QByteArray>("field");
    const auto row = [](const char* view, const char* field) {
        QTest::newRow(view) << QByteArray(view) << QByteArray(field);
    };
    row(R"({"rotation": 361})", "rotation");
    row(R"({"shear": -90})", "shear");
    row(R"({"shift_x": 1.5})", "shift_x");
    row(R"({"shift_y": -1.01})", "shift_y");
    row(R"({"zoom_x": 0})", "zoom_x");
    row(R"({"zoom_y": 101})", "zoom_y");
    row(R"({"crop_fraction": 0})", "crop_fraction");
    row(R"({"crop_fraction": 0.5, "crop_x": 1.1})", "crop_x");
    row(R"({"crop_fraction": 0.5, "crop_y": -0.1})", "crop_y");
    row(R"({"contrast": -1})", "contrast");
    row(R"({"brightness": 101})", "brightness");
    row(R"({"channel_shift": 256})", "channel_shift");
    row(R"({"blur_sigma": 51})", "blur_sigma");
    row(R"({"noise_std": 2})", "noise_std");
    row(R"({"fill_mode": "reflect"})", "views.list[2]");
    row(R"({"fill_value": 9})", "views.list[2]");
    row(R"({"noise": {"seed": 3, "image": 0, "copy": 1}})", "views.list[2]");
}

/// Of a list of two the second: the problem says which, and of what.
void ViewListTest::refusesWrongViews()
{
    QFETCH(QByteArray, view);
    QFETCH(QByteArray, field);
    const auto wrong = json::parse(view.toStdString());
    const auto message = errorOf({{"views", {{"list", json::array({json::object(), wrong})}}}});
    QVERIFY2(has(message, "mine.json"), message.c_str());
    QVERIFY2(has(message, "views.list[2]"), message.c_str());
    QVERIFY2(has(message, field.constData()), message.c_str());
}

void ViewListTest::refusesWhatIsBesideIt()
{
    auto policy = policyOf({{}, {.horizontalFlip = true}});
    policy.horizontalFlip = true; // a random field
    QVERIFY(!policy.validate().empty());
    policy = policyOf({{}});
    policy.views->quarterTurns = true; // a set
    QVERIFY2(has(problemsOf(policy), "views.list must be alone"), problemsOf(policy).c_str());
    policy = policyOf({{}});
    policy.views->scales = {1, 0.9};
    QVERIFY(has(problemsOf(policy), "views.list must be alone"));
    policy = policyOf(std::vector<Transform>(1000));
    QVERIFY(policy.validate().empty());
    policy = policyOf(std::vector<Transform>(1001));
    QVERIFY(has(problemsOf(policy), "at most 1000 views"));
    // Not a number is no number in any range.
    policy = policyOf({{.rotation = std::numeric_limits<double>::quiet_NaN()}});
    QVERIFY(has(problemsOf(policy), "views.list[1].rotation"));
}

void ViewListTest::refusesWrongJson()
{
    const auto listed = [](const json& list) { return errorOf({{"views", {{"list", list}}}}); };
    QVERIFY(has(listed(json::array()), "at least one view"));
    QVERIFY(has(listed("flip"), "list"));
    QVERIFY(has(listed(json::array({1})), "list[1]"));
    QVERIFY(has(listed(json::array({{{"rotation", "far"}}})), "rotation"));
    QVERIFY(has(listed(json::array({{{"rotated", 3}}})), "rotated"));
    // Every problem at once.
    const auto both = listed(json::array({{{"rotation", true}}, {{"zoom", 3}}}));
    QVERIFY2(has(both, "list[1]") && has(both, "list[2]"), both.c_str());
}

QTEST_GUILESS_MAIN(ViewListTest)
#include "tst_view_list.moc"
