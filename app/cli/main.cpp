// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "core/experiment/versions.h"
#include "core/support/error.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <new>
#include <utility>
#include <vector>

namespace {

using namespace augury;
using namespace augury::cli;

int fail(const std::string& message)
{
    // Not fmt::print, which throws when nobody listens any more.
    std::fputs(fmt::format("augury-cli: {}\n", message).c_str(), stderr);
    return badInput;
}

std::string versionText()
{
    const auto versions = versionsJson();
    const auto text = [&](const char* key) { return versions.at(key).get<std::string>(); };
    return fmt::format("augury-cli {} (LibTorch {}, OpenCV {}, {})", text("augury"), text("torch"),
        text("opencv"), text("compiler"));
}

/// What CLI11 says, but for words that it does not know: their first, and whose it is not.
std::string explain(const CLI::App& app, const CLI::ParseError& problem)
{
    if (dynamic_cast<const CLI::ExtrasError*>(&problem) == nullptr)
        return problem.what();
    const CLI::App* command = &app;
    for (auto used = app.get_subcommands(); !used.empty(); used = command->get_subcommands())
        command = used.front();
    const auto words = command->remaining();
    const auto option = std::find_if(
        words.begin(), words.end(), [](const std::string& word) { return word.starts_with("-"); });
    if (option != words.end())
        return fmt::format("{} has no option {}.", command->get_name(), *option);
    return words.empty() ? problem.what() : fmt::format("\"{}\" was not expected.", words.front());
}

int run(int argc, char** argv)
{
    CLI::App app("Test-time augmentation: what happens to a classifier's prediction when it looks "
                 "at an image several times?",
        "augury-cli");
    app.footer("Exit codes: 0 done, 2 usage or bad input, 3 cancelled (Ctrl-C keeps what is "
               "finished; a second one ends at once).\n`augury-cli repeat --help` explains the "
               "options of a subcommand.");
    app.require_subcommand(1);
    app.set_version_flag("--version", versionText);
    const std::vector<std::pair<const char*, Command>> commands = {
        {"train", addTrainCommand(app)},
        {"evaluate", addEvaluateCommand(app)},
        {"repeat", addRepeatCommand(app)},
        {"run", addRunCommand(app)},
        {"tune", addTuneCommand(app)},
        {"runs", addRunsCommand(app)},
        {"policies", addPoliciesCommand(app)},
        {"preview", addPreviewCommand(app)},
    };
    if (argc > 1 && argv[1][0] != '-'
        && std::none_of(commands.begin(), commands.end(),
            [&](const auto& command) { return command.first == std::string_view(argv[1]); }))
        return fail(fmt::format(
            "There is no subcommand \"{}\"; there are train, evaluate, repeat, run, tune, runs, "
            "policies and preview.",
            argv[1]));
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& problem) {
        if (problem.get_exit_code() == 0) // --help, --version
            return app.exit(problem);
        return fail(fmt::format("{}\nRun with --help for the options.", explain(app, problem)));
    }
    for (const auto& [name, command] : commands) {
        if (app.got_subcommand(name))
            return command();
    }
    return badInput;
}

} // namespace

int main(int argc, char** argv)
{
    std::signal(SIGPIPE, SIG_IGN); // a reader that has enough (… | head) is an error of write()
    try {
        return run(argc, argv);
    } catch (const Cancelled&) {
        std::fputs("Stopped; nothing was finished.\n", stderr);
        return cancelled;
    } catch (const Error& problem) {
        return fail(problem.what());
    } catch (const std::bad_alloc&) {
        return fail("There is not enough memory. Use fewer images (--subset-train, --subset-test), "
                    "smaller ones (--image-size), or a smaller --batch-size.");
    } catch (const std::exception& problem) {
        return fail(fmt::format("An unexpected failure, please report it: {}", problem.what()));
    }
}
