// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/results.h"

#include "core/experiment/project.h"
#include "core/experiment/report.h"
#include "core/store/run_store.h"
#include "core/support/atomic_file.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace augury::cli {

std::unique_ptr<Plotter> makePlotter(const Options& options)
{
    return options.plot.empty() ? nullptr : std::make_unique<Plotter>(options.plot);
}

Dataset openData(const Options& options, Console& console, std::stop_token stop)
{
    const Job job{
        std::move(stop), [&console](const Progress& progress) { console.progress(progress); }};
    Dataset dataset = openDataset(options.config.dataPath, options.open, job);
    console.clear();
    return dataset;
}

void deliver(const Options& options, Console& console, const nlohmann::json& document,
    const std::string& csv, const std::function<void()>& draw)
{
    if (options.json)
        console.print(documentText(document));

    std::string problems;
    const auto attempt = [&](const std::filesystem::path& path, const auto& write) {
        if (path.empty())
            return;
        try {
            write();
            console.note(fmt::format("Wrote {}", path.string()));
        } catch (const Error& problem) {
            problems += (problems.empty() ? "" : "\n") + std::string(problem.what());
        }
    };
    attempt(options.csv, [&] { writeFileAtomically(options.csv, csv); });
    attempt(
        options.jsonFile, [&] { writeFileAtomically(options.jsonFile, documentText(document)); });
    attempt(options.plot, [&] {
        std::error_code error; // a folder that cannot be made is what draw() then reports
        std::filesystem::create_directories(options.plot.parent_path(), error);
        draw();
    });
    if (!problems.empty())
        throw Error(problems);
    console.throwIfOutputFailed();
}

void saveProject(const Options& options, Console& console)
{
    if (options.saveProject.empty())
        return;
    Project project;
    project.experiment = options.config;
    writeProject(project, options.saveProject);
    console.note(fmt::format("Wrote {}", options.saveProject.string()));
}

void remember(const Options& options, Console& console, const nlohmann::json& document,
    const std::string& kind)
{
    if (!options.history)
        return;
    try {
        RunStore::open(RunStore::defaultPath()).add(document, kind);
    } catch (const Error& problem) {
        console.note(fmt::format("The run is not in the history: {}", problem.what()));
    }
}

} // namespace augury::cli
