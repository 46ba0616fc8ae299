// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/vote_json.h"

#include "core/support/json_fields.h"

namespace augury {

using nlohmann::json;

json toJson(const VoteOptions& options)
{
    return {{"rule", toString(options.rule)}, {"include_original", options.includeOriginal},
        {"blend", options.blend}, {"temperature", options.temperature}, {"gamma", options.gamma},
        {"weights", options.weights}};
}

VoteOptions voteFromJson(const json& object, const VoteOptions& defaults)
{
    VoteOptions options = defaults;
    JsonFields fields(object, "a vote");
    fields.choice<VoteRule>("rule", options.rule, voteRuleFromString, voteRuleNames().c_str());
    fields.boolean("include_original", options.includeOriginal);
    fields.number("blend", options.blend);
    fields.number("temperature", options.temperature);
    fields.number("gamma", options.gamma);
    fields.numbers("weights", options.weights);
    fields.refuseUnknown();
    for (auto& problem : options.validate())
        fields.problems().push_back(std::move(problem));
    throwIfAny(fields.problems(), "The vote has errors");
    return options;
}

} // namespace augury
