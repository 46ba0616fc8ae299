// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/data/folder_listing.h"
#include "core/support/job.h"

namespace augury {

/// Yann LeCun's IDX files (MNIST, Fashion-MNIST, EMNIST, Kuzushiji): big-endian header, then bytes.
/// Images: magic 0x00000803, count, rows, columns. Labels: magic 0x00000801, count.
bool holdsIdx(const FolderListing& folder);

/// Reads them. Class names come from classes.txt or labels.txt beside them, else they are
/// Fashion-MNIST's when `fashion`, else "0", "1", …
Dataset readIdx(const FolderListing& folder, bool fashion, const Job& job);

} // namespace augury
