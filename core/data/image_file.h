// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <opencv2/core/mat.hpp>

#include <filesystem>
#include <string_view>

namespace augury {

/// Reads and decodes one image file to 8 bits: one channel (grey) or three (BGR). EXIF orientation
/// is applied, alpha dropped. Reads PNG, JPEG, BMP, WebP, TIFF and the PNM family. Throws Error
/// naming the file when it can't be read, is none of these, is damaged or cut off, or holds over
/// 100 megapixels. Safe to call from several threads.
cv::Mat decodeImageFile(const std::filesystem::path& path);

/// Averages over areas where it shrinks, interpolates where it enlarges.
cv::Mat resizeImage(const cv::Mat& image, int height, int width);

/// Judging by the ending only: does this look like an image to a user?
bool hasImageEnding(std::string_view fileName);

} // namespace augury
