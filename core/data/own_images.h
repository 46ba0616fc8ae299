// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/support/job.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace augury {

/// A file that could not be read as an image.
struct Refused {
    std::filesystem::path file;
    std::string reason; ///< a sentence that names the file once, without its folder
};

/// A user's own images, without labels.
struct OwnImages {
    std::shared_ptr<const ImageSet> images; ///< at least one; all labels −1
    std::vector<std::filesystem::path> files; ///< one an image
    std::vector<Refused> refused; ///< in the order of the files
};

/// The files that dropped files and folders stand for. A file is itself, whatever it is, so that
/// what is no image is refused by name; a folder is all of its files, in the order of their names
/// (bytewise), and then those of its sub-folders, one level deep. Hidden files and the litter of
/// file managers are left out of folders. A folder that can't be listed stands for itself, and is
/// then refused.
std::vector<std::filesystem::path> listOwnImages(std::span<const std::filesystem::path> paths);

/// Reads the files in parallel (threads 0: all cores) and brings them to `shape` (resized, to grey
/// or to RGB). Without one the first readable image decides: its size, made smaller to fit into
/// 1024×1024; grey if all images are. What can't be read is refused, the rest stays in order.
/// Throws Error when nothing can be read, or not held in memory; Cancelled.
OwnImages readOwnImages(std::span<const std::filesystem::path> files,
    const std::optional<Shape>& shape, int threads, const Job& job = {});

/// Whether the folder holds image files directly, and nothing that openDataset() would read as a
/// data set. False for what can't be listed.
bool looksLikeOwnImages(const std::filesystem::path& folder);

} // namespace augury
