// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/runs_outputs.h"

#include "app/cli/compared_runs.h"
#include "app/cli/interrupt.h"
#include "app/cli/options.h"
#include "app/cli/results.h"
#include "app/cli/values.h"
#include "core/experiment/report.h"
#include "core/report/report_html.h"
#include "core/report/run_csv.h"
#include "core/store/run_documents.h"
#include "core/support/atomic_file.h"
#include "core/tune/tune_json.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <memory>
#include <set>

namespace augury::cli {

namespace {

struct OutputOptions {
    std::string run;
    std::vector<std::string> runs;
    std::filesystem::path file;
    std::filesystem::path data;
    std::string chart;
    std::string table; ///< empty: the run's first
    PlotSize size;
    bool noImages = false;
    bool json = false;
};

RunStore historyToRead()
{
    return RunStore::openToRead(RunStore::defaultPath());
}

RunRecord recordNamed(const std::string& text)
{
    const auto store = historyToRead();
    return store.get(runNamed(text, store));
}

ExitCode wrote(const std::filesystem::path& file, Console& console)
{
    console.note(fmt::format("Wrote {}", file.string()));
    return done;
}

void refuseSearch(const RunRecord& record)
{
    if (record.info.kind == tuneKind)
        throw Error(fmt::format("Run {0} is a search, and reports are of `repeat`, `evaluate` and "
                                "`train`. `augury-cli runs csv {0} FILE` writes its trials, `runs "
                                "plot {0} FILE` draws them.",
            record.info.id));
}

ExitCode report(const OutputOptions& options, Console& console)
{
    requireWritable(options.file, "FILE", {".html", ".htm"});
    const auto record = recordNamed(options.run);
    refuseSearch(record);
    const Interrupt interrupt;
    RunPictures pictures;
    if (!options.noImages) {
        const Job job{interrupt.token(),
            [&console](const Progress& progress) { console.progress(progress); }};
        pictures = runPictures(record, options.data, job);
        console.clear();
        if (!pictures.note.empty())
            console.note(pictures.note);
    }
    const auto plotter =
        Plotter::isAvailable() ? std::make_unique<Plotter>(std::filesystem::path()) : nullptr;
    writeReport(record, std::move(pictures), plotter.get(), options.file);
    return wrote(options.file, console);
}

ExitCode plot(const OutputOptions& options, Console& console)
{
    const Plotter plotter(options.file, Plotter::Picture::Chart, options.size);
    Plotter::checkChart(options.chart);
    requireWritable(options.file, "FILE", {".png", ".svg", ".pdf"});
    const auto record = recordNamed(options.run);
    if (record.info.kind != tuneKind) {
        plotter.run(record, options.chart);
    } else {
        if (!options.chart.empty())
            throw Error(fmt::format(
                "Run {} is a search, which has one chart: leave --chart out.", record.info.id));
        plotter.search(specFromDocument(record.document, fmt::format("Run {}", record.info.id)),
            record.trials, {}, record.info.title);
    }
    return wrote(options.file, console);
}

ExitCode csv(const OutputOptions& options, Console& console)
{
    const auto asked =
        options.table.empty() ? std::nullopt : std::optional(runTableFromString(options.table));
    requireWritable(options.file, "FILE", {".csv"});
    const auto record = recordNamed(options.run);
    const auto usual = record.info.kind == tuneKind ? RunTable::Trials : RunTable::Repeats;
    writeFileAtomically(options.file, runCsv(record, asked.value_or(usual)));
    return wrote(options.file, console);
}

ExitCode compareRuns(const OutputOptions& options, Console& console)
{
    const auto store = historyToRead();
    std::vector<RunRecord> records;
    std::set<std::int64_t> known;
    for (const auto& text : options.runs) {
        const auto id = runNamed(text, store);
        if (!known.insert(id).second)
            throw Error(fmt::format("Run {} is named twice.", id));
        records.push_back(store.get(id));
        if (records.back().info.kind != "repeat")
            throw Error(fmt::format("Run {} is one of `{}`, and only runs of `repeat` can be "
                                    "compared: their repeats tell an effect from chance.",
                id, records.back().info.kind));
    }
    if (records.size() < 2)
        throw Error("runs compare needs two runs or more: name their numbers.");
    const auto compared = compare(records);
    console.print(options.json ? documentText(toJson(compared)) : comparedText(compared));
    return done;
}

CLI::App& addAction(CLI::App& runs, RunsActions& actions, const char* name, const char* help,
    ExitCode (*action)(const OutputOptions&, Console&),
    const std::shared_ptr<OutputOptions>& options)
{
    CLI::App& command = *runs.add_subcommand(name, help);
    actions.emplace_back(
        &command, [options, action](Console& console) { return action(*options, console); });
    return command;
}

void addRunAndFile(CLI::App& command, OutputOptions& options, const char* help)
{
    command.add_option("RUN", options.run, "its number, or \"last\"")->required();
    command
        .add_option_function<std::string>(
            "FILE", [&options](const std::string& text) { options.file = text; }, help)
        ->required();
}

} // namespace

std::int64_t runNamed(const std::string& text, const RunStore& store)
{
    if (text == "last") {
        const auto newest = store.list(1);
        if (newest.empty())
            throw Error("There are no runs yet.");
        return newest.front().id;
    }
    const auto id = parseNumber<std::int64_t>(text);
    if (!id || *id < 1)
        throw Error(fmt::format(
            "\"{}\" is not the number of a run (`augury-cli runs list` shows them), or \"last\".",
            text));
    return *id;
}

void addRunsOutputs(CLI::App& runs, RunsActions& actions)
{
    const auto options = std::make_shared<OutputOptions>();

    CLI::App& reports = addAction(runs, actions, "report",
        "Write a report of a run: verdict, charts, tables, settings and the images that TTA "
        "changed, in one .html file.",
        report, options);
    addRunAndFile(reports, *options, "the .html file to write");
    addPath(reports, "--data", options->data,
        "where the run's images are now; without, where they were")
        ->type_name("DIR");
    reports.add_flag("--no-images", options->noImages, "without pictures of the images");

    CLI::App& plots = addAction(runs, actions, "plot",
        "Draw a chart of a run into a .png, .svg or .pdf file.", plot, options);
    addRunAndFile(plots, *options, "the .png, .svg or .pdf file to write");
    plots
        .add_option("--chart", options->chart,
            fmt::format("{}; without, the first that the run has", Plotter::chartNames()))
        ->type_name("NAME")
        ->take_last();
    addPlotSize(plots, options->size);

    CLI::App& tables =
        addAction(runs, actions, "csv", "Write a table of a run to a .csv file.", csv, options);
    addRunAndFile(tables, *options, "the .csv file to write");
    tables
        .add_option("--table", options->table,
            runTableNames() + "; without, the repeats, or the trials of a search")
        ->type_name("NAME")
        ->take_last();

    CLI::App& compares = addAction(runs, actions, "compare",
        "Compare runs of `repeat`: baseline, TTA, lift with its interval, and p values corrected "
        "for the number of runs.",
        compareRuns, options);
    compares.add_option("RUN", options->runs, "their numbers, or \"last\"")->required();
    compares.add_flag("--json", options->json, "as JSON");
}

} // namespace augury::cli
