// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/interrupt.h"
#include "app/cli/results.h"
#include "app/cli/resume.h"
#include "app/cli/runs_outputs.h"
#include "app/cli/tables.h"
#include "app/cli/tune_search.h"
#include "app/cli/values.h"
#include "core/experiment/report.h"
#include "core/experiment/versions.h"
#include "core/store/run_documents.h"
#include "core/tune/confirmation.h"
#include "core/tune/judgement.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <memory>

namespace augury::cli {

namespace {

struct ConfirmOptions : TuneOptions {
    std::string run;
    bool best = false;
    std::vector<int> trials; ///< as the table numbers them, from 1
    bool tutorial = false;
};

std::int64_t searchNamed(const std::string& text, const RunStore& store)
{
    if (text == "last") {
        const auto latest = store.latest(tuneKind);
        if (!latest)
            throw Error("There is no search to confirm: `augury-cli tune` makes one.");
        return *latest;
    }
    const auto id = runNamed(text, store);
    const auto kind = store.get(id).info.kind;
    if (kind != tuneKind)
        throw Error(fmt::format(
            "Run {} is one of `{}`, not of `tune`: it chose nothing that could be confirmed.", id,
            kind));
    return id;
}

/// What is to be confirmed, each once, the tutorial's last.
std::vector<Trial> chosenOf(const ConfirmOptions& options, const RunRecord& record)
{
    const auto& trials = record.trials;
    std::vector<Trial> chosen;
    const auto add = [&](const Trial& trial) {
        const auto same = [&](const Trial& other) { return other.index == trial.index; };
        if (std::ranges::none_of(chosen, same))
            chosen.push_back(trial);
    };
    for (const int number : options.trials) {
        const auto found = std::ranges::find(trials, number - 1, &Trial::index);
        if (found == trials.end() || found->images() == 0)
            throw Error(
                fmt::format("Run {} has not tried a configuration {}.", record.info.id, number));
        add(*found);
    }
    const auto none = [&](const std::string& which) {
        throw Error(fmt::format("Run {} has no finished configuration{}.", record.info.id, which));
    };
    if (options.under) {
        const auto best = bestUnder(trials, *options.under);
        if (!best)
            none(fmt::format(" at no more than {:g}× the cost", *options.under));
        add(trials[*best]);
    }
    if (options.best || (options.trials.empty() && !options.under)) {
        const int best = judge(trials, static_cast<std::int64_t>(trials.size())).best;
        if (best < 0)
            none("");
        add(trials[static_cast<std::size_t>(best)]);
    }
    const auto isTutorial = [](const Trial& trial) {
        return trial.configuration == tutorialConfiguration();
    };
    if (options.tutorial && std::ranges::none_of(chosen, isTutorial)) { // else it is there
        Trial tutorial;
        tutorial.index = -1;
        tutorial.configuration = tutorialConfiguration();
        chosen.push_back(tutorial);
    }
    return chosen;
}

ExitCode confirm(ConfirmOptions& options)
{
    Console console;
    const Interrupt interrupt;
    auto store = RunStore::open(RunStore::defaultPath()); // to count it: before any look
    const auto id = searchNamed(options.run, store);
    const auto record = store.get(id);
    const auto spec = specFromDocument(record.document, fmt::format("Run {}", id));
    const auto chosen = chosenOf(options, record);
    const auto tuned = openSearched(record, options, console, interrupt.token());
    const auto& test = tuned.splits.test;
    const auto tried = static_cast<std::int64_t>(numberAt(record.document, "tried"));
    if (!options.json)
        console.print(describeData(tuned.dataset, {{}, {}, test})
            + fmt::format("Search: run {}, {}, {} configurations tried on {} validation images\n",
                id, toString(spec.method), tried,
                static_cast<std::int64_t>(numberAt(part(record.document, "search"), "images"))));

    const auto classifier = makeClassifier(
        tuned.checkpoint, options.config.training.device, options.config.training.threads);
    const Job job{
        interrupt.token(), [&console](const Progress& progress) { console.progress(progress); }};
    const auto confirmed = confirmOnTest(
        *classifier, test, chosen, tried, spec.seed, options.config.training.threads, job);
    console.clear();

    const auto key = testSetKey(tuned.dataset, test);
    std::vector<Confirmation> all;
    for (const auto& kept : store.confirmations(key))
        all.push_back(kept.confirmation);
    const auto earlier = all.size();
    for (const auto& confirmation : confirmed) {
        store.addConfirmation(key, id, confirmation);
        all.push_back(confirmation);
    }
    const auto adjusted = holmAdjusted(all);

    nlohmann::json document = {{"run", id}, {"test_set", key}, {"test_images", test.size()},
        {"earlier", earlier}, {"confirmations", nlohmann::json::array()},
        {"data", dataJson(tuned.dataset, tuned.splits)}, {"versions", versionsJson()}};
    for (std::size_t i = 0; i < confirmed.size(); ++i) {
        const double p = adjusted[earlier + i];
        const auto text = confirmationText(
            confirmed[i], p, static_cast<int>(earlier), static_cast<int>(confirmed.size()));
        auto row = toJson(confirmed[i]);
        row["trial"] = chosen[i].index < 0 ? nlohmann::json() : nlohmann::json(chosen[i].index);
        row["p_holm"] = p;
        row["text"] = text;
        document["confirmations"].push_back(std::move(row));
        if (!options.json)
            console.print(fmt::format("\n{}: {}\n{}\n",
                chosen[i].index < 0 ? "For comparison, the tutorial's"
                                    : fmt::format("Trial {}", chosen[i].index + 1),
                describe(confirmed[i].configuration), text));
    }
    deliver(options, console, {document, {}, tuned.dataset, nullptr, {}, {}});
    return done;
}

} // namespace

Command addTuneConfirmCommand(CLI::App& tune)
{
    CLI::App& command = *tune.add_subcommand("confirm",
        "Measure what a search chose, with the baseline, once on the test images, and say whether "
        "the gain carried over. Every use of a test set is counted.");
    const auto options = std::make_shared<ConfirmOptions>();
    options->command = &command;
    addText(
        command, "RUN", "RUN", [options](const std::string& text) { options->run = text; },
        "the search: its number, or \"last\"")
        ->required();
    command.add_flag(
        "--best", options->best, "the best configuration; so without --trial and --under");
    const auto trials = [options](const std::vector<std::string>& texts) {
        for (const auto& text : texts) {
            const auto number = parseNumber<int>(text);
            if (!number || *number < 1)
                throw CLI::ValidationError(
                    "--trial", fmt::format("\"{}\" is not the number of a trial", text));
            options->trials.push_back(*number);
        }
        return true;
    };
    command
        .add_option_function<std::vector<std::string>>(
            "--trial", trials, "the trial of this number; several may be named")
        ->type_name("N");
    addUnderOption(command, *options, "the best at no more than COST passes an image");
    command
        .add_option_function<std::string>(
            "--beside", [options](const std::string&) { options->tutorial = true; },
            "confirm the tutorial's seven flips as well, for comparison")
        ->type_name("tutorial")
        ->check(CLI::IsMember({"tutorial"}));
    addWhereOptions(command, *options);
    addJsonOptions(command, *options);
    return [options] { return confirm(*options); };
}

} // namespace augury::cli
