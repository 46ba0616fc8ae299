// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/experiments.h"
#include "app/cli/values.h"
#include "core/experiment/project.h"

#include <fmt/format.h>

namespace augury::cli {

namespace {

struct RunOptions : EvaluateOptions {
    std::filesystem::path project;
};

bool isGiven(const RunOptions& options, const char* name)
{
    return options.command->count(name) > 0;
}

/// Throws Error for an option that has no meaning for this project.
void refuse(const RunOptions& options, std::initializer_list<const char*> names, const char* why)
{
    for (const char* name : names) {
        if (isGiven(options, name))
            throw Error(fmt::format("{} {}. Leave it out.", name, why));
    }
}

/// The project's settings, but for what the command line says of them.
void takeProject(const Project& project, RunOptions& options)
{
    const ExperimentConfig given = options.config;
    ExperimentConfig& config = options.config;
    config = project.experiment;
    if (config.dataPath.empty()) // as in the window
        config.dataPath = defaultDatasetPath().string();
    if (isGiven(options, "--seed"))
        config.training.seed = given.training.seed;
    if (isGiven(options, "--threads"))
        config.training.threads = given.training.threads;
    if (isGiven(options, "--device"))
        config.training.device = given.training.device;
    if (isGiven(options, "--repeats"))
        config.repeats = given.repeats;
    if (isGiven(options, "--parallel-fits"))
        config.parallelFits = given.parallelFits;
    options.model = project.model;
}

ExitCode runProject(RunOptions& options)
{
    if (options.project.empty())
        throw Error("run needs a project: name its .augury file.");
    const Project project = readProject(options.project);
    throwIfAny(missingFiles(project),
        fmt::format("The project {} cannot be run", options.project.string()));
    takeProject(project, options);
    if (project.model.empty()) {
        refuse(options, {"--curve", "--uncertainty", "--per-image", "--memory-budget"},
            "needs a project that names a model, and this one trains");
        return runRepeatCommand(options);
    }
    refuse(options, {"--repeats", "--parallel-fits"},
        "needs a project that trains, and this one names a model");
    return runEvaluateCommand(options);
}

} // namespace

Command addRunCommand(CLI::App& app)
{
    CLI::App& command = *app.add_subcommand("run",
        "Run the experiment of a project file, as the workbench and `repeat --save-project` write "
        "them: the same as `repeat` with those settings, or `evaluate` where it names a model.");
    const auto options = std::make_shared<RunOptions>();
    options->command = &command;
    addPath(command, "PROJECT", options->project, "the .augury file (required)");
    addRepeatOptions(command, *options);
    addMachineOptions(command, *options);
    for (const char* name : {"--repeats", "--parallel-fits", "--seed", "--threads", "--device"})
        command.get_option(name)->default_str("the project's");
    addOutputOptions(command, *options);
    addHistoryOption(command, *options);
    addEvaluateOptions(command, *options);
    return [options] { return runProject(*options); };
}

} // namespace augury::cli
