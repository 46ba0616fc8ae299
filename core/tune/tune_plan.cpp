// SPDX-License-Identifier: GPL-3.0-or-later
// What a spec means: its axes, its trials and what they cost.
#include "core/augment/presets.h"
#include "core/augment/words.h"
#include "core/support/random.h"
#include "core/tune/greedy_search.h"
#include "core/tune/halving.h"
#include "core/tune/policy_field.h"
#include "core/tune/tune.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace augury {

namespace {

constexpr std::array weightWays = {
    VoteRule::Mean, VoteRule::Learned, VoteRule::LearnedPerClass}; ///< as in WeightsStudy

const PolicyField& fieldOf(const FieldRange& range)
{
    const auto* const field = findPolicyField(range.field);
    if (field == nullptr)
        throw Error(fmt::format("A policy has no field \"{}\" that can be swept.", range.field));
    return *field;
}

/// A policy of the plan and its place on the axes before the copies'.
struct PlannedPolicy {
    std::vector<int> place;
    AugmentPolicy policy;
};

/// Every policy with every combination of its swept fields.
std::vector<PlannedPolicy> plannedPolicies(const TuneSpec& spec)
{
    std::vector<PlannedPolicy> planned;
    for (int i = 0; const auto& policy : spec.policies)
        planned.push_back({{i++}, policy});
    if (spec.method != TuneMethod::Sweep)
        return planned;
    for (const auto& range : spec.fields) {
        const auto& field = fieldOf(range);
        std::vector<PlannedPolicy> finer;
        for (const auto& [place, policy] : planned) {
            for (int i = 0; const double strength : range.strengths) {
                finer.push_back({place, withStrength(policy, field, strength)});
                finer.back().place.push_back(i++);
            }
        }
        planned = std::move(finer);
    }
    return planned;
}

struct PlannedCopies {
    int place;
    int copies;
};

/// A fixed list of views has no more copies than views: larger counts are all of them, once.
std::vector<PlannedCopies> plannedCopies(const TuneSpec& spec, const AugmentPolicy& policy)
{
    std::vector<PlannedCopies> planned;
    const int most = mostCopies(policy);
    if (spec.method == TuneMethod::Copies) {
        for (int n = 1; n <= std::min(spec.copies, most); ++n)
            planned.push_back({n - 1, n});
        return planned;
    }
    std::set<int> known;
    for (int place = 0; const int count : spec.copyCounts) {
        const int copies = std::min(count, most);
        if (known.insert(copies).second)
            planned.push_back({place, copies});
        ++place;
    }
    return planned;
}

/// All of a fixed list, or its first ones; random copies as many as asked for.
int copiesOf(const TuneSpec& spec, const AugmentPolicy& policy)
{
    const int most = mostCopies(policy);
    return spec.copies == 0 ? most : std::min(spec.copies, most);
}

VoteOptions sweptVote(const TuneSpec& spec, VoteRule rule, const OriginalPart& original)
{
    auto vote = spec.vote;
    vote.rule = rule;
    vote.includeOriginal = original.included;
    vote.blend = original.blend;
    return vote;
}

std::string originalLabel(const OriginalPart& part)
{
    if (part.included)
        return "as one more view";
    return part.blend > 0 ? fmt::format("blended, β {:g}", part.blend) : "without";
}

std::string ruleLabel(VoteRule rule)
{
    std::string label = toString(rule);
    std::replace(label.begin(), label.end(), '_', ' ');
    return label;
}

TuneAxis policyAxis(const TuneSpec& spec)
{
    TuneAxis axis{"policy", {}};
    for (const auto& policy : spec.policies)
        axis.labels.push_back(shortName(policy));
    return axis;
}

TuneAxis numberAxis(const char* name, const std::vector<int>& numbers)
{
    TuneAxis axis{name, {}};
    for (const int number : numbers) {
        axis.labels.push_back(std::to_string(number));
        axis.values.push_back(number);
    }
    return axis;
}

std::vector<int> countTo(int n)
{
    std::vector<int> numbers;
    for (int i = 1; i <= n; ++i)
        numbers.push_back(i);
    return numbers;
}

TuneAxis fieldAxis(const FieldRange& range)
{
    const auto& field = fieldOf(range);
    TuneAxis axis{field.label, {}, {}, field.unit};
    const double scale = axis.unit == "%" ? 100 : 1;
    for (const double strength : range.strengths) {
        axis.labels.push_back(strengthText(field, strength));
        axis.values.push_back(scale * strength);
    }
    return axis;
}

/// Distinct variants of one image at most, the original left out.
int mostVariants(const AugmentPolicy& policy, int copies)
{
    if (policy.views) {
        std::set<Transform> distinct;
        for (int i = 0; i < copies; ++i)
            distinct.insert(policy.views->view(i));
        distinct.erase(Transform{});
        return static_cast<int>(distinct.size());
    }
    auto rest = policy;
    rest.horizontalFlip = rest.verticalFlip = rest.rotate90 = false;
    if (!rest.isIdentity())
        return copies;
    // Only whole moves: flips of both kinds and turns reach the eight symmetries of the square.
    const int flips = (policy.horizontalFlip ? 2 : 1) * (policy.verticalFlip ? 2 : 1);
    const bool anyFlip = policy.horizontalFlip || policy.verticalFlip;
    const int reached = policy.rotate90 ? (anyFlip ? 8 : 4) : flips;
    return std::min(copies, reached - 1);
}

} // namespace

TuneSpec defaultSpec(TuneMethod method)
{
    TuneSpec spec;
    spec.method = method;
    const auto add = [&spec](std::initializer_list<const char*> names) {
        for (const char* name : names)
            spec.policies.push_back(findPreset(name)->policy);
    };
    switch (method) {
    case TuneMethod::Copies:
        add({"tutorial", "gentle", "hflip", "five_crop", "ten_crop", "multi_scale"});
        break;
    case TuneMethod::Sweep:
        add({"tutorial", "gentle", "keras_full", "ten_crop", "multi_scale"});
        spec.copyCounts = {1, 2, 4, 7, 10, 20};
        spec.rules = {VoteRule::Mean, VoteRule::GeometricMean, VoteRule::Majority,
            VoteRule::ConfidenceWeighted};
        spec.originals = {{}, {true, 0}, {false, 0.25}};
        break;
    case TuneMethod::Greedy:
        spec.pool.policy.horizontalFlip = true;
        spec.pool.policy.rotationRange = 15;
        spec.pool.policy.widthShiftRange = spec.pool.policy.heightShiftRange = 0.1;
        spec.pool.policy.zoomRange = {0.9, 1.1};
        break;
    case TuneMethod::Weights:
        add({"hflip", "five_crop", "ten_crop", "multi_scale"});
        spec.copies = 0;
        break;
    case TuneMethod::Sensitivity:
        spec.policies = {AugmentPolicy{}};
        spec.copies = 7;
        spec.swept = {"rotation_range", {0, 2, 5, 10, 15, 20, 25, 30, 35, 40, 45}};
        break;
    }
    return spec;
}

std::vector<TuneAxis> axesOf(const TuneSpec& spec)
{
    switch (spec.method) {
    case TuneMethod::Copies:
        return {policyAxis(spec), numberAxis("copies", countTo(spec.copies))};
    case TuneMethod::Greedy:
        return {numberAxis("step", countTo(spec.steps))};
    case TuneMethod::Weights:
        return {
            policyAxis(spec), {"weights", {"none (mean)", "one a view", "one a view and class"}}};
    case TuneMethod::Sensitivity:
        return {fieldAxis(spec.swept)};
    case TuneMethod::Sweep:
        break;
    }
    std::vector<TuneAxis> axes = {policyAxis(spec)};
    for (const auto& range : spec.fields)
        axes.push_back(fieldAxis(range));
    axes.push_back(numberAxis("copies", spec.copyCounts));
    axes.push_back({"vote", {}});
    for (const auto rule : spec.rules)
        axes.back().labels.push_back(ruleLabel(rule));
    axes.push_back({"original", {}});
    for (const auto& part : spec.originals)
        axes.back().labels.push_back(originalLabel(part));
    return axes;
}

std::vector<Trial> plannedTrials(const TuneSpec& spec)
{
    std::vector<Trial> trials;
    const auto add = [&](std::vector<int> place, Configuration configuration) {
        Trial trial;
        trial.index = static_cast<int>(trials.size());
        trial.place = std::move(place);
        trial.configuration = std::move(configuration);
        trials.push_back(std::move(trial));
    };
    switch (spec.method) {
    case TuneMethod::Copies:
        for (const auto& [place, policy] : plannedPolicies(spec)) {
            for (const auto& [number, copies] : plannedCopies(spec, policy))
                add({place[0], number}, {policy, copies, spec.vote});
        }
        break;
    case TuneMethod::Sweep:
        for (const auto& [place, policy] : plannedPolicies(spec)) {
            for (const auto& [number, copies] : plannedCopies(spec, policy)) {
                for (int rule = 0; rule < static_cast<int>(spec.rules.size()); ++rule) {
                    for (int part = 0; part < static_cast<int>(spec.originals.size()); ++part) {
                        auto there = place;
                        there.insert(there.end(), {number, rule, part});
                        add(std::move(there),
                            {policy, copies,
                                sweptVote(spec, spec.rules[static_cast<std::size_t>(rule)],
                                    spec.originals[static_cast<std::size_t>(part)])});
                    }
                }
            }
        }
        break;
    case TuneMethod::Greedy:
        for (int step = 0; step < spec.steps; ++step)
            add({step}, {{}, step + 1, {}});
        break;
    case TuneMethod::Weights:
        for (const auto& [place, policy] : plannedPolicies(spec)) {
            for (int way = 0; way < static_cast<int>(weightWays.size()); ++way) {
                VoteOptions vote;
                vote.rule = weightWays[static_cast<std::size_t>(way)];
                vote.includeOriginal = spec.vote.includeOriginal;
                add({place[0], way}, {policy, copiesOf(spec, policy), vote});
            }
        }
        break;
    case TuneMethod::Sensitivity:
        for (int i = 0; const double strength : spec.swept.strengths) {
            const auto base = spec.policies.empty() ? AugmentPolicy{} : spec.policies.front();
            add({i++}, {withStrength(base, fieldOf(spec.swept), strength), spec.copies, spec.vote});
        }
        break;
    }
    return trials;
}

std::int64_t configurationsOf(const TuneSpec& spec)
{
    const auto size = [](const auto& list) { return static_cast<std::int64_t>(list.size()); };
    switch (spec.method) {
    case TuneMethod::Greedy:
        return spec.steps * size(poolViews(spec.pool, Shape{3, 32, 32}, spec.seed));
    case TuneMethod::Weights:
        return size(spec.policies) * static_cast<std::int64_t>(weightWays.size());
    case TuneMethod::Sensitivity:
        return size(spec.swept.strengths);
    case TuneMethod::Copies:
    case TuneMethod::Sweep:
        break;
    }
    // Without making them: a spec may ask for more than there is memory for.
    constexpr double most = 1e15;
    double all = 0;
    for (const auto& policy : spec.policies) {
        double each = static_cast<double>(plannedCopies(spec, policy).size());
        if (spec.method == TuneMethod::Sweep) {
            each *=
                static_cast<double>(spec.rules.size()) * static_cast<double>(spec.originals.size());
            for (const auto& range : spec.fields)
                each = std::min(most, each * static_cast<double>(range.strengths.size()));
        }
        all += each;
    }
    return static_cast<std::int64_t>(std::min(most, all));
}

std::int64_t mostPassesOf(const TuneSpec& spec, std::size_t images)
{
    const auto n = spec.images == 0 ? images : std::min(images, spec.images);
    const auto all = static_cast<std::int64_t>(n);
    if (spec.method == TuneMethod::Greedy)
        return all
            * static_cast<std::int64_t>(poolViews(spec.pool, Shape{3, 32, 32}, spec.seed).size());

    // Of each policy as many as its longest configuration takes, and the originals once.
    std::vector<std::int64_t> variants;
    const auto trials = plannedTrials(spec);
    for (auto trial = trials.begin(); trial != trials.end();) {
        const auto& policy = trial->configuration.policy;
        int copies = 0;
        for (; trial != trials.end() && trial->configuration.policy == policy; ++trial)
            copies = std::max(copies, trial->configuration.copies);
        variants.push_back(mostVariants(policy, copies));
    }
    if (spec.method != TuneMethod::Sweep) {
        std::int64_t sum = 1;
        for (const auto each : variants)
            sum += each;
        return all * sum;
    }
    std::ranges::sort(variants, std::greater{});
    std::int64_t passes = all;
    std::size_t left = trials.size();
    std::size_t begin = 0;
    for (const auto end : roundEnds(spec, n)) {
        for (std::size_t i = 0; i < std::min(left, variants.size()); ++i)
            passes += static_cast<std::int64_t>(end - begin) * variants[i];
        left = goingOn(spec, left);
        begin = end;
    }
    return passes;
}

std::vector<std::uint32_t> searchOrder(const Split& split, const TuneSpec& spec)
{
    auto order =
        randomOrder(static_cast<std::uint32_t>(split.size()), spec.seed, RandomUse::Subset, 1);
    if (spec.images > 0 && spec.images < order.size())
        order.resize(spec.images);
    return order;
}

} // namespace augury
