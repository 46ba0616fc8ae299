// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/image_file.h"

#include "core/data/byte_reader.h"
#include "core/support/error.h"

#include <fmt/format.h>
#include <opencv2/core/utils/logger.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cstring>
#include <mutex>
#include <new>

namespace augury {

namespace {

constexpr std::uint64_t largestFile = std::uint64_t(256) << 20;
constexpr std::uint64_t mostPixels = 100'000'000;

using Bytes = std::vector<std::uint8_t>;

/// What a file's own structure says, before anything is unpacked. OpenCV fills the rest of a
/// cut-off JPEG with whatever is in memory and reports success, so completeness is checked here.
struct Outline {
    bool complete = true;
    std::uint64_t width = 0; ///< 0: unknown
    std::uint64_t height = 0;
};

std::uint32_t bigEndian(const Bytes& bytes, std::size_t at, std::size_t count)
{
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < count; ++i)
        value = (value << 8) | bytes[at + i];
    return value;
}

/// ITU-T T.81, annex B: segments led by FF and a marker; compressed data escape FF as FF 00.
Outline outlineOfJpeg(const Bytes& b)
{
    Outline outline{false, 0, 0};
    std::size_t at = 2;
    const auto nextMarker = [&](bool insideScan) {
        for (; at + 1 < b.size(); ++at) {
            if (b[at] != 0xFF || b[at + 1] == 0xFF || b[at + 1] == 0x00)
                continue;
            if (!insideScan || b[at + 1] < 0xD0 || b[at + 1] > 0xD7)
                return true;
        }
        return false;
    };
    bool insideScan = false;
    while (nextMarker(insideScan)) {
        const unsigned marker = b[at + 1];
        at += 2;
        insideScan = false;
        if (marker == 0xD9) {
            outline.complete = true;
            return outline;
        }
        if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8))
            continue; // these stand alone
        if (at + 2 > b.size())
            return outline;
        const std::size_t length = bigEndian(b, at, 2);
        if (length < 2 || at + length > b.size())
            return outline;
        const bool frame =
            marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
        if (frame && length >= 7) {
            outline.height = bigEndian(b, at + 3, 2);
            outline.width = bigEndian(b, at + 5, 2);
        }
        insideScan = marker == 0xDA;
        at += length;
    }
    return outline;
}

/// ISO/IEC 15948: an eight-byte signature, then chunks of length, type, data, check sum.
Outline outlineOfPng(const Bytes& b)
{
    Outline outline{false, 0, 0};
    for (std::size_t at = 8; at + 12 <= b.size();) {
        const std::size_t length = bigEndian(b, at, 4);
        if (length > b.size() - at - 12)
            return outline;
        if (std::memcmp(&b[at + 4], "IHDR", 4) == 0 && length >= 8) {
            outline.width = bigEndian(b, at + 8, 4);
            outline.height = bigEndian(b, at + 12, 4);
        }
        if (std::memcmp(&b[at + 4], "IEND", 4) == 0) {
            outline.complete = true;
            return outline;
        }
        at += 12 + length;
    }
    return outline;
}

/// BITMAPINFOHEADER and its successors. Only uncompressed pixels have a size known beforehand.
Outline outlineOfBmp(const Bytes& b)
{
    const auto little = [&](std::size_t at, std::size_t count) {
        std::uint32_t value = 0;
        for (std::size_t i = count; i > 0; --i)
            value = (value << 8) | b[at + i - 1];
        return value;
    };
    if (b.size() < 54 || little(14, 4) < 40)
        return {b.size() >= 26, 0, 0};
    const auto magnitude = [](std::uint32_t v) { return v > 0x7FFFFFFFU ? 0U - v : v; };
    Outline outline{true, magnitude(little(18, 4)), magnitude(little(22, 4))};
    if (little(30, 4) == 0) {
        const std::uint64_t row = (outline.width * little(28, 2) + 31) / 32 * 4;
        outline.complete = row == 0 || outline.height <= (b.size() - 54) / row;
    }
    return outline;
}

enum class Kind { Unknown, Jpeg, Png, Bmp, Other };

/// By signature, never by ending. Only what is named here reaches OpenCV: where it is built with
/// GDAL it would offer everything else to a hundred geographic formats.
Kind kindOf(const Bytes& b)
{
    const auto begins = [&](std::string_view signature) {
        return b.size() >= signature.size()
            && std::memcmp(b.data(), signature.data(), signature.size()) == 0;
    };
    using namespace std::string_view_literals;
    if (begins("\xFF\xD8\xFF"sv))
        return Kind::Jpeg;
    if (begins("\x89PNG\r\n\x1A\n"sv))
        return Kind::Png;
    if (begins("BM"sv))
        return Kind::Bmp;
    const bool webp = begins("RIFF"sv) && b.size() >= 12 && std::memcmp(&b[8], "WEBP", 4) == 0;
    const bool tiff = begins("II*\0"sv) || begins("MM\0*"sv);
    const bool netpbm = b.size() >= 3 && b[0] == 'P' && b[1] >= '1' && b[1] <= '6' // PBM, PGM, PPM
        && std::strchr(" \t\r\n#", b[2]) != nullptr && b[2] != 0;
    return webp || tiff || netpbm ? Kind::Other : Kind::Unknown;
}

Outline outlineOf(const Bytes& b, Kind kind)
{
    switch (kind) {
    case Kind::Jpeg:
        return outlineOfJpeg(b);
    case Kind::Png:
        return outlineOfPng(b);
    case Kind::Bmp:
        return outlineOfBmp(b);
    case Kind::Unknown:
    case Kind::Other:
        break;
    }
    return {};
}

/// OpenCV's log of damaged files would appear beside our own sentence. Its level is global.
void silenceOpenCv()
{
    static std::once_flag once;
    std::call_once(
        once, [] { cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT); });
}

} // namespace

cv::Mat decodeImageFile(const std::filesystem::path& path)
{
    silenceOpenCv();
    const Bytes bytes = readWholeFile(path, largestFile);
    const Kind kind = kindOf(bytes);
    if (kind == Kind::Unknown)
        throw Error(fmt::format("{} is not an image of a known kind (PNG, JPEG, BMP, WebP, TIFF, "
                                "PNM); remove it or convert it to PNG or JPEG.",
            path.string()));
    const Outline outline = outlineOf(bytes, kind);
    if (!outline.complete)
        throw Error(fmt::format("{} is cut off: the image does not end within its {} bytes. "
                                "Remove or replace it.",
            path.string(), bytes.size()));
    if (outline.width * outline.height > mostPixels)
        throw Error(fmt::format("{} is {}×{} pixels; images may have up to 100 megapixels.",
            path.string(), outline.width, outline.height));
    cv::Mat image;
    try {
        image = cv::imdecode(bytes, cv::IMREAD_ANYCOLOR); // applies EXIF; 8 bits; drops alpha
    } catch (const cv::Exception& e) {
        if (e.code == cv::Error::StsNoMem)
            throw Error(fmt::format("Not enough memory to decode {}.", path.string()));
    } catch (const std::bad_alloc&) {
        throw Error(fmt::format("Not enough memory to decode {}.", path.string()));
    }
    if (image.empty() || image.depth() != CV_8U || (image.channels() != 1 && image.channels() != 3))
        throw Error(fmt::format(
            "{} is damaged; remove it, or convert it again to PNG or JPEG.", path.string()));
    return image;
}

cv::Mat resizeImage(const cv::Mat& image, int height, int width)
{
    cv::Mat result = image;
    const cv::Size shrunk(std::min(width, image.cols), std::min(height, image.rows));
    cv::Mat smaller;
    if (shrunk != result.size()) {
        cv::resize(result, smaller, shrunk, 0, 0, cv::INTER_AREA);
        result = smaller;
    }
    cv::Mat larger;
    if (cv::Size(width, height) != result.size()) {
        cv::resize(result, larger, cv::Size(width, height), 0, 0, cv::INTER_LINEAR);
        result = larger;
    }
    return result;
}

bool hasImageEnding(std::string_view fileName)
{
    constexpr std::array<std::string_view, 13> endings = {"png", "jpg", "jpeg", "jpe", "jfif",
        "bmp", "webp", "tif", "tiff", "pbm", "pgm", "ppm", "pnm"};
    const std::size_t dot = fileName.rfind('.');
    if (dot == std::string_view::npos)
        return false;
    std::string ending(fileName.substr(dot + 1));
    for (char& c : ending)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    return std::find(endings.begin(), endings.end(), ending) != endings.end();
}

} // namespace augury
