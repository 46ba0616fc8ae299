// SPDX-License-Identifier: GPL-3.0-or-later
// One image's vote in words: hand-worked votes, and the sentences a reader expects.
#include "core/support/error.h"
#include "core/tta/sentence.h"

#include <QtTest>

#include <array>

using namespace augury;

namespace {

const std::vector<std::string> names{"cat", "dog", "bird"};

using View3 = std::array<float, 3>;
constexpr View3 cat{0.75F, 0.25F, 0};
constexpr View3 dog{0.25F, 0.75F, 0};
constexpr View3 bird{0.125F, 0.125F, 0.75F};
constexpr View3 surelyCat{1, 0, 0};
constexpr View3 barelyDog{0.375F, 0.5F, 0.125F};

/// One image: its original, then its copies.
VoteTable tableOf(std::int32_t label, const std::vector<View3>& views)
{
    VoteTable table;
    table.classes = 3;
    table.copies = static_cast<int>(views.size()) - 1;
    for (const auto& view : views) {
        table.rows.push_back(static_cast<std::uint32_t>(table.rows.size()));
        table.probabilities.insert(table.probabilities.end(), view.begin(), view.end());
    }
    table.labels = {label};
    table.images = {0};
    return table;
}

std::string said(
    std::int32_t label, const std::vector<View3>& views, const VoteOptions& options = {})
{
    const auto table = tableOf(label, views);
    return describeVote(table, 0, table.copies, options, names);
}

VoteOptions majority()
{
    VoteOptions options;
    options.rule = VoteRule::Majority;
    return options;
}

} // namespace

class TestSentence : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sentences_data()
    {
        QTest::addColumn<std::string>("sentence");
        QTest::addColumn<std::string>("expected");
        const auto row = [](const char* name, const std::string& sentence, const char* expected) {
            QTest::newRow(name) << sentence << std::string(expected);
        };
        row("fixes", said(0, {dog, cat, cat, dog, cat, dog, cat, cat}),
            "5 of 7 copies say cat; the original said dog: TTA fixes this image.");
        row("breaks", said(1, {dog, cat, cat, dog, cat}),
            "3 of 4 copies say cat; the original said dog: TTA breaks this image.");
        row("both right", said(0, {cat, cat, cat, dog}),
            "2 of 3 copies say cat, as the original did: both are right.");
        row("both wrong alike", said(2, {cat, cat, cat, cat}),
            "All 3 copies say cat, as the original did: both are wrong, it is labelled bird.");
        row("both wrong differently", said(2, {dog, cat, cat, cat}),
            "All 3 copies say cat; the original said dog: both are wrong, it is labelled bird.");
        row("unlabelled, changed", said(-1, {dog, cat, cat}),
            "Both copies say cat; the original said dog: TTA changes the answer.");
        row("unlabelled, the same", said(-1, {dog, dog, dog, dog}),
            "All 3 copies say dog, as the original did: TTA changes nothing.");
        row("one copy", said(0, {dog, cat}),
            "The only copy says cat; the original said dog: TTA fixes this image.");
        // One sure copy outweighs two doubtful ones: (1 + 0.375 + 0.375) / 3 against 1 / 3.
        row("mean against most copies", said(0, {dog, surelyCat, barelyDog, barelyDog}),
            "2 of 3 copies say dog, but the merged vote is cat; the original said dog: TTA fixes "
            "this image.");
        row("mean against most copies, nothing new",
            said(0, {cat, surelyCat, barelyDog, barelyDog}),
            "2 of 3 copies say dog, but the merged vote is cat, which the original said, too: both "
            "are right.");
        row("hard tie", said(1, {dog, cat, dog, cat, dog}, majority()),
            "A tie between cat and dog, 2 of 4 copies each, goes to dog, which the original said, "
            "too: both are right.");
        row("hard tie of three", said(0, {bird, cat, dog, bird}, majority()),
            "A tie between cat, dog and bird, 1 of 3 copies each, goes to cat; the original said "
            "bird: TTA fixes this image.");
        row("soft tie", said(0, {dog, cat, dog}),
            "A tie between cat and dog goes to cat; the original said dog: TTA fixes this image.");
    }

    void sentences()
    {
        QFETCH(std::string, sentence);
        QFETCH(std::string, expected);
        QCOMPARE(sentence, expected);
    }

    /// Two pairs of classes level, and a fifth class wins by the original's weight.
    void manyClassesTie()
    {
        VoteTable table;
        table.classes = 6;
        table.copies = 5;
        for (int slot = 0; slot <= 5; ++slot) {
            table.rows.push_back(static_cast<std::uint32_t>(slot));
            for (int k = 0; k < 6; ++k)
                table.probabilities.push_back(k == (slot == 0 ? 5 : slot - 1) ? 1.0F : 0.0F);
        }
        table.labels = {5};
        table.images = {0};
        QCOMPARE(describeVote(table, 0, 5, majority(), {}),
            std::string("A tie between 5 classes, 1 of 5 copies each, goes to class 0; the "
                        "original said class 5: TTA breaks this image."));
        VoteOptions blended = majority();
        blended.blend = 0.5; // 0.5 for the original's class, 0.1 for the others
        QCOMPARE(describeVote(table, 0, 5, blended, {}),
            std::string("5 classes have 1 of 5 copies each, but the merged vote is class 5, which "
                        "the original said, too: both are right."));
    }

    void onlyTheOriginal()
    {
        VoteOptions options;
        options.includeOriginal = true;
        const auto table = tableOf(1, {dog, cat, cat});
        QCOMPARE(describeVote(table, 0, 0, options, names),
            std::string("Without copies only the original votes, for dog: right."));
        // Fewer copies than the table has: dog + cat + cat with the original, 1.75 against 1.25.
        QCOMPARE(describeVote(table, 0, 2, options, names),
            std::string("Both copies say cat; the original said dog: TTA breaks this image."));
    }

    /// Of many images it is the asked one's, and what mergeVotes() decides.
    void agreesWithTheMergedTable()
    {
        VoteTable table = tableOf(0, {dog, cat, cat, dog});
        const auto second = tableOf(2, {cat, bird, bird, dog});
        for (const auto row : second.rows)
            table.rows.push_back(row + 4);
        table.probabilities.insert(
            table.probabilities.end(), second.probabilities.begin(), second.probabilities.end());
        table.labels.push_back(2);
        table.images.push_back(1);
        for (const auto rule : {VoteRule::Mean, VoteRule::Majority, VoteRule::GeometricMean}) {
            VoteOptions options;
            options.rule = rule;
            const auto merged = mergeVotes(table, 3, options);
            for (std::size_t image = 0; image < 2; ++image) {
                const auto vote = voteOn(table, image, 3, options);
                QCOMPARE(vote.merged, merged.decisions[image]);
                for (std::size_t k = 0; k < 3; ++k)
                    QCOMPARE(vote.scores[k], merged.scores[image * 3 + k]);
            }
        }
        const auto vote = voteOn(table, 1, 3, {});
        QCOMPARE(vote.counts, (std::vector<int>{0, 1, 2}));
        QCOMPARE(vote.original, 0);
        QCOMPARE(describeVote(table, 1, 3, {}, names),
            std::string("2 of 3 copies say bird; the original said cat: TTA fixes this image."));
    }

    void refusesAsMergingDoes()
    {
        const auto table = tableOf(0, {dog, cat});
        QVERIFY_EXCEPTION_THROWN(describeVote(table, 0, 2, {}, names), Error);
        VoteOptions options;
        options.rule = VoteRule::LogitMean;
        QVERIFY_EXCEPTION_THROWN(describeVote(table, 0, 1, options, names), Error);
    }

    void slotsInWords()
    {
        const auto words = [](std::vector<int> slotList, std::size_t most = 10) {
            return describeSlots(slotList, most);
        };
        QCOMPARE(words({0}), std::string("original"));
        QCOMPARE(words({3}), std::string("copy 3"));
        QCOMPARE(words({2, 4}), std::string("copies 2 and 4 (×2)"));
        QCOMPARE(words({2, 4, 7}), std::string("copies 2, 4 and 7 (×3)"));
        QCOMPARE(words({0, 5}), std::string("original and copy 5"));
        QCOMPARE(words({0, 1, 6}), std::string("original and copies 1 and 6 (×2)"));
        QCOMPARE(words({1, 2, 3, 4, 9}, 4), std::string("copies 1, 2 … 9 (×5)"));
        QCOMPARE(words({1, 2, 3, 9}, 4), std::string("copies 1, 2, 3 and 9 (×4)"));
        QCOMPARE(words({}), std::string());
    }

    void rulesInWords()
    {
        VoteOptions options;
        QCOMPARE(describeRule(options, 7), std::string("mean of 7 copies"));
        QCOMPARE(describeRule(options, 1), std::string("mean of 1 copy"));
        options.includeOriginal = true;
        options.rule = VoteRule::GeometricMean;
        QCOMPARE(
            describeRule(options, 2), std::string("geometric mean of 2 copies and the original"));
        options = majority();
        options.blend = 0.25;
        QCOMPARE(describeRule(options, 7),
            std::string("majority of 7 copies, blended with the original (β 0.25)"));
    }

    void classesWithoutNames()
    {
        QCOMPARE(className(names, 2), std::string("bird"));
        QCOMPARE(className(names, 3), std::string("class 3"));
        QCOMPARE(className({}, 0), std::string("class 0"));
    }
};

QTEST_GUILESS_MAIN(TestSentence)
#include "tst_sentence.moc"
