// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/data/folder_listing.h"
#include "core/support/job.h"

#include <optional>

namespace augury {

/// The binary versions of Krizhevsky's data sets: fixed-size records of label bytes and 3×32×32
/// pixels, one plane a colour. CIFAR-100 records begin with a coarse label, which is not used.
enum class Cifar { Ten, Hundred };

/// By the files' names: data_batch_N.bin / test_batch.bin, or train.bin / test.bin.
std::optional<Cifar> holdsCifar(const FolderListing& folder);

Dataset readCifar(const FolderListing& folder, Cifar kind, const Job& job);

} // namespace augury
