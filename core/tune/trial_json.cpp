// SPDX-License-Identifier: GPL-3.0-or-later
// Configurations, trials and confirmations in JSON.
#include "core/augment/policy_json.h"
#include "core/experiment/comparison_json.h"
#include "core/experiment/experiment_config.h"
#include "core/experiment/vote_json.h"
#include "core/support/base64.h"
#include "core/support/json_fields.h"
#include "core/tune/tune_json.h"

#include <fmt/format.h>

#include <bit>
#include <cmath>
#include <limits>

namespace augury {

using nlohmann::json;

namespace {

constexpr int mostTrials = 10'000'000;
constexpr std::size_t wordBytes = 8;
constexpr std::size_t wordBits = 64;

Trial::State stateFromString(const std::string& text)
{
    for (const auto state :
        {Trial::State::Waiting, Trial::State::Finished, Trial::State::Dropped}) {
        if (text == toString(state))
            return state;
    }
    throw Error(fmt::format("\"{}\" is no state of a trial", text));
}

/// A whole number; reading would cut a broken one and wrap one that is too large.
template <class Integer> Integer wholeAt(const json& object, const char* field, Integer most)
{
    const auto& value = object.at(field);
    if (!value.is_number_integer() || value < 0 || value > most) // in memory it may be signed
        throw Error(fmt::format("\"{}\" must be a whole number from 0 to {}", field, most));
    return value.get<Integer>();
}

/// null, which stands for what is no number, is NaN.
double numberAt(const json& object, const char* field)
{
    const auto& value = object.at(field);
    return value.is_null() ? std::numeric_limits<double>::quiet_NaN() : value.get<double>();
}

std::optional<double> optionalAt(const json& object, const char* field)
{
    const auto found = object.find(field);
    return found == object.end() || found->is_null() ? std::nullopt
                                                     : std::optional(found->get<double>());
}

json optionalNumber(const std::optional<double>& value)
{
    return value ? numberOrNull(*value) : json();
}

json toJson(const NllSums& sums, std::int64_t images)
{
    return {{"mean", numberOrNull(sums.mean(images))}, {"sum", numberOrNull(sums.sum)},
        {"squares", numberOrNull(sums.squares)}};
}

NllSums nllAt(const json& object, const char* field)
{
    const NllSums sums{numberAt(object.at(field), "sum"), numberAt(object.at(field), "squares")};
    if (!std::isfinite(sums.sum) || !std::isfinite(sums.squares)) // trials are sorted by them
        throw Error(fmt::format("\"{}\" is no number", field));
    return sums;
}

Comparison countsOf(const json& object)
{
    const auto comparison = comparisonFromJson(object);
    if (!isPossible(comparison))
        throw Error("it has counts of images that cannot be");
    return comparison;
}

std::string bytesOf(const std::vector<std::uint64_t>& words)
{
    std::string bytes;
    bytes.reserve(words.size() * wordBytes);
    for (const auto word : words) {
        for (unsigned i = 0; i < wordBytes; ++i)
            bytes += static_cast<char>(word >> (8U * i) & 0xffU);
    }
    return bytes;
}

std::vector<std::uint64_t> wordsOf(const std::string& bytes)
{
    std::vector<std::uint64_t> words(bytes.size() / wordBytes);
    for (std::size_t i = 0; i < words.size() * wordBytes; ++i)
        words[i / wordBytes] |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i]))
            << (8U * (i % wordBytes));
    return words;
}

/// As many bits as images, and as many of them set as were predicted rightly.
std::vector<std::uint64_t> rightOf(const json& object, const Comparison& comparison)
{
    const auto bytes = fromBase64(object.at("right").get_ref<const std::string&>());
    const auto images = static_cast<std::size_t>(comparison.images);
    const auto words = (images + wordBits - 1) / wordBits;
    if (!bytes || bytes->size() != words * wordBytes)
        throw Error(fmt::format("\"right\" must be {} bytes in base64", words * wordBytes));
    auto right = wordsOf(*bytes);
    std::int64_t set = 0;
    for (const auto word : right)
        set += std::popcount(word);
    const bool beyond = images % wordBits != 0 && right.back() >> (images % wordBits) != 0;
    if (set != comparison.ttaCorrect || beyond)
        throw Error("\"right\" does not fit the number of images predicted rightly");
    return right;
}

/// What an Error or an exception of nlohmann's says, with `where` before it.
template <class Read> auto named(const std::string& where, const char* what, const Read& read)
{
    try {
        return read();
    } catch (const json::exception& problem) {
        throw Error(fmt::format("{} is no {} ({}).", where, what, problem.what()));
    } catch (const Error& problem) {
        throw Error(fmt::format("{} is no {}: {}.", where, what, problem.what()));
    }
}

} // namespace

const char* toString(Trial::State state)
{
    switch (state) {
    case Trial::State::Waiting:
        return "waiting";
    case Trial::State::Finished:
        return "finished";
    case Trial::State::Dropped:
        break;
    }
    return "dropped";
}

json toJson(const Configuration& configuration)
{
    return {{"policy", augury::toJson(configuration.policy)}, {"copies", configuration.copies},
        {"vote", augury::toJson(configuration.vote)}};
}

Configuration configurationFromJson(const json& object, const std::string& where)
{
    try {
        JsonFields fields(object, "a configuration");
        ExperimentConfig config; // whose rules on what fits what are the same
        fields.nested("policy", [&](const json& value) {
            config.policy = policyFromJson(value, "augmentation policy");
        });
        fields.integer("copies", config.copies);
        fields.nested("vote", [&](const json& value) { config.vote = voteFromJson(value); });
        fields.refuseUnknown();
        if (fields.problems().empty())
            fields.problems() = config.validate();
        throwIfAny(fields.problems(), "The configuration has errors");
        return {config.policy, config.copies, config.vote};
    } catch (const Error& problem) {
        throw Error(where + ": " + problem.what());
    }
}

json toJson(const Trial& trial)
{
    json result = augury::toJson(trial.comparison);
    result.update({{"index", trial.index}, {"place", trial.place},
        {"configuration", toJson(trial.configuration)}, {"words", describe(trial.configuration)},
        {"state", toString(trial.state)}, {"nll", toJson(trial.nll, trial.images())},
        {"baseline_nll", toJson(trial.baselineNll, trial.images())},
        {"right", base64(bytesOf(trial.right))}, {"seconds", numberOrNull(trial.seconds)},
        {"log_likelihood", optionalNumber(trial.logLikelihood)},
        {"temperature", optionalNumber(trial.temperature)},
        {"held_out_nll", optionalNumber(trial.heldOutNll)}, {"preferred", trial.preferred}});
    return result;
}

Trial trialFromJson(const json& row, const std::string& where)
{
    return named(where, "trial", [&] {
        Trial trial;
        trial.index = wholeAt(row, "index", mostTrials);
        for (const auto& place : row.at("place"))
            trial.place.push_back(wholeAt(json{{"place", place}}, "place", mostTrials));
        trial.configuration = configurationFromJson(row.at("configuration"), "its configuration");
        trial.state = stateFromString(row.at("state").get<std::string>());
        trial.comparison = countsOf(row);
        trial.nll = nllAt(row, "nll");
        trial.baselineNll = nllAt(row, "baseline_nll");
        trial.right = rightOf(row, trial.comparison);
        trial.seconds = numberAt(row, "seconds");
        trial.logLikelihood = optionalAt(row, "log_likelihood");
        trial.temperature = optionalAt(row, "temperature");
        trial.heldOutNll = optionalAt(row, "held_out_nll");
        trial.preferred = row.value("preferred", false);
        return trial;
    });
}

json toJson(const Confirmation& confirmation)
{
    const auto images = confirmation.test.images;
    return {{"configuration", toJson(confirmation.configuration)},
        {"words", describe(confirmation.configuration)}, {"seed", confirmation.seed},
        {"test", augury::toJson(confirmation.test)}, {"nll", toJson(confirmation.nll, images)},
        {"baseline_nll", toJson(confirmation.baselineNll, images)},
        {"seconds", numberOrNull(confirmation.seconds)},
        {"search", confirmation.search ? augury::toJson(*confirmation.search) : json()},
        {"tried", confirmation.tried}, {"did_not_carry_over", didNotCarryOver(confirmation)}};
}

Confirmation confirmationFromJson(const json& row, const std::string& where)
{
    return named(where, "confirmation", [&] {
        Confirmation confirmation;
        confirmation.configuration =
            configurationFromJson(row.at("configuration"), "its configuration");
        confirmation.seed = wholeAt(row, "seed", std::numeric_limits<std::uint64_t>::max());
        confirmation.test = countsOf(row.at("test"));
        confirmation.nll = nllAt(row, "nll");
        confirmation.baselineNll = nllAt(row, "baseline_nll");
        confirmation.seconds = numberAt(row, "seconds");
        if (const auto& search = row.at("search"); !search.is_null())
            confirmation.search = countsOf(search);
        confirmation.tried = wholeAt(row, "tried", std::numeric_limits<std::int64_t>::max());
        return confirmation;
    });
}

} // namespace augury
