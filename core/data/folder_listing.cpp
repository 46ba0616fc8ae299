// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/folder_listing.h"

#include "core/support/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <system_error>

namespace augury {

namespace fs = std::filesystem;

namespace {

constexpr std::array<std::string_view, 4> litter = {
    "Thumbs.db", "desktop.ini", "__MACOSX", "@eaDir"};

bool isLitter(const std::string& name)
{
    return name.starts_with('.') || std::find(litter.begin(), litter.end(), name) != litter.end();
}

/// Length of the UTF-8 sequence at the front of `s`; 0 if there is no valid one.
std::size_t sequenceLength(std::string_view s)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(s[i]); };
    const unsigned lead = byte(0);
    const std::size_t length = lead < 0x80 ? 1
        : lead >= 0xC2 && lead < 0xE0      ? 2
        : lead >= 0xE0 && lead < 0xF0      ? 3
        : lead >= 0xF0 && lead < 0xF5      ? 4
                                           : 0;
    if (length == 0 || length > s.size())
        return 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((byte(i) & 0xC0U) != 0x80U)
            return 0;
    // Overlong forms, surrogates, and what lies beyond U+10FFFF.
    if ((lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xED && byte(1) >= 0xA0)
        || (lead == 0xF0 && byte(1) < 0x90) || (lead == 0xF4 && byte(1) >= 0x90))
        return 0;
    return length;
}

} // namespace

bool FolderListing::hasFile(std::string_view name) const
{
    return std::binary_search(files.begin(), files.end(), name);
}

bool FolderListing::hasFolder(std::string_view name) const
{
    return std::binary_search(folders.begin(), folders.end(), name);
}

FolderListing listFolder(const fs::path& path)
{
    FolderListing listing;
    listing.path = path;
    std::error_code error;
    fs::directory_iterator entry(path, error);
    for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
        std::string name = entry->path().filename().string();
        if (isLitter(name))
            continue;
        std::error_code unknown; // a broken link or a loop is an entry like any other here
        const auto type = entry->status(unknown).type();
        auto& list = type == fs::file_type::regular ? listing.files
            : type == fs::file_type::directory      ? listing.folders
                                                    : listing.others;
        list.push_back(std::move(name));
    }
    if (error)
        throw Error(
            fmt::format("Could not list the folder {}: {}.", path.string(), error.message()));
    std::sort(listing.files.begin(), listing.files.end());
    std::sort(listing.folders.begin(), listing.folders.end());
    std::sort(listing.others.begin(), listing.others.end());
    return listing;
}

std::string displayName(std::string_view bytes)
{
    std::string text;
    while (!bytes.empty()) {
        const std::size_t length = sequenceLength(bytes);
        const auto first = static_cast<unsigned char>(bytes.front());
        if (length == 0 || first < 0x20 || first == 0x7F)
            text += "\uFFFD";
        else
            text += bytes.substr(0, length);
        bytes.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return text;
}

std::string folderName(const fs::path& path)
{
    std::error_code error;
    fs::path absolute = fs::absolute(path, error).lexically_normal();
    if (!absolute.has_filename())
        absolute = absolute.parent_path();
    const std::string name = displayName(absolute.filename().string());
    return name.empty() ? "data" : name;
}

} // namespace augury
