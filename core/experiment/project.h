// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/experiment_config.h"
#include "core/support/read_as.h"

#include <filesystem>
#include <string>
#include <vector>

namespace augury {

inline constexpr int projectVersion = 1; ///< the newest that this program reads, and writes
inline constexpr const char* projectSuffix = ".augury"; ///< .json is read and written too

/// What a project file holds.
struct Project {
    ExperimentConfig experiment;
    std::filesystem::path model; ///< the network to evaluate; empty: train
    std::string notes; ///< a user's own words
    /// Set in an autosave alone: the project file whose unsaved changes it holds.
    std::filesystem::path autosaveOf = {};

    bool operator==(const Project&) const = default;
};

/// Reads a project file: {"augury_project": 1, "model": a path or null, "notes": "…",
/// "experiment": {the fields of toJson(ExperimentConfig)}}. Paths come back absolute; those in the
/// file count from its folder. What is missing in "experiment" keeps its default; data or a model
/// that is not there is no error here, see missingFiles(). Throws Error naming the file: that it is
/// of another version; where it stops being JSON; or everything that is wrong with its fields.
Project readProject(const std::filesystem::path& file, ReadAs as = ReadAs::Settings);

/// Replaces `file`, all or nothing. Data and model that lie in its folder are written relative to
/// it, so that the folder can be moved or handed on; others absolute. Throws Error, and the old
/// file stands, when it cannot be written or readProject() would refuse it.
void writeProject(
    const Project& project, const std::filesystem::path& file, ReadAs as = ReadAs::Settings);

/// What writeProject() writes.
std::string projectText(const Project& project, const std::filesystem::path& file);

/// The data and the model that the project names but that are not there ("data", "model").
std::vector<Problem> missingFiles(const Project& project);

/// By its suffix; a .json file by its field "augury_project" as well. Throws nothing.
bool isProjectFile(const std::filesystem::path& file);

/// `file`, with projectSuffix where it ends in no suffix of a project.
std::filesystem::path withProjectSuffix(const std::filesystem::path& file);

} // namespace augury
