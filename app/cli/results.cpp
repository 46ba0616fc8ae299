// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/results.h"

#include "core/experiment/project.h"
#include "core/experiment/report.h"
#include "core/report/report_html.h"
#include "core/report/run_facts.h"
#include "core/store/run_store.h"
#include "core/support/atomic_file.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace augury::cli {

std::unique_ptr<Plotter> makePlotter(const Options& options)
{
    if (options.plot.empty() && (options.report.empty() || !Plotter::isAvailable()))
        return nullptr;
    return std::make_unique<Plotter>(options.plot, Plotter::Picture::Chart, options.plotSize);
}

Dataset openData(const Options& options, Console& console, std::stop_token stop)
{
    const Job job{
        std::move(stop), [&console](const Progress& progress) { console.progress(progress); }};
    Dataset dataset = openDataset(options.config.dataPath, options.open, job);
    console.clear();
    return dataset;
}

namespace {

/// With its dates, name and tags where it is in the history.
RunRecord recordFor(const Findings& findings)
{
    if (findings.run) {
        try {
            return RunStore::openToRead(RunStore::defaultPath()).get(*findings.run);
        } catch (const Error&) { // the findings are in hand all the same
        }
    }
    return recordOf(findings.document);
}

} // namespace

void writeReport(const RunRecord& record, RunPictures pictures, const Plotter* plotter,
    const std::filesystem::path& path)
{
    ReportParts parts;
    parts.thumbnails = std::move(pictures.thumbnails);
    if (!pictures.note.empty())
        parts.notes.push_back(std::move(pictures.note));
    if (plotter != nullptr)
        plotter->addCharts(record, parts);
    else
        parts.notes.push_back("There are no charts: this report was written by an augury-cli "
                              "without Qt, which draws them. The tables say the same.");
    writeFileAtomically(path, htmlReport(record, parts));
}

void dropFiles(Options& options)
{
    options.csv.clear();
    options.jsonFile.clear();
    options.plot.clear();
    options.report.clear();
}

void deliver(const Options& options, Console& console, const Findings& findings)
{
    const auto& document = findings.document;
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
    attempt(options.csv, [&] { writeFileAtomically(options.csv, findings.csv); });
    attempt(
        options.jsonFile, [&] { writeFileAtomically(options.jsonFile, documentText(document)); });
    attempt(options.plot, [&] {
        std::error_code error; // a folder that cannot be made is what draw() then reports
        std::filesystem::create_directories(options.plot.parent_path(), error);
        findings.draw();
    });
    attempt(options.report, [&] {
        const auto record = recordFor(findings);
        writeReport(
            record, runPictures(record, findings.dataset), findings.plotter, options.report);
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

std::optional<std::int64_t> remember(const Options& options, Console& console,
    const nlohmann::json& document, const std::string& kind)
{
    if (!options.history)
        return {};
    try {
        return RunStore::open(RunStore::defaultPath()).add(document, kind);
    } catch (const Error& problem) {
        console.note(fmt::format("The run is not in the history: {}", problem.what()));
        return {};
    }
}

} // namespace augury::cli
