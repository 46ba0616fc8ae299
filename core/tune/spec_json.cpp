// SPDX-License-Identifier: GPL-3.0-or-later
// What to try, in JSON.
#include "core/augment/policy_json.h"
#include "core/augment/presets.h"
#include "core/experiment/vote_json.h"
#include "core/support/json_fields.h"
#include "core/tune/tune_json.h"

#include <fmt/format.h>

namespace augury {

using nlohmann::json;

namespace {

/// A preset's name, or the policy itself.
AugmentPolicy policyOf(const json& value, const std::string& where)
{
    if (!value.is_string())
        return policyFromJson(value, where);
    const auto name = value.get<std::string>();
    if (const auto* preset = findPreset(name))
        return preset->policy;
    throw Error(fmt::format("there is no preset \"{}\"", name));
}

template <class Value>
json listOf(const std::vector<Value>& values, const std::function<json(const Value&)>& each)
{
    auto list = json::array();
    for (const auto& value : values)
        list.push_back(each(value));
    return list;
}

/// A field that is a list, each of its values by `parse`; what that throws becomes a problem.
template <class Value>
void readList(JsonFields& fields, const char* field, std::vector<Value>& values,
    const std::function<Value(const json&)>& parse)
{
    const auto* list = fields.listOrNull(field);
    if (list == nullptr)
        return;
    values.clear();
    for (std::size_t i = 0; i < list->size(); ++i) {
        try {
            values.push_back(parse((*list)[i]));
        } catch (const Error& problem) {
            fields.add(fmt::format("{}[{}]", field, i + 1), problem.what());
        } catch (const json::exception&) {
            fields.add(fmt::format("{}[{}]", field, i + 1), "is of the wrong kind");
        }
    }
}

json toJson(const FieldRange& range)
{
    return {{"field", range.field}, {"strengths", range.strengths}};
}

FieldRange rangeOf(const json& object)
{
    FieldRange range;
    JsonFields fields(object, "a field and its strengths");
    fields.text("field", range.field);
    fields.numbers("strengths", range.strengths);
    fields.refuseUnknown();
    throwIfAny(fields.problems(), "A field's strengths have errors");
    return range;
}

json toJson(const OriginalPart& part)
{
    return {{"included", part.included}, {"blend", part.blend}};
}

OriginalPart originalOf(const json& object)
{
    OriginalPart part;
    JsonFields fields(object, "how the original takes part");
    fields.boolean("included", part.included);
    fields.number("blend", part.blend);
    fields.refuseUnknown();
    throwIfAny(fields.problems(), "The original's part has errors");
    return part;
}

/// One list of the kinds of views, for reading and for writing.
template <class Pool, class Action> void forEachKind(Pool& pool, const Action& action)
{
    action("flips", pool.flips);
    action("vertical_flips", pool.verticalFlips);
    action("quarter_turns", pool.quarterTurns);
    action("shifts", pool.shifts);
    action("rotations", pool.rotations);
    action("zooms", pool.zooms);
    action("crops", pool.crops);
    action("brightness", pool.brightness);
    action("blur", pool.blur);
}

json toJson(const ViewPool& pool)
{
    json result = {{"random", pool.random}, {"policy", augury::toJson(pool.policy)}};
    forEachKind(pool, [&](const char* name, bool on) { result[name] = on; });
    return result;
}

ViewPool poolOf(const json& object, ViewPool pool)
{
    JsonFields fields(object, "a pool of views");
    forEachKind(pool, [&](const char* name, bool& on) { fields.boolean(name, on); });
    fields.integer("random", pool.random);
    fields.nested(
        "policy", [&](const json& value) { pool.policy = policyOf(value, "the pool's policy"); });
    fields.refuseUnknown();
    throwIfAny(fields.problems(), "The pool has errors");
    return pool;
}

int copiesOf(const json& value)
{
    constexpr int most = 1000;
    if (!value.is_number_integer() || value.get<double>() < 1 || value.get<double>() > most)
        throw Error(fmt::format("must be a whole number from 1 to {}", most));
    return value.get<int>();
}

void readSweep(JsonFields& fields, TuneSpec& spec)
{
    readList<FieldRange>(fields, "fields", spec.fields, rangeOf);
    readList<int>(fields, "copy_counts", spec.copyCounts, copiesOf);
    readList<VoteRule>(fields, "rules", spec.rules,
        [](const json& value) { return voteRuleFromString(value.get<std::string>()); });
    readList<OriginalPart>(fields, "originals", spec.originals, originalOf);
    fields.boolean("halving", spec.halving);
    fields.integer("halving_start", spec.halvingStart);
}

/// The fields that the method has beside "method", "images" and "seed".
void readMethod(JsonFields& fields, TuneSpec& spec)
{
    if (spec.method == TuneMethod::Greedy) {
        fields.nested("pool", [&](const json& value) { spec.pool = poolOf(value, spec.pool); });
        fields.integer("steps", spec.steps);
        return;
    }
    readList<AugmentPolicy>(fields, "policies", spec.policies,
        [](const json& value) { return policyOf(value, "a policy"); });
    fields.nested("vote", [&](const json& value) { spec.vote = voteFromJson(value, spec.vote); });
    if (spec.method == TuneMethod::Sweep)
        readSweep(fields, spec);
    else
        fields.integer("copies", spec.copies);
    if (spec.method == TuneMethod::Sensitivity)
        fields.nested("swept", [&](const json& value) { spec.swept = rangeOf(value); });
}

} // namespace

json toJson(const TuneSpec& spec)
{
    json result = {{"method", toString(spec.method)}, {"images", spec.images}, {"seed", spec.seed}};
    if (spec.method == TuneMethod::Greedy) {
        result.update({{"pool", toJson(spec.pool)}, {"steps", spec.steps}});
        return result;
    }
    result["policies"] = listOf<AugmentPolicy>(
        spec.policies, [](const auto& policy) { return augury::toJson(policy); });
    result["vote"] = augury::toJson(spec.vote);
    if (spec.method == TuneMethod::Sweep)
        result.update(
            {{"fields",
                 listOf<FieldRange>(spec.fields, [](const auto& range) { return toJson(range); })},
                {"copy_counts", spec.copyCounts},
                {"rules",
                    listOf<VoteRule>(spec.rules, [](const auto& rule) { return toString(rule); })},
                {"originals",
                    listOf<OriginalPart>(
                        spec.originals, [](const auto& part) { return toJson(part); })},
                {"halving", spec.halving}, {"halving_start", spec.halvingStart}});
    else
        result["copies"] = spec.copies;
    if (spec.method == TuneMethod::Sensitivity)
        result["swept"] = toJson(spec.swept);
    return result;
}

TuneSpec specFromJson(const json& object, const std::string& where)
{
    try {
        JsonFields fields(object, "a search");
        auto method = TuneMethod::Copies;
        fields.choice<TuneMethod>("method", method, tuneMethodFromString,
            "copies, sweep, greedy, weights or sensitivity");
        TuneSpec spec = defaultSpec(method);
        fields.integer("images", spec.images);
        fields.integer("seed", spec.seed);
        readMethod(fields, spec);
        fields.refuseUnknown();
        if (fields.problems().empty())
            fields.problems() = spec.validate();
        throwIfAny(fields.problems(), "The search has errors");
        return spec;
    } catch (const Error& problem) {
        throw Error(where + ": " + problem.what());
    }
}

} // namespace augury
