// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tune/tune_spec.h"

#include "core/tune/policy_field.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace augury {

namespace {

constexpr std::array<const char*, tuneMethods> methodNames = {
    "copies", "sweep", "greedy", "weights", "sensitivity"};
constexpr std::int64_t mostConfigurations = 10'000;
constexpr int mostRandomCopies = 1000;

using Problems = std::vector<Problem>;

void addAll(Problems& problems, const Problems& more, const std::string& prefix)
{
    for (const auto& problem : more)
        problems.push_back({prefix + problem.field, problem.message});
}

template <typename T> bool hasTwice(const std::vector<T>& values)
{
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (std::find(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(i), values[i])
            != values.begin() + static_cast<std::ptrdiff_t>(i))
            return true;
    }
    return false;
}

/// "policies[2]", counted from 1.
std::string numbered(const char* list, std::size_t i)
{
    return fmt::format("{}[{}]", list, i + 1);
}

void checkPolicies(const TuneSpec& spec, Problems& problems)
{
    const auto& policies = spec.policies;
    if (policies.empty())
        problems.push_back({"policies", "must name at least one policy"});
    if (hasTwice(policies))
        problems.push_back({"policies", "must be distinct, but one is there twice"});
    if (spec.method == TuneMethod::Sensitivity && policies.size() > 1)
        problems.push_back({"policies",
            fmt::format("must be one, whose field is swept, but are {}", policies.size())});
    const bool swept = spec.method == TuneMethod::Sensitivity
        || (spec.method == TuneMethod::Sweep && !spec.fields.empty());
    for (std::size_t i = 0; i < policies.size(); ++i) {
        addAll(problems, policies[i].validate(), numbered("policies", i) + ".");
        if (swept && policies[i].views)
            problems.push_back({numbered("policies", i) + ".views",
                "must be left out where a field is swept: a fixed list of views has no strengths"});
        if (spec.method == TuneMethod::Weights && !policies[i].views)
            problems.push_back({numbered("policies", i),
                "must be a fixed list of views: a random copy is another view on every image, so "
                "there is nothing to learn a weight of"});
    }
}

void checkVote(const TuneSpec& spec, Problems& problems)
{
    if (spec.method == TuneMethod::Weights) // its rules are its own
        return;
    addAll(problems, spec.vote.validate(), "vote.");
    if (isLearned(spec.vote.rule))
        problems.push_back(
            {"vote.rule", "must not be a learned one: learn its weights with method weights"});
}

void checkCount(Problems& problems, const std::string& field, int value, int low, int high)
{
    if (value < low || value > high)
        problems.push_back({field, fmt::format("must be {} to {}, but is {}", low, high, value)});
}

void checkRange(Problems& problems, const FieldRange& range, const std::string& prefix)
{
    const auto* const field = findPolicyField(range.field);
    if (field == nullptr) {
        std::string names;
        for (const auto& known : policyFields())
            names += (names.empty() ? "" : ", ") + std::string(known.name);
        problems.push_back({prefix + "field",
            fmt::format("must be one of {}, but is \"{}\"", names, range.field)});
        return;
    }
    const auto strengths = prefix + "strengths";
    if (range.strengths.empty())
        problems.push_back({strengths, "must list at least one strength"});
    if (hasTwice(range.strengths))
        problems.push_back({strengths, "must be distinct, but one is there twice"});
    for (const double strength : range.strengths) {
        if (!(strength >= 0 && strength <= field->most))
            problems.push_back({strengths,
                fmt::format(
                    "must be 0 to {} for {}, but one is {}", field->most, field->name, strength)});
        else if (field->isSwitch && strength != 0 && strength != 1)
            problems.push_back({strengths,
                fmt::format(
                    "must be 0 (off) or 1 (on) for {}, but one is {}", field->name, strength)});
    }
}

void checkFields(const TuneSpec& spec, Problems& problems)
{
    std::vector<std::string> names;
    for (std::size_t i = 0; i < spec.fields.size(); ++i) {
        checkRange(problems, spec.fields[i], numbered("fields", i) + ".");
        names.push_back(spec.fields[i].field);
    }
    const auto has = [&](const char* name) {
        return std::ranges::find(names, name) != names.end();
    };
    if (hasTwice(names))
        problems.push_back({"fields", "must be distinct, but one is there twice"});
    if (has("shift_range") && (has("width_shift_range") || has("height_shift_range")))
        problems.push_back({"fields",
            "must not hold shift_range, which is of both axes, beside one of a single axis"});
}

void checkSweep(const TuneSpec& spec, Problems& problems)
{
    checkFields(spec, problems);
    if (spec.copyCounts.empty())
        problems.push_back({"copy_counts", "must list at least one number"});
    for (const int count : spec.copyCounts)
        checkCount(problems, "copy_counts", count, 1, mostRandomCopies);
    if (hasTwice(spec.copyCounts))
        problems.push_back({"copy_counts", "must be distinct, but one is there twice"});

    if (spec.rules.empty())
        problems.push_back({"rules", "must name at least one vote rule"});
    VoteOptions options = spec.vote; // temperature and γ; the rest are axes
    options.rule = VoteRule::Mean;
    options.includeOriginal = false;
    options.blend = 0;
    addAll(problems, options.validate(), "vote.");
    for (const auto rule : spec.rules) {
        VoteOptions vote;
        vote.rule = rule;
        if (!vote.validate().empty())
            problems.push_back({"rules", "must be vote rules: " + voteRuleNames()});
        else if (isLearned(rule))
            problems.push_back({"rules",
                fmt::format(
                    "must not hold {}: learn its weights with method weights", toString(rule))});
    }
    if (hasTwice(spec.rules))
        problems.push_back({"rules", "must be distinct, but one is there twice"});

    if (spec.originals.empty())
        problems.push_back(
            {"originals", "must hold at least one way for the original to take part, or not to"});
    for (std::size_t i = 0; i < spec.originals.size(); ++i) {
        VoteOptions vote;
        vote.includeOriginal = spec.originals[i].included;
        vote.blend = spec.originals[i].blend;
        addAll(problems, vote.validate(), numbered("originals", i) + ".");
    }
    if (hasTwice(spec.originals))
        problems.push_back({"originals", "must be distinct, but one is there twice"});
    if (spec.halving)
        checkCount(problems, "halving_start", spec.halvingStart, 50, 1'000'000);
}

void checkPool(const ViewPool& pool, Problems& problems)
{
    checkCount(problems, "pool.random", pool.random, 0, 500);
    addAll(problems, pool.policy.validate(), "pool.policy.");
    if (pool.policy.views)
        problems.push_back({"pool.policy.views",
            "must be left out: random views are drawn, a fixed list of them is not"});
    if (pool.policy.noiseStd != 0)
        problems.push_back({"pool.policy.noise_std",
            "must be 0: a view is the same for every image, and so would be its noise"});
}

} // namespace

const char* toString(TuneMethod method)
{
    const auto i = static_cast<std::size_t>(method);
    return i < methodNames.size() ? methodNames[i] : "?";
}

TuneMethod tuneMethodFromString(const std::string& text)
{
    for (std::size_t i = 0; i < methodNames.size(); ++i) {
        if (text == methodNames[i])
            return static_cast<TuneMethod>(i);
    }
    throw Error(fmt::format("\"{}\" is not a way to tune: choose copies, sweep, greedy, weights or "
                            "sensitivity.",
        text));
}

std::vector<Problem> TuneSpec::validate() const
{
    Problems problems;
    switch (method) {
    case TuneMethod::Copies:
        checkPolicies(*this, problems);
        checkVote(*this, problems);
        checkCount(problems, "copies", copies, 1, mostRandomCopies);
        break;
    case TuneMethod::Sweep:
        checkPolicies(*this, problems);
        checkSweep(*this, problems);
        break;
    case TuneMethod::Greedy:
        checkPool(pool, problems);
        checkCount(problems, "steps", steps, 1, 100);
        break;
    case TuneMethod::Weights:
        checkPolicies(*this, problems);
        checkVote(*this, problems);
        checkCount(problems, "copies", copies, 0, mostRandomCopies);
        break;
    case TuneMethod::Sensitivity:
        checkPolicies(*this, problems);
        checkVote(*this, problems);
        checkCount(problems, "copies", copies, 1, mostRandomCopies);
        checkRange(problems, swept, "swept.");
        break;
    default:
        return {{"method", "must be copies, sweep, greedy, weights or sensitivity"}};
    }
    if (problems.empty() && method != TuneMethod::Greedy
        && configurationsOf(*this) > mostConfigurations)
        problems.push_back({"policies",
            fmt::format("must make at most {} configurations with what is tried on each, but make "
                        "{}",
                mostConfigurations, configurationsOf(*this))});
    return problems;
}

} // namespace augury
