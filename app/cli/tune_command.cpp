// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/interrupt.h"
#include "app/cli/results.h"
#include "app/cli/tune_search.h"

#include <fmt/format.h>

#include <memory>
#include <utility>
#include <vector>

namespace augury::cli {

namespace {

ExitCode begin(TuneOptions& options)
{
    requireModelOption(options, "--model");
    settleTune(options);
    const auto plotter = makePlotter(options);
    Console console;
    const Interrupt interrupt;
    const auto tuned = openToTune(options, console, interrupt.token());
    return search(options, {console, interrupt.token(), plotter.get()}, tuned);
}

const char* helpOf(TuneMethod method)
{
    switch (method) {
    case TuneMethod::Copies:
        return "Accuracy against the number of copies, for several policies.";
    case TuneMethod::Sweep:
        return "A grid of policies, fields of these, numbers of copies, vote rules and the "
               "original's part. What configurations share is predicted once.";
    case TuneMethod::Greedy:
        return "Greedy policy search: a list of fixed views, grown one by one, each the view that "
               "raises the calibrated log-likelihood the most.";
    case TuneMethod::Weights:
        return "Learned weights a view, and a view and class, against the plain mean.";
    case TuneMethod::Sensitivity:
        break;
    }
    return "Accuracy against the strength of one augmentation.";
}

} // namespace

Command addTuneCommand(CLI::App& app)
{
    CLI::App& tune = *app.add_subcommand("tune",
        "Find the TTA that does most for a trained network: choose on the validation images that "
        "were kept apart when it was trained, then confirm the choice on the test images.");
    std::vector<std::pair<const CLI::App*, Command>> commands;
    for (int i = 0; i < tuneMethods; ++i) {
        const auto method = static_cast<TuneMethod>(i);
        CLI::App& command = *tune.add_subcommand(toString(method), helpOf(method));
        const auto options = std::make_shared<TuneOptions>();
        addTuneOptions(command, *options, method);
        commands.emplace_back(&command, [options] { return begin(*options); });
    }
    const auto addAction = [&](const char* name, const Command& command) {
        commands.emplace_back(tune.get_subcommand(name), command);
    };
    addAction("confirm", addTuneConfirmCommand(tune));
    addAction("resume", addTuneResumeCommand(tune));

    const auto own = std::make_shared<TuneOptions>();
    addSpecFileOptions(tune, *own);
    tune.footer("With --spec, or one of the subcommands: copies, sweep, greedy, weights and "
                "sensitivity search, confirm measures what was chosen on the test images, resume "
                "goes on with a search.");
    return [&tune, own, commands] {
        for (const auto& [subcommand, command] : commands) {
            if (!tune.got_subcommand(subcommand))
                continue;
            for (const auto* option : tune.get_options()) {
                if (option->count() > 0)
                    throw Error(fmt::format("Write {} after \"{}\": there it has a meaning.",
                        option->get_name(), subcommand->get_name()));
            }
            return command();
        }
        if (own->specFile.empty())
            throw Error("tune needs to know what to do: copies, sweep, greedy, weights, "
                        "sensitivity, confirm, resume, or --spec FILE.");
        return begin(*own);
    };
}

} // namespace augury::cli
