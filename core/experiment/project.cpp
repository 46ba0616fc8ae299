// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/experiment/project.h"

#include "core/experiment/experiment_json.h"
#include "core/support/atomic_file.h"
#include "core/support/json_fields.h"
#include "core/support/json_file.h"

#include <fmt/format.h>

namespace augury {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* versionField = "augury_project";

/// Absolute, without "." and "..", and without a separator at the end.
fs::path plain(const fs::path& path)
{
    std::error_code error;
    auto result = fs::absolute(path, error);
    if (error)
        result = path;
    result = result.lexically_normal();
    return result.has_filename() || !result.has_relative_path() ? result : result.parent_path();
}

fs::path folderOf(const fs::path& file)
{
    return plain(file).parent_path();
}

/// The way from `folder` to what lies in it; empty for what does not.
fs::path within(const fs::path& path, const fs::path& folder)
{
    const auto relative = path.lexically_relative(folder);
    return relative.empty() || *relative.begin() == ".." ? fs::path() : relative;
}

std::string written(const fs::path& path, const fs::path& folder)
{
    if (path.empty())
        return {};
    const auto target = plain(path);
    auto relative = within(target, folder);
    if (relative.empty()) { // one of the two may have been reached through a link
        std::error_code error;
        const auto real = fs::weakly_canonical(target, error);
        if (!error)
            relative = within(real, fs::weakly_canonical(folder, error));
        if (error)
            relative.clear();
    }
    return relative.empty() ? target.string() : relative.string();
}

fs::path resolved(const fs::path& path, const fs::path& folder)
{
    return path.empty() ? path : plain(folder / path);
}

/// Throws Error unless the document says that it is a project that this program knows.
void requireVersion(const json& document, const fs::path& file)
{
    const auto fail = [&](const std::string& why) {
        throw Error(fmt::format("Could not read the project {}: {}.", file.string(), why));
    };
    if (!document.is_object())
        fail(fmt::format("it is not a project, which is an object such as {{\"{}\": {}, "
                         "\"experiment\": {{…}}}}",
            versionField, projectVersion));
    const auto found = document.find(versionField);
    if (found == document.end())
        fail(fmt::format(
            "it is not a project: the field \"{}\" with its version is missing", versionField));
    if (*found == projectVersion)
        return;
    if (found->is_number_unsigned() && found->get<std::uint64_t>() > projectVersion)
        fail(fmt::format("it is of version {}, and this program reads version {}. Open it with a "
                         "newer Augury; the file was left as it is",
            found->dump(), projectVersion));
    fail(fmt::format("the field \"{}\" must be its version, {}; the file was left as it is",
        versionField, projectVersion));
}

/// `problem` begins the sentence that lists what is wrong.
Project projectFromJson(
    const json& document, const fs::path& file, ReadAs as, const std::string& problem)
{
    requireVersion(document, file);
    Project project;
    JsonFields fields(document, "a project");
    int version = 0;
    fields.integer(versionField, version);
    std::string model;
    std::string autosaveOf;
    fields.optionalText("model", model);
    fields.optionalText("notes", project.notes);
    fields.optionalText("autosave_of", autosaveOf);
    const json* experiment = fields.objectOrNull("experiment");
    if (experiment) {
        JsonFields inner(*experiment, "an experiment");
        readExperiment(inner, project.experiment, as);
        for (const auto& [field, message] : inner.problems())
            fields.add("experiment." + field, message);
    } else if (!document.contains("experiment") || document["experiment"].is_null()) {
        fields.add("experiment", "is missing: it holds the settings");
    }
    for (const auto& [field, path] :
        {std::pair("model", &model), std::pair("experiment.data", &project.experiment.dataPath)}) {
        if (path->find('\0') != std::string::npos)
            fields.add(field, "must not contain a zero byte");
    }
    fields.refuseUnknown();
    throwIfAny(fields.problems(), problem);

    const auto folder = folderOf(file);
    project.experiment.dataPath = resolved(project.experiment.dataPath, folder).string();
    project.model = resolved(model, folder);
    project.autosaveOf = resolved(autosaveOf, folder);
    return project;
}

json toJson(const Project& project, const fs::path& file)
{
    const auto folder = folderOf(file);
    json experiment = augury::toJson(project.experiment);
    experiment["data"] = written(project.experiment.dataPath, folder);
    json document = {{versionField, projectVersion}, {"model", nullptr}, {"notes", project.notes},
        {"experiment", std::move(experiment)}};
    if (!project.model.empty())
        document["model"] = written(project.model, folder);
    if (!project.autosaveOf.empty())
        document["autosave_of"] = plain(project.autosaveOf).string();
    return document;
}

} // namespace

Project readProject(const fs::path& file, ReadAs as)
{
    return projectFromJson(readJsonFile(file, "project"), file, as,
        fmt::format("The project {} has errors", file.string()));
}

std::string projectText(const Project& project, const fs::path& file)
{
    try {
        return toJson(project, file).dump(2) + "\n";
    } catch (const json::type_error&) {
        throw Error(fmt::format("Could not write the project {}: its notes, or the name of its "
                                "data or model, are not UTF-8 text. Rename them.",
            file.string()));
    }
}

void writeProject(const Project& project, const fs::path& file, ReadAs as)
{
    const auto text = projectText(project, file);
    // A file that could not be opened again would be worse than none.
    if (text.size() > largestJsonFile)
        throw Error(fmt::format("Could not write the project {}: its notes are too long (a project "
                                "has at most {} bytes).",
            file.string(), largestJsonFile));
    projectFromJson(json::parse(text), file, as,
        fmt::format("These settings do not work, so they were not saved as {}", file.string()));
    writeFileAtomically(file, text);
}

std::vector<Problem> missingFiles(const Project& project)
{
    std::vector<Problem> problems;
    const auto look = [&](const char* field, const fs::path& path, const char* advice) {
        std::error_code error;
        if (!path.empty() && !fs::exists(path, error))
            problems.push_back({field,
                fmt::format("names {}, which is not there{}. {}", path.string(),
                    error ? fmt::format(" ({})", error.message()) : std::string(), advice)});
    };
    look("data", project.experiment.dataPath,
        "Put the folder back, or write another one's name into the project");
    look("model", project.model,
        "Put the file back, or write another one's name, or null to train, into the project");
    return problems;
}

bool isProjectFile(const fs::path& file)
{
    if (file.extension() == projectSuffix)
        return true;
    if (file.extension() != ".json")
        return false;
    try {
        return readJsonFile(file, "project").contains(versionField);
    } catch (const std::exception&) {
        return false;
    }
}

fs::path withProjectSuffix(const fs::path& file)
{
    const auto suffix = file.extension();
    if (suffix == projectSuffix || suffix == ".json")
        return file;
    auto name = file;
    name += projectSuffix;
    return name;
}

} // namespace augury
