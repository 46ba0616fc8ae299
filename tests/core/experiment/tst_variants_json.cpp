// SPDX-License-Identifier: GPL-3.0-or-later
// One image's document and table of votes, against what the votes themselves say.
#include "core/augment/transform_json.h"
#include "core/experiment/variants_json.h"
#include "core/support/error.h"
#include "core/tta/sentence.h"
#include "core/tta/uncertainty.h"
#include "tests/support/fake_classifier.h"
#include "tests/support/made_images.h"

#include <nlohmann/json.hpp>

#include <QtTest>

using namespace augury;
using namespace augury::testing;
using nlohmann::json;

namespace {

constexpr Shape shape{3, 6, 6};
const std::vector<std::string> names = {"cat", "dog, small", "the \"third\""}; // class 3 has none

AugmentPolicy flipsAndShifts()
{
    AugmentPolicy policy;
    policy.horizontalFlip = true;
    policy.widthShiftRange = 0.2;
    policy.heightShiftRange = 0.2;
    return policy;
}

AugmentPolicy flips()
{
    AugmentPolicy policy;
    policy.horizontalFlip = true;
    return policy;
}

ImageVariants made(const AugmentPolicy& policy, bool withVotes = true)
{
    const auto split = wholeSplit(noiseImages(9, shape, 4));
    FakeClassifier classifier(shape, 4);
    return variantsOf(withVotes ? &classifier : nullptr, split, 5, {policy, 6, 3, 1});
}

/// A reader of RFC 4180 of its own: quotes protect commas and line ends, doubled they are quotes.
std::vector<std::vector<std::string>> cellsOf(const std::string& csv)
{
    std::vector<std::vector<std::string>> lines(1, std::vector<std::string>(1));
    bool quoted = false;
    for (std::size_t i = 0; i < csv.size(); ++i) {
        const char c = csv[i];
        if (quoted && c == '"' && i + 1 < csv.size() && csv[i + 1] == '"') {
            lines.back().back() += '"';
            ++i;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (!quoted && c == ',') {
            lines.back().emplace_back();
        } else if (!quoted && c == '\n') {
            lines.emplace_back(1);
        } else {
            lines.back().back() += c;
        }
    }
    lines.pop_back(); // after the last line end
    return lines;
}

std::vector<float> floats(std::span<const float> values)
{
    return {values.begin(), values.end()};
}

} // namespace

class VariantsJsonTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theDocumentSaysHowTheViewsVoted()
    {
        const auto variants = made(flipsAndShifts());
        VoteOptions options;
        options.rule = VoteRule::GeometricMean;
        options.includeOriginal = true;
        const auto document = toJson(variants, 6, options, names, 1);
        const auto votes = mergeVotes(variants.table, 6, options);
        const auto u = uncertainties(variants.table, 6, true).front();
        QCOMPARE(document["label"].get<std::string>(), names[1]);
        QVERIFY(document["classes"] == json({"cat", "dog, small", "the \"third\"", "class 3"}));
        QCOMPARE(document["merged"].get<std::string>(),
            className(names, votes.decisions.front().predicted));
        QCOMPARE(document["baseline"].get<std::string>(),
            className(names, decisionOf(variants.table.view(0, 0)).predicted));
        QCOMPARE(document["tied"].get<bool>(), votes.decisions.front().tied);
        QCOMPARE(document["copies"].get<int>(), 6);
        QVERIFY(document["vote"]
            == json({{"rule", "geometric_mean"}, {"include_original", true}, {"blend", 0.0},
                {"temperature", 0.5}, {"gamma", 1.0}, {"weights", json::array()}}));
        QVERIFY(document["scores"] == json(votes.scores));
        QVERIFY(document["baseline_probabilities"] == json(floats(variants.table.view(0, 0))));
        QVERIFY(document["counts"] == json(voteCounts(variants.table, 0, 6, true)));
        QCOMPARE(document["agreement"].get<double>(), u.agreement);
        QCOMPARE(document["predictive_entropy"].get<double>(), u.predictiveEntropy);
        QCOMPARE(document["expected_entropy"].get<double>(), u.expectedEntropy);
        QCOMPARE(document["mutual_information"].get<double>(), u.mutualInformation);
        auto table = variants.table;
        table.labels = {1};
        QCOMPARE(
            document["sentence"].get<std::string>(), describeVote(table, 0, 6, options, names));
        QCOMPARE(document["views"].size(), variants.variants.size());
        for (std::size_t v = 0; v < variants.variants.size(); ++v) {
            const auto& view = document["views"][v];
            const auto& variant = variants.variants[v];
            const auto p = variants.table.view(0, variant.slots.front());
            QVERIFY(view["slots"] == json(variant.slots));
            QVERIFY(view["transform"] == toJson(variant.transform));
            QCOMPARE(view["words"].get<std::string>(), describe(variant.transform, shape));
            QCOMPARE(
                view["predicted"].get<std::string>(), className(names, decisionOf(p).predicted));
            QVERIFY(view["probabilities"] == json(floats(p)));
        }
        QVERIFY(json::parse(document.dump()) == document);
    }

    void onlyTheCopiesThatVoteAreTold()
    {
        const auto variants = made(flipsAndShifts());
        const auto two = toJson(variants, 2, {}, names, -1);
        QVERIFY(two["label"].is_null());
        std::vector<int> slots;
        for (const auto& view : two["views"])
            for (const auto& slot : view["slots"])
                slots.push_back(slot.get<int>());
        std::sort(slots.begin(), slots.end());
        QVERIFY(slots == (std::vector<int>{0, 1, 2}));
        QCOMPARE(two["counts"].get<std::vector<int>>(), voteCounts(variants.table, 0, 2));
        QVERIFY(two["scores"] == json(mergeVotes(variants.table, 2, {}).scores));
        QCOMPARE(cellsOf(variantsCsv(variants, 2, names, -1)).size(), std::size_t(4));
        QVERIFY_EXCEPTION_THROWN(toJson(variants, 7, {}, names, -1), Error);
    }

    void withoutCopiesTheOriginalIsTold()
    {
        VoteOptions options;
        options.blend = 1;
        const auto document = toJson(made(flips()), 0, options, names, 0);
        QCOMPARE(document["views"].size(), std::size_t(1));
        QCOMPARE(document["agreement"].get<double>(), 1.0);
        QCOMPARE(document["merged"], document["baseline"]);
    }

    void withoutVotesThePicturesAlone()
    {
        const auto variants = made(flips(), false);
        const auto document = toJson(variants, 6, {}, names, 0);
        QCOMPARE(document.size(), std::size_t(2));
        QCOMPARE(document["label"].get<std::string>(), std::string("cat"));
        for (const auto& view : document["views"]) {
            QCOMPARE(view.size(), std::size_t(3));
            QVERIFY(view.contains("slots") && view.contains("transform") && view.contains("words"));
        }
        const auto lines = cellsOf(variantsCsv(variants, 6, names, 0));
        QCOMPARE(lines.size(), std::size_t(8));
        for (const auto& line : lines)
            QCOMPARE(line.size(), std::size_t(5));
        QCOMPARE(lines[1], (std::vector<std::string>{"0", "original", "", "", ""}));
    }

    void theTableHasALineASlot()
    {
        const auto variants = made(flips()); // two distinct views, so slots share them
        QCOMPARE(variants.variants.size(), std::size_t(2));
        const auto lines = cellsOf(variantsCsv(variants, 6, names, 2));
        QCOMPARE(lines.size(), std::size_t(8));
        QCOMPARE(lines[0],
            (std::vector<std::string>{"slot", "words", "predicted", "confidence", "right", "cat",
                "dog, small", "the \"third\"", "class 3"}));
        for (int slot = 0; slot <= 6; ++slot) {
            const auto& line = lines[static_cast<std::size_t>(slot) + 1];
            const auto p = variants.table.view(0, slot);
            const auto predicted = decisionOf(p).predicted;
            QCOMPARE(line.size(), std::size_t(9));
            QCOMPARE(line[0], std::to_string(slot));
            const auto transform =
                slot == 0 ? Transform{} : draw(flips(), 3, 5, static_cast<std::uint32_t>(slot));
            QCOMPARE(line[1], describe(transform, shape));
            QCOMPARE(line[2], className(names, predicted));
            QCOMPARE(std::stof(line[3]), p[static_cast<std::size_t>(predicted)]);
            QCOMPARE(line[4], std::string(predicted == 2 ? "1" : "0"));
            for (std::size_t k = 0; k < 4; ++k)
                QCOMPARE(std::stof(line[5 + k]), p[k]); // the very same float
        }
        const auto unlabelled = cellsOf(variantsCsv(variants, 6, names, -1));
        QCOMPARE(unlabelled[3][4], std::string());
        QCOMPARE(unlabelled[3][2], lines[3][2]);
    }

    void wordsWithCommasAreQuoted()
    {
        const auto variants = made(flipsAndShifts());
        const auto csv = variantsCsv(variants, 6, names, 2);
        const auto lines = cellsOf(csv);
        QVERIFY(std::any_of(variants.variants.begin(), variants.variants.end(), [](const auto& v) {
            return describe(v.transform, shape).find(',') != std::string::npos;
        }));
        for (const auto& line : lines)
            QCOMPARE(line.size(), std::size_t(9));
        QVERIFY(csv.find("\"the \"\"third\"\"\"") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(VariantsJsonTest)
#include "tst_variants_json.moc"
