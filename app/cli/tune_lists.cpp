// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/tune_lists.h"

#include "app/cli/options.h"
#include "app/cli/values.h"
#include "core/tune/policy_field.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace augury::cli {

namespace {

constexpr int mostCount = 1000;
constexpr int mostSteps = 1000;

struct PoolKind {
    const char* name;
    bool ViewPool::*on;
};
constexpr std::array poolKindList = {PoolKind{"flips", &ViewPool::flips},
    PoolKind{"vertical_flips", &ViewPool::verticalFlips},
    PoolKind{"quarter_turns", &ViewPool::quarterTurns}, PoolKind{"shifts", &ViewPool::shifts},
    PoolKind{"rotations", &ViewPool::rotations}, PoolKind{"zooms", &ViewPool::zooms},
    PoolKind{"crops", &ViewPool::crops}, PoolKind{"brightness", &ViewPool::brightness},
    PoolKind{"blur", &ViewPool::blur}};

int countIn(std::string_view text)
{
    const auto count = parseNumber<int>(text);
    if (!count || *count < 1 || *count > mostCount)
        throw Error(fmt::format("\"{}\" is not a number of copies from 1 to {}", text, mostCount));
    return *count;
}

double strengthIn(std::string_view text)
{
    const auto strength = parseNumber<double>(text);
    if (!strength || !(*strength >= 0)) // so that NaN is refused
        throw Error(fmt::format("\"{}\" is not a strength, a number from 0 on", text));
    return *strength;
}

std::vector<double> strengthsIn(const std::string& text)
{
    const auto dots = text.find("..");
    std::vector<double> strengths;
    if (dots == std::string::npos) {
        for (const auto& word : wordsIn(text))
            strengths.push_back(strengthIn(word));
        return strengths;
    }
    const auto slash = text.find('/', dots);
    const auto steps = slash == std::string::npos
        ? std::nullopt
        : parseNumber<int>(std::string_view(text).substr(slash + 1));
    if (!steps || *steps < 1 || *steps > mostSteps)
        throw Error(
            fmt::format("\"{}\" is not LOW..HIGH/STEPS, with 1 to {} steps", text, mostSteps));
    const double low = strengthIn(std::string_view(text).substr(0, dots));
    const double high = strengthIn(std::string_view(text).substr(dots + 2, slash - dots - 2));
    if (!(low < high))
        throw Error(fmt::format("\"{}\" does not go up", text));
    for (int i = 0; i <= *steps; ++i) // 45 · 1 / 9 is 5, where 45 / 9 · 1 might not be
        strengths.push_back(low + (high - low) * i / *steps);
    return strengths;
}

} // namespace

std::vector<std::string> wordsIn(const std::string& text)
{
    std::vector<std::string> words;
    for (std::size_t at = 0; at <= text.size();) {
        const auto end = std::min(text.find(',', at), text.size());
        words.push_back(text.substr(at, end - at));
        if (words.back().empty())
            throw Error(
                fmt::format("\"{}\" has a gap: name values with commas between them", text));
        at = end + 1;
    }
    return words;
}

std::vector<int> countsIn(const std::string& text)
{
    std::vector<int> counts;
    for (const auto& word : wordsIn(text)) {
        const auto dash = word.find('-');
        const int low = countIn(std::string_view(word).substr(0, dash));
        const int high =
            dash == std::string::npos ? low : countIn(std::string_view(word).substr(dash + 1));
        if (low > high)
            throw Error(fmt::format("\"{}\" does not go up", word));
        for (int n = low; n <= high; ++n)
            counts.push_back(n);
    }
    return counts;
}

std::vector<VoteRule> rulesIn(const std::string& text)
{
    std::vector<VoteRule> rules;
    if (text == "all") {
        std::ranges::copy_if(allVoteRules(), std::back_inserter(rules),
            [](VoteRule rule) { return !isLearned(rule); });
        return rules;
    }
    for (const auto& word : wordsIn(text))
        rules.push_back(voteRuleFromString(word));
    return rules;
}

std::vector<OriginalPart> originalsIn(const std::string& text)
{
    std::vector<OriginalPart> originals;
    for (const auto& word : wordsIn(text)) {
        const auto blend = parseNumber<double>(word);
        if (word == "none")
            originals.push_back({});
        else if (word == "included")
            originals.push_back({true, 0});
        else if (blend && *blend > 0 && *blend <= 1)
            originals.push_back({false, *blend});
        else
            throw Error(
                fmt::format("\"{}\" is not none, included, or a blend above 0 and up to 1", word));
    }
    return originals;
}

std::vector<AugmentPolicy> policiesIn(const std::string& text)
{
    std::vector<AugmentPolicy> policies;
    for (const auto& word : wordsIn(text))
        policies.push_back(word == "none" ? AugmentPolicy{} : policyNamed(word));
    return policies;
}

FieldRange fieldIn(const std::string& text)
{
    const auto equals = text.find('=');
    const auto name = text.substr(0, equals);
    if (equals == std::string::npos || findPolicyField(name) == nullptr) {
        std::string names;
        for (const auto& field : policyFields())
            names += fmt::format("{}{}", names.empty() ? "" : ", ", field.name);
        throw Error(fmt::format("\"{}\" is not NAME=STRENGTHS with one of {}", text, names));
    }
    return {name, strengthsIn(text.substr(equals + 1))};
}

void readPool(const std::string& text, ViewPool& pool)
{
    for (const auto& kind : poolKindList)
        pool.*kind.on = false;
    if (text == "none")
        return;
    for (const auto& word : wordsIn(text)) {
        const auto found = std::ranges::find_if(
            poolKindList, [&](const PoolKind& kind) { return word == kind.name; });
        if (found == poolKindList.end())
            throw Error(fmt::format(
                "\"{}\" is no kind of views: choose from {}, or none", word, poolKinds()));
        pool.*found->on = true;
    }
}

std::string poolKinds()
{
    std::string names;
    for (const auto& kind : poolKindList)
        names += fmt::format("{}{}", names.empty() ? "" : ", ", kind.name);
    return names;
}

} // namespace augury::cli
