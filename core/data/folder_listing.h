// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace augury {

/// What lies directly in one folder, links followed, without hidden entries and the litter of file
/// managers (Thumbs.db, desktop.ini, __MACOSX, @eaDir). Each list is sorted bytewise by name, so
/// that the order of images does not depend on the machine.
struct FolderListing {
    std::filesystem::path path;
    std::vector<std::string> files;
    std::vector<std::string> folders;
    std::vector<std::string> others; ///< broken links, link loops, pipes, devices

    bool hasFile(std::string_view name) const;
    bool hasFolder(std::string_view name) const;
};

/// Throws Error naming the folder when it can't be listed.
FolderListing listFolder(const std::filesystem::path& path);

/// A file's name as text for people and JSON: bytes that are not UTF-8, and control characters,
/// become U+FFFD.
std::string displayName(std::string_view bytes);

/// The name of a folder as a user would call it, also for "data/" and ".".
std::string folderName(const std::filesystem::path& path);

} // namespace augury
