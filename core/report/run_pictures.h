// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/store/run_record.h"
#include "core/support/job.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>

namespace augury {

/// A test image as a PNG file: small ones are enlarged by whole pixels until the shorter side has
/// `leastSide`, large ones are made smaller. Throws Error when it cannot be encoded.
std::string thumbnailPng(const ImageView& image, int leastSide = 56);

/// Of those of `images` that there are.
std::map<std::uint32_t, std::string> thumbnails(
    const Dataset& dataset, std::span<const std::uint32_t> images);

struct RunPictures {
    std::map<std::uint32_t, std::string> thumbnails;
    std::string note; ///< why there are none; else empty
};

/// The thumbnails of reportImages(record), from `folder` or, when that is empty, from where the run
/// had its images. Images that are gone, cannot be read or are others are told in the note. Throws
/// Cancelled.
RunPictures runPictures(
    const RunRecord& record, const std::filesystem::path& folder = {}, const Job& job = {});

/// The same from a data set that is open already.
RunPictures runPictures(const RunRecord& record, const Dataset& dataset);

} // namespace augury
