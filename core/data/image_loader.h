// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/support/job.h"

#include <filesystem>
#include <optional>
#include <utility>
#include <vector>

namespace augury {

struct LabelledFile {
    std::filesystem::path path;
    std::int32_t label = 0;
};

struct LoadedImages {
    ImageSet train;
    ImageSet test;
    std::size_t resized = 0; ///< images that had another size than the sets' shape
};

/// Decodes all files, in parallel, into sets of one shape: `size` (height, width) or else the most
/// common size; grey if every image is grey, else RGB. The result does not depend on `threads`
/// (0: all cores). Of several bad files the Error names the first one, train before test.
LoadedImages loadImages(const std::vector<LabelledFile>& train,
    const std::vector<LabelledFile>& test, std::optional<std::pair<int, int>> size, int threads,
    const Job& job);

/// One image of a user's own, without a label: brought to `shape` (resized, to grey or to RGB), or
/// as it is. Throws Error naming the file.
ImageSet readImage(const std::filesystem::path& path, const std::optional<Shape>& shape);

/// Throws Error, with the figures, when so many images would not fit into the machine's memory.
void requireMemoryFor(std::size_t images, const Shape& shape);

} // namespace augury
