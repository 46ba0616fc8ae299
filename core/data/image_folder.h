// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/data/folder_listing.h"
#include "core/data/open_dataset.h"
#include "core/support/job.h"

namespace augury {

/// Whether the folder's layout is one of
/// - train/<class>/*, test/<class>/* (or val, valid, validation instead of test)
/// - <class>/*, to be split by a seeded ratio
bool holdsImageFolder(const FolderListing& folder);

/// Reads it. Classes are sorted by name and get labels in that order; images are in the order of
/// class, then file name, bytewise. Every file counts: one that is no image is an Error.
Dataset readImageFolder(const FolderListing& folder, const OpenOptions& options, const Job& job);

} // namespace augury
