// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tta/vote.h"

#include "core/tta/vote_merger.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace augury {

namespace {

constexpr std::array rules = {VoteRule::Mean, VoteRule::GeometricMean, VoteRule::LogitMean,
    VoteRule::HarmonicMean, VoteRule::Max, VoteRule::Min, VoteRule::Majority, VoteRule::Rank,
    VoteRule::SharpenedMean, VoteRule::ConfidenceWeighted, VoteRule::EntropyWeighted,
    VoteRule::Learned, VoteRule::LearnedPerClass};

constexpr double largestWeight = 1e6;

void requireCopies(const VoteTable& table, int copies, const VoteOptions& options)
{
    const int fewest = options.includeOriginal || options.blend == 1 ? 0 : 1;
    if (table.copies < fewest)
        throw Error("There are no copies to vote: evaluate with at least one copy, or include the "
                    "original.");
    if (copies < fewest || copies > table.copies)
        throw Error(fmt::format("The number of copies that vote must be {} to {}, but is {}.",
            fewest, table.copies, copies));
}

void requireLogits(const VoteTable& table, VoteRule rule)
{
    if (needsLogits(rule) && !table.hasLogits() && table.size() > 0)
        throw Error(fmt::format(
            "The vote rule {} needs logits, but this classifier hands out probabilities. Choose "
            "geometric_mean instead: it equals logit_mean but for its clip of p at 1e-12.",
            toString(rule)));
}

} // namespace

std::vector<Problem> VoteOptions::validate() const
{
    std::vector<Problem> problems;
    // Written so that NaN fails too.
    const auto check = [&](const char* field, double value, double low, double high) {
        if (!(value >= low && value <= high))
            problems.push_back(
                {field, fmt::format("must be {} to {}, but is {}", low, high, value)});
    };
    if (std::find(rules.begin(), rules.end(), rule) == rules.end())
        problems.push_back({"vote", "must be a vote rule"});
    check("blend", blend, 0, 1);
    if (includeOriginal && blend > 0)
        problems.push_back({"blend",
            "must be 0 where the original is included as one more view: choose one of the two"});
    check("temperature", temperature, 0.05, 20);
    check("gamma", gamma, 0, 50);
    const auto wrong = std::find_if_not(weights.begin(), weights.end(),
        [](double weight) { return weight >= 0 && weight <= largestWeight; });
    if (wrong != weights.end())
        problems.push_back({"weights",
            fmt::format("must be 0 to {:.0f} each, but number {} is {}", largestWeight,
                wrong - weights.begin() + 1, *wrong)});
    return problems;
}

void requireMergeable(const VoteTable& table, int copies, const VoteOptions& options)
{
    throwIfAny(options.validate(), "The vote's settings are not valid");
    requireCopies(table, copies, options);
    requireLogits(table, options.rule);
    const int views = copies + (options.includeOriginal ? 1 : 0);
    const bool perClass = options.rule == VoteRule::LearnedPerClass;
    const auto wanted =
        static_cast<std::size_t>(views) * static_cast<std::size_t>(perClass ? table.classes : 1);
    if (isLearned(options.rule) && options.weights.size() != wanted)
        throw Error(fmt::format("There are {} learned weights for {} voting views{}{}. Learn them "
                                "again, with these copies.",
            options.weights.size(), views, options.includeOriginal ? " (the original is one)" : "",
            perClass ? fmt::format(" and {} classes", table.classes) : ""));
}

Votes mergeVotes(const VoteTable& table, int copies, const VoteOptions& options)
{
    requireMergeable(table, copies, options);
    Votes votes;
    if (table.size() == 0)
        return votes;
    const auto classes = static_cast<std::size_t>(table.classes);
    votes.scores.resize(table.size() * classes);
    votes.decisions.resize(table.size());
    VoteMerger merger(options, table.classes);
    for (std::size_t image = 0; image < table.size(); ++image) {
        merger.start(table.outputs(image, 0));
        for (int slot = 1; slot <= copies; ++slot)
            merger.add(table.outputs(image, slot));
        votes.decisions[image] =
            merger.merge(std::span(votes.scores).subspan(image * classes, classes));
    }
    return votes;
}

Decision decisionOf(std::span<const float> probabilities)
{
    const auto best = argmax(probabilities);
    const float top = probabilities[static_cast<std::size_t>(best)];
    return {best, std::count(probabilities.begin(), probabilities.end(), top) > 1};
}

std::vector<Decision> baselineDecisions(const VoteTable& table)
{
    std::vector<Decision> decisions(table.size());
    for (std::size_t image = 0; image < table.size(); ++image)
        decisions[image] = decisionOf(table.view(image, 0));
    return decisions;
}

bool needsLogits(VoteRule rule)
{
    return rule == VoteRule::LogitMean || isLearned(rule);
}

bool isLearned(VoteRule rule)
{
    return rule == VoteRule::Learned || rule == VoteRule::LearnedPerClass;
}

std::span<const VoteRule> allVoteRules()
{
    return rules;
}

const char* toString(VoteRule rule)
{
    switch (rule) {
    case VoteRule::Mean:
        return "mean";
    case VoteRule::GeometricMean:
        return "geometric_mean";
    case VoteRule::LogitMean:
        return "logit_mean";
    case VoteRule::HarmonicMean:
        return "harmonic_mean";
    case VoteRule::Max:
        return "max";
    case VoteRule::Min:
        return "min";
    case VoteRule::Majority:
        return "majority";
    case VoteRule::Rank:
        return "rank";
    case VoteRule::SharpenedMean:
        return "sharpened_mean";
    case VoteRule::ConfidenceWeighted:
        return "confidence_weighted";
    case VoteRule::EntropyWeighted:
        return "entropy_weighted";
    case VoteRule::Learned:
        return "learned";
    case VoteRule::LearnedPerClass:
        return "learned_per_class";
    }
    return "?";
}

std::string voteRuleNames()
{
    std::string names;
    for (const auto rule : rules)
        names += (names.empty()                 ? ""
                         : rule == rules.back() ? " or "
                                                : ", ")
            + std::string(toString(rule));
    return names;
}

VoteRule voteRuleFromString(const std::string& text)
{
    for (const auto rule : rules) {
        if (text == toString(rule))
            return rule;
    }
    throw Error(fmt::format("\"{}\" is not a vote rule: choose {}.", text, voteRuleNames()));
}

} // namespace augury
