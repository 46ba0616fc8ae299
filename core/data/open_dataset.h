// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/support/job.h"

#include <filesystem>
#include <optional>

namespace augury {

struct OpenOptions {
    /// Image folders only: every image is resized to this. Without it images must agree, or the
    /// most common size is taken and noted.
    std::optional<std::pair<int, int>> imageSize; ///< height, width; each 4…1024
    /// Image folders with one level of classes only: the share of each class that becomes test.
    double testFraction = 0.2; ///< in (0, 1)
    std::uint64_t seed = 1; ///< of that split
    int threads = 0; ///< decoding; 0: all cores
};

/// Opens the data set in the folder `path`, whatever its format:
/// - IDX (MNIST family): {train,t10k}-{images-idx3,labels-idx1}-ubyte, plain or .gz
/// - CIFAR-10 binary: data_batch_*.bin, test_batch.bin, batches.meta.txt
/// - CIFAR-100 binary: train.bin, test.bin, fine_label_names.txt (fine labels)
/// - image folder: train/<class>/*, test/<class>/*, or <class>/* split by a seeded ratio
/// Throws Error: what is wrong, which file, where in it; when no format fits, what was looked for.
/// Never reserves more memory than the files can fill.
Dataset openDataset(
    const std::filesystem::path& path, const OpenOptions& options = {}, const Job& job = {});

/// Where Debian's package dataset-fashion-mnist puts the default data set.
std::filesystem::path defaultDatasetPath();

} // namespace augury
