// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tta/sentence.h"

#include "core/tta/vote_merger.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace augury {

namespace {

/// "cat", "cat and dog", "cat, dog and bird"
std::string listed(const std::vector<std::string>& words)
{
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0)
            text += i + 1 == words.size() ? " and " : ", ";
        text += words[i];
    }
    return text;
}

/// The classes that share the largest value.
template <typename T> std::vector<std::int32_t> leaders(const std::vector<T>& values)
{
    const T most = *std::max_element(values.begin(), values.end());
    std::vector<std::int32_t> classes;
    for (std::size_t k = 0; k < values.size(); ++k)
        if (values[k] == most)
            classes.push_back(static_cast<std::int32_t>(k));
    return classes;
}

/// Their names; only how many where they would be a list of their own.
std::string namesOf(
    const std::vector<std::int32_t>& classes, std::span<const std::string> classNames)
{
    constexpr std::size_t mostNamed = 4;
    if (classes.size() > mostNamed)
        return fmt::format("{} classes", classes.size());
    std::vector<std::string> names;
    names.reserve(classes.size());
    for (const auto k : classes)
        names.push_back(className(classNames, k));
    return listed(names);
}

/// "5 of 7 copies say"
std::string share(int votes, int copies)
{
    if (copies == 1)
        return votes == 1 ? "The only copy says" : "No copy says";
    if (votes == copies)
        return copies == 2 ? "Both copies say" : fmt::format("All {} copies say", copies);
    return fmt::format("{} of {} copies {}", votes, copies, votes == 1 ? "says" : "say");
}

/// The sentence up to the comparison with the original.
struct Opening {
    std::string text;
    bool indirect = false; ///< it is not simply what most copies say
};

Opening opening(const ImageVote& vote, int copies, const VoteOptions& options,
    std::span<const std::string> names)
{
    const auto winner = vote.merged.predicted;
    const auto winnerName = className(names, winner);
    if (copies == 0)
        return {fmt::format("Without copies only the original votes, for {}", winnerName), true};
    if (vote.merged.tied) {
        const auto tied = leaders(vote.scores);
        // Hard votes decide by counts, which a blend or the original's own vote adds to.
        const bool counted =
            options.rule == VoteRule::Majority && !options.includeOriginal && options.blend == 0;
        const int votes = vote.counts[static_cast<std::size_t>(winner)];
        return {fmt::format("A tie{}{} goes to {}",
                    tied.size() > 1 ? " between " + namesOf(tied, names) : std::string(),
                    counted ? fmt::format(", {} of {} copies each,", votes, copies) : std::string(),
                    winnerName),
            true};
    }
    const auto commonest = leaders(vote.counts);
    const int most = vote.counts[static_cast<std::size_t>(commonest.front())];
    const bool agrees = std::find(commonest.begin(), commonest.end(), winner) != commonest.end();
    if (agrees)
        return {share(most, copies) + " " + winnerName, false};
    if (commonest.size() > 1)
        return {fmt::format("{} have {} of {} copies each, but the merged vote is {}",
                    namesOf(commonest, names), most, copies, winnerName),
            true};
    return {fmt::format("{} {}, but the merged vote is {}", share(most, copies),
                namesOf(commonest, names), winnerName),
        true};
}

} // namespace

ImageVote voteOn(const VoteTable& table, std::size_t image, int copies, const VoteOptions& options)
{
    requireMergeable(table, copies, options);
    ImageVote vote;
    vote.scores.resize(static_cast<std::size_t>(table.classes));
    vote.counts.assign(static_cast<std::size_t>(table.classes), 0);
    VoteMerger merger(options, table.classes);
    merger.start(table.outputs(image, 0));
    for (int slot = 1; slot <= copies; ++slot) {
        merger.add(table.outputs(image, slot));
        ++vote.counts[static_cast<std::size_t>(argmax(table.view(image, slot)))];
    }
    vote.merged = merger.merge(vote.scores);
    vote.original = argmax(table.view(image, 0));
    return vote;
}

std::string describeVote(const VoteTable& table, std::size_t image, int copies,
    const VoteOptions& options, std::span<const std::string> classNames)
{
    const auto vote = voteOn(table, image, copies, options);
    const auto label = table.labels[image];
    const bool same = vote.merged.predicted == vote.original;
    const auto start = opening(vote, copies, options, classNames);
    const auto sentence = [&](const std::string& consequence) {
        std::string comparison = "; the original said " + className(classNames, vote.original);
        if (same)
            comparison =
                start.indirect ? ", which the original said, too" : ", as the original did";
        return fmt::format(
            "{}{}: {}.", start.text, copies == 0 ? std::string() : comparison, consequence);
    };
    if (label < 0)
        return sentence(same ? "TTA changes nothing" : "TTA changes the answer");
    const auto labelName = className(classNames, label);
    const bool right = vote.merged.predicted == label;
    if (same && copies == 0)
        return sentence(right ? "right" : "wrong, it is labelled " + labelName);
    if (same)
        return sentence(right ? "both are right" : "both are wrong, it is labelled " + labelName);
    if (right)
        return sentence("TTA fixes this image");
    if (vote.original == label)
        return sentence("TTA breaks this image");
    return sentence("both are wrong, it is labelled " + labelName);
}

std::string describeRule(const VoteOptions& options, int copies)
{
    std::string rule = toString(options.rule);
    std::replace(rule.begin(), rule.end(), '_', ' ');
    std::string text = copies == 0
        ? rule + " of the original alone"
        : fmt::format("{} of {} {}", rule, copies, copies == 1 ? "copy" : "copies");
    if (options.includeOriginal && copies > 0)
        text += " and the original";
    if (options.blend > 0)
        text += fmt::format(", blended with the original (β {:g})", options.blend);
    return text;
}

std::string describeSlots(std::span<const int> slots, std::size_t most)
{
    const bool original = !slots.empty() && slots.front() == 0;
    const auto copies = original ? slots.subspan(1) : slots;
    if (copies.empty())
        return original ? "original" : "";
    const auto text = (original ? "original and " : "") + describeCopies(copies, most);
    return copies.size() == 1 ? text : text + fmt::format(" (×{})", copies.size());
}

std::string describeCopies(std::span<const int> copies, std::size_t most)
{
    if (copies.empty())
        return {};
    std::vector<std::string> numbers;
    const bool all = copies.size() <= std::max<std::size_t>(most, 3);
    const auto named = all ? copies.size() : std::max<std::size_t>(most, 3) - 2;
    for (std::size_t i = 0; i < named; ++i)
        numbers.push_back(std::to_string(copies[i]));
    if (copies.size() == 1)
        return "copy " + numbers.front();
    return "copies "
        + (all ? listed(numbers) : fmt::format("{} … {}", fmt::join(numbers, ", "), copies.back()));
}

std::string className(std::span<const std::string> classNames, std::int32_t k)
{
    const auto index = static_cast<std::size_t>(k);
    return k >= 0 && index < classNames.size() ? classNames[index] : fmt::format("class {}", k);
}

} // namespace augury
