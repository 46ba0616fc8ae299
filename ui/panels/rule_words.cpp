// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/rule_words.h"

#include <QCoreApplication>

#include <algorithm>

namespace augury {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("augury::VotingPanel", text);
}

std::vector<RuleWords> allWords()
{
    return {
        {VoteRule::Mean, tr("Mean probability"), tr("Soft voting: probabilities are averaged")},
        {VoteRule::Majority, tr("Majority of views"), tr("Hard voting: each copy has one vote")},
        {VoteRule::GeometricMean, tr("Geometric mean"),
            tr("Averages logarithms: a class must convince every copy")},
        {VoteRule::LogitMean, tr("Mean logit"),
            tr("Averages what the network gives before softmax")},
        {VoteRule::HarmonicMean, tr("Harmonic mean"), tr("Stricter still than the geometric mean")},
        {VoteRule::Max, tr("Maximum"), tr("The most confident copy speaks for each class")},
        {VoteRule::Min, tr("Minimum"), tr("The most doubtful copy speaks for each class")},
        {VoteRule::Rank, tr("Rank (Borda)"), tr("Each copy ranks the classes; ranks are added")},
        {VoteRule::SharpenedMean, tr("Sharpened mean"),
            tr("Probabilities are sharpened first, so confident copies count more")},
        {VoteRule::ConfidenceWeighted, tr("Confidence weights"),
            tr("A copy counts as much as its highest probability")},
        {VoteRule::EntropyWeighted, tr("Certainty weights"),
            tr("A copy counts the more, the lower the entropy of its prediction")},
    };
}

} // namespace

const std::vector<RuleWords>& ruleWords()
{
    static const auto words = allWords();
    return words;
}

QString ruleName(VoteRule rule)
{
    const auto& words = ruleWords();
    const auto found = std::ranges::find(words, rule, &RuleWords::rule);
    if (found != words.end())
        return found->name;
    return rule == VoteRule::Learned ? tr("Learned weights") : tr("Learned weights per class");
}

} // namespace augury
