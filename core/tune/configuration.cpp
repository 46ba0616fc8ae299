// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tune/configuration.h"

#include "core/augment/presets.h"

#include <fmt/format.h>

#include <algorithm>

namespace augury {

namespace {

/// The rule in words, with its option where that is not the usual one.
std::string ruleWords(const VoteOptions& vote)
{
    std::string words = toString(vote.rule);
    std::replace(words.begin(), words.end(), '_', ' ');
    const VoteOptions usual;
    if (vote.rule == VoteRule::SharpenedMean && vote.temperature != usual.temperature)
        words += fmt::format(" (T {:g})", vote.temperature);
    if (vote.rule == VoteRule::ConfidenceWeighted && vote.gamma != usual.gamma)
        words += fmt::format(" (γ {:g})", vote.gamma);
    return words;
}

} // namespace

std::string shortName(const AugmentPolicy& policy)
{
    auto name = presetName(policy);
    if (!name.empty())
        return name;
    if (policy.views && !policy.views->list.empty()) {
        const auto views = policy.views->list.size();
        return fmt::format("{} chosen view{}", views, views == 1 ? "" : "s");
    }
    return describe(policy);
}

std::string describe(const Configuration& configuration)
{
    auto name = shortName(configuration.policy);
    if (name.find(", ") != std::string::npos)
        name = "(" + name + ")";
    const auto& views = configuration.policy.views; // of a list that all votes, the name says all
    const bool whole = views && !views->list.empty() && configuration.copies == views->count();
    auto text = fmt::format("{}{}, {}", name,
        whole ? "" : fmt::format(" × {}", configuration.copies), ruleWords(configuration.vote));
    if (configuration.vote.includeOriginal)
        text += " with the original";
    if (configuration.vote.blend > 0)
        text += fmt::format(", β {:g}", configuration.vote.blend);
    return text;
}

Configuration tutorialConfiguration()
{
    return {tutorialPolicy(), 7, {}};
}

} // namespace augury
