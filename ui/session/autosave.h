// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/project.h"

#include <QDateTime>

#include <filesystem>
#include <memory>
#include <vector>

class QLockFile;

namespace augury {

/// Unsaved changes that a program which was killed has left behind.
struct Recoverable {
    std::filesystem::path file; ///< the autosave
    std::filesystem::path of; ///< the project they belong to; empty: one that was never saved
    QDateTime saved;
    Project project;
};

/// Where one window keeps its unsaved changes: <folder>/<hash of the project's path, or
/// "untitled">.augury, a project like any other, with a lock that tells it from what a killed
/// program left. Waits for the disk; for one thread at a time. Throws Error.
class Autosave {
public:
    explicit Autosave(std::filesystem::path folder);
    ~Autosave(); ///< the file stays, for recovery
    Autosave(const Autosave&) = delete;
    Autosave& operator=(const Autosave&) = delete;

    /// Replaces what was written before, all or nothing. `of`: the project's file, or empty.
    void write(Project project, const std::filesystem::path& of);
    /// There is nothing unsaved any more. Throws nothing.
    void remove() noexcept;
    /// Takes over what was left behind: it is then this one's file.
    void adopt(const Recoverable& found);

    /// What was left in `folder` and is newer than, and not the same as, its project's file; newest
    /// first. What cannot be read is left out, and alone.
    static std::vector<Recoverable> find(const std::filesystem::path& folder);
    /// Deletes what was left behind, unless another window has taken it over.
    static void discard(const Recoverable& found);

private:
    struct Place {
        std::filesystem::path file; ///< empty: none yet
        std::unique_ptr<QLockFile> lock;
    };
    Place freePlace(const std::string& name) const;

    std::filesystem::path m_folder;
    std::string m_name;
    Place m_place;
};

} // namespace augury
