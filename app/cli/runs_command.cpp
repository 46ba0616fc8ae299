// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/options.h"
#include "app/cli/run_text.h"
#include "app/cli/runs_outputs.h"
#include "app/cli/values.h"
#include "core/experiment/report.h"
#include "core/store/run_documents.h"
#include "core/store/run_store.h"
#include "core/support/atomic_file.h"
#include "core/support/json_file.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <limits>
#include <memory>

namespace augury::cli {

namespace {

using nlohmann::json;

struct RunsOptions {
    std::string run; ///< as it was typed
    std::vector<std::string> runs;
    std::vector<std::string> words; ///< tags, files
    std::string text; ///< a name, a note
    std::filesystem::path file;
    std::string kind;
    std::string status;
    std::string tag;
    int limit = 100;
    double days = 30;
    bool unfinished = false;
    bool deleted = false;
    bool removeTags = false;
    bool json = false;
};

RunStore openHistory()
{
    return RunStore::open(RunStore::defaultPath());
}

std::vector<std::int64_t> runsNamed(const RunsOptions& options, const RunStore& store)
{
    std::vector<std::int64_t> ids;
    for (const auto& text : options.runs) {
        ids.push_back(runNamed(text, store));
        store.get(ids.back()); // all are there before one is touched
    }
    return ids;
}

// ---- reading

std::vector<RunInfo> unfinishedRuns(const RunStore& store)
{
    auto runs = store.unfinished(repeatKind);
    const auto searches = store.unfinished(tuneKind);
    runs.insert(runs.end(), searches.begin(), searches.end());
    std::ranges::sort(runs, std::ranges::greater(), &RunInfo::id);
    return runs;
}

ExitCode list(const RunsOptions& options, Console& console)
{
    const auto path = RunStore::defaultPath();
    std::error_code error;
    std::vector<RunInfo> runs;
    if (std::filesystem::exists(path, error)) {
        const auto store = RunStore::openToRead(path);
        constexpr int all = std::numeric_limits<int>::max();
        runs = options.unfinished ? unfinishedRuns(store) : store.list(all, options.deleted);
    }
    std::erase_if(runs, [&](const RunInfo& run) {
        return (!options.kind.empty() && run.kind != options.kind)
            || (!options.status.empty() && toString(run.status) != options.status)
            || (!options.tag.empty() && std::ranges::find(run.tags, options.tag) == run.tags.end());
    });
    if (runs.size() > static_cast<std::size_t>(options.limit))
        runs.resize(static_cast<std::size_t>(options.limit));
    if (!options.json) {
        console.print(runsTable(runs));
        return done;
    }
    auto rows = json::array();
    for (const auto& run : runs)
        rows.push_back(toJson(run));
    console.print(documentText(rows));
    return done;
}

ExitCode show(const RunsOptions& options, Console& console)
{
    const auto store = RunStore::openToRead(RunStore::defaultPath());
    const auto id = runNamed(options.run, store);
    console.print(options.json ? documentText(store.exportRun(id)) : runText(store.get(id)));
    return done;
}

ExitCode exportOne(const RunsOptions& options, Console& console)
{
    requireWritable(options.file, "FILE", {".json"});
    const auto store = RunStore::openToRead(RunStore::defaultPath());
    const auto document = store.exportRun(runNamed(options.run, store));
    writeFileAtomically(options.file, documentText(document));
    console.note(fmt::format("Wrote {}", options.file.string()));
    return done;
}

// ---- changing

ExitCode importAll(const RunsOptions& options, Console& console)
{
    auto store = openHistory();
    for (const auto& name : options.words) {
        const auto document = readJsonFile(name, "run", largestRunFile);
        console.print(fmt::format("{}\n", store.importRun(document, name)));
    }
    return done;
}

ExitCode remove(const RunsOptions& options, Console& console)
{
    auto store = openHistory();
    for (const auto id : runsNamed(options, store)) {
        store.remove(id);
        console.note(
            fmt::format("Deleted run {}. `augury-cli runs restore {}` brings it back.", id, id));
    }
    return done;
}

ExitCode restore(const RunsOptions& options, Console& console)
{
    auto store = openHistory();
    for (const auto id : runsNamed(options, store)) {
        store.restore(id);
        console.note(fmt::format("Run {} is back.", id));
    }
    return done;
}

ExitCode purge(const RunsOptions& options, Console& console)
{
    const int purged = openHistory().purge(options.days);
    console.note(
        fmt::format("{} deleted {} gone for good.", purged, purged == 1 ? "run is" : "runs are"));
    return done;
}

ExitCode note(const RunsOptions& options, Console& console)
{
    auto store = openHistory();
    const auto id = runNamed(options.run, store);
    store.setNote(id, options.text);
    console.note(fmt::format("Run {} has {} note now.", id, options.text.empty() ? "no" : "a"));
    return done;
}

ExitCode rename(const RunsOptions& options, Console& console)
{
    auto store = openHistory();
    const auto id = runNamed(options.run, store);
    store.rename(id, options.text);
    const auto name = store.get(id).info.name;
    console.note(name.empty() ? fmt::format("Run {} has no name now.", id)
                              : fmt::format("Run {} is called \"{}\" now.", id, name));
    return done;
}

ExitCode tag(const RunsOptions& options, Console& console)
{
    auto store = openHistory();
    const auto id = runNamed(options.run, store);
    auto tags = store.get(id).info.tags;
    for (const auto& word : options.words) {
        std::erase(tags, word);
        if (!options.removeTags)
            tags.push_back(word);
    }
    store.setTags(id, tags);
    std::string all;
    for (const auto& each : store.get(id).info.tags)
        all += " " + each;
    console.note(fmt::format("Tags of run {}:{}", id, all.empty() ? " none" : all));
    return done;
}

// ---- options

using Action = ExitCode (*)(const RunsOptions&, Console&);

void addRun(CLI::App& command, RunsOptions& options)
{
    command.add_option("RUN", options.run, "its number, or \"last\"")->required();
}

void addRunsList(CLI::App& command, RunsOptions& options)
{
    command.add_option("RUN", options.runs, "their numbers, or \"last\"")->required();
}

} // namespace

Command addRunsCommand(CLI::App& app)
{
    CLI::App& runs = *app.add_subcommand("runs",
        "The history of runs, which the workbench and the command line share: list, show, export, "
        "import, report, plot, csv, compare, delete, restore, purge, note, tag, rename.");
    const auto options = std::make_shared<RunsOptions>();
    RunsActions actions;
    const auto add = [&](const char* name, const char* help, Action action) -> CLI::App& {
        CLI::App& command = *runs.add_subcommand(name, help);
        actions.emplace_back(
            &command, [options, action](Console& console) { return action(*options, console); });
        return command;
    };

    CLI::App& lists = add("list", "List runs, the newest first.", list);
    lists.add_option("--kind", options->kind, "only these")
        ->check(CLI::IsMember({"repeat", "evaluate", "train", "tune"}));
    lists.add_option("--status", options->status, "only these")
        ->check(CLI::IsMember({"running", "finished", "stopped"}));
    lists.add_option("--tag", options->tag, "only runs with this tag");
    lists.add_flag("--unfinished", options->unfinished,
        "only what `repeat --resume` or `tune resume` goes on with");
    lists.add_flag("--deleted", options->deleted, "deleted ones too");
    addNumber(lists, "--limit", options->limit, 1, 1'000'000, "at most N");
    lists.add_flag("--json", options->json, "as JSON");

    CLI::App& shows = add("show", "Show all of a run.", show);
    addRun(shows, *options);
    shows.add_flag("--json", options->json, "the whole document, as `runs export` writes it");

    CLI::App& exports = add("export", "Write a run to a JSON file.", exportOne);
    addRun(exports, *options);
    exports
        .add_option_function<std::string>(
            "FILE", [options](const std::string& text) { options->file = text; },
            "the .json file to write")
        ->required();

    add("import", "Add runs from files of `runs export`, `--json-file` or `--json`.", importAll)
        .add_option("FILE", options->words, "the .json files")
        ->required();

    addRunsOutputs(runs, actions);

    addRunsList(add("delete", "Delete runs; `restore` brings them back.", remove), *options);
    addRunsList(add("restore", "Bring deleted runs back.", restore), *options);
    addNumber(add("purge", "Take deleted runs out of the file, for good.", purge), "--days",
        options->days, 0.0, 36'500.0, "those deleted at least X days ago");

    CLI::App& notes = add("note", "Write a note on a run.", note);
    addRun(notes, *options);
    notes.add_option("TEXT", options->text, "the note; \"\" takes it away")->required();

    CLI::App& renames = add("rename", "Name a run.", rename);
    addRun(renames, *options);
    renames.add_option("NAME", options->text, "the name; \"\" takes it away")->required();

    CLI::App& tags = add("tag", "Add tags to a run.", tag);
    addRun(tags, *options);
    tags.add_option("TAG", options->words, "the tags")->required();
    tags.add_flag("--remove", options->removeTags, "take them away instead");

    return [&runs, actions] {
        Console console;
        for (const auto& [command, action] : actions) {
            if (runs.got_subcommand(command)) {
                const auto code = action(console);
                console.throwIfOutputFailed();
                return code;
            }
        }
        throw Error("runs needs to know what to do: list, show, export, import, report, plot, csv, "
                    "compare, delete, restore, purge, note, tag or rename.");
    };
}

} // namespace augury::cli
