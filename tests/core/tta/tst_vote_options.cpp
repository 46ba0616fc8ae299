// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tta/vote.h"
#include "tests/core/tta/vote_tables.h"

#include <QtTest>

using namespace augury;
using namespace augury::test;

class VoteOptionsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void names();
    void validates();
    void logitRulesNeedLogits();
    void learnedNeedsAWeightAView();
    void learnedPerClassNeedsAWeightAViewAndClass();
};

void VoteOptionsTest::names()
{
    const std::vector<const char*> names = {"mean", "geometric_mean", "logit_mean", "harmonic_mean",
        "max", "min", "majority", "rank", "sharpened_mean", "confidence_weighted",
        "entropy_weighted", "learned", "learned_per_class"};
    QCOMPARE(allVoteRules().size(), names.size());
    for (std::size_t i = 0; i < names.size(); ++i) {
        QCOMPARE(toString(allVoteRules()[i]), names[i]);
        QVERIFY(voteRuleFromString(names[i]) == allVoteRules()[i]);
    }
    try {
        voteRuleFromString("average");
        QFAIL("accepted");
    } catch (const Error& error) {
        QCOMPARE(error.what(),
            "\"average\" is not a vote rule: choose mean, geometric_mean, logit_mean, "
            "harmonic_mean, max, min, majority, rank, sharpened_mean, confidence_weighted, "
            "entropy_weighted, learned or learned_per_class.");
    }
}

void VoteOptionsTest::validates()
{
    const auto fields = [](const VoteOptions& options) {
        std::string text;
        for (const auto& problem : options.validate())
            text += problem.field + " " + problem.message + "; ";
        return text;
    };
    const double nan = std::nan("");
    QCOMPARE(fields({}), std::string());
    QCOMPARE(fields({.blend = 0.25, .temperature = 0.05, .gamma = 50, .weights = {0, 1, 1e6}}),
        std::string());
    QCOMPARE(fields({.blend = 1, .temperature = 20, .gamma = 0}), std::string());
    QCOMPARE(fields({.blend = -0.1}), std::string("blend must be 0 to 1, but is -0.1; "));
    QCOMPARE(fields({.blend = nan}), std::string("blend must be 0 to 1, but is nan; "));
    QCOMPARE(fields({.temperature = 0}), std::string("temperature must be 0.05 to 20, but is 0; "));
    QCOMPARE(fields({.gamma = 51}), std::string("gamma must be 0 to 50, but is 51; "));
    QCOMPARE(fields({.weights = {1, -1}}),
        std::string("weights must be 0 to 1000000 each, but number 2 is -1; "));
    QCOMPARE(fields({.includeOriginal = true, .blend = 0.5}),
        std::string("blend must be 0 where the original is included as one more view: choose one "
                    "of the two; "));
    // Every problem at once.
    const VoteOptions wrong = {
        .includeOriginal = true, .blend = 2, .temperature = 21, .gamma = -1, .weights = {nan}};
    QCOMPARE(wrong.validate().size(), std::size_t(5));
    QVERIFY_EXCEPTION_THROWN(mergeVotes(coarseTable(3, 4, 5, 1), 4, wrong), Error);
}

void VoteOptionsTest::logitRulesNeedLogits()
{
    const auto table = coarseTable(3, 4, 5, 1); // probabilities alone
    for (const auto rule : allVoteRules()) {
        const VoteOptions options = {.rule = rule, .weights = someWeights(rule, 4, 3)};
        if (!needsLogits(rule)) {
            QCOMPARE(mergeVotes(table, 4, options).decisions.size(), table.size());
            continue;
        }
        try {
            mergeVotes(table, 4, options);
            QFAIL("merged without logits");
        } catch (const Error& error) {
            const std::string text = error.what();
            QVERIFY(text.find("hands out probabilities") != std::string::npos);
            QVERIFY(text.find(toString(rule)) != std::string::npos);
            QVERIFY(text.find("geometric_mean") != std::string::npos);
        }
        QVERIFY_EXCEPTION_THROWN(requireMergeable(table, 4, options), Error);
    }
    QVERIFY(needsLogits(VoteRule::LogitMean) && needsLogits(VoteRule::Learned));
    QVERIFY(needsLogits(VoteRule::LearnedPerClass));
    for (const auto rule : allVoteRules())
        QCOMPARE(isLearned(rule), rule == VoteRule::Learned || rule == VoteRule::LearnedPerClass);
    QVERIFY(!needsLogits(VoteRule::Mean) && !needsLogits(VoteRule::GeometricMean));
}

void VoteOptionsTest::learnedNeedsAWeightAView()
{
    const auto table = randomTable(4, 5, 6, 2);
    VoteOptions options = {.rule = VoteRule::Learned, .weights = {1, 2, 3}};
    mergeVotes(table, 3, options);
    QVERIFY_EXCEPTION_THROWN(mergeVotes(table, 2, options), Error);
    QVERIFY_EXCEPTION_THROWN(mergeVotes(table, 4, options), Error);
    options.includeOriginal = true;
    mergeVotes(table, 2, options);
    QVERIFY_EXCEPTION_THROWN(mergeVotes(table, 3, options), Error);
    options.weights.clear();
    QVERIFY_EXCEPTION_THROWN(mergeVotes(table, 3, options), Error);
}

void VoteOptionsTest::learnedPerClassNeedsAWeightAViewAndClass()
{
    const auto table = randomTable(4, 5, 6, 2);
    VoteOptions options = {.rule = VoteRule::LearnedPerClass};
    const auto accepts = [&](int copies, std::size_t weights) {
        options.weights.assign(weights, 0.5);
        try {
            mergeVotes(table, copies, options);
            return true;
        } catch (const Error& error) {
            return std::string(error.what()).find("4 classes") == std::string::npos;
        }
    };
    QVERIFY(accepts(3, 12));
    for (const std::size_t wrong : {0, 3, 11, 13, 16})
        QVERIFY(!accepts(3, wrong));
    options.includeOriginal = true;
    QVERIFY(accepts(2, 12));
    QVERIFY(!accepts(3, 12));
    options.includeOriginal = false;
    options.blend = 1; // the original alone
    QVERIFY(accepts(0, 0));
}

QTEST_GUILESS_MAIN(VoteOptionsTest)
#include "tst_vote_options.moc"
