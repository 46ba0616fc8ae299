// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/interrupt.h"
#include "app/cli/results.h"
#include "app/cli/resume.h"
#include "app/cli/tune_search.h"
#include "app/cli/values.h"
#include "core/store/run_documents.h"

#include <fmt/format.h>

#include <memory>

namespace augury::cli {

namespace {

struct ResumeOptions : TuneOptions {
    std::string run;
};

ExitCode resumeSearch(ResumeOptions& options)
{
    requireTuneOutputs(options);
    const auto plotter = makePlotter(options);
    Console console;
    const Interrupt interrupt;
    auto store = RunStore::open(RunStore::defaultPath());
    const auto id = unfinishedRun(options.run, tuneKind, store);
    auto record = store.resume(id);
    options.spec = specFromDocument(record.document, fmt::format("Run {}", id));
    const auto tuned = openSearched(record, options, console, interrupt.token());
    noteOtherVersions(record, console);
    return search(options, {console, interrupt.token(), plotter.get()}, tuned,
        ResumedSearch{std::move(store), std::move(record)});
}

} // namespace

Command addTuneResumeCommand(CLI::App& tune)
{
    CLI::App& command = *tune.add_subcommand("resume",
        "Go on with a search that was stopped or killed: what was tried stands, and the end is "
        "that of a search that was never interrupted.");
    const auto options = std::make_shared<ResumeOptions>();
    options->command = &command;
    addText(
        command, "RUN", "RUN", [options](const std::string& text) { options->run = text; },
        "its number, or \"last\"")
        ->required();
    addWhereOptions(command, *options);
    addTuneOutputs(command, *options);
    return [options] { return resumeSearch(*options); };
}

} // namespace augury::cli
