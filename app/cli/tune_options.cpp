// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/tune_options.h"

#include "app/cli/tune_lists.h"
#include "app/cli/values.h"
#include "core/experiment/project.h"
#include "core/support/json_file.h"
#include "core/tune/configuration.h"
#include "core/tune/tune_json.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <functional>
#include <memory>

namespace augury::cli {

namespace {

constexpr const char* searchGroup = "What is tried";

/// A text whose Error names the option. A second one adds to the first.
CLI::Option* addList(CLI::App& command, const std::string& name, const std::string& type,
    const std::function<void(const std::string&)>& read, const std::string& help)
{
    const auto each = [read, name](const std::vector<std::string>& texts) {
        try {
            for (const auto& text : texts)
                read(text);
        } catch (const Error& problem) {
            throw CLI::ValidationError(name, problem.what());
        }
        return true;
    };
    return command.add_option_function<std::vector<std::string>>(name, each, help)
        ->type_name(type)
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
        ->group(searchGroup);
}

/// A list that replaces what was there by default.
template <class Value>
CLI::Option* addReplaced(CLI::App& command, const std::string& name, const std::string& type,
    std::vector<Value>& target, std::vector<Value> (*parse)(const std::string&),
    const std::string& help)
{
    const auto given = std::make_shared<bool>(false);
    return addList(
        command, name, type,
        [&target, parse, given](const std::string& text) {
            if (!std::exchange(*given, true))
                target.clear();
            const auto more = parse(text);
            target.insert(target.end(), more.begin(), more.end());
        },
        help);
}

template <class Value, class Words>
std::string joined(const std::vector<Value>& values, const Words& words)
{
    std::string text;
    for (const auto& value : values)
        text += fmt::format("{}{}", text.empty() ? "" : ",", words(value));
    return text;
}

void addPolicies(CLI::App& command, TuneOptions& options, const std::string& help)
{
    addReplaced(command, "--policies", "NAME|FILE,…", options.spec.policies, policiesIn, help)
        ->default_str(joined(options.spec.policies, [](const AugmentPolicy& policy) {
            return policy.isIdentity() ? std::string("none") : shortName(policy);
        }));
}

void addCopiesNumber(CLI::App& command, TuneOptions& options, int least, const std::string& help)
{
    addNumber(command, "--copies", options.spec.copies, least, 1000, help)->group(searchGroup);
}

void addSweepOptions(CLI::App& command, TuneOptions& options)
{
    auto& spec = options.spec;
    addPolicies(command, options,
        "presets or policy files; with --field those that it is put on, and \"none\" unless named");
    const auto fields = [&spec](const std::string& text) { spec.fields.push_back(fieldIn(text)); };
    addList(command, "--field", "NAME=STRENGTHS", fields,
        "a field of the policies and its strengths, \"rotation_range=0,5,10\" or "
        "\"rotation_range=0..45/9\" (9 steps); several: each with each");
    addReplaced(command, "--copies", "LIST", spec.copyCounts, countsIn,
        "numbers of copies, \"1,3,7\" or \"1-20\"")
        ->default_str(joined(spec.copyCounts, [](int n) { return n; }));
    addReplaced(
        command, "--rules", "LIST", spec.rules, rulesIn, "vote rules, \"mean,majority\", or all")
        ->default_str(joined(spec.rules, [](VoteRule rule) { return toString(rule); }));
    addReplaced(command, "--originals", "LIST", spec.originals, originalsIn,
        "how the untouched image takes part: none, included (it votes too), or a blend such as "
        "0.25")
        ->default_str(joined(spec.originals, [](const OriginalPart& part) {
            return part.included ? std::string("included")
                : part.blend > 0 ? fmt::format("{:g}", part.blend)
                                 : std::string("none");
        }));
    addVoteNumbers(command, spec.vote);
    command
        .add_flag("--halving,!--no-halving", spec.halving,
            "try all on some images, and only the better half of them on twice as many, and so on "
            "(on unless --no-halving)")
        ->group(searchGroup);
    addNumber(
        command, "--halving-start", spec.halvingStart, 50, 1'000'000, "images of the first round")
        ->group(searchGroup);
}

void addGreedyOptions(CLI::App& command, TuneOptions& options)
{
    auto& spec = options.spec;
    addList(
        command, "--pool", "KINDS", [&spec](const std::string& text) { readPool(text, spec.pool); },
        "kinds of fixed views to choose from, beside the original: " + poolKinds() + "; or none");
    addNumber(command, "--random", spec.pool.random, 0, 500, "random views beside these")
        ->group(searchGroup);
    addList(
        command, "--random-policy", "NAME|FILE",
        [&spec](const std::string& text) { spec.pool.policy = policyNamed(text); },
        "what the random views are drawn from");
    addNumber(command, "--steps", spec.steps, 1, 100, "views to choose, one by one")
        ->group(searchGroup);
}

void addMethodOptions(CLI::App& command, TuneOptions& options)
{
    auto& spec = options.spec;
    switch (spec.method) {
    case TuneMethod::Copies:
        addPolicies(command, options, "presets or policy files: one curve each");
        addCopiesNumber(command, options, 1, "up to so many copies an image");
        addVoteOptions(command, spec.vote);
        return;
    case TuneMethod::Sweep:
        addSweepOptions(command, options);
        return;
    case TuneMethod::Greedy:
        addGreedyOptions(command, options);
        return;
    case TuneMethod::Weights:
        addPolicies(command, options, "presets or policy files of fixed views");
        addCopiesNumber(command, options, 0, "only the first N views; 0: all");
        command
            .add_flag("--include-original", spec.vote.includeOriginal,
                "the untouched image has a weight, too")
            ->group(searchGroup);
        return;
    case TuneMethod::Sensitivity:
        addPolicies(command, options, "the one whose field is swept; \"none\": nothing else is on");
        addList(
            command, "--field", "NAME=STRENGTHS",
            [&spec](const std::string& text) { spec.swept = fieldIn(text); },
            "the field and its strengths, \"rotation_range=0,5,10\" or \"rotation_range=0..45/9\" "
            "(9 steps)");
        addCopiesNumber(command, options, 1, "copies an image");
        addVoteOptions(command, spec.vote);
        return;
    }
}

/// Model, data and machine.
void addSubject(CLI::App& command, TuneOptions& options)
{
    addModelOption(command, options, "--model",
        "the .safetensors file that `train --validation-fraction` wrote");
    addDataOptions(command, options);
    // Else the search could see images that the model was trained on.
    command.remove_option(command.get_option("--split-seed"));
    addNumber(command, "--images", options.spec.images, std::size_t(0), std::size_t(1'000'000'000),
        "search on N of the validation images; 0: all")
        ->group(searchGroup);
    addMachineOptions(command, options);
    command.get_option("--seed")->description("decides the copies and the order of the images");
}

void addResults(CLI::App& command, TuneOptions& options)
{
    addTuneOutputs(command, options);
    addHistoryOption(command, options);
    addPath(command, "--save-spec", options.saveSpec,
        "write what is tried to a .json file, for `tune --spec`")
        ->group(outputGroup);
}

} // namespace

void addWhereOptions(CLI::App& command, TuneOptions& options)
{
    options.command = &command;
    addPath(command, "--model", options.model,
        "where the search's model is now; without, where it was");
    addText(
        command, "--data", "DIR",
        [&options](const std::string& text) { options.config.dataPath = text; },
        "where the search's images are now; without, where they were");
    addMachineOptions(command, options);
    command.remove_option(command.get_option("--seed")); // the search's
    for (const char* name : {"--threads", "--device"})
        command.get_option(name)->default_str("the search's");
}

void addUnderOption(CLI::App& command, TuneOptions& options, const std::string& help)
{
    const auto read = [&options](const std::string& text) {
        const auto cost = parseNumber<double>(text);
        if (!cost || !(*cost >= 1 && *cost <= 1e6)) // so that NaN is refused
            throw CLI::ValidationError("--under",
                fmt::format("\"{}\" is not a number of passes an image, from 1 on", text));
        options.under = *cost;
    };
    addText(command, "--under", "COST", read, help)->group(outputGroup);
}

void addTuneOutputs(CLI::App& command, TuneOptions& options)
{
    addJsonOptions(command, options);
    addCsvOption(command, options);
    addPlotOption(command, options);
    addNumber(command, "--top", options.top, 0, 1'000'000, "rows of the table; 0: all")
        ->group(outputGroup);
    addUnderOption(command, options,
        "name the best at no more than COST passes an image as well; --use-best then takes it");
    addPath(command, "--use-best", options.useBest,
        "write a project, a .augury file, with the best configuration")
        ->group(outputGroup);
}

void addTuneOptions(CLI::App& command, TuneOptions& options, TuneMethod method)
{
    options.spec = defaultSpec(method);
    addSubject(command, options);
    addMethodOptions(command, options);
    addResults(command, options);
}

void addSpecFileOptions(CLI::App& command, TuneOptions& options)
{
    addPath(command, "--spec", options.specFile,
        "what to try, in a .json file that --save-spec wrote; --seed and --images say otherwise")
        ->group(searchGroup);
    addSubject(command, options);
    addResults(command, options);
}

void settleTune(TuneOptions& options)
{
    auto& spec = options.spec;
    const auto given = [&](const char* name) {
        const auto* option = options.command->get_option_no_throw(name);
        return option != nullptr && option->count() > 0;
    };
    if (!options.specFile.empty()) {
        const auto images = spec.images;
        const auto asked = options.config.training.seed;
        spec = specFromJson(readJsonFile(options.specFile, "search"), options.specFile.string());
        if (given("--images"))
            spec.images = images;
        options.config.training.seed = given("--seed") ? asked : spec.seed;
    } else if (spec.method == TuneMethod::Sweep && !spec.fields.empty() && !given("--policies")) {
        spec.policies = {AugmentPolicy{}}; // presets have their own strengths
    }
    spec.seed = options.config.training.seed;
    throwIfAny(spec.validate(), "This search does not work");
    settle(options);
    requireTuneOutputs(options);
}

void requireTuneOutputs(const TuneOptions& options)
{
    if (!options.saveSpec.empty())
        requireWritable(options.saveSpec, "--save-spec", {".json"});
    if (!options.useBest.empty())
        requireWritable(options.useBest, "--use-best", {projectSuffix, ".json"});
}

} // namespace augury::cli
